from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from kg.build import extract
from kg.extraction.evaluation import Tally, intervals, judge, mistakes, read_papers, reliability, sum_up
from kg.extraction.evaluation.judging import Judged
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.gold_results import GoldResult
from kg.records import Entity, Evidence, Extraction, Mention, Relation, Result, to_json

TITLE = "GridNet: Pyramids on a Grid"
ABSTRACT = "We propose GridNet. It is based on a pyramid network and reaches 51.2% AP on COCO."
TEXT = f"{TITLE}\n{ABSTRACT}"
GOLD = GoldPaper(
    "p",
    TITLE,
    ABSTRACT,
    (
        ("GridNet", "architecture", ("GridNet",)),
        ("Pyramid Network", "architecture", ("pyramid network",)),
        ("COCO", "dataset", ("COCO",)),
        ("AP", "metric", ("AP",)),
    ),
    (("paper", "introduces", "GridNet"), ("GridNet", "based_on", "Pyramid Network"), ("paper", "evaluates_on", "COCO")),
)
RESULTS = (GoldResult("GridNet", "COCO", "AP", "51.2%"),)


def entity(name: str, kind: str, confidence: float = 0.9) -> Entity:
    places = [start for start in range(len(TEXT)) if TEXT.startswith(name, start)]
    return Entity(name, kind, confidence, tuple(Mention(s, s + len(name), name) for s in places))


def evidence(confidence: float) -> Evidence:
    return Evidence(ABSTRACT, len(TITLE) + 1, len(TEXT), "test", confidence)


def judged(entities: tuple[Entity, ...], relations: tuple[Relation, ...], results: tuple[Result, ...] = ()) -> Judged:
    return judge(GOLD, RESULTS, Extraction("p", TITLE, entities, relations, results))


NET, COCO = entity("GridNet", "architecture"), entity("COCO", "dataset")
WRONG_KIND, BORDERS = entity("AP", "task"), entity("pyramid", "architecture", 0.4)
INTRODUCES = Relation("paper", "introduces", "GridNet", evidence(0.8))
REVERSED = Relation("pyramid", "based_on", "GridNet", evidence(0.3))
SCORED = Result("GridNet", None, "COCO", None, "51.2 %", 51.2, "%", None, evidence(0.5))


def test_what_agrees_is_counted_by_kind_and_predicate() -> None:
    paper = judged((NET, COCO, WRONG_KIND, BORDERS), (INTRODUCES, REVERSED), (SCORED,))
    counted = {row: tally for row, tally in paper.tallies.items() if tally != Tally()}
    assert counted == {
        "spans": Tally(3, 5, 5),
        "entities": Tally(2, 4, 4),
        "entities.architecture": Tally(1, 2, 2),
        "entities.dataset": Tally(1, 1, 1),
        "entities.task": Tally(0, 1, 0),
        "entities.metric": Tally(0, 0, 1),
        "entities.untyped": Tally(3, 4, 4),
        "relations": Tally(1, 2, 3),
        "relations.introduces": Tally(1, 1, 1),
        "relations.based_on": Tally(0, 1, 1),
        "relations.evaluates_on": Tally(0, 0, 1),
        "results": Tally(0, 1, 1),
        "results.loose": Tally(1, 1, 1),
    }


def test_each_mistake_has_its_sort_and_its_sentence() -> None:
    paper = judged((NET, COCO, WRONG_KIND, BORDERS), (INTRODUCES, REVERSED), (SCORED,))
    said = {(mistake.sort, mistake.what) for mistake in mistakes([paper])}
    assert said == {
        ("kind: metric read as task", "AP"),
        ("borders: architecture", "pyramid in place of Pyramid Network"),
        ("based_on missed, since an end is not found", "GridNet -> Pyramid Network"),
        ("based_on too much, with an end that is none", "pyramid -> GridNet"),
        ("evaluates_on missed between what was found", "paper -> COCO"),
        ("result: right number, wrong ends", "GridNet, COCO, AP, 51.2"),
    }
    proof = {mistake.sort: mistake.sentence for mistake in mistakes([paper])}
    assert proof["kind: metric read as task"] == "It is based on a pyramid network and reaches 51.2% AP on COCO."


def test_a_paper_read_without_fault_has_no_mistake() -> None:
    relations = tuple(
        Relation(s, p, o, evidence(0.9))
        for s, p, o in (("paper", "introduces", "GridNet"), ("GridNet", "based_on", "pyramid network"),
                        ("paper", "evaluates_on", "COCO"))
    )  # fmt: skip
    result = Result("GridNet", None, "COCO", "AP", "51.2%", 51.2, "%", None, evidence(0.9))
    paper = judged((NET, entity("pyramid network", "architecture"), COCO, entity("AP", "metric")), relations, (result,))
    assert mistakes([paper]) == []
    assert {tally.f1 for tally in paper.tallies.values() if tally.true} == {1.0}


def test_intervals_hold_the_figure_and_come_out_the_same_each_time() -> None:
    papers = [{"relations": Tally(right, 4, 4)} for right in (0, 1, 2, 3, 4) * 8]
    found = intervals(papers)["relations"]
    assert found.low < sum_up(papers)["relations"].f1 < found.high
    assert intervals(papers) == intervals(papers)


def test_confidences_that_are_right_show_an_error_no_greater_than_chance() -> None:
    sure = [judged((entity("GridNet", "architecture", 1.0),), ()) for _ in range(100)]
    doubtful = [judged((entity("AP", "metric" if right else "task", 0.5),), ()) for right in (True, False) * 50]
    (found,) = reliability([*sure, *doubtful])
    assert (found.name, found.cases, found.error) == ("entities", 200, 0.0)
    wrong = [judged((entity("AP", "task", 1.0),), ()) for _ in range(100)]
    assert reliability(wrong)[0].error == 1.0


@pytest.mark.shared
def test_the_figures_are_those_of_the_scorer_beside_the_project(shared: Path, tmp_path: Path) -> None:
    scorer = runpy.run_path(str(shared / "eval" / "score.py"))
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(lines), encoding="utf-8")
    texts = shared / "gold" / "papers.json"
    papers = {paper["id"]: paper for paper in json.loads(texts.read_text(encoding="utf-8"))}
    annotated = [json.loads(line) for line in lines]
    source = tmp_path / "papers.jsonl"
    source.write_text("".join(json.dumps(papers[one["id"]]) + "\n" for one in annotated), encoding="utf-8")
    wanted, _ = scorer["score"](annotated, papers, [to_json(found) for found in extract(source)])
    ours = sum_up(paper.tallies for paper in read_papers(gold, texts))
    assert {row: (round(t.precision, 4), round(t.recall, 4), round(t.f1, 4)) for row, t in ours.items()} == {
        row: (figures["precision"], figures["recall"], figures["f1"]) for row, figures in wanted.items()
    }

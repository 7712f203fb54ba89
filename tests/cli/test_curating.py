from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.build import add_papers
from kg.resolution.curation import Decision
from kg.store.curation import add_decision
from kg.store.export import canonical_lines
from tests.conftest import write_papers

Run = Callable[..., tuple[int, str, str]]

PAPERS = [
    {
        "title": "GridNet: Pyramids on a Grid for Object Detection",
        "abstract": "We propose GridNet, a convolutional neural network. GridNet is based on FPN.",
        "year": 2021,
        "arxiv": "2101.00001",
    },
    {
        "title": "A Study of FPN",
        "abstract": "We study FPN and GridNet on COCO.",
        "year": 2022,
        "doi": "10.1000/study.1",
    },
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    add_papers([write_papers(tmp_path / "papers.jsonl", PAPERS)], store=tmp_path / "graph.kg", workers=1)
    return tmp_path / "graph.kg"


def test_a_decision_is_written_built_in_and_shown_as_used(kg_command: Run, store: Path) -> None:
    paper = "https://w3id.org/methodome/paper/arxiv-2101.00001"
    code, out, err = kg_command("curate", "reject", "2101.00001", "introduces", "GridNet", "--store", store)
    assert (code, out) == (0, f'{store}/curation.ttl: reject {paper} introduces "GridNet"\n')
    assert err == f"to bring it into the graph: kg build --store {store}\n"
    assert kg_command("curate", "year", "FPN", "1999", "--store", store)[0] == 0
    assert kg_command("curate", "assert", "GridNet", "uses", "ResNet", "--source", "a talk", "--store", store)[0] == 0
    code, out, _ = kg_command("curate", "--list", "--json", "--store", store)
    assert [(row["decision"], row["state"]) for row in json.loads(out)] == [
        ('assert "GridNet" uses "ResNet" --source "a talk"', "new"),
        (f'reject {paper} introduces "GridNet"', "new"),
        ('year "FPN" "1999"', "new"),
    ]
    assert kg_command("build", "--quiet", "--store", store)[0] == 0
    code, out, _ = kg_command("curate", "--json", "--store", store)
    assert [row["state"] for row in json.loads(out)] == ["used"] * 3
    _, out, _ = kg_command("show", "GridNet", "--json", "--store", store)
    edges = {(edge["predicate"], edge["object_name"]) for edge in json.loads(out)["edges"]}
    assert "introduces" not in {predicate for predicate, _ in edges}
    assert ("uses", "ResNet") in edges
    _, out, _ = kg_command("show", "FPN", "--json", "--store", store)
    assert json.loads(out)["year"] == 1999


def test_a_decision_that_is_taken_back_leaves_no_trace(kg_command: Run, store: Path) -> None:
    kg_command("curate", "--store", store, "drop", "GridNet")
    kg_command("build", "--quiet", "--store", store)
    assert kg_command("show", "GridNet", "--store", store)[0] == 1
    code, out, _ = kg_command("curate", "remove", "1", "--store", store)
    assert (code, out) == (0, 'removed: drop "GridNet"\n')
    kg_command("build", "--quiet", "--store", store)
    assert kg_command("show", "GridNet", "--store", store)[0] == 0
    code, out, err = kg_command("curate", "--store", store)
    assert (code, out, err) == (0, "", f"{store}: no decisions yet; kg curate --help shows how to take one\n")


def test_names_that_the_graph_lacks_are_refused_with_those_near_them(kg_command: Run, store: Path) -> None:
    code, _, err = kg_command("curate", "same", "GridNet", "Featur Pyramid Network", "--store", store)
    assert code == 1
    assert "nothing in the graph is named 'Featur Pyramid Network'; the nearest names are Feature Pyramid" in err
    code, _, err = kg_command("curate", "kind", "GridNet", "thing", "--store", store)
    assert code == 2
    assert "the kind cannot be 'thing'" in err
    assert not (store / "curation.ttl").exists()


def test_a_decision_against_another_names_it(kg_command: Run, store: Path) -> None:
    kg_command("curate", "year", "FPN", "1999", "--store", store)
    code, _, err = kg_command("curate", "year", "FPN", "2001", "--store", store)
    assert (code, 'year "FPN" "2001" contradicts that on line' in err) == (1, True)
    assert kg_command("curate", "year", "FPN", "1999", "--store", store)[1].startswith(
        f"{store}/curation.ttl: has it already"
    )


@pytest.mark.parametrize("paper", ["2101.00001", "gridnet: pyramids on a grid for object detection"])
def test_papers_are_told_by_their_iris(kg_command: Run, store: Path, paper: str) -> None:
    code, out, _ = kg_command("curate", "introduced", "FPN", paper, "--store", store)
    assert (code, out.split(": ", 1)[1]) == (
        0,
        'introduced "FPN" https://w3id.org/methodome/paper/arxiv-2101.00001\n',
    )


def test_a_paper_from_elsewhere_is_noted_by_its_title(kg_command: Run, store: Path) -> None:
    words = ("curate", "introduced", "FPN", "Pyramids of Old", "--store", store)
    assert kg_command(*words)[0] == 1
    assert kg_command(*words, "--elsewhere")[1].endswith('introduced "FPN" "Pyramids of Old"\n')


def test_results_are_asserted_with_their_parts(kg_command: Run, store: Path) -> None:
    words = ("--method", "GridNet", "--dataset", "COCO", "--value", "51.2%", "--source", "table 1")
    code, out, _ = kg_command("curate", "assert-result", "2101.00001", *words, "--store", store)
    assert (code, out.split("arxiv-2101.00001 ")[1]) == (
        0,
        '--method "GridNet" --dataset "COCO" --value "51.2%" --source "table 1"\n',
    )
    kg_command("build", "--quiet", "--store", store)
    assert json.loads(kg_command("stats", "--json", "--store", store)[1])["results"] == 1


def test_a_file_with_a_fault_fails_the_build_before_anything_is_done(kg_command: Run, store: Path) -> None:
    (store / "curation.ttl").write_text('\n[] mg:decision "same" ; rdf:subject "A" .', encoding="utf-8")
    code, _, err = kg_command("build", "--quiet", "--store", store)
    assert code == 1
    assert err == f"kg: {store}/curation.ttl, line 2: 'same' needs an object: the other concept\n"


def test_decisions_before_or_after_papers_give_the_same_graph(store: Path, tmp_path: Path) -> None:
    by = [
        Decision("same", "GridNet", "FPN"),
        Decision("assert", "DETR", "GridNet", "uses", source="a talk"),
        Decision("introduced", "COCO", "2101.00001"),
        Decision("drop", "Convolutional Neural Network"),
    ]
    for decision in by:
        add_decision(store, decision)
        add_papers([], store=store, workers=1)
    other = tmp_path / "other.kg"
    # The name of a file is part of what is said, so both parts bear it.
    for number, paper in enumerate(reversed(PAPERS)):
        (tmp_path / str(number)).mkdir()
        add_papers([write_papers(tmp_path / str(number) / "papers.jsonl", [paper])], store=other, workers=1)
        for decision in by[2 * number : 2 * number + 2]:
            add_decision(other, decision)
    add_papers([], store=other, workers=1)
    with kg.open(store) as one, kg.open(other) as another:
        assert list(canonical_lines(one.store)) == list(canonical_lines(another.store))
        assert one.merges() == another.merges()
        assert one.decisions() == another.decisions()
        assert [use.used for use in one.decisions()] == [True] * 4

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kg
from kg.build import add_papers, extract, remove_papers
from kg.store.export import canonical_lines
from tests.conftest import PAPERS, write_papers


def lines(store: Path) -> list[str]:
    with kg.open(store) as graph:
        return list(canonical_lines(graph.store))


def test_a_build_answers_at_once(papers_file: Path, tmp_path: Path) -> None:
    with kg.build(papers_file, store=tmp_path / "graph.kg") as graph:
        assert graph["GridNet"].kind == "architecture"
        assert [paper.title for paper in graph["GridNet"].introduced_by] == [PAPERS[0]["title"]]


def test_a_second_build_of_the_same_papers_changes_nothing(papers_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    first = add_papers([papers_file], store=store)
    second = add_papers([papers_file], store=store)
    assert (first.changed, first.papers, first.extracted) == (True, 3, 3)
    assert (second.changed, second.changed_records, second.extracted, second.added, second.removed) == (
        False,
        0,
        0,
        0,
        0,
    )


def test_any_order_and_any_split_of_the_papers_give_the_same_triples(small_store: Path, tmp_path: Path) -> None:
    shuffled = random.Random(7).sample(PAPERS, len(PAPERS))
    store = tmp_path / "graph.kg"
    # The name of a file is part of what is said, so both parts bear it.
    for number, part in enumerate((shuffled[:1], shuffled[1:])):
        folder = tmp_path / str(number)
        folder.mkdir()
        add_papers([write_papers(folder / "papers.jsonl", part)], store=store)
    assert lines(store) == lines(small_store)


def test_a_removed_paper_leaves_no_trace(papers_file: Path, tmp_path: Path) -> None:
    store, other = tmp_path / "graph.kg", tmp_path / "other.kg"
    add_papers([papers_file], store=store)
    report = remove_papers([PAPERS[1]["title"]], store=store)
    assert (report.papers, report.changed) == (2, True)
    (tmp_path / "two").mkdir()
    add_papers([write_papers(tmp_path / "two" / "papers.jsonl", [PAPERS[0], PAPERS[2]])], store=other)
    assert lines(store) == lines(other)


def test_removing_an_unknown_paper_names_the_nearest_and_changes_nothing(papers_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    add_papers([papers_file], store=store)
    before = lines(store)
    with pytest.raises(kg.UnknownName, match="GridNetV2: Deeper Grids"):
        remove_papers(["GridNetV2: Deeper"], store=store)
    assert lines(store) == before


def test_a_source_at_fault_leaves_no_store_behind(papers_file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(kg.InputError, match=r"empty\.txt"):
        add_papers([papers_file, empty], store=tmp_path / "graph.kg")
    assert not (tmp_path / "graph.kg").exists()


def test_progress_is_told_for_each_stage(papers_file: Path, tmp_path: Path) -> None:
    told: list[str] = []
    add_papers([papers_file], store=tmp_path / "graph.kg", progress=lambda stage, done, total: told.append(stage))
    assert list(dict.fromkeys(told)) == ["reading", "joining", "extracting", "resolving", "writing", "done"]


def test_extract_needs_no_store_and_sorts_by_key(papers_file: Path) -> None:
    assert [extraction.id for extraction in extract(papers_file)] == sorted(e.id for e in extract(papers_file))


def test_abstracts_can_be_kept_out(papers_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    add_papers([papers_file], store=store, abstracts=False)
    assert not any("purl.org/dc/terms/abstract" in line for line in lines(store))
    assert any("ontology#sentence" in line for line in lines(store))


@pytest.mark.shared
def test_the_seed_pages_hold_493_papers_in_any_order(shared: Path, tmp_path: Path) -> None:
    pages = sorted((shared / "seeds").glob("*.txt"))
    report = add_papers(pages, store=tmp_path / "one.kg")
    assert (report.records, report.papers, len(report.skipped)) == (551, 493, 0)
    assert not add_papers(pages, store=tmp_path / "one.kg").changed
    add_papers(pages[::-1], store=tmp_path / "other.kg")
    assert lines(tmp_path / "one.kg") == lines(tmp_path / "other.kg")


def titles(store: Path) -> set[str]:
    with kg.open(store) as graph:
        return {str(title) for (title,) in graph.query("SELECT ?title { ?p a mg:Paper ; dcterms:title ?title }")}


def test_files_of_one_name_add_up_and_replace_only_when_asked_to(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    files = []
    for number, paper in enumerate(PAPERS[:2]):
        folder = tmp_path / str(number)
        folder.mkdir()
        files.append(write_papers(folder / "papers.jsonl", [{**paper, "id": "1"}]))
    add_papers([files[0]], store=store)
    add_papers([files[1]], store=store)
    assert titles(store) == {PAPERS[0]["title"], PAPERS[1]["title"]}
    report = add_papers([files[1]], store=store, replace=True)
    assert (report.changed_records, report.papers, report.extracted) == (1, 1, 0)
    assert titles(store) == {PAPERS[1]["title"]}
    add_papers(files, store=store, replace=True)
    assert titles(store) == {PAPERS[0]["title"], PAPERS[1]["title"]}

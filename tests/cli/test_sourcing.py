"""What the command says of sources: their formats, their conflicts, and how they are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg import vocabulary as v
from kg.store.folder import StoreFolder

PAPER = """# GridNet: Grids for Object Detection

## Abstract

We propose GridNet for object detection.

## 1 Introduction

GridNet is based on the Feature Pyramid Network (FPN).

## 2 Related Work

HarborNet is based on Mask R-CNN.

## 3 Experiments

GridNet outperforms Faster R-CNN on COCO.
"""


def sections_in(store: Path) -> set[str]:
    with StoreFolder.open(store).reader() as snapshot:
        rows: Any = snapshot.store.query(f"SELECT DISTINCT ?section WHERE {{ ?node <{v.SECTION}> ?section }}")
        return {row["section"].value for row in rows}


def test_the_formats_are_listed_with_what_they_lack(kg_command: Any) -> None:
    code, out, err = kg_command("sources")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["format", "what", "it", "is", "lacks"]
    assert {"BibTeX", "PDF", "Parquet", "listing page"} <= {line.split("  ")[0] for line in out.splitlines()}
    (parquet,) = (form for form in json.loads(kg_command("sources", "--json")[1]) if form["name"] == "Parquet")
    assert parquet["extra"] == "parquet"


def test_columns_and_limits_are_told_on_the_command_line(kg_command: Any, tmp_path: Path) -> None:
    table = tmp_path / "katalog"
    table.write_text("Titel;Text\nGridNet;We propose GridNet.\n", encoding="utf-8")
    code, out, _ = kg_command("extract", table, "--map", "title=Titel,abstract=Text")
    assert code == 0
    assert json.loads(out)["title"] == "GridNet"
    code, _, err = kg_command("extract", table, "--map", "heading=Titel")
    assert code == 1
    assert err.startswith("kg: 'heading=Titel' names no column for one of title, abstract, ")
    code, _, err = kg_command("extract", table, "--limit", "file=10")
    assert code == 1
    assert err == f"kg: {table}: holds more than 10 bytes; raise the limit with --limit file=... or KG_LIMIT_FILE\n"
    code, _, err = kg_command("extract", table, "--limit", "size=10")
    assert err == "kg: there is no limit 'size'; there are line, file, ratio (as in line=8M)\n"


def test_sections_are_read_where_they_are_asked_for_and_the_evidence_says_which(
    kg_command: Any, tmp_path: Path
) -> None:
    paper, store = tmp_path / "paper.md", tmp_path / "graph.kg"
    paper.write_text(PAPER, encoding="utf-8")
    assert kg_command("build", paper, "--store", store, "--sections", "-q")[0] == 0
    assert sections_in(store) == {"introduction", "experiments"}
    assert kg_command("validate", "--store", store)[0] == 0
    # What was read with its sections keeps them, whatever is built after it.
    assert kg_command("build", "--store", store, "-q")[1].endswith("nothing changed\n")
    assert kg_command("build", paper, "--store", store, "--replace", "-q")[0] == 0
    assert sections_in(store) == set()


def test_conflicts_between_sources_are_listed(kg_command: Any, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    for name, year in (("a.jsonl", 2017), ("b.jsonl", 2020)):
        said = {"title": "Deep Sets", "id": "1", "doi": "10.1000/x", "year": year, "references": ["10.1000/y"]}
        other = {"title": "Sets", "id": "2", "doi": "10.1000/y"}
        (tmp_path / name).write_text(f"{json.dumps(said)}\n{json.dumps(other)}\n", encoding="utf-8")
    assert kg_command("build", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--store", store, "-q")[0] == 0
    assert kg_command("stats", "--conflicts", "--store", store)[1] == (
        "1 conflict between sources\n\ndoi-10-1000-x: year\n  2017  (a.jsonl)\n  2020  (b.jsonl)\n"
    )
    assert json.loads(kg_command("stats", "--conflicts", "--json", "--store", store)[1]) == [{
        "papers": ["doi-10-1000-x"], "field": "year", "sayings": [["2017", ["a.jsonl"]], ["2020", ["b.jsonl"]]],
        "shared": None,
    }]  # fmt: skip
    with StoreFolder.open(store).reader() as snapshot:
        cites = f"ASK {{ <{v.paper_iri('doi-10-1000-x')}> <{v.CITO}cites> <{v.paper_iri('doi-10-1000-y')}> }}"
        assert bool(snapshot.store.query(cites))

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.graph import MEASURES

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("by", MEASURES)
def test_influence_ranks_by_every_measure(kg_command: Run, small_store: Path, by: str) -> None:
    code, out, _ = kg_command("influence", "--by", by, "--top", "5", "--store", small_store, "--json")
    values = [row[by] for row in json.loads(out)]
    assert code == 0
    assert 0 < len(values) <= 5
    assert values == sorted(values, reverse=True)


def test_influence_prints_what_survey_writers_paste(kg_command: Run, small_store: Path) -> None:
    words = ("influence", "--by", "papers", "--kind", "architecture", "--store", small_store, "--format")
    assert kg_command(*words, "csv")[1].startswith("rank,name,kind,year,papers\n1,")
    assert kg_command(*words, "markdown")[1].startswith("| rank | name |")
    assert kg_command(*words, "latex")[1].startswith("\\begin{tabular}{rllrr}\n")
    assert "@misc{example2021gridnet,\n  title = {{GridNet}: Pyramids on a Grid" in kg_command(*words, "bibtex")[1]
    code, _, err = kg_command(*words, "pdf")
    assert (code, "the valid ones are table, json, csv, markdown, latex, bibtex" in err) == (1, True)


def test_influence_towards_a_task(kg_command: Run, small_store: Path) -> None:
    words = ("influence", "--by", "pagerank", "--towards", "Object Detection", "--store", small_store, "--json")
    code, out, _ = kg_command(*words)
    assert code == 0
    assert [row["name"] for row in json.loads(out)] == ["GridNet"]
    assert kg_command("influence", "--towards", "Object Detection", "--store", small_store)[0] == 2


def test_compare_shows_two_methods_side_by_side(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("compare", "GridNet", "GridNetV2", "--store", small_store)
    assert code == 0
    assert out.splitlines()[0].split("  ")[-1] == "only GridNetV2"
    assert "2021" in out
    code, out, _ = kg_command("compare", "GridNet", "Faster R-CNN", "--store", small_store, "--json")
    assert len(json.loads(out)["wins"]) == 1
    out = kg_command("compare", "GridNet", "Faster R-CNN", "--store", small_store)[1]
    assert 'GridNet over Faster R-CNN: "GridNet reaches 51.2% AP on COCO' in out


def test_a_leaderboard_lists_results_the_best_first(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("leaderboard", "COCO", "--min-confidence", "0", "--store", small_store, "--json")
    assert code == 0
    assert [(row["method"], row["value"]) for row in json.loads(out)][:2] == [
        ("GridNetV2", "53.0%"),
        ("GridNet", "51.2%"),
    ]
    assert all(row["sentence"] for row in json.loads(out))


def test_a_leaderboard_without_results_says_so(kg_command: Run, small_store: Path) -> None:
    code, _, err = kg_command("leaderboard", "Cityscapes", "--store", small_store)
    assert (code, err) == (0, "no paper here states a result on Cityscapes\n")
    assert kg_command("leaderboard", "GridNet", "--store", small_store)[0] == 1


def test_trends_count_papers_by_year(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("trends", "Self-Attention", "--store", small_store, "--format", "csv")
    assert (code, out) == (0, "name,year,papers,share\nSelf-Attention,2021,1,1.0\nSelf-Attention,2022,1,0.5\n")


def test_trends_show_what_emerges_or_fades(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("trends", "--rising", "--store", small_store, "--json")
    assert (code, json.loads(out)) == (0, [])
    assert kg_command("trends", "--rising", "--fading", "--store", small_store)[0] == 2
    assert kg_command("trends", "ResNet", "--fading", "--store", small_store)[0] == 2


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="the extra plots is not installed")
def test_a_table_can_be_drawn(kg_command: Run, small_store: Path, tmp_path: Path) -> None:
    picture = tmp_path / "trends.svg"
    code, out, err = kg_command("trends", "Self-Attention", "-o", picture, "--store", small_store)
    assert (code, out, err) == (0, "", f"wrote {picture}\n")
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    assert kg_command("trends", "Self-Attention", "-o", tmp_path / "a.pdf", "--store", small_store)[0] == 1

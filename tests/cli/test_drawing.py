from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def test_lineage_prints_what_came_of_a_method_with_its_proof(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("lineage", "GridNet", "--down", "--store", small_store)
    assert code == 0
    assert out.splitlines()[:2] == ["GridNet: came of it", "  GridNetV2 (2022)"]
    assert "extends GridNet with deformable convolution" in out


def test_lineage_stops_at_its_depth(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("lineage", "FPN", "--down", "--depth", "1", "--store", small_store)
    assert code == 0
    assert "  Path Aggregation Network (2018)\n" in out
    assert all(not line.startswith("    ") or line.startswith("      ") for line in out.splitlines())


def test_lineage_upwards_reaches_the_curated_concepts(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("lineage", "BiFPN", "--up", "--store", small_store, "--json")
    found = json.loads(out)
    assert code == 0
    names = {node["id"]: node["name"] for node in found["nodes"]}
    edges = {(names[edge["child"]], names[edge["parent"]]): edge for edge in found["edges"]}
    proofs = edges["Bidirectional Feature Pyramid Network", "Feature Pyramid Network"]["proofs"]
    assert [proof["source"] for proof in proofs] == ["EfficientDet: Scalable and Efficient Object Detection"]


def test_influence_ranks_by_descendants(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("influence", "--top", "5", "--store", small_store, "--json")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) == 5
    values = [row["descendants"] for row in rows]
    assert values == sorted(values, reverse=True)


def test_view_lineage_writes_a_page(kg_command: Run, small_store: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, _, err = kg_command("view", "lineage", "GridNet", "-o", page, "--store", small_store)
    assert code == 0
    assert f"wrote {page}" in err
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_view_lineage_of_an_unknown_name_writes_nothing(kg_command: Run, small_store: Path, tmp_path: Path) -> None:
    code, _, err = kg_command("view", "lineage", "Nonesuch", "-o", tmp_path / "page.html", "--store", small_store)
    assert code == 1
    assert "Nonesuch" in err
    assert not (tmp_path / "page.html").exists()


def test_each_page_is_written_under_its_own_name(
    kg_command: Run, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    title = "GridNetV2: Deeper Grids"
    for words in (["neighbourhood", "GridNet"], ["influence", "--top", "20"], ["timeline", "GridNet"],
                  ["map", "--modules", "10"], ["paper", title], ["compare", "GridNet", "GridNetV2"]):  # fmt: skip
        code, _, err = kg_command("view", *words, "--store", small_store)
        assert (code, err.startswith(f"wrote {words[0]}.html: ")) == (0, True), (words, err)
        assert (tmp_path / f"{words[0]}.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_atlas_is_written_once_and_then_left_as_it_is(kg_command: Run, small_store: Path, tmp_path: Path) -> None:
    code, _, err = kg_command("atlas", "-o", tmp_path / "atlas", "--store", small_store, "--quiet")
    assert (code, err.split(":")[0]) == (0, f"wrote {tmp_path / 'atlas' / 'index.html'}")
    code, _, err = kg_command("atlas", "-o", tmp_path / "atlas", "--store", small_store, "--quiet")
    assert (code, "is as it should be" in err) == (0, True)

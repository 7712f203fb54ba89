from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_stats_counts_what_the_graph_holds(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("stats", "--store", small_store, "--json")
    figures = json.loads(out)
    assert code == 0
    assert figures["papers"] == 3
    assert figures["relations"] == sum(figures["relations_by_predicate"].values())
    assert figures["concepts"] == sum(figures["concepts_by_kind"].values())
    assert {"curated_only", "evidence", "quads"} <= figures.keys()


def test_the_store_may_come_from_the_environment(kg_command: Run, small_store: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KG_STORE", str(small_store))
    assert kg_command("stats")[0] == 0


def test_show_prints_an_edge_with_the_sentence_that_proves_it(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("show", "GridNet", "--store", small_store)
    assert code == 0
    assert out.startswith("GridNet  (architecture, 2021)")
    assert "GridNet -> Feature Pyramid Network" in out
    assert "GridNet is based on the Feature Pyramid Network (FPN) and uses self-attention." in out


def test_show_takes_an_alias_and_a_paper_title(kg_command: Run, small_store: Path) -> None:
    assert kg_command("show", "FPN", "--store", small_store)[1].startswith("Feature Pyramid Network  (module")
    assert kg_command("show", "GridNetV2: Deeper Grids", "--store", small_store)[1].startswith("GridNetV2: Deeper")


def test_a_name_that_is_not_there_offers_the_nearest(kg_command: Run, small_store: Path) -> None:
    code, out, err = kg_command("show", "Feture Pyramid Network", "--store", small_store)
    assert (code, out) == (1, "")
    assert err.startswith(
        "kg: nothing in the graph is named 'Feture Pyramid Network'; the nearest names are Feature Pyramid Network"
    )


def test_find_lists_the_equal_name_first(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("find", "gridnet", "--store", small_store, "--json")
    assert code == 0
    assert [found["name"] for found in json.loads(out)][:2] == ["GridNet", "GridNetV2"]


def test_query_takes_sparql_a_file_and_a_name(kg_command: Run, small_store: Path, tmp_path: Path) -> None:
    text = 'SELECT ?title WHERE { ?p mg:introduces ?c ; dcterms:title ?title . ?c skos:prefLabel "GridNetV2" }'
    expected = "title\nGridNetV2: Deeper Grids\n"
    assert kg_command("query", text, "--store", small_store, "--format", "csv")[1].replace("\r", "") == expected
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    assert "GridNetV2: Deeper Grids" in kg_command("query", tmp_path / "q.rq", "--store", small_store)[1]
    code, out, _ = kg_command("query", "descendants", "--concept", "GridNet", "--store", small_store)
    assert code == 0
    assert "GridNetV2" in out


def test_query_lists_its_names_and_says_what_is_wrong(kg_command: Run, small_store: Path) -> None:
    assert "descendants" in kg_command("query", "--list")[1]
    code, _, err = kg_command("query", "SELECT nonsense", "--store", small_store)
    assert code == 1
    assert err.startswith("kg: ")
    assert kg_command("query", "--store", small_store)[0] == 2


def test_merges_says_why_names_are_one(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("merges", "Feature Pyramid Network", "--store", small_store, "--json")
    assert code == 0
    assert all(merge["concept"] == "feature-pyramid-network" and merge["reason"] for merge in json.loads(out))


def test_a_missing_store_is_named(kg_command: Run, tmp_path: Path) -> None:
    code, out, err = kg_command("stats", "--store", tmp_path / "none.kg")
    assert (code, out) == (1, "")
    assert "none.kg" in err
    assert err.count("\n") == 1


def test_an_unknown_verb_or_option_exits_with_2(kg_command: Run) -> None:
    assert kg_command("frobnicate")[0] == 2
    assert kg_command("stats", "--frobnicate")[0] == 2


def test_an_address_is_no_store_to_build_in(kg_command: Run, papers_file: Path) -> None:
    code, out, err = kg_command("build", papers_file, "--store", "https://example.invalid/sparql", "--quiet")
    assert (code, out) == (1, "")
    assert "kg publish" in err

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from tests.store.endpoint_server import endpoint_server
from tests.store.tiny import make_tiny_store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one of everything; tests only read it."""
    return make_tiny_store(tmp_path_factory.mktemp("tiny") / "graph.kg")


def test_export_takes_its_format_from_the_ending(kg_command: Run, tiny: Path, tmp_path: Path) -> None:
    for ending, beginning in (("nq", "<"), ("ttl", "@prefix"), ("JSONLD", "{"), ("graphml", "<?xml")):
        code, out, err = kg_command("export", tmp_path / f"graph.{ending}", "--store", tiny)
        assert (code, out, err) == (0, "", f"wrote {tmp_path / f'graph.{ending}'}\n")
        assert (tmp_path / f"graph.{ending}").read_text(encoding="utf-8").startswith(beginning)
    code, _, err = kg_command("export", tmp_path / "graph.docx", "--store", tiny)
    assert code == 1
    assert "choose one of nq, nt, ttl, trig, jsonld, nt12, ttl12, graphml, gexf, csv" in err


def test_export_says_each_file_that_it_writes(kg_command: Run, tiny: Path, tmp_path: Path) -> None:
    words = ("export", tmp_path / "graph.csv", "--store", tiny, "--void", tmp_path / "void.ttl")
    assert kg_command(*words)[2].splitlines() == [
        f"wrote {tmp_path / name}" for name in ("graph.nodes.csv", "graph.edges.csv", "void.ttl")
    ]


def test_an_archive_goes_out_and_comes_in(kg_command: Run, tiny: Path, papers_file: Path, tmp_path: Path) -> None:
    archive, store = tmp_path / "graph.kg.zip", tmp_path / "new.kg"
    assert kg_command("export", archive, "--archive", "--store", tiny)[2] == f"wrote {archive}\n"
    code, out, err = kg_command("import", archive, "--store", store)
    with kg.open(store) as graph:
        assert (code, out, err) == (0, f"{store}: {len(graph.store):,} triples\n", "")
    assert kg_command("export", archive, "--archive", "--format", "nq", "--store", tiny)[0] == 2


def test_a_store_of_plain_rdf_says_that_it_is_read_only(
    kg_command: Run, tiny: Path, papers_file: Path, tmp_path: Path
) -> None:
    store = tmp_path / "new.kg"
    kg_command("export", tmp_path / "graph.ttl", "--store", tiny)
    code, out, err = kg_command("import", tmp_path / "graph.ttl", "--store", store)
    assert code == 0
    assert out.endswith(" triples, read-only\n")
    assert "kg build and kg remove will refuse it" in err
    assert kg_command("show", "ResNet", "--store", store)[0] == 0
    for words in (("build", papers_file, "--quiet"), ("remove", "2201.00002", "--quiet")):
        code, out, err = kg_command(*words, "--store", store)
        assert (code, out) == (1, "")
        assert err.startswith(f"kg: {store}: is read-only: it was imported from graph.ttl")


def test_import_refuses_a_place_that_is_taken(kg_command: Run, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    code, _, err = kg_command("import", tmp_path / "g.nt", "--store", tiny)
    assert (code, err) == (1, f"kg: {tiny}: is there already; import into another folder (--store)\n")
    code, out, _ = kg_command("import", tmp_path / "g.nt", "--store", tmp_path / "g.kg", "--json")
    assert (code, json.loads(out)) == (0, {"triples": 1, "read_only": True, "from_named_graphs": 0})


def test_publish_brings_an_endpoint_up_to_date(kg_command: Run, tiny: Path) -> None:
    with endpoint_server() as server, kg.open(tiny) as graph:
        url, size = f"{server.url}/query", len(graph.store)
        code, out, err = kg_command("publish", url, "--store", tiny)
        assert (code, out) == (0, f"{url}: {size:,} triples came, 0 went\n")
        assert err.endswith(f"sent: {size:,} triples\n")
        assert set(server.store) == set(graph.store)
        assert kg_command("publish", url, "--store", tiny)[1] == f"{url}: nothing changed\n"
        words = ("publish", url, "--store", tiny, "--graph", "urn:g", "--graph-store", f"{server.url}/store")
        code, out, _ = kg_command(*words, "--json", "--quiet")
        assert (code, json.loads(out)) == (0, {"added": size, "removed": 0, "untouched": 0})
        with kg.open(url) as remote:
            assert remote["ResNet"].aliases == graph["ResNet"].aliases


def test_publish_says_why_it_cannot(kg_command: Run, tiny: Path) -> None:
    code, out, err = kg_command("publish", "example.org", "--store", tiny)
    assert (code, out) == (1, "")
    assert err == "kg: example.org: is no address of an endpoint; give one like https://example.org/sparql\n"

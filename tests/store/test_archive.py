from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import kg
from kg.build import add_papers, remove_papers
from kg.errors import StoreError
from kg.records import Extraction, Record
from kg.store.archive import is_archive, write_archive
from kg.store.export import canonical_lines, export
from kg.store.folder import StoreFolder
from kg.store.importing import Imported, import_file
from kg.store.triples import triples

from . import examples as e
from .tiny import RECORDS, SKIPPED, make_tiny_store


def lines(store: Path) -> list[str]:
    with kg.open(store) as graph:
        return list(canonical_lines(graph.store))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one of everything; tests only read it."""
    return make_tiny_store(tmp_path_factory.mktemp("tiny") / "graph.kg")


@pytest.fixture
def archive(tiny: Path, tmp_path: Path) -> Path:
    write_archive(StoreFolder.open(tiny), tmp_path / "graph.kg.zip")
    return tmp_path / "graph.kg.zip"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def write_members(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in content.items():
            file.writestr(name, data)
    return path


def test_an_archive_restores_graph_records_extractions_merges_and_skips(
    archive: Path, tiny: Path, tmp_path: Path
) -> None:
    store = tmp_path / "restored.kg"
    assert import_file(archive, store) == Imported(len(lines(tiny)), read_only=False)
    assert lines(store) == lines(tiny)
    with kg.open(store) as restored:
        assert restored.merges() == [e.MERGE]
        assert restored.stats().skipped == SKIPPED["a.txt"]
    with StoreFolder.open(store).writer() as writer:
        assert list(writer.records()) == RECORDS
        assert writer.cached("d") == e.EXTRACTION


def test_a_restored_store_builds_on_from_its_extractions(small_store: Path, papers_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "restored.kg"
    write_archive(StoreFolder.open(small_store), tmp_path / "a.zip")
    import_file(tmp_path / "a.zip", store)
    assert lines(store) == lines(small_store)
    same = add_papers([papers_file], store=store)
    assert (same.changed, same.extracted, same.papers) == (False, 0, 3)


def test_the_same_store_is_the_same_bytes_and_so_is_one_restored(archive: Path, tmp_path: Path) -> None:
    import_file(archive, tmp_path / "restored.kg")
    write_archive(StoreFolder.open(tmp_path / "restored.kg"), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert is_archive(archive)


def test_what_people_decided_travels_along(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    with StoreFolder.create_or_open(store).writer() as writer:
        writer.publish([], [])
    (store / "curation.ttl").write_bytes(b"# caf\xe9, no line end")
    write_archive(StoreFolder.open(store), tmp_path / "a.zip")
    import_file(tmp_path / "a.zip", tmp_path / "b.kg")
    assert (tmp_path / "b.kg/curation.ttl").read_bytes() == b"# caf\xe9, no line end"
    assert not (tmp_path / "b.kg/history.ttl").exists()


def test_records_of_an_unfinished_build_stay_out(tmp_path: Path) -> None:
    store = StoreFolder.create_or_open(tmp_path / "graph.kg")
    with store.writer() as writer:
        writer.add([Record("a", "1", "One"), Record("a", "2", "Two \ud800")])
        writer.cache("d", Extraction("t-1", "One"))
        writer.publish(triples(e.RESOLUTION), [e.MERGE])
        writer.add([Record("a", "3", "Three")])
        writer.remove([Record("a", "1", "One")])
        write_archive(store, tmp_path / "a.zip")
    found = members(tmp_path / "a.zip")
    assert [json.loads(line)["title"] for line in found["records.jsonl"].splitlines()] == ["One", "Two \ud800"]
    assert [json.loads(line)["digest"] for line in found["extractions.jsonl"].splitlines()] == ["d"]
    assert json.loads(found["manifest.json"])["files"]["records.jsonl"]["lines"] == 2
    import_file(tmp_path / "a.zip", tmp_path / "b.kg")
    with StoreFolder.open(tmp_path / "b.kg").writer() as writer:
        assert [record.title for record in writer.records()] == ["One", "Two \ud800"]


def test_a_damaged_archive_is_refused_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    content = members(archive)
    changed = content["records.jsonl"].replace(b"RetNet", b"RotNet", 1)
    for bad, problem in (
        ({**content, "records.jsonl": changed}, "the archive is damaged: records.jsonl is not what the manifest says"),
        ({**content, "graph.nq": content["graph.nq"][:-40]}, "the archive is damaged"),
        ({**content, "merges.jsonl": b"[]\n"}, "the archive is damaged"),
        ({"manifest.json": content["manifest.json"]}, "the archive is damaged"),
        (
            {"manifest.json": b'{"format": "methodome archive 9"}'},
            "its format is 'methodome archive 9', and this version",
        ),
        ({"manifest.json": b"[]"}, "the archive is damaged"),
        ({"manifest.json": b'{"format": "methodome archive 1", "files": {}}'}, "it lacks records.jsonl"),
    ):
        path = write_members(tmp_path / "bad.zip", bad)
        with pytest.raises(StoreError, match=problem):
            import_file(path, tmp_path / "new.kg")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(StoreError, match="is no archive, and 'zip' is no format of RDF; choose one of nq, nt"):
        import_file(cut, tmp_path / "new.kg")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["bad.zip", "cut.zip", "graph.kg.zip"]


@pytest.mark.parametrize("format", ["nq", "nt", "ttl", "trig", "jsonld", "nt12", "ttl12"])
def test_plain_rdf_becomes_a_store_that_is_read_and_not_written(
    tiny: Path, papers_file: Path, tmp_path: Path, format: str
) -> None:
    with kg.open(tiny) as graph:
        export(graph.store, tmp_path / f"graph.{format}", format=format)
    store = tmp_path / "read.kg"
    assert import_file(tmp_path / f"graph.{format}", store).read_only
    assert lines(store) == lines(tiny)
    with kg.open(store) as graph:
        assert graph["residual network"].name == "ResNet"
    refusal = f"is read-only: it was imported from graph.{format}"
    with pytest.raises(StoreError, match=refusal):
        add_papers([papers_file], store=store)
    with pytest.raises(StoreError, match=refusal):
        remove_papers(["RetNet"], store=store)
    with pytest.raises(StoreError, match="has no records to archive"):
        write_archive(StoreFolder.open(store), tmp_path / "a.zip")
    assert lines(store) == lines(tiny)


def test_triples_of_named_graphs_come_into_the_one_graph(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> <urn:g> .\n", encoding="utf-8")
    assert import_file(tmp_path / "g.nq", tmp_path / "g.kg") == Imported(2, read_only=True, from_named_graphs=1)
    assert lines(tmp_path / "g.kg") == ["<urn:a> <urn:b> <urn:c> .", "<urn:a> <urn:b> <urn:d> ."]


def test_what_cannot_be_imported_is_named_and_leaves_nothing(archive: Path, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<a> <b", encoding="utf-8")
    (tmp_path / "papers.pdf").write_bytes(b"%PDF")
    for file, place, problem in (
        (tmp_path / "none.nq", "new.kg", "none.nq: there is no such file"),
        (tmp_path / "bad.ttl", "new.kg", "bad.ttl: cannot be read as ttl: "),
        (tmp_path / "papers.pdf", "new.kg", "'pdf' is no format of RDF"),
        (archive, tiny, "is there already; import into another folder"),
    ):
        with pytest.raises(StoreError, match=problem):
            import_file(file, tmp_path / place)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["bad.ttl", "graph.kg.zip", "papers.pdf"]

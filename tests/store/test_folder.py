import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreLocked
from kg.records import Resolution
from kg.store import snapshots
from kg.store.export import canonical_lines
from kg.store.folder import Change, StoreFolder
from kg.store.triples import triples

from . import examples as e

SMALL = Resolution(papers=(e.PAPER,))
CONCEPT_ONLY = Resolution(concepts=(e.RETNET,))


@pytest.fixture
def store(tmp_path):
    return StoreFolder.create_or_open(tmp_path / "graph.kg")


def build(store, resolution, *records, merges=()):
    with store.writer() as writer:
        writer.add(records)
        return writer.publish(triples(resolution), merges)


def lines(store):
    with store.reader() as snapshot:
        return list(canonical_lines(snapshot.store))


def records(store):
    with store.writer() as writer:
        return list(writer.records())


def expected(resolution):
    return sorted(f"{triple} ." for triple in triples(resolution))


def left_overs(store):
    return [entry.name for entry in (store.path / "snapshots").iterdir() if entry.name.startswith(".")]


def test_what_is_published_is_what_a_reader_sees(store):
    change = build(store, e.RESOLUTION, e.RECORD, merges=[e.MERGE])
    assert change == Change(len(expected(e.RESOLUTION)), 0, changed=True)
    assert lines(store) == expected(e.RESOLUTION)
    with store.reader() as snapshot:
        assert snapshot.name == "000001"
        assert list(snapshot.merges()) == [e.MERGE]
    assert records(store) == [e.RECORD]
    assert (store.path / "format").read_text() == "methodome store 2\n"


def test_a_second_publication_writes_the_difference(store):
    build(store, SMALL)
    size = len(expected(SMALL))
    other = Resolution(papers=(replace(e.PAPER, title="New"),))
    assert build(store, other) == Change(2, 2, changed=True)
    assert lines(store) == expected(other)
    assert build(store, Resolution()) == Change(0, size, changed=True)
    assert lines(store) == []


def test_nothing_new_makes_no_snapshot(store):
    build(store, e.RESOLUTION, e.RECORD, merges=[e.MERGE])
    assert build(store, e.RESOLUTION, e.RECORD, merges=[e.MERGE]) == Change(0, 0, changed=False)
    assert snapshots.names(store.path) == ["000001"]
    assert left_overs(store) == []


def test_changed_records_alone_are_published_with_a_new_snapshot(store):
    build(store, SMALL)
    assert build(store, SMALL, e.RECORD) == Change(0, 0, changed=True)
    assert snapshots.published(store.path) == "000002"
    assert records(store) == [e.RECORD]


def test_a_changed_merge_log_alone_is_published(store):
    build(store, SMALL)
    assert build(store, SMALL, merges=[e.MERGE]) == Change(0, 0, changed=True)
    with store.reader() as snapshot:
        assert list(snapshot.merges()) == [e.MERGE]


def test_one_writer_publishes_as_often_as_it_likes(store):
    with store.writer() as writer:
        writer.add([e.RECORD])
        assert writer.publish(triples(SMALL), []).changed
        assert writer.remove([e.RECORD]) == 1
        assert writer.publish(triples(SMALL), []).changed
        assert not writer.publish(triples(SMALL), []).changed
    assert records(store) == []


def test_order_and_history_leave_no_trace_in_the_graph(store, tmp_path):
    build(store, CONCEPT_ONLY)
    build(store, SMALL)
    build(store, e.RESOLUTION)
    other = StoreFolder.create_or_open(tmp_path / "other.kg")
    with other.writer() as writer:
        writer.publish(reversed([*triples(e.RESOLUTION), *triples(e.RESOLUTION)]), [])
    assert lines(store) == lines(other)


def test_a_second_writer_is_refused_and_told_who_writes(store):
    with (
        store.writer(),
        pytest.raises(StoreLocked, match=rf"process {os.getpid()} is writing to this store"),
        store.writer(),
    ):
        pass
    with store.writer():
        pass


def test_an_interrupted_writer_leaves_nothing_but_extractions(store):
    build(store, SMALL, e.RECORD)

    def breaking():
        yield from triples(e.RESOLUTION)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.writer() as writer:
        writer.add([replace(e.RECORD, key="2")])
        writer.remove([e.RECORD])
        writer.cache("d", e.EXTRACTION)
        writer.publish(breaking(), [])
    assert left_overs(store) == []
    assert lines(store) == expected(SMALL)
    assert records(store) == [e.RECORD]
    with store.writer() as writer:
        assert writer.cached("d") == e.EXTRACTION
        assert writer.cached("e") is None


KILLED = """
import os, signal, sys
from dataclasses import replace
sys.path[:0] = [sys.argv[3], os.getcwd()]
from store import examples as e
from kg.store import _differences, snapshots, writer as writing
from kg.store.folder import StoreFolder
from kg.store.triples import triples

die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
moment = sys.argv[2]
if moment == "before the move":
    snapshots.settle = die
elif moment == "before the flip":
    snapshots.flip = die
elif moment == "after the flip":
    snapshots.prune = die
with StoreFolder.open(sys.argv[1]).writer() as writer:
    writer.replace([replace(e.RECORD, title="other"), replace(e.RECORD, key="2")], [e.RECORD.source])
    writer.cache("d", e.EXTRACTION)
    writer.publish(triples(e.RESOLUTION), [e.MERGE])
"""


@pytest.mark.parametrize("moment", ["before the move", "before the flip", "after the flip"])
def test_a_killed_writer_leaves_graph_and_records_together(store, moment):
    build(store, SMALL, e.RECORD)
    tests = Path(__file__).parents[1]
    killed = subprocess.run([sys.executable, "-c", KILLED, store.path, moment, tests], cwd=tests.parent, check=False)
    assert killed.returncode == -signal.SIGKILL
    if moment == "after the flip":
        assert lines(store) == expected(e.RESOLUTION)
        assert records(store) == [replace(e.RECORD, title="other"), replace(e.RECORD, key="2")]
    else:
        assert lines(store) == expected(SMALL)
        assert records(store) == [e.RECORD]
    assert left_overs(store) == []
    assert snapshots.names(store.path)[-1] == snapshots.published(store.path)
    assert build(store, CONCEPT_ONLY).changed
    assert lines(store) == expected(CONCEPT_ONLY)


def test_a_reader_is_disturbed_neither_by_publishing_nor_by_pruning(store):
    build(store, SMALL)
    first = store.reader()
    for number in range(5):
        build(store, Resolution(papers=(replace(e.PAPER, title=f"T{number}"),)), merges=[e.MERGE])
    assert sorted(f"{quad} ." for quad in first.store) == expected(SMALL)
    assert list(first.merges()) == []
    assert snapshots.names(store.path) == ["000001", "000004", "000005", "000006"]
    first.close()
    build(store, SMALL)
    assert snapshots.names(store.path) == ["000005", "000006", "000007"]
    files = sorted(entry.name for entry in (store.path / "snapshots").iterdir())
    assert files == sorted(f"{n}{end}" for n in snapshots.names(store.path) for end in ("", ".merges.jsonl"))


def test_a_published_snapshot_is_never_written_again(store):
    build(store, SMALL)
    folder = store.path / "snapshots/000001"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    lines(store)
    build(store, e.RESOLUTION)
    build(store, CONCEPT_ONLY)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_the_pointer_can_be_set_back_to_a_snapshot_kept(store):
    build(store, SMALL, e.RECORD)
    build(store, e.RESOLUTION, replace(e.RECORD, title="other"))
    (store.path / "current").write_text("000001\n")
    assert lines(store) == expected(SMALL)
    assert records(store) == [e.RECORD]
    assert build(store, CONCEPT_ONLY).changed


def test_a_closed_snapshot_says_so(store):
    build(store, SMALL)
    snapshot = store.reader()
    snapshot.close()
    snapshot.close()
    with pytest.raises(StoreError, match="snapshot 000001 is closed"):
        _ = snapshot.store


def test_a_writer_outside_its_block_says_so(store):
    with pytest.raises(StoreError, match="the writer is not open"):
        store.writer().add([])
    with (
        store.writer() as writer,
        pytest.raises(StoreError, match="at work already"),
        writer,
    ):
        pass


def test_a_missing_folder_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(StoreError, match=r"no store here; make one with: kg build SOURCE\.\.\. --store"):
        StoreFolder.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_store_and_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("mine")
    for make in (StoreFolder.open, StoreFolder.create_or_open):
        with pytest.raises(StoreError, match="is a file, and a store is a folder"):
            make(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be made here"):
        StoreFolder.create_or_open(tmp_path / "file" / "graph.kg")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_foreign_folder_is_never_turned_into_a_store(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    for make in (StoreFolder.open, StoreFolder.create_or_open):
        with pytest.raises(StoreError, match="is a folder, but not a store"):
            make(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_creation_that_was_killed_is_finished(tmp_path):
    (tmp_path / "extractions").mkdir()
    (tmp_path / ".format.new").write_text("meth")
    with pytest.raises(StoreError, match=rf"kg build SOURCE\.\.\. --store {tmp_path}"):
        StoreFolder.open(tmp_path)
    assert build(StoreFolder.create_or_open(tmp_path), SMALL).changed


def test_an_unknown_format_is_refused(store):
    (store.path / "format").write_text("methodome store 9\n")
    for make in (StoreFolder.open, StoreFolder.create_or_open):
        with pytest.raises(StoreError, match=r"format is 'methodome store 9'.*knows 'methodome store 2'"):
            make(store.path)


def test_a_store_without_a_graph_says_what_to_do(store):
    with pytest.raises(StoreError, match=r"nothing is published in this store yet; run: kg build"):
        store.reader()


def test_a_damaged_pointer_or_snapshot_is_one_clear_line(store):
    build(store, SMALL)
    (store.path / "current").write_text("../elsewhere\n")
    with pytest.raises(StoreError, match=r"names '../elsewhere', which is no snapshot; write one of 000001"):
        store.reader()
    (store.path / "current").write_text("000007\n")
    with pytest.raises(StoreError, match="snapshot 000007 is missing"):
        store.reader()
    (store.path / "snapshots/000007").mkdir()
    with pytest.raises(StoreError, match="snapshot 000007 is damaged"):
        store.reader()

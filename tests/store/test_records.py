import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.records import Extraction, Record, to_json
from kg.store.records import BATCH, RecordBook

from . import examples as e


@pytest.fixture
def book(tmp_path):
    book = RecordBook(tmp_path / "records.sqlite")
    book.begin(1, published=0, oldest=0)
    yield book
    book.close()


def publish(book, number, *, oldest=0):
    book.begin(number + 1, published=number, oldest=oldest)


def test_records_come_back_whole_and_sorted(book):
    odd = Record("z\udc80.txt", "ké", "a\x00\ud800b", year=2015)
    assert book.add([odd, e.RECORD]) == 2
    assert list(book.live()) == [e.RECORD, odd]


def test_the_same_record_again_is_no_change(book):
    book.add([e.RECORD])
    publish(book, 1)
    assert book.add([e.RECORD]) == 0
    assert not book.changed


def test_a_record_that_says_something_else_is_added_to_the_present_one(book):
    book.add([e.RECORD])
    publish(book, 1)
    other = replace(e.RECORD, title="AaaNet")
    assert book.add([other]) == 1
    assert set(book.live()) == {e.RECORD, other}
    assert book.changed


def test_a_source_that_is_replaced_says_what_it_says_now_and_nothing_else(book):
    elsewhere, other = replace(e.RECORD, source="elsewhere.txt"), replace(e.RECORD, key="2")
    book.add([e.RECORD, other, elsewhere])
    publish(book, 1)
    changed = replace(e.RECORD, title="AaaNet")
    assert book.replace([changed, other], [e.RECORD.source]) == 2
    assert set(book.live()) == {changed, other, elsewhere}
    assert [(row.record, row.live) for row in book.touched()] == [(e.RECORD, False), (changed, True)]


def test_back_to_what_was_published_is_no_change(book):
    book.add([e.RECORD])
    publish(book, 1)
    assert book.add([replace(e.RECORD, title="other")]) == 1
    assert book.remove([replace(e.RECORD, title="other")]) == 1
    assert book.remove([e.RECORD]) == 1
    assert book.remove([e.RECORD]) == 0
    assert list(book.live()) == []
    assert book.add([e.RECORD]) == 1
    assert list(book.live()) == [e.RECORD]
    assert not book.changed
    assert book.touched() == []


@given(st.permutations(["A", "B", "C", "B"]), st.sampled_from(["A", "B", "C", "D", None]))
@settings(max_examples=40, deadline=None)
def test_records_are_a_set_in_whatever_order_they_come(tmp_path_factory, titles, before):
    book = RecordBook(tmp_path_factory.mktemp("book") / "records.sqlite")
    book.begin(1, published=0, oldest=0)
    book.add(replace(e.RECORD, title=title) for title in (before or ""))
    wanted = {*titles, *(before or "")}
    assert book.add(replace(e.RECORD, title=title) for title in titles) == len(wanted) - (before is not None)
    assert sorted(record.title for record in book.live()) == sorted(wanted)
    book.close()


def test_what_an_unpublished_build_wrote_is_dropped_as_the_next_begins(book):
    book.add([e.RECORD])
    publish(book, 1)
    book.add([replace(e.RECORD, title="other"), replace(e.RECORD, key="2")])
    book.begin(2, published=1, oldest=1)
    assert list(book.live()) == [e.RECORD]


def test_setting_the_pointer_back_brings_the_records_of_that_snapshot_back(book):
    book.add([e.RECORD])
    publish(book, 1)
    book.replace([replace(e.RECORD, title="other")], [e.RECORD.source])
    publish(book, 2, oldest=1)
    book.begin(3, published=1, oldest=1)
    assert list(book.live()) == [e.RECORD]


def test_many_records_are_read_in_pages_while_others_are_written(book):
    many = [replace(e.RECORD, key=f"{number:05d}") for number in range(2_500)]
    book.add(many)
    seen = []
    for record in book.live():
        book.cache(record.key, e.EXTRACTION)
        seen.append(record)
    assert seen == many


def test_extractions_are_committed_in_batches(book, tmp_path):
    for number in range(BATCH + 1):
        book.cache(str(number), replace(e.EXTRACTION, id=str(number)))
    other = RecordBook(tmp_path / "records.sqlite")
    assert other.cached(str(BATCH - 1)) == Extraction(str(BATCH - 1), "RetNet")
    assert other.cached(str(BATCH)) is None
    other.close()
    assert book.cached(str(BATCH)) == Extraction(str(BATCH), "RetNet")


def test_an_extraction_that_cannot_be_read_counts_as_none(book):
    book._write("INSERT INTO extractions VALUES ('d', '{}')")
    assert book.cached("d") is None


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "records.sqlite").write_text("not a database, and long enough to tell" * 30)
    with pytest.raises(StoreError, match="cannot be read as the records of a store"):
        RecordBook(tmp_path / "records.sqlite")


def test_extractions_that_no_paper_asks_for_go_with_the_last_snapshot_that_knew_them(book):
    book.cache("old", e.EXTRACTION)
    book.cache("new", e.EXTRACTION)
    book.note_wanted({"new"})
    publish(book, 1)
    assert book.cached("old") == e.EXTRACTION
    publish(book, 2, oldest=1)
    assert book.cached("old") is None
    assert book.cached("new") == e.EXTRACTION


def test_an_extraction_that_is_asked_for_again_stays(book):
    book.cache("d", e.EXTRACTION)
    book.note_wanted(set())
    publish(book, 1)
    book.note_wanted({"d"})
    publish(book, 2, oldest=2)
    assert book.cached("d") == e.EXTRACTION


def test_a_book_of_format_1_is_brought_up_to_date(tmp_path):
    path = tmp_path / "records.sqlite"
    old = sqlite3.connect(path)
    old.execute(
        "CREATE TABLE records (source TEXT NOT NULL, key TEXT NOT NULL, data JSON NOT NULL, added INTEGER NOT NULL, "
        "removed INTEGER NULL, PRIMARY KEY (source, key, added))"
    )
    data = json.dumps(to_json(e.RECORD), separators=(",", ":"))
    old.execute("INSERT INTO records VALUES (?, ?, ?, 1, NULL)", (e.RECORD.source, e.RECORD.key, data))
    old.commit()
    old.close()
    book = RecordBook(path)
    book.begin(2, published=1, oldest=1)
    assert list(book.live()) == [e.RECORD]
    assert book.add([e.RECORD]) == 0
    book.close()

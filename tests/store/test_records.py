from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.records import Extraction, Record
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


def test_a_record_that_says_something_else_replaces_the_present_one(book):
    book.add([e.RECORD])
    publish(book, 1)
    other = replace(e.RECORD, title="AaaNet")
    assert book.add([other]) == 1
    assert list(book.live()) == [other]
    assert book.changed


def test_back_to_what_was_published_is_no_change(book):
    book.add([e.RECORD])
    publish(book, 1)
    book.add([replace(e.RECORD, title="other")])
    assert book.remove([e.RECORD]) == 1
    assert book.remove([e.RECORD]) == 0
    assert list(book.live()) == []
    assert book.add([e.RECORD]) == 1
    assert list(book.live()) == [e.RECORD]
    assert not book.changed


@given(st.permutations(["A", "B", "C", "B"]), st.sampled_from(["A", "B", "C", "D", None]))
@settings(max_examples=40, deadline=None)
def test_of_equal_keys_in_one_call_the_greatest_stays_in_any_order(tmp_path_factory, titles, before):
    book = RecordBook(tmp_path_factory.mktemp("book") / "records.sqlite")
    book.begin(1, published=0, oldest=0)
    book.add(replace(e.RECORD, title=title) for title in (before or ""))
    assert book.add(replace(e.RECORD, title=title) for title in titles) == (before != "C")
    assert [record.title for record in book.live()] == ["C"]
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
    book.add([replace(e.RECORD, title="other")])
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

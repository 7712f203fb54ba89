"""The CSV export of Zotero: cells over several lines, attachments, quotation marks that are never closed."""

from __future__ import annotations

from kg.records import Record
from kg.sources import csv_tables, zotero_csv
from tests.sources.reading_one import read_one

HEADER = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","DOI","Url",'
    '"Abstract Note","Date","Conference Name","Extra"\n'
)
ROW = (
    '"ABCD1234","conferencePaper","2021","Example, Ada; Roe, Max","GridSet: ""Grids"" &amp; Sets","","",'
    '"10.5555/ABC.1","https://example.org/grids","We study grids,\nwhich are fast.","2021-03-04",'
    '"Conference on Samples",'
    '"PMID: 88\narXiv:2103.00123 [cs]"\n'
)
RECORD = Record(
    source="x",
    key="ABCD1234",
    title='GridSet: "Grids" & Sets',
    abstract="We study grids, which are fast.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example", "Max Roe"),
    arxiv="2103.00123",
    doi="10.5555/abc.1",
    venue="Conference on Samples",
    url="https://example.org/grids",
    ids=(("pmid", "88"),),
)


def test_a_whole_row_is_read_and_a_note_is_no_paper() -> None:
    note = '"NOTE0001","note","","","","","","","","",""\n'
    assert read_one(zotero_csv, "\ufeff".encode()[3:] + (HEADER + ROW + note).encode()) == ([RECORD], [])


def test_a_row_with_few_cells_is_read_and_one_without_a_title_is_told() -> None:
    few = '"EFGH5678","journalArticle","2020","","A Grid"\n'
    records, left = read_one(zotero_csv, HEADER + few + '"IJKL9012","journalArticle"\n')
    assert records == [Record(source="x", key="EFGH5678", title="A Grid", year=2020)]
    assert left == [(3, "the title is missing")]


def test_a_quotation_mark_that_is_never_closed_costs_its_row() -> None:
    broken = '"EFGH5678","journalArticle","2020","","A Grid\n'
    records, left = read_one(zotero_csv, HEADER + broken + ROW + ROW.replace("ABCD1234", "ZZZZ1234")[:-60])
    assert records == [RECORD]
    assert left == [(2, "a quotation mark of the row is never closed"), (6, "the file ends within the row")]


def test_the_reader_of_tables_leaves_the_export_to_this_one() -> None:
    assert not csv_tables.recognise((HEADER + ROW).encode())
    assert not zotero_csv.recognise(b"key,title,abstract\n")

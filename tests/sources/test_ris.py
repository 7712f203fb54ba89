"""RIS: tags of several customs, lines that go on, records without an end."""

from __future__ import annotations

import pytest

from kg.records import Record
from kg.sources import ris
from kg.sources.formats import ReadOptions
from kg.sources.limits import Limits
from tests.sources.reading_one import read_one

WHOLE = """Provider: Samples Press
Content: text/plain; charset="UTF-8"

TY  - CONF
ID  - roe2021
AU  - Example, Ada
AU  - Roe, Max, Jr.
TI  - GridSet: Grids &amp; Sets
  of <i>Samples</i>
T2  - Conference on Samples
PY  - 2021
DA  - 2021/03/04/
AB  - We study grids.
They are fast.
DO  - https://doi.org/10.5555/ABC.1
UR  - https://example.org/grids
UR  - https://arxiv.org/abs/2103.00123
DB  - PubMed
AN  - 88
ER  - 
"""  # noqa: W291
RECORD = Record(
    source="x",
    key="roe2021",
    title="GridSet: Grids & Sets of Samples",
    abstract="We study grids. They are fast.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example", "Max Roe Jr."),
    arxiv="2103.00123",
    doi="10.5555/abc.1",
    venue="Conference on Samples",
    url="https://example.org/grids",
    ids=(("pmid", "88"),),
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_whole_record_is_read(end: str) -> None:
    assert read_one(ris, WHOLE.replace("\n", end)) == ([RECORD], [])


def test_tags_of_older_programs_are_read() -> None:
    text = (
        "TY  - JOUR\nT1  - A Grid\nA1  - Roe, Max\nY1  - 2021/03//\nN2  - We study.\nJF  - Journal of Samples\n"
        "M1  - arXiv:2103.00123\nER  -\n"
    )
    (record,), left = read_one(ris, text)
    assert left == []
    assert (record.title, record.authors, record.date, record.abstract, record.venue, record.arxiv) == (
        "A Grid", ("Max Roe",), "2021-03", "We study.", "Journal of Samples", "2103.00123",
    )  # fmt: skip


def test_a_record_without_an_end_ends_at_the_next_and_one_without_a_title_is_told() -> None:
    text = "TY  - JOUR\nTI  - First\nTY  - JOUR\nAU  - Roe, Max\nER  - \nnoise\nTY  - JOUR\nTI  - Third\n"
    records, left = read_one(ris, text)
    assert [record.title for record in records] == ["First", "Third"]
    assert left == [(3, "the title is missing")]


def test_a_line_that_is_not_utf8_costs_itself() -> None:
    records, left = read_one(ris, b"TY  - JOUR\nTI  - First\nAB  - caf\xe9\nER  - \nTY  - JOUR\nTI  - Second\nER  - \n")
    assert [(record.title, record.abstract) for record in records] == [("First", ""), ("Second", "")]
    assert left == [(3, "the line is not UTF-8 (byte 10 of it)")]


def test_a_record_without_end_is_left_out() -> None:
    text = "TY  - JOUR\nTI  - First\n" + "N1  - some words\n" * 400 + "ER  - \nTY  - JOUR\nTI  - Second\nER  - \n"
    records, left = read_one(ris, text, options=ReadOptions(limits=Limits(line_bytes=1_000)))
    assert [record.title for record in records] == ["Second"]
    assert left == [(1, "the record is longer than 1,000 bytes")]

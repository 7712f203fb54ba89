"""The metadata snapshot of arXiv: its line breaks, its accents, its dates."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import arxiv_snapshot
from tests.sources.reading_one import read_one

WHOLE: dict[str, Any] = {
    "id": "2103.00123",
    "submitter": "Someone Else",
    "authors": "Zo\\'e Roe and Max van der Roe, Jr",
    "title": "Grids of Erd\\H{o}s: A $\\beta$-Grid\n  for Sets",
    "comments": "8 pages",
    "journal-ref": "Journal of Samples 4 (2021) 1-8",
    "doi": "10.5555/First.1 10.5555/second.2",
    "report-no": None,
    "categories": "cs.LG stat.ML",
    "license": None,
    "abstract": "  We propose GridSet, which\nextends ResNet by 3\\%.\n  It is fast.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 1 Mar 2021 08:30:00 GMT"},
        {"version": "v2", "created": "Tue, 5 Apr 2022 08:30:00 GMT"},
    ],
    "update_date": "2022-04-06",
    "authors_parsed": [["Roe", "Zo\\'e", ""], ["van der Roe", "Max", "Jr", "Institute of Samples"]],
}


def lines(*papers: dict[str, Any]) -> str:
    return "".join(json.dumps(paper) + "\n" for paper in papers)


def test_a_whole_line_is_read() -> None:
    records, left = read_one(arxiv_snapshot, lines(WHOLE))
    assert left == []
    assert records == [
        Record(
            source="x",
            key="2103.00123",
            title="Grids of Erdős: A $\\beta$-Grid for Sets",
            abstract="We propose GridSet, which extends ResNet by 3%. It is fast.",
            year=2021,
            date="2021-03-01",
            authors=("Zoé Roe", "Max van der Roe Jr"),
            arxiv="2103.00123",
            doi="10.5555/first.1",
            venue="Journal of Samples 4 (2021) 1-8",
        )
    ]


@pytest.mark.parametrize(
    ("number", "date"), [("2103.00123", "2021-03"), ("cs/9901001", "1999-01"), ("math.GT/0309136", "2003-09")]
)
def test_without_versions_the_number_tells_the_month(number: str, date: str) -> None:
    (record,), _ = read_one(arxiv_snapshot, lines({**WHOLE, "id": number, "versions": None}))
    assert record.date == date


def test_what_is_missing_is_nothing_but_the_title() -> None:
    few = {"id": "2103.00124", "title": "A Grid", "categories": "cs.LG", "authors_parsed": []}
    records, left = read_one(arxiv_snapshot, lines(few, {**few, "title": None}))
    assert records == [
        Record(source="x", key="2103.00124", title="A Grid", year=2021, date="2021-03", arxiv="2103.00124")
    ]
    assert left == [(2, "the title is missing")]


def test_damage_costs_its_line() -> None:
    good = lines(WHOLE, {**WHOLE, "id": "2103.00125"})
    records, left = read_one(arxiv_snapshot, lines(WHOLE) + '{"id": "2103.0\n' + good)
    assert [record.key for record in records] == ["2103.00123", "2103.00123", "2103.00125"]
    assert left == [(2, "not JSON: Invalid control character at")]

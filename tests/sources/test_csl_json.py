"""CSL-JSON: names in parts, dates in parts or words, arXiv numbers in notes."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import csl_json
from tests.sources.reading_one import read_one

WHOLE: dict[str, Any] = {
    "id": "roe2021",
    "type": "paper-conference",
    "title": '<span class="nocase">GridSet</span>: Grids &amp; Sets',
    "abstract": "We study grids.",
    "author": [
        {"family": "Roe", "given": "Max", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "The Grid Group"},
    ],
    "container-title": "Conference on Samples",
    "issued": {"date-parts": [["2021", 3, 4]]},
    "DOI": "10.5555/ABC.1",
    "PMID": "88",
    "URL": "https://example.org/grids",
    "note": "Comment: 8 pages\narXiv:2103.00123 [cs]",
}


def test_a_whole_item_is_read() -> None:
    assert read_one(csl_json, json.dumps([WHOLE], indent=2)) == (
        [
            Record(
                source="x",
                key="roe2021",
                title="GridSet: Grids & Sets",
                abstract="We study grids.",
                year=2021,
                date="2021-03-04",
                authors=("Max van der Roe Jr.", "The Grid Group"),
                arxiv="2103.00123",
                doi="10.5555/abc.1",
                venue="Conference on Samples",
                url="https://example.org/grids",
                ids=(("pmid", "88"),),
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("issued", "date", "year"),
    [
        ({"date-parts": [[2021, 3]]}, "2021-03", 2021),
        ({"date-parts": [[2021]]}, None, 2021),
        ({"date-parts": []}, None, None),
        ({"raw": "March 2021"}, "2021-03", 2021),
        ({"literal": "in press"}, None, None),
        ("2021-03-04", "2021-03-04", 2021),
        (None, None, None),
    ],
)
def test_dates_stand_in_parts_or_in_words(issued: Any, date: str | None, year: int | None) -> None:
    (record,), _ = read_one(csl_json, json.dumps([{**WHOLE, "issued": issued}]))
    assert (record.date, record.year) == (date, year)


def test_a_library_that_holds_its_items_in_an_object_is_read() -> None:
    (record,), _ = read_one(csl_json, json.dumps({"items": [WHOLE]}))
    assert record.key == "roe2021"


def test_a_work_of_crossref_is_not_its_own() -> None:
    assert not csl_json.recognise(json.dumps({**WHOLE, "reference-count": 4}).encode())


def test_what_is_missing_or_damaged_costs_itself() -> None:
    text = json.dumps(
        [WHOLE, {**WHOLE, "title": ""}, {**WHOLE, "id": "b"}, {"id": "c", "type": "book", "title": "C"}], indent=1
    )
    at = text.index('"DOI"', text.index('"id": "b"'))
    records, left = read_one(csl_json, text[:at] + text[at + 1 :])
    assert [record.key for record in records] == ["roe2021", "c"]
    assert [reason for _, reason in left] == [
        "the title is missing",
        "not JSON: Expecting property name enclosed in double quotes",
    ]

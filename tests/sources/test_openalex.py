"""Works of OpenAlex: inverted abstracts, identifiers in addresses, dates that are filled up."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import openalex
from tests.sources.reading_one import read_one

WHOLE: dict[str, Any] = {
    "id": "https://openalex.org/W42",
    "doi": "https://doi.org/10.5555/ABC.1",
    "title": "<i>Grid</i>Set: Grids &amp; Sets",
    "display_name": "GridSet",
    "publication_year": 2021,
    "publication_date": "2021-03-04",
    "ids": {"openalex": "https://openalex.org/W42", "mag": "77", "pmid": "https://pubmed.ncbi.nlm.nih.gov/88"},
    "primary_location": {
        "source": {"display_name": "Journal of Samples"},
        "landing_page_url": "https://doi.org/10.5555/abc.1",
    },
    "locations": [
        None,
        {"landing_page_url": "https://example.org/"},
        {"pdf_url": "https://arxiv.org/pdf/2103.00123v2"},
    ],
    "authorships": [{"author": {"display_name": "Ada Example"}}, {"author": None, "raw_author_name": "B. Sample"}],
    "referenced_works": ["https://openalex.org/W7", "https://openalex.org/W3", None],
    "abstract_inverted_index": {"grids": [3, 5], "We": [0], "of": [4], "study": [1], "<b>big</b>": [2]},
    "topics": [{"id": "https://openalex.org/T1", "display_name": "Sampling"}],
}
RECORD = Record(
    source="x",
    key="W42",
    title="GridSet: Grids & Sets",
    abstract="We study big grids of grids",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example", "B. Sample"),
    arxiv="2103.00123",
    doi="10.5555/abc.1",
    venue="Journal of Samples",
    url="https://doi.org/10.5555/abc.1",
    ids=(("mag", "77"), ("openalex", "W42"), ("pmid", "88")),
    references=(("openalex", "W3"), ("openalex", "W7")),
)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(WHOLE),
        json.dumps([WHOLE], indent=1),
        json.dumps({"meta": {"count": 1}, "results": [WHOLE], "group_by": []}),
    ],
)
def test_a_work_a_list_and_a_page_say_the_same(content: str) -> None:
    assert read_one(openalex, content) == ([RECORD], [])


def test_the_first_of_january_is_a_year() -> None:
    (record,), _ = read_one(openalex, json.dumps({**WHOLE, "publication_date": "2021-01-01"}))
    assert (record.date, record.year) == (None, 2021)


def test_what_is_missing_or_of_a_wrong_type_is_left_out() -> None:
    few = {
        "id": "https://openalex.org/W1",
        "title": "A Grid",
        "authorships": None,
        "abstract_inverted_index": {"a": "b"},
        "ids": None,
        "primary_location": None,
        "referenced_works": {},
        "publication_year": "soon",
    }
    assert read_one(openalex, json.dumps(few)) == (
        [Record(source="x", key="W1", title="A Grid", ids=(("openalex", "W1"),))],
        [],
    )


def test_what_is_no_paper_or_too_long_is_told() -> None:
    covers = {**WHOLE, "is_paratext": True}
    long = {**WHOLE, "abstract_inverted_index": {"a": list(range(30_000))}}
    records, left = read_one(
        openalex, "\n".join(map(json.dumps, [covers, {**WHOLE, "title": None, "display_name": None}, long, WHOLE]))
    )
    assert records == [RECORD]
    assert left == [
        (1, "not a paper but a cover, a list of contents or the like"),
        (2, "the title is missing"),
        (3, "the abstract has more than 20,000 words"),
    ]


def test_damage_in_a_page_costs_one_work() -> None:
    page = json.dumps(
        {"meta": {}, "results": [{**WHOLE, "id": f"https://openalex.org/W{n}"} for n in range(3)]}, indent=1
    )
    second = page.index("W1")
    at = page.index('"authorships"', second)
    records, left = read_one(openalex, page[:at] + page[at + 1 :])
    assert [record.key for record in records] == ["W0", "W2"]
    assert left == [(page.count("\n", 0, at) + 1, "not JSON: Expecting property name enclosed in double quotes")]

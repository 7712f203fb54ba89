"""Records of DataCite: attributes, kinds of titles and dates, what is no paper."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import datacite
from tests.sources.reading_one import read_one

ATTRIBUTES: dict[str, Any] = {
    "doi": "10.5555/ABC.1",
    "creators": [
        {"name": "Example, Ada", "givenName": "Ada", "familyName": "Example", "nameType": "Personal"},
        {"name": "The Grid Group", "nameType": "Organizational"},
        {"name": "Roe, Max"},
    ],
    "titles": [{"title": "Raster", "titleType": "TranslatedTitle"}, {"title": "Grid&amp;Set", "titleType": None},
               {"title": "A Study", "titleType": "Subtitle"}],
    "publisher": {"name": "Samples Press"},
    "publicationYear": 2021,
    "dates": [{"date": "2030-01-01", "dateType": "Updated"}, {"date": "2021-03-04T10:00:00Z", "dateType": "Submitted"},
              {"date": "2021", "dateType": "Issued"}],
    "types": {"resourceTypeGeneral": "Preprint"},
    "descriptions": [{"description": "12 pages", "descriptionType": "Other"},
                     {"description": "<p>We study grids.</p>", "descriptionType": "Abstract"}],
    "relatedIdentifiers": [
        {"relationType": "References", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.5555/CITED"},
        {"relationType": "Cites", "relatedIdentifierType": "arXiv", "relatedIdentifier": "arXiv:2001.00001"},
        {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.5555/other"},
        {"relationType": "References", "relatedIdentifierType": "URL", "relatedIdentifier": "https://example.org"},
    ],
    "url": "https://example.org/grids",
}  # fmt: skip
RECORD = Record(
    source="x",
    key="10.5555/abc.1",
    title="Grid&Set: A Study",
    abstract="We study grids.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example", "The Grid Group", "Max Roe"),
    doi="10.5555/abc.1",
    venue="Samples Press",
    url="https://example.org/grids",
    references=(("arxiv", "2001.00001"), ("doi", "10.5555/cited")),
)
WHOLE = {"id": "10.5555/abc.1", "type": "dois", "attributes": ATTRIBUTES}


@pytest.mark.parametrize(
    "content", [{"data": [WHOLE], "meta": {"total": 1}}, {"data": WHOLE}, [WHOLE], WHOLE, ATTRIBUTES]
)
def test_every_layout_says_the_same(content: Any) -> None:
    assert read_one(datacite, json.dumps(content, indent=1)) == ([RECORD], [])


def test_a_doi_of_arxiv_is_its_number() -> None:
    (record,), _ = read_one(datacite, json.dumps({**ATTRIBUTES, "doi": "10.48550/arXiv.2103.00123"}))
    assert (record.arxiv, record.doi) == ("2103.00123", None)


def test_what_is_no_paper_is_told_and_what_is_missing_is_left_out() -> None:
    table = {**WHOLE, "attributes": {**ATTRIBUTES, "types": {"resourceTypeGeneral": "Dataset"}}}
    few = {"id": "10.5555/few", "attributes": {"doi": "10.5555/few", "titles": [{"title": "A Grid"}], "creators": None}}
    nothing = {"id": "10.5555/no", "attributes": {"doi": "10.5555/no", "titles": [], "creators": []}}
    records, left = read_one(datacite, json.dumps({"data": [few, table, nothing]}, indent=0))
    assert records == [Record(source="x", key="10.5555/few", title="A Grid", doi="10.5555/few")]
    assert [reason for _, reason in left] == ["the type 'Dataset' is no paper's", "the title is missing"]


def test_damage_costs_its_record() -> None:
    page = json.dumps({"data": [{**WHOLE, "id": str(n)} for n in range(3)]})
    at = page.index('"titles"', page.index('"id": "1"'))
    records, left = read_one(datacite, page[:at] + page[at + 1 :])
    assert len(records) == 2
    assert left == [(1, "not JSON: Expecting property name enclosed in double quotes")]

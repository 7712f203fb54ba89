"""Works of Crossref: lists of one text, JATS, dates in parts, what is no paper."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import crossref
from tests.sources.reading_one import read_one

WHOLE: dict[str, Any] = {
    "DOI": "10.5555/ABC.1",
    "type": "journal-article",
    "title": ["Grid<sup>2</sup>Set:\n Grids &amp; Sets"],
    "subtitle": ["A Study of Samples"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>We study <jats:italic>grids</jats:italic>;"
    " p &lt; 0.1.</jats:p>",
    "author": [
        {"given": "Ada", "family": "Example", "sequence": "first"},
        {"given": "Max", "family": "van der Roe", "suffix": "Jr."},
        {"name": "The Grid Group"},
    ],
    "container-title": ["Journal of Samples &amp; Grids"],
    "issued": {"date-parts": [[2021, 5]]},
    "published-print": {"date-parts": [[2021, 5]]},
    "published-online": {"date-parts": [[2021, 3, 4]]},
    "member": "1",
    "reference-count": 3,
    "reference": [{"key": "1", "DOI": "10.5555/CITED"}, {"key": "2", "unstructured": "Roe, 1999"}, None],
    "relation": {"has-preprint": [{"id-type": "arxiv", "id": "2103.00123"}]},
    "URL": "https://doi.org/10.5555/abc.1",
}
RECORD = Record(
    source="x",
    key="10.5555/abc.1",
    title="Grid2Set: Grids & Sets: A Study of Samples",
    abstract="We study grids; p < 0.1.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example", "Max van der Roe Jr.", "The Grid Group"),
    arxiv="2103.00123",
    doi="10.5555/abc.1",
    venue="Journal of Samples & Grids",
    url="https://doi.org/10.5555/abc.1",
    references=(("doi", "10.5555/cited"),),
)


@pytest.mark.parametrize(
    "content",
    [
        {"status": "ok", "message-type": "work-list", "message": {"facets": {}, "total-results": 1, "items": [WHOLE]}},
        {"status": "ok", "message-type": "work", "message": WHOLE},
        {"items": [WHOLE]},
        [WHOLE],
        WHOLE,
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_every_layout_says_the_same(content: Any, indent: int | None) -> None:
    assert read_one(crossref, json.dumps(content, indent=indent)) == ([RECORD], [])


def test_a_citation_format_with_texts_in_place_of_lists_is_read() -> None:
    work = {**WHOLE, "title": "A Grid", "subtitle": [], "container-title": "Samples"}
    (record,), _ = read_one(crossref, json.dumps(work))
    assert (record.title, record.venue) == ("A Grid", "Samples")


def test_what_holds_papers_is_none_and_what_is_missing_is_left_out() -> None:
    journal = {"DOI": "10.5555/j", "member": "1", "type": "journal-issue", "title": ["Journal of Samples"]}
    few = {"DOI": "10.5555/few", "member": "1", "title": ["A Grid"], "issued": {"date-parts": [[None]]}}
    records, left = read_one(crossref, "\n".join(map(json.dumps, [journal, few, {**few, "title": []}])))
    assert records == [Record(source="x", key="10.5555/few", title="A Grid", doi="10.5555/few")]
    assert left == [(1, "a journal issue is no paper"), (3, "the title is missing")]


def test_damage_in_a_page_costs_one_work() -> None:
    works = [{**WHOLE, "DOI": f"10.5555/{n}"} for n in range(3)]
    page = json.dumps({"status": "ok", "message": {"items": works, "total-results": 3}}, indent=2)
    at = page.index('"family"', page.index("10.5555/1"))
    records, left = read_one(crossref, page[:at] + page[at + 3 :])
    assert [record.key for record in records] == ["10.5555/0", "10.5555/2"]
    assert left == [(page.count("\n", 0, at) + 1, "not JSON: Expecting property name enclosed in double quotes")]

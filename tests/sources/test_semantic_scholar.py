"""Semantic Scholar: the answers of its API, and data sets that join over corpus ids."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import join, semantic_scholar
from tests.sources.reading_one import read_one

SHA, OTHER = f"{42:040x}", f"{43:040x}"
GRAPH: dict[str, Any] = {
    "paperId": SHA,
    "corpusId": 42,
    "externalIds": {
        "ArXiv": "2103.00123",
        "DOI": "10.5555/ABC",
        "ACL": "2021.samples-main.1",
        "DBLP": "conf/smp/Roe21",
        "PubMed": "88",
        "PubMedCentral": "99",
        "MAG": "77",
        "CorpusId": 42,
    },
    "title": "GridSet",
    "abstract": "We study grids.",
    "venue": "SMP",
    "publicationVenue": {"name": "Conference on Samples"},
    "year": 2021,
    "publicationDate": "2021-03-04",
    "authors": [{"authorId": "1", "name": "Ada Example"}],
    "references": [{"paperId": OTHER, "externalIds": {"DOI": "10.5555/cited"}}, {"paperId": None, "title": "Unknown"}],
}
RECORD = Record(
    source="x",
    key="42",
    title="GridSet",
    abstract="We study grids.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example",),
    arxiv="2103.00123",
    doi="10.5555/abc",
    venue="Conference on Samples",
    ids=(
        ("acl", "2021.samples-main.1"),
        ("dblp", "conf/smp/Roe21"),
        ("mag", "77"),
        ("pmc", "PMC99"),
        ("pmid", "88"),
        ("s2", "42"),
        ("s2paper", SHA),
    ),
    references=(("doi", "10.5555/cited"), ("s2paper", OTHER)),
)


@pytest.mark.parametrize(
    "answer",
    [
        GRAPH,
        [None, GRAPH],
        {"total": 1, "offset": 0, "data": [GRAPH]},
        {"total": 1, "token": "x", "data": [GRAPH]},
        {"offset": 0, "data": [{"contexts": [], "isInfluential": True, "citedPaper": GRAPH}]},
        {"recommendedPapers": [GRAPH]},
    ],
)
def test_every_answer_of_the_graph_api_is_read(answer: Any) -> None:
    assert read_one(semantic_scholar, json.dumps(answer)) == ([RECORD], [])


PAPERS = {
    "corpusid": 42,
    "externalids": {"ArXiv": "2103.00123", "DOI": None},
    "title": "GridSet",
    "authors": [],
    "venue": "",
    "year": 2021,
    "publicationdate": None,
    "journal": {"name": "Journal of Samples"},
}
ABSTRACT = {"corpusid": 42, "openaccessinfo": {"externalids": {"DOI": "10.5555/abc"}}, "abstract": "We study\ngrids."}
CITATION = {"citationid": 5, "citingcorpusid": 42, "citedcorpusid": 43, "isinfluential": False, "contexts": None}


def test_the_files_of_the_data_set_make_one_paper() -> None:
    records = [
        record for line in (PAPERS, ABSTRACT, CITATION) for record in read_one(semantic_scholar, json.dumps(line))[0]
    ]
    assert records == [
        Record(
            source="x",
            key="42",
            title="GridSet",
            year=2021,
            arxiv="2103.00123",
            venue="Journal of Samples",
            ids=(("s2", "42"),),
        ),
        Record(
            source="x", key="abstract-42", title="", abstract="We study grids.", doi="10.5555/abc", ids=(("s2", "42"),)
        ),
        Record(source="x", key="citation-5", title="", ids=(("s2", "42"),), references=(("s2", "43"),)),
    ]
    (paper,) = join(records)
    assert (paper.title, paper.abstract, paper.doi, paper.references) == (
        "GridSet",
        "We study grids.",
        "10.5555/abc",
        (("s2", "43"),),
    )


def test_what_is_missing_is_told_or_left_out() -> None:
    rest = [
        {"corpusid": 7, "abstract": " "},
        {"paperId": SHA, "title": None},
        {"paperId": SHA, "title": "A", "authors": 5},
    ]
    records, left = read_one(semantic_scholar, "\n".join(map(json.dumps, [PAPERS, *rest])))
    assert [record.title for record in records] == ["GridSet", "A"]
    assert left == [(2, "the abstract is missing"), (3, "the title is missing")]


def test_a_citation_with_one_end_is_none() -> None:
    records, left = read_one(
        semantic_scholar, json.dumps(CITATION) + "\n" + json.dumps({**CITATION, "citedcorpusid": None})
    )
    assert len(records) == 1
    assert left == [(2, "a citation of which one end is not known")]


def test_damage_costs_its_line() -> None:
    lines = [json.dumps(PAPERS), json.dumps(PAPERS)[:-40], json.dumps({**PAPERS, "corpusid": 44})]
    records, left = read_one(semantic_scholar, "\n".join(lines))
    assert [record.key for record in records] == ["42", "44"]
    assert [line for line, _ in left] == [2]

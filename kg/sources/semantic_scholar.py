"""Semantic Scholar: answers of its Graph API, and the files of its data sets, which join over corpus ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import at, has_keys, list_at, records, text_at
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record

name: Final = "Semantic Scholar"
about: Final = "Semantic Scholar: answers of the Graph API; the data sets papers, abstracts and citations"

_LISTS: Final = (("data",), ("recommendedPapers",))
# The answers on references and citations hold each paper in an object of its own
_WRAPPERS: Final = ("citedPaper", "citingPaper")
_MARKS: Final = ("paperId", "corpusId", "corpusid", "citingcorpusid", *_WRAPPERS)
_SHAPES: Final = (
    ("paperId", "title"),
    ("citedPaper", "citedPaper.paperId"),
    ("citingPaper", "citingPaper.paperId"),
    ("corpusid", "title"),
    ("corpusid", "abstract"),
    ("citingcorpusid", "citedcorpusid"),
)
_SCHEMES: Final = (
    ("acl", "ACL"),
    ("dblp", "DBLP"),
    ("mag", "MAG"),
    ("pmc", "PubMedCentral"),
    ("pmid", "PubMed"),
    ("s2", "CorpusId"),
)


def recognise(head: bytes) -> bool:
    """Return whether a file begins as an answer or a data set of Semantic Scholar does.

    >>> recognise(b'{"corpusid": 7, "abstract": "We"}'), recognise(b'{"data": [{"paperId": "0f", "title": "A"}]}')
    (True, True)
    """
    return any(has_keys(head, *shape, under=_LISTS) for shape in _SHAPES)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a file; see :class:`kg.sources.formats.SourceFormat`.

    Abstracts and citations of the data sets become records without a title: they say something of the paper
    that has their corpus id.
    """
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(data: Mapping[str, Any], *, source: str) -> Record:
    for wrapper in _WRAPPERS:
        if isinstance(data.get(wrapper), dict):
            data = data[wrapper]
    if "citingcorpusid" in data:
        return _citation(data, source=source)
    corpus_id = text_at(data, "corpusid") or text_at(data, "corpusId")
    if "corpusid" in data and "title" not in data:
        return _abstract(data, corpus_id, source=source)
    known = _known(at(data, "externalIds")) or _known(at(data, "externalids"))
    own_id = text_at(data, "paperId")
    return make_record(
        source=source,
        key=corpus_id or own_id,
        title=text_at(data, "title"),
        abstract=text_at(data, "abstract"),
        year=at(data, "year"),
        date=text_at(data, "publicationDate") or text_at(data, "publicationdate"),
        authors=[text_at(author, "name") for author in list_at(data, "authors")],
        arxiv=known.get("arxiv"),
        doi=known.get("doi"),
        venue=text_at(data, "publicationVenue", "name") or text_at(data, "venue") or text_at(data, "journal", "name"),
        url=text_at(data, "url"),
        ids=[("s2", corpus_id), ("s2paper", own_id), *known.items()],
        references=[pair for cited in list_at(data, "references") for pair in _cited(cited)],
    )


def _known(ids: object) -> dict[str, str]:
    """Return the identifiers of other houses, by our names of their schemes."""
    spelled = {key.lower(): value for key, value in ids.items()} if isinstance(ids, dict) else {}
    wanted = [("arxiv", "ArXiv"), ("doi", "DOI"), *_SCHEMES]
    found = {scheme: text for scheme, key in wanted if (text := text_at(spelled, key.lower()))}
    if found.get("pmc", "").isdigit():
        found["pmc"] = "PMC" + found["pmc"]
    return found


def _cited(paper: object) -> Iterator[tuple[str, str]]:
    yield "s2paper", text_at(paper, "paperId")
    yield "s2", text_at(paper, "corpusId")
    yield from _known(at(paper, "externalIds")).items()


def _abstract(data: Mapping[str, Any], corpus_id: str, *, source: str) -> Record:
    if not text_at(data, "abstract").strip():
        raise Unfit("the abstract is missing")
    known = _known(at(data, "openaccessinfo", "externalids"))
    return make_record(
        source=source,
        title="",
        untitled=True,
        key=f"abstract-{corpus_id}",
        abstract=text_at(data, "abstract"),
        arxiv=known.get("arxiv"),
        doi=known.get("doi"),
        ids=[("s2", corpus_id), *known.items()],
    )


def _citation(data: Mapping[str, Any], *, source: str) -> Record:
    citing, cited = text_at(data, "citingcorpusid"), text_at(data, "citedcorpusid")
    if not citing or not cited:
        raise Unfit("a citation of which one end is not known")
    return make_record(
        source=source,
        title="",
        untitled=True,
        key=f"citation-{text_at(data, 'citationid') or citing + '-' + cited}",
        ids=[("s2", citing)],
        references=[("s2", cited)],
    )

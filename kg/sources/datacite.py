"""Records of DataCite: pages and single answers of its API, and lines of its data files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import at, has_keys, list_at, records, text_at
from kg.sources.dates import earliest
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain
from kg.sources.text import shown

name: Final = "DataCite records"
about: Final = "records of DataCite: pages and answers of the API, lines of the data files"

_LISTS: Final = (("data",),)
_MARKS: Final = ("attributes", "creators", "titles")
_SHAPES: Final = (("attributes.titles", "attributes.creators"), ("doi", "titles", "creators"))
_DATES: Final = frozenset({"Available", "Issued", "Submitted", "Accepted"})
_CITES: Final = frozenset({"Cites", "References"})
_SCHEMES: Final = {"DOI": "doi", "arXiv": "arxiv", "PMID": "pmid"}
# Of the general types of things with a DOI, those that may be papers; "" where none is stated
_PAPERS: Final = frozenset(
    """Text Preprint JournalArticle ConferencePaper Report Dissertation BookChapter Book DataPaper Other Standard
    """.split()
) | {""}


def recognise(head: bytes) -> bool:
    """Return whether a file begins with a record of DataCite.

    >>> recognise(b'{"data": [{"attributes": {"doi": "10.5555/x", "titles": [{"title": "A"}], "creators": []}}]}')
    True
    """
    return any(has_keys(head, *shape, under=_LISTS) for shape in _SHAPES)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the records of a file; see :class:`kg.sources.formats.SourceFormat`."""
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(data: Mapping[str, Any], *, source: str) -> Record:
    attributes = at(data, "attributes")
    fields = attributes if isinstance(attributes, dict) else data
    kind = text_at(fields, "types", "resourceTypeGeneral")
    if kind not in _PAPERS:
        raise Unfit(f"the type {shown(kind)} is no paper's")
    own_doi = text_at(fields, "doi") or text_at(data, "id")
    publisher = text_at(fields, "publisher", "name") or text_at(fields, "publisher")
    return make_record(
        source=source,
        key=own_doi.lower(),
        title=_title(fields),
        abstract=plain(_abstract(fields)),
        year=at(fields, "publicationYear"),
        date=earliest(text_at(d, "date") for d in list_at(fields, "dates") if text_at(d, "dateType") in _DATES),
        authors=[_name(creator) for creator in list_at(fields, "creators")],
        doi=own_doi,
        venue=plain(text_at(fields, "container", "title") or publisher),
        url=text_at(fields, "url"),
        references=[
            (_SCHEMES.get(text_at(other, "relatedIdentifierType"), ""), text_at(other, "relatedIdentifier"))
            for other in list_at(fields, "relatedIdentifiers")
            if text_at(other, "relationType") in _CITES
        ],
    )


def _title(fields: Mapping[str, Any]) -> str:
    """Return the main title (that without a type), with the subtitle behind it."""
    titles = {}
    for title in reversed(list_at(fields, "titles")):
        titles[text_at(title, "titleType")] = plain(text_at(title, "title"))
    main, subtitle = titles.get("") or next(iter(titles.values()), ""), titles.get("Subtitle", "")
    return f"{main}: {subtitle}" if subtitle and subtitle.lower() not in main.lower() else main


def _abstract(fields: Mapping[str, Any]) -> str:
    stated = list_at(fields, "descriptions")
    abstracts = (text_at(d, "description") for d in stated if text_at(d, "descriptionType") == "Abstract")
    return max(abstracts, key=len, default="")


def _name(creator: object) -> str:
    given, family = text_at(creator, "givenName"), text_at(creator, "familyName")
    return plain(f"{given} {family}" if family else text_at(creator, "name"))

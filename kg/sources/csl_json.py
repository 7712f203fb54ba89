"""CSL-JSON, which reference managers and citation services write: a list of items, or an item a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import at, has_keys, list_at, records, text_at
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_in
from kg.sources.making import make_record
from kg.sources.markup import plain

name: Final = "CSL-JSON"
about: Final = "CSL-JSON of Zotero, Mendeley, Paperpile, Pandoc and citation services"

_LISTS: Final = (("items",), ("references",))
_MARKS: Final = ("type", "author", "issued", "container-title")
_SHAPES: Final = (
    ("type", "issued.date-parts"),
    ("type", "issued.raw"),
    ("type", "author[].family"),
    ("type", "author[].literal"),
    ("type", "container-title"),
)
_MAY_NAME_ARXIV: Final = ("number", "container-title", "note", "publisher")


def recognise(head: bytes) -> bool:
    """Return whether a file begins with an item of CSL-JSON.

    >>> recognise(b'[{"type": "article-journal", "title": "A", "issued": {"date-parts": [[2017, 6]]}}]')
    True
    """
    return any(has_keys(head, "title", *shape, under=_LISTS) for shape in _SHAPES) and not _is_of_crossref(head)


def _is_of_crossref(head: bytes) -> bool:
    # Its works look alike, and say more
    return any(has_keys(head, "DOI", key) for key in ("reference-count", "is-referenced-by-count", "member"))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the items of a file; see :class:`kg.sources.formats.SourceFormat`."""
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(item: Mapping[str, Any], *, source: str) -> Record:
    return make_record(
        source=source,
        key=text_at(item, "id") or text_at(item, "citation-key"),
        title=plain(text_at(item, "title")),
        abstract=plain(text_at(item, "abstract")),
        date=_date(item),
        authors=[_name(author) for author in list_at(item, "author")],
        # Zotero and others have no field of their own for it
        arxiv=next((number for field in _MAY_NAME_ARXIV if (number := arxiv_in(text_at(item, field)))), None),
        doi=text_at(item, "DOI"),
        venue=plain(text_at(item, "container-title") or text_at(item, "event-title") or text_at(item, "event")),
        url=text_at(item, "URL"),
        ids=[("pmid", text_at(item, "PMID")), ("pmc", text_at(item, "PMCID"))],
    )


def _name(author: object) -> str:
    particle = text_at(author, "dropping-particle") or text_at(author, "non-dropping-particle")
    parts = (text_at(author, "given"), particle, text_at(author, "family"), text_at(author, "suffix"))
    return " ".join(part for part in parts if part) or text_at(author, "literal")


def _date(item: Mapping[str, Any]) -> object:
    """Return the date of issue, which is in parts, or a text."""
    parts = list_at(item, "issued", "date-parts")
    issued = at(item, "issued")
    return parts[0] if parts else text_at(issued, "raw") or text_at(issued, "literal") or issued

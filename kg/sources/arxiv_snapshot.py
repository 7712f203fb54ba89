"""The metadata snapshot of arXiv, as the data-set sites publish it: a JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import has_keys, list_at, records, text_at
from kg.sources.dates import arxiv_month
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.latex import unlatex
from kg.sources.making import make_record

name: Final = "arXiv snapshot"
about: Final = "arXiv's metadata as the data-set sites publish it: JSON lines with authors_parsed and versions"

_MARKS: Final = ("authors_parsed", "versions", "update_date")


def recognise(head: bytes) -> bool:
    """Return whether a file begins as the snapshot does.

    >>> recognise(b'{"id": "1706.03762", "title": "A", "categories": "cs.CL", "authors_parsed": []}')
    True
    """
    return has_keys(head, "id", "title", "categories", "authors_parsed")


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a snapshot; see :class:`kg.sources.formats.SourceFormat`."""
    yield from records(stream, partial(_record, source=source), marks=_MARKS, skip=skip, options=options)


def _record(paper: Mapping[str, Any], *, source: str) -> Record:
    number = text_at(paper, "id")
    versions = list_at(paper, "versions")
    # Several DOIs may stand in the field, for the parts of a paper
    dois = text_at(paper, "doi").replace(",", " ").split()
    return make_record(
        source=source,
        key=number,
        title=unlatex(text_at(paper, "title"), source=False),
        abstract=unlatex(text_at(paper, "abstract"), source=False),
        date=(text_at(versions[0], "created") if versions else "") or arxiv_month(number),
        authors=_authors(paper),
        arxiv=number,
        doi=dois[0] if dois else None,
        venue=text_at(paper, "journal-ref"),
    )


def _authors(paper: Mapping[str, Any]) -> Iterator[str]:
    """Yield the authors; each is a list of family name, given names, suffix and perhaps institutions."""
    for author in list_at(paper, "authors_parsed"):
        if isinstance(author, list):
            family, given, suffix = (part if isinstance(part, str) else "" for part in (*author, "", "", "")[:3])
            yield unlatex(" ".join((given, family, suffix)), source=False)

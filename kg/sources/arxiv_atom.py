"""Atom feeds: answers of arXiv's API, and feeds of other houses whose entries are papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record
from kg.sources._xml import made, xml_records
from kg.sources._xml_text import flat
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_root
from kg.sources.identifiers import arxiv_id
from kg.sources.latex import unlatex
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain

name: Final = "Atom feed"
about: Final = "answers of arXiv's API and other Atom feeds of papers"

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_ERROR: Final = "arxiv.org/api/errors"


def recognise(head: bytes) -> bool:
    """Return whether a file is an Atom feed, or one entry of it.

    >>> recognise(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>'), recognise(b"<feed><entry>")
    (True, False)
    """
    return xml_root(head) in ((_NAMESPACE, "feed"), (_NAMESPACE, "entry"))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of an Atom feed; see :class:`kg.sources.formats.SourceFormat`."""
    entries = xml_records(stream, tags=("entry",), skip=skip, options=options)
    return made(entries, partial(_record, source=source), skip=skip)


def _record(entry: Element, *, source: str) -> Record:
    own = (entry.findtext("id") or "").strip()
    if _ERROR in own:
        raise Unfit(f"the API answers: {' '.join(flat(entry.find('summary')).split())[:200]}")
    number = arxiv_id(own)
    return make_record(
        source=source,
        key=number or own,
        title=_text(entry.find("title")),
        abstract=_text(entry.find("summary")) or _text(entry.find("content")),
        # `updated` is the day of the last version
        date=entry.findtext("published"),
        authors=[unlatex(name.text or "", source=False) for name in entry.findall("author/name")],
        arxiv=number,
        doi=entry.findtext("doi"),
        venue=entry.findtext("journal_ref"),
        url=_address(entry) or own,
    )


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = flat(element)
    return unlatex(plain(text) if element.get("type") == "html" else text, source=False)


def _address(entry: Element) -> str:
    """Return the address of the paper's page, not that of its PDF."""
    pages = (link.get("href", "") for link in entry.findall("link") if link.get("rel", "alternate") == "alternate")
    return next(pages, "")

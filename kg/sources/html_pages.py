"""Web pages as a browser saves them: pages of one paper, and listings of many.

What a page states for machines (JSON-LD, citation tags) is read first; then the listings of houses that are
known by their marks; then any page whose headings have an abstract below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, Final

from kg.records import Record
from kg.sources._html_listings import LISTINGS
from kg.sources._html_stated import STATED, Fields
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record

if TYPE_CHECKING:
    from lxml.etree import _Element

name: Final = "HTML page"
about: Final = "web pages as saved from a browser: a paper's own page, or a listing of papers"
needs: Final = ("lxml",)
extra: Final = "html"

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# A page is one record, and holds scripts and pictures too
_LIMITS_A_PAGE: Final = 16


def recognise(head: bytes) -> bool:
    """Return whether a file is a web page.

    >>> recognise(b"<!-- saved from url=(0021)https://example.org -->\\n<HTML>"), recognise(b"<article><front>")
    (True, False)
    """
    return _OPENING.match(head) is not None


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a web page; see :class:`kg.sources.formats.SourceFormat`."""
    limit = _LIMITS_A_PAGE * options.limits.line_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        skip(1, f"the page is longer than {limit:,} bytes")
        return
    page = _parsed(data)
    if page is None:
        return
    for look in (*STATED, *LISTINGS):
        found = list(look(page))
        if not found:
            continue
        for number, fields in enumerate(found, start=1):
            try:
                yield make_record(source=source, **fields)
            except Unfit as error:
                skip(number, str(error), unit="record")
        return
    skip(1, "the page holds no paper that can be told from its surroundings: no citation tags, no listing")


def _parsed(data: bytes) -> _Element | None:
    """Return the tree of a page; None where nothing is left of it."""
    from lxml import etree

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # The page's own word on its encoding is heard where it is not UTF-8
        parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    else:
        data = text.encode("utf-8")
        parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


__all__ = ["Fields", "about", "extra", "name", "needs", "read", "recognise"]

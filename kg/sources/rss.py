"""RSS feeds, 2.0 and RDF: arXiv's and those of journals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record
from kg.sources._xml import attribute, made, xml_records
from kg.sources._xml_text import flat
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_names, xml_root
from kg.sources.identifiers import arxiv_id, find_identifiers
from kg.sources.latex import unlatex
from kg.sources.making import make_record
from kg.sources.markup import plain

name: Final = "RSS feed"
about: Final = "RSS 2.0 and RDF feeds: arXiv's, and those of journals"

# "A Title. (arXiv:2101.00001v1 [cs.LG] UPDATED)"
_STAMP = re.compile(r"\.?\s?\(arXiv:\S{1,40}[^()]{0,80}\)\s?$")
# "arXiv:2101.00001v1 Announce Type: new Abstract: We ..."
_NOTICE = re.compile(r"\s*arXiv:\S{1,40}\s+Announce Type:\s*\S{1,40}\s+(?:Abstract:\s*)?")
_PREFIX = re.compile(r"^(?:oai:arxiv\.org:|doi:\s*|urn:doi:)", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    """Return whether a file is an RSS feed.

    >>> recognise(b'<rss version="2.0"><channel><item>'), recognise(b"<html><channel>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    return root == "rss" or (root == "RDF" and {"channel", "title"} <= xml_names(head))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of an RSS feed; see :class:`kg.sources.formats.SourceFormat`."""
    items = xml_records(stream, tags=("item",), skip=skip, options=options)
    return made(items, partial(_record, source=source), skip=skip)


def _record(item: Element, *, source: str) -> Record:
    link = (item.findtext("link") or "").strip()
    own = (item.findtext("guid") or "").strip() or attribute(item, "about") or link
    stated = [_PREFIX.sub("", text.strip()) for text in map(flat, item.findall("identifier"))]
    number = arxiv_id(link) or arxiv_id(_PREFIX.sub("", own))
    # An item of arXiv that tells a new version bears the day of that version
    is_news = (item.findtext("announce_type") or "new").startswith("new")
    dates = [item.findtext(tag) for tag in ("publicationDate", "pubDate", "date")] if is_news else []
    return make_record(
        source=source,
        key=number or own,
        title=unlatex(_STAMP.sub("", plain(flat(item.find("title")))), source=False),
        abstract=unlatex(_NOTICE.sub("", _longest(item), count=1), source=False),
        date=next((date for date in dates if date), None),
        authors=_authors(item),
        arxiv=number,
        doi=item.findtext("doi") or item.findtext("DOI"),
        venue=item.findtext("publicationName"),
        ids=[pair for text in (stated if number or own == link else (*stated, own)) for pair in find_identifiers(text)],
        url=link,
    )


def _longest(item: Element) -> str:
    texts = [plain(flat(part)) for tag in ("description", "encoded") for part in item.findall(tag)]
    return max(texts, key=len, default="")


def _authors(item: Element) -> list[str]:
    """Return the names of the authors, of which one element may hold several."""
    creators = [plain(flat(creator)) for creator in (*item.findall("creator"), *item.findall("author"))]
    if len(creators) > 1:
        return creators
    return [unlatex(part.strip(), source=False) for text in creators for part in re.split(r",| and ", text) if part]

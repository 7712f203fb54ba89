"""EndNote's export as XML, which Zotero, Mendeley and others write too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record
from kg.sources._xml import made, xml_records
from kg.sources._xml_text import flat
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_names, xml_root
from kg.sources.identifiers import find_identifiers
from kg.sources.making import make_record

name: Final = "EndNote XML"
about: Final = "exports of EndNote, Zotero and Mendeley as XML"

_YEAR = re.compile(r"[0-9]{4}")
_MEDLINE = re.compile(r"medline|pubmed|nlm", re.IGNORECASE)
_VENUES: Final = ("periodical/full-title", "titles/secondary-title", "alt-periodical/full-title", "periodical/abbr-1")


def recognise(head: bytes) -> bool:
    """Return whether a file is EndNote's XML.

    >>> recognise(b"<xml><records><record><contributors><authors>"), recognise(b"<xml><record>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    return root in ("xml", "records") and {"records", "record"} <= xml_names(head)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of an export; see :class:`kg.sources.formats.SourceFormat`."""
    records = xml_records(stream, tags=("record",), skip=skip, options=options)
    return made(records, partial(_record, source=source), skip=skip)


def _record(record: Element, *, source: str) -> Record:
    urls = [flat(url).strip() for url in record.findall("urls//url")]
    number = flat(record.find("electronic-resource-num")).strip()
    accession = flat(record.find("accession-num")).strip()
    of_medline = _MEDLINE.search(flat(record.find("remote-database-name")))
    year = flat(record.find("dates/year")).strip()
    return make_record(
        source=source,
        key=flat(record.find("rec-number")),
        title=flat(record.find("titles/title")),
        abstract=flat(record.find("abstract")),
        year=year,
        date=_date(flat(record.find("dates/pub-dates/date")).strip(), year),
        authors=[flat(author) for author in record.findall("contributors/authors/author")],
        doi=number,
        venue=next((text for path in _VENUES if (text := flat(record.find(path)).strip())), None),
        ids=[
            *((scheme, value) for text in (number, accession, *urls) for scheme, value in find_identifiers(text)),
            *([("pmid", accession)] if of_medline else []),
        ],
        url=next((url for url in urls if url.startswith("http")), None),
    )


def _date(stated: str, year: str) -> str:
    """Return a date with its year, which EndNote keeps apart from day and month."""
    return stated if _YEAR.search(stated) else f"{stated} {year}".strip()

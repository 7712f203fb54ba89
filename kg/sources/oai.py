"""Records harvested by OAI-PMH, as arXiv and libraries give them: arXiv, arXivRaw, Dublin Core, JATS.

The answers of one harvest may stand in one file, one behind the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import Any, Final
from xml.etree.ElementTree import Element

from kg.records import Record
from kg.sources import jats
from kg.sources._xml import made, xml_records
from kg.sources._xml_text import flat
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_names, xml_root
from kg.sources.identifiers import find_identifiers
from kg.sources.latex import unlatex
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain

name: Final = "OAI-PMH"
about: Final = "harvests by OAI-PMH: arXiv, arXivRaw, oai_dc and JATS records"

_ROOTS: Final = frozenset({"OAI-PMH", "ListRecords", "GetRecord", "record"})
_LONGEST_LINE_OF_NAMES: Final = 200_000
_DEEPEST_BRACKETS: Final = 4
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_NO_ABSTRACT = re.compile(r"\s*(?:comments?|journal ref|peer reviewed|note)\s*:", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    """Return whether a file is an answer of OAI-PMH.

    >>> recognise(b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>'), recognise(b"<xml><record>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    return root in _ROOTS and (root == "OAI-PMH" or {"header", "identifier"} <= xml_names(head))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a harvest; see :class:`kg.sources.formats.SourceFormat`."""
    records = xml_records(stream, tags=("record", "error"), skip=skip, options=options)
    return made(records, partial(_record, source=source, options=options), skip=skip)


def _record(record: Element, *, source: str, options: ReadOptions) -> Record | None:
    if record.tag == "error":
        raise Unfit(f"the server answered {record.get('code', 'an error')}: {' '.join(flat(record).split())[:200]}")
    header = record.find("header")
    if header is not None and header.get("status") == "deleted":
        return None
    metadata = record.find("metadata")
    said = metadata[0] if metadata is not None and len(metadata) else None
    if said is None:
        raise Unfit("the record has no metadata")
    own = (record.findtext("header/identifier") or "").strip()
    if said.tag == "article":
        return jats.record_of(said, source=source, options=options)
    fields = _FORMATS.get(said.tag)
    if fields is None:
        raise Unfit(f"metadata in <{said.tag[:40]}> are not read; harvest with metadataPrefix=arXiv or oai_dc")
    return make_record(source=source, **{"key": own, **fields(said)})


def _arxiv(said: Element) -> dict[str, Any]:
    names = [
        " ".join(part for tag in ("forenames", "keyname", "suffix") if (part := author.findtext(tag)))
        for author in said.findall("authors/author")
    ]
    return {**_of_arxiv(said), "date": said.findtext("created"), "authors": [unlatex(n, source=False) for n in names]}


def _arxiv_raw(said: Element) -> dict[str, Any]:
    versions = said.findall("version")
    first = next((version for version in versions if version.get("version") == "v1"), None)
    return {
        **_of_arxiv(said),
        "date": None if first is None else first.findtext("date"),
        "authors": _names(unlatex(said.findtext("authors") or "", source=False)),
    }


def _of_arxiv(said: Element) -> dict[str, Any]:
    """Return the fields that both formats of arXiv have."""
    number = (said.findtext("id") or "").strip()
    return {
        "key": number,
        "title": unlatex(flat(said.find("title")), source=False),
        "abstract": unlatex(flat(said.find("abstract")), source=False),
        "arxiv": number,
        "doi": (said.findtext("doi") or "").partition(" ")[0],
        "venue": said.findtext("journal-ref"),
    }


def _dublin_core(said: Element) -> dict[str, Any]:
    abstracts = [text for text in map(flat, said.findall("description")) if not _NO_ABSTRACT.match(text)]
    stated = [text.strip() for text in map(flat, said.findall("identifier"))]
    ids = [pair for text in stated for pair in find_identifiers(text)]
    dates = sorted(filter(None, (date.text for date in said.findall("date"))))
    return {
        "title": unlatex(plain(flat(said.find("title"))), source=False),
        "abstract": unlatex(plain(max(abstracts, key=len, default="")), source=False),
        "date": dates[0] if dates else None,
        "authors": [unlatex(flat(creator), source=False) for creator in said.findall("creator")],
        "ids": ids,
        "url": next((text for text in stated if text.startswith("http")), None),
    }


def _names(text: str) -> list[str]:
    """Return the names in a line as arXiv's submitters write it, affiliations in brackets left out.

    >>> _names("Ada Example (University of X (Y)), Bo Sample and Mei Li")
    ['Ada Example', 'Bo Sample', 'Mei Li']
    """
    text = text[:_LONGEST_LINE_OF_NAMES]
    for _ in range(_DEEPEST_BRACKETS):
        text = _IN_BRACKETS.sub("", text)
    return [part for part in _BETWEEN_NAMES.split(" ".join(text.split())) if part]


_FORMATS: Final = {"arXiv": _arxiv, "arXivRaw": _arxiv_raw, "dc": _dublin_core}

"""TEI as GROBID makes it of PDFs: title, abstract, sections and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record, Section
from kg.sources._xml import attribute, made, xml_records
from kg.sources._xml_text import flat, paragraphs
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_root
from kg.sources.identifiers import find_identifiers, identifier
from kg.sources.making import make_record
from kg.sources.sections import role_of, without_number

name: Final = "TEI"
about: Final = "TEI of GROBID: title, abstract, sections, references of PDFs"

_SCHEMES: Final = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmc", "pmc": "pmc"}
_NO_TEXT: Final = frozenset({"figure", "note", "table", "listBibl"})
_UPPER_NUMBER = re.compile(r"([0-9]+|[IVX]+)\.")


def recognise(head: bytes) -> bool:
    """Return whether a file is TEI.

    >>> recognise(b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>'), recognise(b"<text>")
    (True, False)
    """
    return (xml_root(head) or ("", ""))[1] in ("TEI", "teiCorpus")


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a TEI file; see :class:`kg.sources.formats.SourceFormat`."""
    texts = xml_records(stream, tags=("TEI",), skip=skip, options=options)
    return made(texts, partial(_record, source=source, options=options), skip=skip)


def _record(text: Element, *, source: str, options: ReadOptions) -> Record:
    described = text.find("teiHeader/fileDesc/sourceDesc/biblStruct")
    described = Element("biblStruct") if described is None else described
    ids = _ids([described])
    cited = text.findall("text/back//listBibl/biblStruct")
    return make_record(
        source=source,
        key=next((value for _, value in ids), ""),
        title=flat(text.find("teiHeader/fileDesc/titleStmt/title")) or flat(described.find("analytic/title")),
        abstract=_abstract(text),
        date=_date(text, described),
        authors=[_name(person) for person in described.findall("analytic/author/persName")],
        venue=flat(described.find("monogr/title")),
        ids=ids,
        references=_ids(cited),
        sections=_sections(text.findall("text/body/div")) if options.sections else (),
    )


def _abstract(text: Element) -> str:
    abstract = text.find("teiHeader/profileDesc/abstract")
    return "" if abstract is None else " ".join(paragraphs(abstract, without=())) or flat(abstract)


def _date(text: Element, described: Element) -> str | None:
    dates = [*described.findall("monogr/imprint/date"), *text.findall("teiHeader/fileDesc/publicationStmt/date")]
    return next((said for date in dates if (said := date.get("when") or date.text)), None)


def _name(person: Element) -> str:
    parts = [flat(part).strip() for tag in ("forename", "surname", "genName") for part in person.findall(tag)]
    return " ".join(part for part in parts if part)


def _ids(described: Sequence[Element]) -> list[tuple[str, str]]:
    """Return the identifiers of some papers as they are described in a bibliography."""
    found = []
    for paper in described:
        for part in paper.iter("idno"):
            scheme, text = _SCHEMES.get(part.get("type", "").lower()), (part.text or "").strip()
            value = identifier(scheme, text) if scheme else None
            found += [(scheme, value)] if scheme and value else find_identifiers(text)
        found += [pair for link in paper.iter("ptr") for pair in find_identifiers(attribute(link, "target"))]
    return found


def _sections(parts: Sequence[Element]) -> list[Section]:
    """Return the sections; one below another (3.1 below 3) plays the part of that, unless it says its own."""
    found = []
    roles: dict[str, str] = {}
    for part in parts:
        head = part.find("head")
        heading, number = flat(head).strip(), "" if head is None else head.get("n", "").rstrip(".")
        role = role_of(heading)
        if role == "other" and (upper := _UPPER_NUMBER.match(number)):
            role = roles.get(upper[1], role)
        roles.setdefault(number, role)
        text = "\n".join(paragraphs(part, without=_NO_TEXT))
        if text:
            found.append(Section(without_number(heading), role, text))
    return found

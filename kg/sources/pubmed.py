"""PubMed and MEDLINE as XML: the yearly files, and what E-utilities answer."""

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
from kg.sources.dblp import without_last_dot
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_root
from kg.sources.making import make_record

name: Final = "PubMed XML"
about: Final = "PubMed and MEDLINE: yearly files and answers of E-utilities"

_ROOTS: Final = {
    "PubmedArticleSet": "PubmedArticle",
    "PubmedArticle": "PubmedArticle",
    "MedlineCitationSet": "MedlineCitation",
    "MedlineCitation": "MedlineCitation",
}
_NO_LABELS: Final = frozenset({"", "UNLABELLED", "UNLABELED", "UNASSIGNED"})
_SCHEMES: Final = {"doi": "doi", "pubmed": "pmid", "pmc": "pmc"}
# A translated title stands in brackets
_TRANSLATED = re.compile(r"\[(.*?)\.?\]\.?\s*", re.DOTALL)


def recognise(head: bytes) -> bool:
    """Return whether a file is PubMed's.

    >>> recognise(b"<PubmedArticleSet><PubmedArticle>"), recognise(b"<article><front>")
    (True, False)
    """
    return (xml_root(head) or ("", ""))[1] in _ROOTS


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of PubMed; see :class:`kg.sources.formats.SourceFormat`."""
    tag = _ROOTS.get((xml_root(stream.peek()) or ("", ""))[1], "PubmedArticle")
    articles = xml_records(stream, tags=(tag,), skip=skip, options=options)
    return made(articles, partial(_record, source=source), skip=skip)


def _record(paper: Element, *, source: str) -> Record:
    citation = paper if paper.tag == "MedlineCitation" else paper.find("MedlineCitation")
    citation = Element("MedlineCitation") if citation is None else citation
    pmid = (citation.findtext("PMID") or "").strip()
    location = [part.text for part in citation.findall("Article/ELocationID") if part.get("EIdType") == "doi"]
    cited = paper.findall("PubmedData/ReferenceList/Reference/ArticleIdList/ArticleId")
    date, year = _date(citation)
    return make_record(
        source=source,
        key=pmid,
        title=_title(citation),
        abstract=_abstract(citation),
        year=year,
        date=date,
        authors=[_name(author) for author in citation.findall("Article/AuthorList/Author")],
        doi=next(filter(None, location), None),
        venue=flat(citation.find("Article/Journal/Title")),
        ids=[("pmid", pmid), *_ids(paper.findall("PubmedData/ArticleIdList/ArticleId"))],
        references=_ids(cited),
    )


def _title(citation: Element) -> str:
    title = flat(citation.find("Article/ArticleTitle")) or flat(citation.find("Article/VernacularTitle"))
    translated = _TRANSLATED.fullmatch(title.strip())
    return translated[1] if translated else without_last_dot(title)


def _abstract(citation: Element) -> str:
    """Return the abstract; the label of each of its parts stands before it, as a person would write it."""
    parts = citation.findall("Article/Abstract/AbstractText") or citation.findall("OtherAbstract/AbstractText")
    said = []
    for part in parts:
        text, label = flat(part).strip(), part.get("Label", "").strip()
        if text:
            said.append(text if label.upper() in _NO_LABELS else f"{label.capitalize().rstrip(':')}: {text}")
    return " ".join(said)


def _name(author: Element) -> str:
    given = author.findtext("ForeName") or author.findtext("Initials")
    parts = (given, author.findtext("LastName"), author.findtext("Suffix"))
    return " ".join(part for part in parts if part) or flat(author.find("CollectiveName"))


def _date(citation: Element) -> tuple[str | None, str | None]:
    """Return the day of publication, the electronic one where it is known, and the year."""
    for path in ("Article/ArticleDate", "Article/Journal/JournalIssue/PubDate"):
        date = citation.find(path)
        if date is None:
            continue
        year, month, day = (date.findtext(tag) for tag in ("Year", "Month", "Day"))
        if not year:
            # "1998 Dec-1999 Jan"
            words = re.split(r"[-\s]", date.findtext("MedlineDate") or "")
            return " ".join(words[:2]), words[0]
        if month and month.isdecimal():
            return "-".join(part for part in (year, month, day) if part), year
        return " ".join(part for part in (day if month else None, month, year) if part), year
    return None, None


def _ids(stated: list[Element]) -> list[tuple[str, str | None]]:
    return [(_SCHEMES[scheme], part.text) for part in stated if (scheme := part.get("IdType", "")) in _SCHEMES]

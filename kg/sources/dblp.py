"""DBLP as XML: the whole dump, the page of a person or of a paper, and answers of the search.

DBLP has no abstracts; its papers give dates, venues and identifiers to those of other sources.
"""

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

name: Final = "DBLP XML"
about: Final = "DBLP: the dump, pages of persons and papers, answers of the search (no abstracts)"

_PAPERS: Final = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "info")
# Persons of one name are numbered
_NAMESAKE = re.compile(r"\s[0-9]{4}$")
_MONTH_GAP = re.compile(r"[-/–]")
_ARXIV_VOLUME = re.compile(r"abs/(\S+)")


def recognise(head: bytes) -> bool:
    """Return whether a file is DBLP's.

    >>> recognise(b'<!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp><article key="a/b">'), recognise(b"<result><hit>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    return root in ("dblp", "dblpperson") or (root == "result" and {"hits", "hit", "info"} <= xml_names(head))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of DBLP; see :class:`kg.sources.formats.SourceFormat`."""
    papers = xml_records(stream, tags=_PAPERS, skip=skip, options=options)
    return made(papers, partial(_record, source=source), skip=skip)


def _record(paper: Element, *, source: str) -> Record:
    key = paper.get("key") or paper.findtext("key") or ""
    pages = [text.strip() for tag in ("ee", "doi") for part in paper.findall(tag) if (text := part.text)]
    url = next((page for page in pages if page.startswith("http")), None)
    year = paper.findtext("year") or ""
    month = paper.findtext("month") or ""
    venue = next((text for tag in ("booktitle", "journal", "venue") if (text := paper.findtext(tag))), None)
    of_arxiv = _ARXIV_VOLUME.fullmatch(paper.findtext("volume") or "") if venue == "CoRR" else None
    authors = paper.findall("author") or paper.findall("authors/author")
    return make_record(
        source=source,
        key=key,
        title=without_last_dot(flat(paper.find("title"))),
        year=year,
        # "July/August", "June-July": the first
        date=f"{_MONTH_GAP.split(month)[0]} {year}" if month else None,
        authors=[_without_number(flat(author)) for author in authors],
        arxiv=of_arxiv[1] if of_arxiv else None,
        venue=venue,
        # What the address says is heard with it
        ids=[("dblp", key), *(pair for page in pages if page != url for pair in find_identifiers(page))],
        url=url,
        references=[("dblp", cited.text) for cited in paper.findall("cite") if cited.text and "/" in cited.text],
    )


def _without_number(name: str) -> str:
    name = name.rstrip()
    return _NAMESAKE.sub("", name) if name[-1:].isdigit() else name


def without_last_dot(title: str) -> str:
    """Return a title without the full stop that a bibliography sets behind every title.

    >>> without_last_dot("Deep Sets."), without_last_dot("To be continued ...")
    ('Deep Sets', 'To be continued ...')
    """
    title = title.rstrip()
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title

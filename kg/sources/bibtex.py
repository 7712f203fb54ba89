"""BibTeX and BibLaTeX, as reference managers, publishers and the ACL Anthology write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources._bibtex_entries import CONTAINERS, Entry, entries
from kg.sources.dates import month_of
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_id, arxiv_in
from kg.sources.latex import unlatex
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain

name: Final = "BibTeX"
about: Final = "BibTeX and BibLaTeX, with LaTeX, macros and abstracts; the ACL Anthology's too"
needs: Final = ("bibtexparser",)
extra: Final = "bibtex"

_OPENING = re.compile(
    rb"^[ \t]*@(?:(?:string|preamble|comment)[ \t]*[{(]"
    rb"|[a-z]+[ \t]*[{(][^\s{}()\"=,]{0,200}[ \t]*,\s{0,99}(?:[a-z][\w-]{0,40}\s{0,9}=|}))",
    re.IGNORECASE | re.MULTILINE,
)
# What other texts that quote an entry have before it
_OTHER_TEXT = re.compile(rb"^\s*(?:<|#+ |```|\\document|\{|\[)", re.MULTILINE)
_MOST_LINES_BEFORE: Final = 20
# Volumes, and things that are cited and are no papers
_NO_PAPERS: Final = (CONTAINERS - {"book"}) | {"bibnote", "control", "dataset", "set", "software"}
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BRACES = re.compile(r"[{}]")
# The extended form of BibLaTeX: family=van der Roe, given=Max
_IN_PARTS = re.compile(r"(?:family|given|prefix|suffix)(?:-i)?\s*=")
_PART_OF_NAME = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*\"?([^,\"]+)")
_WORD = re.compile(r"[A-Za-z]+")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])")
_RANGE = re.compile(r"/(?=[0-9]{4}|\.\.|$)")
_ESCAPED = re.compile(r"\\url\s*|\\([_%&#~$])|[{}]")
_VENUES: Final = ("booktitle", "journaltitle", "journal", "eventtitle", "school", "institution")
_MAY_NAME_ARXIV: Final = ("note", "journal", "howpublished", "journaltitle", "number", "volume", "eprint")
_DBLP: Final = "DBLP:"


def recognise(head: bytes) -> bool:
    """Return whether a file begins with an entry, comments and a few lines before it aside.

    >>> recognise(b"% mine\\n@article{roe, title = {A}}"), recognise(b"@prefix mg: <x> ."), recognise(b"@me {a, b}")
    (True, False, False)
    """
    hit = _OPENING.search(head)
    if hit is None:
        return False
    before = head[: hit.start()]
    return before.count(b"\n") <= _MOST_LINES_BEFORE and _OTHER_TEXT.search(before) is None


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a bibliography; see :class:`kg.sources.formats.SourceFormat`."""
    seen: set[str] = set()
    for entry in entries(stream, skip=skip, options=options):
        if entry.kind in _NO_PAPERS:
            continue
        # A second entry with the same key is read too, under a key that its fields make.
        own_key = "" if entry.key in seen else entry.key
        seen.add(entry.key)
        try:
            yield _record(entry, key=own_key, source=source)
        except Unfit as error:
            skip(entry.line, f"{error} (entry {entry.key})" if entry.key else str(error))


def _record(entry: Entry, *, key: str, source: str) -> Record:
    fields = entry.fields
    title, subtitle = (_plain(fields.get(part, "")) for part in ("title", "subtitle"))
    of_dblp = entry.key.removeprefix(_DBLP) if entry.key.startswith(_DBLP) else fields.get("biburl", "")
    return make_record(
        source=source,
        key=key,
        title=f"{title}: {subtitle}" if title and subtitle else title,
        abstract=_plain(fields.get("abstract", "")),
        year=_BRACES.sub("", fields.get("year", "")),
        date=_date(fields),
        authors=_authors(fields.get("author", "")),
        arxiv=_arxiv(fields),
        doi=_bare(fields.get("doi", "")),
        venue=_plain(next((fields[venue] for venue in _VENUES if fields.get(venue)), "")),
        url=_bare(fields.get("url", "")),
        ids=[
            ("pmid", _bare(fields.get("pmid", "")) or _eprint(fields, "pubmed")),
            ("pmc", _bare(fields.get("pmcid", ""))),
            ("dblp", of_dblp),
        ],
    )


def _plain(text: str) -> str:
    return plain(unlatex(text))


def _bare(text: str) -> str:
    """Return an address or an identifier without the escapes that LaTeX asks for."""
    return _ESCAPED.sub(lambda hit: hit[1] or "", text).strip()


def _date(fields: Mapping[str, str]) -> str | tuple[int, ...] | None:
    """Return the date of BibLaTeX, or that which year, month and day make."""
    if stated := _BRACES.sub("", fields.get("date", "")):
        return _RANGE.split(stated.strip())[0].rstrip("~?%")
    year, month, day = (unlatex(fields.get(part, "")).strip() for part in ("year", "month", "day"))
    named = (found for word in _WORD.findall(month) if (found := month_of(word)))
    number = int(month) if month.isdecimal() and len(month) <= 2 else next(named, None)
    if not (year.isdecimal() and len(year) == 4 and number):
        return None
    days = _DAY.search(day) or (None if month.isdecimal() else _DAY.search(month))
    return (int(year), number, int(days[1])) if days else (int(year), number)


def _authors(text: str) -> Iterator[str]:
    """Yield the names; one that is in braces as a whole is a group's, of which no comma parts the name."""
    for name in _names(text.strip()):
        if name.startswith("{") and name.endswith("}") and name.count("{") == 1:
            yield unlatex(name).replace(",", "")
        elif _IN_PARTS.match(name):
            parts = dict(_PART_OF_NAME.findall(unlatex(name)))
            yield " ".join(parts.get(part, "").strip() for part in ("given", "prefix", "family", "suffix"))
        elif name.lower() != "others":
            yield unlatex(name)


def _names(text: str) -> Iterator[str]:
    """Yield what stands between the words ``and`` that are in no braces."""
    begun: list[str] = []
    depth = 0
    for piece in _AND.split(text):
        begun.append(piece)
        depth += piece.count("{") - piece.count("}")
        if depth <= 0:
            yield " and ".join(begun)
            begun, depth = [], 0
    if begun:
        yield " and ".join(begun)


def _arxiv(fields: Mapping[str, str]) -> str | None:
    """Return the arXiv number, for which there is a field in BibLaTeX, and half a dozen customs in BibTeX."""
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip(" {}").lower()
    number = arxiv_id(_bare(fields.get("eprint", ""))) if kind == "arxiv" else None
    if number is None and (volume := fields.get("volume", "")).startswith("abs/"):
        number = arxiv_id(volume.removeprefix("abs/"))
    return number or next((found for field in _MAY_NAME_ARXIV if (found := arxiv_in(fields.get(field, "")))), None)


def _eprint(fields: Mapping[str, str], archive: str) -> str | None:
    stated = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    return _bare(fields.get("eprint", "")) if stated.strip(" {}").lower() == archive else None

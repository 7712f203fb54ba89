"""Full texts as plain text, as tools make them of PDFs: a title, an abstract, numbered sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources._fulltext import abstract_of, cited_in, doi_on, joined, sections_of, words_of
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record
from kg.sources.text import text_lines

name: Final = "full text"
about: Final = "the text of one paper: a title, an abstract below its heading, numbered sections"

_INTRODUCTION = re.compile(r"\s*(?:[1I][.)]?\s+)?introduction\s*", re.IGNORECASE)
_KEY = re.compile(r"(title|authors?|date|doi|arxiv|venue|journal)\s*:\s+(\S.*)", re.IGNORECASE)
_LAST_HEAD_LINE: Final = 120
_LONGEST_TITLE_LINES: Final = 4
_FIRST_PAGE_LINES: Final = 150
_MOST_LINES: Final = 100_000


def recognise(head: bytes) -> bool:
    r"""Return whether a file is the text of one paper: one abstract below its heading, then an introduction.

    >>> recognise(b"Deep Sets\n\nAbstract\nWe do.\n\n1 Introduction\n"), recognise(b"Deep Sets\n\nWe do.\n")
    (True, False)
    >>> recognise(b"Title: Deep Sets\nAuthors: A. Example\nAbstract: We do.\n")
    True
    """
    if head[:1] in (b"<", b"{", b"[", b"%", b"@") or b"\0" in head:
        return False
    lines = [line for line in head.decode("utf-8", "ignore").splitlines() if line.strip()]
    start, abstract, _ = abstract_of(lines[:_LAST_HEAD_LINE])
    if start < 1 or not abstract:
        return False
    is_keyed = (hit := _KEY.match(lines[0])) is not None and hit[1].lower() == "title"
    return is_keyed or (
        any(_INTRODUCTION.fullmatch(line.strip()) for line in lines[start:])
        and sum(line.strip().lower() == "abstract" for line in lines) < 2
    )


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the paper that a text holds; see :class:`kg.sources.formats.SourceFormat`."""
    lines: list[str] = []
    size = 0
    for number, line in text_lines(stream, skip=skip, options=options):
        size += len(line or "")
        if size > options.limits.line_bytes or number > _MOST_LINES:
            skip(number, "the text is too long for one paper; the rest is left out")
            break
        lines.append((line or "").replace("\f", ""))
    try:
        yield _record(lines, source=source, options=options)
    except Unfit as error:
        skip(1, str(error))


def _record(lines: Sequence[str], *, source: str, options: ReadOptions) -> Record:
    start, abstract, _ = abstract_of(lines)
    above = lines[: max(start, 0)]
    stated = {hit[1].lower().removesuffix("s"): hit[2] for line in above if (hit := _KEY.match(line))}
    return make_record(
        source=source,
        title=stated.get("title") or joined(_title(above)),
        abstract=joined(abstract, words=words_of("\n".join(lines))),
        date=stated.get("date"),
        authors=re.split(r"[;,]|\sand\s", " ".join(stated.get("author", "").split())),
        arxiv=stated.get("arxiv"),
        doi=stated.get("doi") or doi_on(lines[:_FIRST_PAGE_LINES]),
        venue=stated.get("venue") or stated.get("journal"),
        sections=sections_of(lines) if options.sections else (),
        references=cited_in(lines),
    )


def _title(above: Sequence[str]) -> list[str]:
    """Return the first lines until a blank one."""
    first = next((at for at, line in enumerate(above) if line.strip()), 0)
    found = []
    for line in above[first : first + _LONGEST_TITLE_LINES]:
        if not line.strip():
            break
        found.append(line)
    return found

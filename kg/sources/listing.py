"""Listing pages as saved from the web: a title, then its abstract, line after line.

Blank lines may stand between them or not; the page's own furniture stands around them. What is a title and
what is an abstract is told by position (an abstract stands behind its title) and by shape (a title is short;
an abstract is long, or reads as sentences).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources._furniture import is_furniture, without_button
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.text import MAX_ABSTRACT_CHARS, clean, text_lines
from kg.vocabulary import digest

name: Final = "listing page"
about: Final = "pages that list papers, saved as text: a title, then its abstract, line after line"

_LONGEST_TITLE: Final = 300
# What reads as sentences is an abstract from here on, behind a title
_SHORTEST_ABSTRACT: Final = 40
# A line of this length that runs as a sentence is one, even where its end is missing
_SENTENCE_CHARS: Final = 150
# A cut-off last line needs as many words to be told from a button
_FEWEST_CUT_WORDS: Final = 4
_ENDS_AS_SENTENCE = re.compile(r"(?:[^.\s]\.|[。！？])[\"'”’)\]}]*$")
_HOLDS_SENTENCE_END = re.compile(r"[a-z0-9)\]”\"$]\.\s+[A-Z$]|。")
# What other formats, documents and programs begin with: they have long lines too, but no titles of papers
_OTHER_OPENING = re.compile(
    rb"\s*(?:<!doctype|<html|<\?xml|<head|<body|@\s*[a-z]+\s*\{|@prefix|%|ty\s\s-|pmid-\s"
    rb"|\\documentclass|#!|#+\s|\"\"\"|//|/\*|---\s*\n)",
    re.IGNORECASE,
)
_COLUMN_SEPARATOR = re.compile(rb"[,;\t|]")
_CONTROLS: Final = bytes(range(9)) + bytes(range(14, 32))
_MAX_SHARE_OF_CONTROLS: Final = 0.01


def recognise(head: bytes) -> bool:
    r"""Return whether a file may be a listing page: text that does not begin as some other format does.

    >>> recognise(b"new\n\nDeep Sets\n\nWe study ..."), recognise(b"title,abstract\n"), recognise(b"<html>")
    (True, False, False)
    """
    columns = _COLUMN_SEPARATOR.split(head.lstrip().partition(b"\n")[0].lower())
    is_table = len(columns) > 1 and b"title" in (column.strip(b" \"'\r") for column in columns)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    is_binary = b"\0" in head or controls > _MAX_SHARE_OF_CONTROLS * len(head)
    return not (is_binary or is_table or _OTHER_OPENING.match(head))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a listing page; see :class:`kg.sources.formats.SourceFormat`.

    The key of a record is a digest of title and abstract: it stays where the page is sorted anew.
    """
    title: str | None = None
    title_line = 0
    for number, text, is_last in _content(stream, skip=skip, options=options):
        if text is not None and _is_abstract(text, behind_title=title is not None, is_last=is_last):
            if title is None:
                skip(number, "an abstract without a title before it")
            elif len(text) > MAX_ABSTRACT_CHARS:
                skip(number, f"a line longer than {MAX_ABSTRACT_CHARS:,} characters is no abstract")
            else:
                yield Record(source=source, key=digest(title, text), title=title, abstract=text)
            title = None
            continue
        if title is not None:
            skip(title_line, "no abstract stands behind this line")
        title, title_line = text, number
    if title is not None:
        skip(title_line, "no abstract stands behind this line")


def _content(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, str | None, bool]]:
    """Yield the lines that are neither blank nor furniture, and whether each is the last of them."""
    waiting: tuple[int, str | None] | None = None
    for number, line in text_lines(stream, skip=skip, options=options):
        text = line
        if line is not None:
            text = without_button(clean(line).strip())
            if not text or is_furniture(text):
                continue
        if waiting is not None:
            yield *waiting, False
        waiting = number, text
    if waiting is not None:
        yield *waiting, True


def _is_abstract(text: str, *, behind_title: bool, is_last: bool) -> bool:
    """Return whether a line is an abstract, by its place and its shape."""
    if len(text) > _LONGEST_TITLE:
        return True
    if not behind_title or not _runs_as_sentence(text):
        return False
    if is_last and len(text.split()) >= _FEWEST_CUT_WORDS:
        return True
    if len(text) >= _SHORTEST_ABSTRACT and (_ENDS_AS_SENTENCE.search(text) or _HOLDS_SENTENCE_END.search(text)):
        return True
    return len(text) >= _SENTENCE_CHARS


def _runs_as_sentence(text: str) -> bool:
    """Return whether at least half of the words behind the first are in small letters.

    In a script without capitals every text runs so.
    """
    cased = [word[0] for word in text.split()[1:] if word[0].lower() != word[0].upper()]
    return 2 * sum(map(str.islower, cased)) >= len(cased)

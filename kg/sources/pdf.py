"""PDF files: title, abstract and identifiers of a paper, found by the looks of its first pages.

A PDF has no title and no abstract, only characters at places. The title is what stands highest in the largest
type; the abstract is what follows its heading until the next one. What is not found is said.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.records import Record
from kg.sources._fulltext import abstract_of, cited_in, doi_on, joined, own_lines, sections_of, words_of
from kg.sources._pdf_lines import Line, lines_of
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record
from kg.sources.spooling import seekable

if TYPE_CHECKING:
    from pypdf import PdfReader

name: Final = "PDF"
about: Final = "PDF files of papers, one a file: title, abstract, identifiers; all sections with --sections"
needs: Final = ("pypdf",)
extra: Final = "pdf"

_MAGIC: Final = b"%PDF-"
_MAGIC_WITHIN_BYTES: Final = 1024
_FIRST_PAGES: Final = 2
_MOST_PAGES: Final = 200
_SAME_SIZE: Final = 0.95
_LONGEST_TITLE_LINES: Final = 6
_FEWEST_TITLE_CHARS: Final = 8
_STAMP = re.compile(
    r"arXiv:\s?(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?P<version>v[0-9]+)"
    r"(?:\s*\[[\w.-]+\]\s*(?P<date>[0-9]{1,2}\s+[A-Z][a-z]{2}\s+[0-9]{4}))?"
)
# What a program writes as the title of a file that has none
_NO_TITLE = re.compile(r"(?:untitled|microsoft word\b|.*\.(?:docx?|tex|dvi|pdf|indd|qxd)\b|[^\s]*$)", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    """Return whether a file is a PDF.

    >>> recognise(b"%PDF-1.7 ..."), recognise(b"We read %PDF- files")
    (True, False)
    """
    return head.startswith(_MAGIC) or (_MAGIC in head[:_MAGIC_WITHIN_BYTES] and b"\0" in head)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the paper that a PDF file holds; see :class:`kg.sources.formats.SourceFormat`."""
    try:
        with seekable(stream) as file:
            record = _record(file, source=source, skip=skip, options=options)
    except Unfit as error:
        skip(1, str(error), unit="page")
    else:
        yield record


def _record(file: BinaryIO, *, source: str, skip: Skipper, options: ReadOptions) -> Record:
    pages, stated = _pages(file, most=_MOST_PAGES if options.sections else _FIRST_PAGES, skip=skip)
    front = [line for page in pages[:_FIRST_PAGES] for line in page]
    upright = [line.text for line in front if line.is_upright]
    words = words_of("\n".join(upright))
    start, abstract, _ = abstract_of(upright)
    title = _title(pages[0] if pages else [], words=words) or stated
    if not title:
        raise Unfit(
            "no title was found: the first page has no text (a scan?); run it through OCR"
            if not words
            else "no title was found on the first page; give title and abstract as JSON"
        )
    if start < 0:
        skip(1, "no abstract was found (no line begins with the word); the paper goes in by its title", unit="page")
    first_page = pages[0] if pages else []
    stamp = _stamp(first_page)
    whole = [line.text for page in pages for line in page if line.is_upright] if options.sections else []
    return make_record(
        source=source,
        title=title,
        abstract=joined(abstract, words=words),
        # The stamp bears the day of its version
        date=stamp["date"] if stamp and stamp["version"] == "v1" else None,
        arxiv=stamp["id"] if stamp else None,
        doi=doi_on([line.text for line in first_page]),
        sections=sections_of(whole),
        references=cited_in(whole),
    )


def _pages(file: BinaryIO, *, most: int, skip: Skipper) -> tuple[list[list[Line]], str]:
    """Return the lines of the first pages, and the title that the file states for itself."""
    from pypdf import PdfReader

    pages: list[list[Line]] = []
    # A damaged file makes the reader raise nearly anything; nothing but it runs here.
    with _in_silence():
        try:
            reader = PdfReader(file, strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unfit("the file is locked by a password; unlock it first")
            number_of_pages = len(reader.pages)
            stated = _stated_title(reader)
        except Unfit:
            raise
        except Exception as error:
            raise Unfit(f"the PDF cannot be read: {_in_words(error)}") from None
        for number in range(min(most, number_of_pages)):
            try:
                pages.append(lines_of(reader.pages[number]))
            except Exception as error:
                skip(number + 1, f"the page cannot be read: {_in_words(error)}", unit="page")
                pages.append([])
    return pages, stated


def _title(lines: Sequence[Line], *, words: Collection[str]) -> str:
    """Return what stands highest in the largest type, above the abstract."""
    start, _, _ = abstract_of([line.text for line in lines])
    above = [line for line in lines[: start if start >= 0 else len(lines)] if line.is_upright and line.text.strip()]
    for size in sorted({line.size for line in above}, reverse=True):
        first = next(at for at, line in enumerate(above) if line.size == size)
        taken: list[str] = []
        for line in above[first:]:
            if line.size < size * _SAME_SIZE or len(taken) == _LONGEST_TITLE_LINES:
                break
            taken.append(line.text)
        title = joined(taken, words=words)
        # A logo, or the first letter of a text, is larger still
        if len(title) >= _FEWEST_TITLE_CHARS and " " in title:
            return title
    return ""


def _stamp(lines: Sequence[Line]) -> re.Match[str] | None:
    """Return arXiv's stamp: up the edge of the page, or whole with its date; else it is a paper that is cited."""
    for line in lines:
        if not line.is_upright and (hit := _STAMP.search(line.text)):
            return hit
    hits = map(_STAMP.search, own_lines([line.text for line in lines if line.is_upright]))
    return next((hit for hit in hits if hit and hit["date"]), None)


def _stated_title(reader: PdfReader) -> str:
    stated = reader.metadata.title if reader.metadata else None
    title = " ".join(str(stated or "").split())
    return "" if _NO_TITLE.match(title) else title


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


@contextmanager
def _in_silence() -> Iterator[None]:
    """Keep the reader from writing to the screen what it thinks of a file."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)

"""The CSV export of Zotero: its columns, its item types, its notes with identifiers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_in
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain
from kg.sources.text import text_lines

name: Final = "Zotero CSV"
about: Final = "the CSV export of Zotero"

_HEADER: Final = re.compile(rb'"?Key"?,"?Item Type"?,')
# Each row begins with the key of an item
_BEGINNING = re.compile(r'"[A-Z0-9]{8}","')
_NO_PAPERS: Final = frozenset({"annotation", "attachment", "note"})
_VENUES: Final = ("Publication Title", "Conference Name", "Series Title", "Series")
_MAY_NAME_ARXIV: Final = ("Extra", "Archive Location", "Number", "Report Number", "Publication Title")
_PUBMED = re.compile(r"\bPMID:\s*([0-9]{1,12})\b")


def recognise(head: bytes) -> bool:
    """Return whether a file begins with the first columns of Zotero's export.

    >>> recognise(b'"Key","Item Type","Publication Year","Author"'), recognise(b"key,title")
    (True, False)
    """
    return _HEADER.match(head.lstrip()) is not None


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the items of an export; see :class:`kg.sources.formats.SourceFormat`."""
    columns: Sequence[str] = ()
    for line, cells in _rows(stream, skip=skip, options=options):
        if not columns:
            columns = [cell.strip().removeprefix("\ufeff") for cell in cells]
            continue
        item = dict(zip(columns, cells, strict=False))
        if item.get("Item Type", "") in _NO_PAPERS:
            continue
        try:
            yield _record(item, source=source)
        except Unfit as error:
            skip(line, str(error))


def _rows(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with its first line.

    A row goes on over lines while a quotation mark is open; where the next line begins a row all the same, the
    mark was never closed.
    """
    longest = options.limits.line_bytes
    began, length, is_open = 0, 0, False
    lines: list[str] = []
    for number, text in text_lines(stream, skip=skip, options=options):
        if text is None or (is_open and _BEGINNING.match(text)):
            if lines:
                skip(began, "a quotation mark of the row is never closed")
            lines, length, is_open = [], 0, False
        if text is None or (not lines and not text.strip()):
            continue
        began = began if lines else number
        lines.append(text)
        length += len(text)
        is_open ^= text.count('"') % 2 == 1
        if length > longest:
            skip(began, f"the row is longer than {longest:,} bytes")
            lines, length, is_open = [], 0, False
        elif not is_open:
            try:
                yield began, next(csv.reader(["\n".join(lines)]), [])
            except csv.Error as error:
                skip(began, f"the row is no CSV: {error}")
            lines, length = [], 0
    if lines:
        skip(began, "the file ends within the row")


def _record(item: Mapping[str, str], *, source: str) -> Record:
    pubmed = _PUBMED.search(item.get("Extra", ""))
    return make_record(
        source=source,
        key=item.get("Key", ""),
        title=plain(item.get("Title", "")),
        abstract=plain(item.get("Abstract Note", "")),
        year=item.get("Publication Year"),
        date=item.get("Date"),
        authors=item.get("Author", "").split(";"),
        arxiv=next((number for column in _MAY_NAME_ARXIV if (number := arxiv_in(item.get(column, "")))), None),
        doi=item.get("DOI"),
        venue=plain(next((item[column] for column in _VENUES if item.get(column)), "")),
        url=item.get("Url"),
        ids=[("pmid", pubmed[1] if pubmed else None)],
    )

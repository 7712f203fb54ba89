"""Tables as text: CSV and TSV with a header, the columns told by their names or by ``--map``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources import zotero_csv
from kg.sources.columns import NoColumn, columns_in, is_header, row_reader
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit
from kg.sources.text import text_lines

name: Final = "table (CSV, TSV)"
about: Final = "a header and a row a paper, with commas, tabs, semicolons or bars between; --map names columns"

_SEPARATORS: Final = ",\t;|"
_MOST_COLUMNS: Final = 1_000
_OTHER_OPENING = re.compile(r"\s*(?:[<{\[%#]|@\s*\w+\s*[{(])")


def recognise(head: bytes) -> bool:
    r"""Return whether a file begins with a header that names a column of titles.

    >>> recognise(b"id,Title,abstract\n1,A,B\n"), recognise(b"Title\tYear\n"), recognise(b"Title, and other words.\n")
    (True, True, False)
    """
    if zotero_csv.recognise(head):
        return False
    names = _header(head)
    # A sentence with commas in it is no header.
    return is_header(names) and all(len(column) <= 60 for column in names) and not names[-1].rstrip().endswith(".")


def may_be_table(head: bytes) -> bool:
    r"""Return whether a file may be a table, whatever its columns are called: for when the user names them.

    >>> may_be_table(b"Titel;Text\nA;B\n"), may_be_table(b"Titel\nA\n"), may_be_table(b'{"Titel": 1, "Text": 2}')
    (True, False, False)
    """
    return len(_header(head)) > 1


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a table; see :class:`kg.sources.formats.SourceFormat`."""
    separator = _separator(stream.peek().decode("utf-8-sig", "ignore"))
    rows = _rows(stream, separator, skip=skip, options=options)
    header = next(rows, None)
    if header is None:
        return
    try:
        make = row_reader(columns_in([column.strip() for column in header[1]], options.columns), source=source)
    except NoColumn as error:
        skip(header[0], str(error))
        return
    for line, row in rows:
        try:
            yield make(row)
        except Unfit as error:
            skip(line, str(error))


def _rows(
    stream: BufferedReader, separator: str, *, skip: Skipper, options: ReadOptions
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the line on which it begins."""
    lines = _Lines(stream, skip=skip, options=options)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.begin()
        try:
            row = next(reader, None)
        except csv.Error as error:
            skip(lines.first, f"not a row of a table: {error}")
            reader = csv.reader(lines, delimiter=separator)
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield lines.first, row


class _Lines:
    """The lines of a table, as the parser takes them; knows where the present row began, and bounds its length."""

    def __init__(self, stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> None:
        self._lines = text_lines(stream, skip=skip, options=options)
        self._longest = options.limits.line_bytes
        self._length = 0
        self.first = 0

    def begin(self) -> None:
        """Begin a row with the next line."""
        self.first = 0
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            if line is None:  # it has been told already
                continue
            self.first = self.first or number
            self._length += len(line) + 1
            if self._length > self._longest:
                raise csv.Error(f"it is longer than {self._longest:,} characters; a quote may be missing")
            return line + "\n"
        raise StopIteration


class _AnyTable:
    """The same format for a file whose columns the user has named, so that its header need not be known."""

    name = name
    about = about
    recognise = staticmethod(may_be_table)
    read = staticmethod(read)


MAPPED: Final = _AnyTable()


def _header(head: bytes) -> list[str]:
    text = head.decode("utf-8", "ignore").lstrip()
    if "\0" in text or _OTHER_OPENING.match(text):
        return []
    separator = _separator(text)
    try:
        names = next(csv.reader(text.splitlines(keepends=True), delimiter=separator), [])
    except csv.Error:
        return []
    return [column.strip() for column in names[:_MOST_COLUMNS]]


def _separator(text: str) -> str:
    """Return what stands between the columns: what is most often in the first line."""
    first = text.lstrip().partition("\n")[0]
    return max(_SEPARATORS, key=first.count)

"""Files to records: each file read by the format that its content shows, never its name."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.records import Record
from kg.sources import json_papers, listing
from kg.sources.formats import SourceFormat
from kg.sources.text import BYTE_ORDER_MARK

FORMATS: Final[tuple[SourceFormat, ...]] = (json_papers, listing)
"""The formats in the order in which they are asked; the listing page comes last, since any text may be one."""

_HEAD_BYTES: Final = 64 * 1024
_READABLE: Final = "give a listing page saved as text, or papers as JSON (one object a line, or a list)"
_MAGIC: Final = (
    (b"%PDF", "a PDF file", "save its text, or its title and abstract as JSON"),
    (b"PK\x03\x04", "a zip archive", "unpack it first"),
    (b"\x1f\x8b", "packed by gzip", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed by zstandard", "unpack it first"),
    (b"BZh", "packed by bzip2", "unpack it first"),
    (b"\xfd7zXZ", "packed by xz", "unpack it first"),
    (b"\xff\xfe", "in UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "in UTF-16", "save it as UTF-8"),
)


@dataclass(frozen=True, slots=True)
class Skip:
    """A line that was left out although it may have been a paper.

    Attributes:
        path: the file as the user named it.
        line: counted from 1.
        reason: in plain words.
    """

    path: str
    line: int
    reason: str


def read_sources(
    paths: Iterable[str | Path], *, strict: bool = False, on_skip: Callable[[Skip], None] | None = None
) -> Iterator[Record]:
    """Yield what the files say of papers, file after file, in their order.

    A file that yields at least one paper is read, and what it skips is told to ``on_skip``. What is wrong with
    a file as a whole may show at its end only: whoever writes, writes after the last record.

    Args:
        paths: the files; their format is recognised by content.
        strict: make the first skipped line an error.
        on_skip: called for each skipped line.

    Raises:
        InputError: a file cannot be read or yields no paper, or ``strict`` met a skipped line.
    """
    for path in paths:
        yield from _read_file(path, strict=strict, on_skip=on_skip)


def _read_file(path: str | Path, *, strict: bool, on_skip: Callable[[Skip], None] | None) -> Iterator[Record]:
    skips = 0
    first: Skip | None = None

    def skip(line: int, reason: str) -> None:
        nonlocal skips, first
        seen = Skip(str(path), line, reason)
        skips += 1
        first = first or seen
        if strict:
            raise InputError(seen.path, f"{reason} (skipped lines are errors here)", line=line)
        if on_skip is not None:
            on_skip(seen)

    # A name may hold bytes that are no UTF-8, which no store would take.
    source = Path(path).name.encode("utf-8", "replace").decode("utf-8")
    papers = 0
    try:
        if "\0" in str(path):
            raise InputError(str(path), "is no name of a file, since it holds a zero byte")
        if stat.S_ISDIR(Path(path).stat().st_mode):
            raise InputError(str(path), "is a folder; name the files in it")
        with _open(path) as stream:
            form = _recognise(str(path), stream.peek())
            for record in form.read(stream, source=source, skip=skip):
                papers += 1
                yield record
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file; check its name and folder") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from None
    if papers:
        return
    if first is None:
        raise InputError(str(path), f"holds no paper; {_READABLE}")
    others = f" (and {skips - 1:,} more such places)" if skips > 1 else ""
    raise InputError(first.path, f"no paper in the file: {first.reason}{others}; {_READABLE}", line=first.line)


def _open(path: str | Path) -> BufferedReader:
    """Open a file so that its whole head can be looked at without being read away (a pipe's too)."""
    return BufferedReader(FileIO(path), _HEAD_BYTES)


def _recognise(path: str, head: bytes) -> SourceFormat:
    head = head.removeprefix(BYTE_ORDER_MARK)
    if not head.strip():
        raise InputError(path, f"is empty; {_READABLE}")
    for form in FORMATS:
        if form.recognise(head):
            return form
    for magic, what, mend in _MAGIC:
        if head.startswith(magic):
            raise InputError(path, f"is {what}; {mend}")
    if b"\0" in head:
        raise InputError(path, f"is binary, not text; {_READABLE}")
    raise InputError(path, f"is in no format that can be read; {_READABLE}")

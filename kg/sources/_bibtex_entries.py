"""Entries out of a BibTeX file of any size: split by bibtexparser piece by piece, macros and parents resolved here."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import TYPE_CHECKING, Final

from kg.sources.formats import ReadOptions, Skipper
from kg.sources.text import one_line, text_lines

if TYPE_CHECKING:
    from bibtexparser.model import Field


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with the text of each field, still as LaTeX.

    Attributes:
        line: where it begins.
        kind: its type in small letters (``article``).
        fields: by names in small letters, what is inherited among them.
    """

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]


_PIECE_CHARS: Final = 64 * 1024
_MOST_FIELDS: Final = 1_000
_LONGEST_TEXT: Final = 256 * 1024
_NOT_CLOSED: Final = ("Unexpected block start", "Unexpectedly reached end of file")
_STARTS_ENTRY = re.compile(r"\s{0,20}@\s{0,9}\w+\s{0,9}[{(]")
_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_BARE = re.compile(r"[^\s#{}\"]+")
_JOIN = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.+-]{0,60})\s*=\s*(?=[{\"\w])")
_MONTHS: Final = {month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()}
# Entries from which others inherit; what they hold is no paper, but a place for papers.
CONTAINERS: Final = frozenset("book collection mvbook mvcollection mvproceedings periodical proceedings xdata".split())
# What a paper has of the volume that it is in; the volume's title is its booktitle.
_INHERITED: Final = ("booktitle", "date", "month", "series", "year")


def entries(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[Entry]:
    """Yield the entries of a file, macros (``@string``) filled in, fields of parents (``crossref``) added.

    An entry that names a parent waits for it; parents come behind their children. Memory grows with the entries
    that wait and with the volumes, not with the file.
    """
    macros = dict(_MONTHS)
    parents: dict[str, Entry] = {}
    waiting: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in _split(stream, macros, skip=skip, options=options):
        named = _parent(entry)
        if named and named not in parents:
            waiting[named].append(entry)
        else:
            yield _with_parent(entry, parents.get(named))
        if entry.kind in CONTAINERS or entry.key.lower() in waiting:
            own = entry.key.lower()
            kept = entry.fields if entry.kind == "xdata" else _volume(entry)
            parents[own] = replace(entry, fields=kept)
            for child in waiting.pop(own, ()):
                yield _with_parent(child, parents[own])
    for _, orphans in sorted(waiting.items()):
        yield from orphans


def _parent(entry: Entry) -> str:
    return (entry.fields.get("crossref") or entry.fields.get("xdata") or "").strip().lower()


def _volume(entry: Entry) -> dict[str, str]:
    """Return what papers inherit from the volume that they are in."""
    fields = {name: entry.fields[name] for name in _INHERITED if name in entry.fields}
    if title := entry.fields.get("title") or entry.fields.get("booktitle"):
        fields["booktitle"] = title
    return fields


def _with_parent(entry: Entry, parent: Entry | None) -> Entry:
    return entry if parent is None else replace(entry, fields={**parent.fields, **entry.fields})


def _split(stream: BufferedReader, macros: dict[str, str], *, skip: Skipper, options: ReadOptions) -> Iterator[Entry]:
    """Yield the entries piece by piece; macros are added to those known as they come."""
    from bibtexparser import splitter
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import ParsingFailedBlock, String

    # What it warns of comes back as failed blocks; a bibliography may have thousands of them.
    logging.getLogger(splitter.__name__).setLevel(logging.CRITICAL)
    for first_line, piece in _pieces(stream, skip=skip, options=options):
        for block in parse_string(piece, parse_stack=()).blocks:
            line = first_line + (block.start_line or 0)
            failed = None
            if isinstance(block, ParsingFailedBlock):
                failed, block = block, block.ignore_error_block or block
            if isinstance(block, String):
                macros[block.key.lower()] = _text(block.value, macros)[0]
            elif isinstance(block, Block):
                yield Entry(line, block.entry_type.lower(), one_line(block.key), _fields(block.fields, macros))
            elif failed is not None:
                skip(line, _problem(failed.error))


def _problem(error: Exception) -> str:
    """Return what bibtexparser found wrong with an entry, in our words where it is the usual thing."""
    reason = one_line(str(getattr(error, "abort_reason", ""))).rstrip(".")
    if not reason or reason.startswith(_NOT_CLOSED):
        return "a brace or a quotation mark of the entry is never closed"
    return f"the entry cannot be read: {reason}"


def _pieces(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces of whole entries, each with its first line, without those that are too long."""
    longest = options.limits.line_bytes
    first, start = 1, 1
    whole: list[str] = []
    entry: list[str] = []
    whole_chars = entry_chars = 0
    for number, text in text_lines(stream, skip=skip, options=options):
        line = text or ""
        if _STARTS_ENTRY.match(line):
            whole += entry
            whole_chars += entry_chars
            entry, entry_chars, start = [], 0, number
            if whole_chars > _PIECE_CHARS:
                yield first, "\n".join(whole)
                whole, whole_chars = [], 0
        first = first if whole else start
        if entry_chars > longest:
            continue
        entry.append(line)
        entry_chars += len(line) + 1
        if entry_chars > longest:
            skip(start, f"the entry is longer than {longest:,} bytes")
            if whole:
                yield first, "\n".join(whole)
            whole, whole_chars, entry = [], 0, []
    if whole or entry:
        yield first, "\n".join([*whole, *entry])


def _fields(fields: Iterable[Field], macros: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of an entry's fields; of a field that stands twice, the first."""
    found: dict[str, str] = {}
    for field in fields:
        name, raw = str(field.key).lower(), str(field.value)
        while True:
            text, end = _text(raw, macros)
            found.setdefault(name, text)
            # Behind a field without a comma the next one has come along.
            if (hit := _NEXT_FIELD.match(raw, end)) is None or len(found) > _MOST_FIELDS:
                break
            name, raw = hit[1].lower(), raw[hit.end() :]
    return found


def _text(raw: str, macros: Mapping[str, str]) -> tuple[str, int]:
    """Return the text of a value, and where it ends: texts in braces or quotes, numbers and macros, joined by ``#``."""
    pieces: list[str] = []
    length = 0
    at = len(raw) - len(raw.lstrip())
    while True:
        opener = raw[at : at + 1]
        if opener in ("{", '"'):
            end = _end(raw, at)
            piece = raw[at + 1 : end]
            at = end + 1
        elif hit := _BARE.match(raw, at):
            piece = macros.get(hit[0].lower(), hit[0])
            at = hit.end()
        else:
            break
        # Macros made of macros could grow without end.
        pieces.append(piece[: _LONGEST_TEXT - length])
        length += len(pieces[-1])
        joined = _JOIN.match(raw, at)
        if joined is None:
            break
        at = joined.end()
    return "".join(pieces), at


def _end(raw: str, start: int) -> int:
    """Return where the brace or the quotation mark that opens at a place is closed."""
    depth = 0
    for hit in (_BRACE if raw[start] == "{" else _BRACE_OR_QUOTE).finditer(raw, start + 1):
        if hit[0] == "{":
            depth += 1
        elif depth == 0:
            return hit.start()
        elif hit[0] == "}":
            depth -= 1
    return len(raw)

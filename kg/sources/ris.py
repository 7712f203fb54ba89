"""RIS, which most reference managers, publishers and libraries export: a tag and a value a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources.dates import earliest
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_id, arxiv_in
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain
from kg.sources.text import text_lines

name: Final = "RIS"
about: Final = "RIS of reference managers, publishers and libraries"

Fields = Mapping[str, Sequence[str]]
"""The values that stand under each tag, in their order."""

_OPENING = re.compile(rb"(?:^|\n)TY {1,2}- ?[A-Z]")
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)", re.DOTALL)
_TITLES: Final = ("TI", "T1", "CT", "ST")
_ABSTRACTS: Final = ("AB", "N2")
_AUTHORS: Final = ("AU", "A1")
_DATES: Final = ("DA", "Y1", "PY")
_VENUES: Final = ("JO", "JF", "T2", "JA", "BT", "C3")
_ADDRESSES: Final = ("UR", "L1", "L2", "LK")
_MAY_NAME_ARXIV: Final = ("M1", "AN", "N1", "C1", "JO", "JF", "T2", "PB")
_PUBMED = re.compile(r"(?:pubmed|medline)", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    r"""Return whether a file holds a RIS record near its beginning; exporters put notes of their own before it.

    >>> recognise(b"TY  - JOUR\nTI  - Deep Sets\nER  - \n"), recognise(b"TY for all")
    (True, False)
    """
    return _OPENING.search(head.replace(b"\r", b"\n")) is not None


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the records of a RIS file; see :class:`kg.sources.formats.SourceFormat`."""
    for line, fields in _records(stream, skip=skip, options=options):
        try:
            yield _record(fields, source=source)
        except Unfit as error:
            skip(line, str(error))


def _records(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, Fields]]:
    """Yield the fields of each record with the line on which it begins; a record without an end ends at the next."""
    longest = options.limits.line_bytes
    began, length = 0, 0
    # Each value is the list of its lines
    fields: dict[str, list[list[str]]] = {}
    last: list[str] = []
    for number, text in text_lines(stream, skip=skip, options=options):
        tag, value = ("", "") if text is None else _tagged(text)
        if began and tag in ("TY", "ER"):
            yield began, _joined(fields)
            began = 0
        if tag == "TY":
            began, length, fields, last = number, 0, {}, []
        if not began or text is None:
            continue
        length += len(text)
        if length > longest:
            skip(began, f"the record is longer than {longest:,} bytes")
            began = 0
        elif tag:
            last = [value]
            fields.setdefault(tag, []).append(last)
        else:
            last.append(text.strip())
    if began:
        yield began, _joined(fields)


def _tagged(text: str) -> tuple[str, str]:
    """Return the tag and the value of a line; a line that goes on has no tag."""
    if text[2:6] == "  - ":  # as the specification has it
        tag = text[:2]
        return (tag, text[6:].strip()) if tag.isupper() and tag.isalnum() else ("", "")
    hit = _TAG.fullmatch(text.strip("\r\ufeff"))
    return (hit[1], (hit[2] or "").strip()) if hit else ("", "")


def _joined(fields: Mapping[str, Sequence[Sequence[str]]]) -> Fields:
    return {
        tag: [lines[0] if len(lines) == 1 else " ".join(lines) for lines in values] for tag, values in fields.items()
    }


def _record(fields: Fields, *, source: str) -> Record:
    addresses = [value for tag in _ADDRESSES for value in fields.get(tag, ())]
    named = (arxiv_in(value) for tag in _MAY_NAME_ARXIV for value in fields.get(tag, ()))
    accession = _first(fields, ("AN",))
    of_pubmed = _PUBMED.search(_first(fields, ("DB", "DP")))
    return make_record(
        source=source,
        key=_first(fields, ("ID",)),
        title=plain(_first(fields, _TITLES)),
        abstract=plain(_first(fields, _ABSTRACTS)),
        date=earliest([_first(fields, (tag,)) for tag in _DATES]),
        authors=[author for tag in _AUTHORS for author in fields.get(tag, ())],
        arxiv=next((number for number in (*map(arxiv_id, addresses), *named) if number), None),
        doi=_first(fields, ("DO",)),
        venue=plain(_first(fields, _VENUES)),
        url=next((address for address in addresses if "://" in address), None),
        ids=[("pmid", accession if of_pubmed else None), ("pmc", _first(fields, ("C2",)))],
    )


def _first(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first value that stands under some tags, asked in their order."""
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""

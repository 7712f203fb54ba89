"""Papers as JSON: one object a line, a list of objects, or an object with a list under ``papers``.

Known fields are ``title``, ``abstract``, ``year``, ``date``, ``authors``, ``arxiv`` (or ``arxiv_id``), ``doi``,
``venue``, ``url``, ``id``, ``references`` and the schemes of identifiers (``openalex``, ``s2``, ``acl`` ...); others
are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Final

from kg.records import Record
from kg.sources._fields import record_of
from kg.sources._json_values import BrokenJson, NotUtf8, papers_in, parse
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit
from kg.sources.text import BYTE_ORDER_MARK, text_lines

name: Final = "JSON"
about: Final = "our own: an object a line, a list of objects, or an object with a list under papers"

_LIST_NAME: Final = "papers"
# A quote inside a JSON text stands behind a backslash, so no title or abstract holds this.
_PAPERS_LIST = re.compile(rb'(?<!\\)"papers"\s*:\s*\[')
_LIST_OPENING = re.compile(rb"\[\s*(?:[\[\]{\"]|$)")


def recognise(head: bytes) -> bool:
    r"""Return whether a file begins as JSON: with an object or a list, or has a line that is an object.

    >>> [recognise(head) for head in (b'{"title": "ViT"}', b" [\n{", b'oops\n{"title": "ViT"}\n', b"[1] ViT")]
    [True, True, True, False]
    """
    head = head.lstrip()
    return head.startswith(b"{") or bool(_LIST_OPENING.match(head)) or any(map(_is_object, head.split(b"\n")))


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a JSON file; see :class:`kg.sources.formats.SourceFormat`."""
    objects = (
        _objects_by_line(stream, skip=skip, options=options)
        if _is_by_line(stream)
        else _objects(stream, skip=skip, options=options)
    )
    for line, data in objects:
        try:
            yield record_of(data, source=source)
        except Unfit as error:
            skip(line, str(error))


def _is_object(line: bytes) -> bool:
    line = line.strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        return isinstance(parse(line.decode("utf-8")), dict)
    except (BrokenJson, UnicodeDecodeError):
        return False


def _is_by_line(stream: BufferedReader) -> bool:
    """Return whether each line is an object of its own, as far as the first lines tell; reads nothing away."""
    head = stream.peek().removeprefix(BYTE_ORDER_MARK).lstrip()
    first, _, rest = head.partition(b"\n")
    if _LIST_OPENING.match(head) or _PAPERS_LIST.search(first):
        return False
    if not first.startswith(b"{") or _is_object(first):
        return True
    # The first object spans several lines, or it is broken and the next line begins another one.
    return not rest.strip() or rest.lstrip().startswith(b"{")


def _objects_by_line(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, object]]:
    for number, text in text_lines(stream, skip=skip, options=options):
        if text is None or not text.strip():
            continue
        try:
            yield number, parse(text)
        except BrokenJson as error:
            skip(number, str(error))


def _objects(stream: BufferedReader, *, skip: Skipper, options: ReadOptions) -> Iterator[tuple[int, object]]:
    try:
        for line, value in papers_in(stream, under=_LIST_NAME, limit=options.limits.line_bytes):
            if isinstance(value, NotUtf8):
                skip(line, "the paper is not UTF-8")
            else:
                yield line, value
    except BrokenJson as error:
        skip(error.line, f"{error}; the rest of the file is left out")

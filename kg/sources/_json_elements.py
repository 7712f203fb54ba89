"""Objects out of JSON of any layout and size: lines, lists, pages of an API; damage costs what it touches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_values import BrokenJson, Cursor, NotUtf8, Path, values_at
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import json_keys
from kg.sources.making import Unfit
from kg.sources.text import shown

# Where the next object begins behind damage: in a list as an element or on a line of its own, else on a line that
# is not indented
_IN_LIST: Final = re.compile(r"(?<=[,\[\n])(?=\s{0,60}\{\s{0,60}\")")
_IN_ROW: Final = re.compile(r"(?<=\n)(?=[^\s}\]])")
# So many characters are read in vain at most while a beginning is looked for: a second or two
_MOST_IN_VAIN: Final = 64 * 1024 * 1024
# The answer to a batch of questions begins with those that have none.
_LEADING_NULLS: Final = re.compile(rb"^\s*\[\s*(?:null\s*,\s*)+")
_HEAD_OF_NULLS: Final = 4096


def elements(
    stream: BufferedReader,
    *,
    under: Collection[Path] = (),
    marks: Collection[str],
    skip: Skipper,
    options: ReadOptions = DEFAULTS,
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the objects of a JSON file one by one, each with the line on which it begins.

    The file holds objects in a row (one a line, or each over several lines), lists of them, or pages: objects
    that hold the list under a name. A page without its list is an object itself. Behind a place that is not
    JSON, reading goes on where the next object with one of the right names begins.

    Args:
        stream: the file, at its beginning.
        under: where a page holds its list: ``("message", "items")``.
        marks: names of which every object that is wanted has at least one.
        skip: called for each place that cannot be read, and for what is no object.
        options: the limit of an object's length.
    """
    cursor = Cursor(stream, limit=options.limits.line_bytes)
    pages = re.compile("|".join(f'"{re.escape(name)}"\\s*:\\s*[\\[{{]' for path in under for name in path) or "(?!)")
    # Most files hold no pages; their objects are parsed whole, which is several times faster.
    in_list = cursor.peek() == "[" or cursor.sees(pages)
    told = 0
    while opener := cursor.peek():
        line = cursor.line()
        try:
            if opener == "{" and not in_list:
                yield from _objects([cursor.value()], skip=skip)
            elif opener in "[{":
                found = _objects(values_at(cursor, under=under), skip=skip)
                # The objects inside a damaged one come before the next one of the list does.
                yield from found if not told else ((at, value) for at, value in found if _has_any(value, marks))
            elif told and in_list:
                # The end of the damaged object, of its list, of its page
                cursor.move_to(_IN_LIST)
            else:
                raise BrokenJson(line, "not JSON: neither an object nor a list begins here")
        except BrokenJson as error:
            place = error.line if in_list else line
            if place != told:
                skip(place, str(error))
            told = place
            if cursor.in_vain > _MOST_IN_VAIN:
                skip(cursor.line(), "too much of the file is not JSON; the rest of it is left out")
                return
            cursor.move_to(_IN_LIST if in_list else _IN_ROW)


def _objects(values: Iterable[tuple[int, Any]], *, skip: Skipper) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, value in values:
        if isinstance(value, dict):
            yield line, value
        elif isinstance(value, NotUtf8):
            skip(line, "the record is not UTF-8")
        elif value is not None:  # the answer to a batch of questions says null where it knows nothing
            skip(line, f"{shown(value)} is not an object")


def _has_any(value: Mapping[str, Any], marks: Collection[str]) -> bool:
    return any(name in value for name in marks)


def records(
    stream: BufferedReader,
    make: Callable[[Mapping[str, Any]], Record],
    *,
    under: Collection[Path] = (),
    marks: Collection[str],
    skip: Skipper,
    options: ReadOptions = DEFAULTS,
) -> Iterator[Record]:
    """Yield the record of each object of a JSON file; else as :func:`elements`.

    Args:
        make: returns the record of an object, or raises ``Unfit``.
    """
    for line, value in elements(stream, under=under, marks=marks, skip=skip, options=options):
        try:
            yield make(value)
        except Unfit as error:
            skip(line, str(error))


def has_keys(head: bytes, *names: str, under: Collection[Path] = ()) -> bool:
    """Return whether the first object of a JSON file has all of some keys.

    Args:
        head: the first bytes of the file.
        names: keys, those of what is nested behind their path (see :func:`kg.sources.heads.json_keys`).
        under: where a page may hold its list.

    >>> has_keys(b'{"count": 1, "results": [{"id": "W1", "ids": {"mag": 1}}]}', "id", "ids.mag", under=[("results",)])
    True
    """
    keys = json_keys(_LEADING_NULLS.sub(b"[", head[:_HEAD_OF_NULLS]) + head[_HEAD_OF_NULLS:])
    starts = [""]
    for path in under:
        starts.append(".".join(path) + "[].")
        # A single object may stand in place of the list, or of what holds it
        starts += [".".join(path[:length]) + "." for length in range(1, len(path) + 1)]
    return any(all(start + name in keys for name in names) for start in starts)


def at(data: object, *path: str) -> object:
    """Return what stands in nested objects under some names; None where nothing does.

    >>> at({"ids": {"mag": 7}}, "ids", "mag"), at({"ids": None}, "ids", "mag")
    (7, None)
    """
    for name in path:
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def text_at(data: object, *path: str) -> str:
    """Return the text or the whole number that stands there as a text; else an empty one."""
    # Asked some dozen times a record: JSON knows no subclasses, and ``type`` is faster than ``isinstance``.
    for name in path:
        if type(data) is not dict:
            return ""
        data = data.get(name)
    if type(data) is str:
        return data
    return str(data) if type(data) is int else ""


def list_at(data: object, *path: str) -> list[Any]:
    """Return the list that stands there; else an empty one."""
    value = at(data, *path)
    return value if isinstance(value, list) else []

"""Submissions of OpenReview: notes of its API, of version 1 and of version 2."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import at, has_keys, records, text_at
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_id
from kg.sources.making import Unfit, make_record

name: Final = "OpenReview notes"
about: Final = "submissions of OpenReview: answers of its API (versions 1 and 2), lists and lines of notes"

_LISTS: Final = (("notes",),)
_MARKS: Final = ("forum", "content")
_OWN_KEYS: Final = ("invitation", "invitations", "cdate", "signatures")
# When a paper came out, else when it was put there, in milliseconds since 1970
_DATES: Final = ("pdate", "odate", "cdate", "tcdate")
_MAY_BE_ARXIV: Final = ("arxiv", "pdf", "html")
_NOBODY: Final = frozenset({"anonymous", "anonymous authors"})


def recognise(head: bytes) -> bool:
    """Return whether a file begins with a note of OpenReview.

    >>> recognise(b'{"notes": [{"id": "GridSet_001", "forum": "GridSet_001", "content": {"title": "A"}, "cdate": 1}]}')
    True
    """
    return any(has_keys(head, "forum", "content", key, under=_LISTS) for key in _OWN_KEYS)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the submissions of a file; see :class:`kg.sources.formats.SourceFormat`."""
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(note: Mapping[str, Any], *, source: str) -> Record:
    own_id, forum = text_at(note, "id"), text_at(note, "forum")
    if text_at(note, "replyto") or (own_id and forum and own_id != forum):
        raise Unfit("a review or a comment is no paper")
    content = at(note, "content")
    stated = _value(content, "authors")
    names = [name for name in stated if isinstance(name, str)] if isinstance(stated, list) else []
    return make_record(
        source=source,
        key=forum or own_id,
        title=_text(content, "title"),
        abstract=_text(content, "abstract"),
        date=_day(note),
        authors=[name for name in names if name.lower() not in _NOBODY],
        # The first conferences linked to arXiv in place of a file
        arxiv=next((number for field in _MAY_BE_ARXIV if (number := _arxiv(_text(content, field)))), None),
        doi=_text(content, "doi"),
        venue=_text(content, "venue"),
        url=f"https://openreview.net/forum?id={forum or own_id}",
        ids=[("openreview", forum or own_id)],
    )


def _arxiv(text: str) -> str | None:
    return arxiv_id(text) if "arxiv" in text.lower() else None


def _value(content: object, field: str) -> object:
    """Return what a field of the content says; version 2 puts each into an object of its own."""
    stated = at(content, field)
    return stated.get("value") if isinstance(stated, dict) else stated


def _text(content: object, field: str) -> str:
    stated = _value(content, field)
    return stated if isinstance(stated, str) else ""


def _day(note: Mapping[str, Any]) -> str | None:
    for field in _DATES:
        milliseconds = at(note, field)
        if isinstance(milliseconds, int) and not isinstance(milliseconds, bool):
            try:
                return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).date().isoformat()
            except (OverflowError, OSError, ValueError):
                continue
    return None

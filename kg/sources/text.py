"""Text at the border of the house: its limits, its lines, and the characters that may pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.limits import Limits

MAX_LINE_BYTES: Final = Limits().line_bytes
"""The longest line of a text file, or record of another, that is read unless the limit is raised."""
MAX_TITLE_CHARS: Final = 1_000
MAX_ABSTRACT_CHARS: Final = 50_000
MAX_SECTION_CHARS: Final = 200_000
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_CHUNK_BYTES: Final = 64 * 1024
_SHOWN_CHARS: Final = 60
# Controls (all but tab and newline), halves of surrogate pairs and non-characters: XML, SQLite or UTF-8
# refuse them, so they must not come further into the house than this.
_UNWELCOME = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return a text without the characters that no store or export can hold.

    A control character becomes a space, anything else U+FFFD, one for one, so that offsets stay.

    >>> clean("a\x0bb\ud800")
    'a b\ufffd'
    """
    return _UNWELCOME.sub(lambda hit: " " if hit[0] < "\xa0" else "\ufffd", text)


def one_line(text: str) -> str:
    r"""Return a text cleaned, with a single space for each run of white space, and none at its ends.

    >>> one_line(" Deep\n  Sets\x00")
    'Deep Sets'
    """
    # Most texts are so already; of what is white space only the plain space is printable.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(clean(text).split())


def shown(value: object) -> str:
    """Return a value as a message shows it: in one line, in quotes, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 4] + "..." + text[-1]


def text_lines(stream: BinaryIO, *, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[tuple[int, str | None]]:
    r"""Yield the lines of a UTF-8 file with their numbers, without their ends ("\n" or "\r\n").

    A line that cannot be read (too long, not UTF-8, binary) is given to ``skip`` and yielded as None, so that
    what stands before it is not taken for the neighbour of what stands behind it. A character that the end of
    the file cuts in two is dropped.
    """
    longest = options.limits.line_bytes
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK_BYTES)
            skip(number, f"the line is longer than {longest:,} bytes")
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data" or error.end != len(line):
                skip(number, f"the line is not UTF-8 (byte {error.start + 1} of it)")
                yield number, None
                continue
            text = line[: error.start].decode("utf-8")
        if "\0" in text:
            skip(number, "the line holds binary data")
            yield number, None
            continue
        yield number, text.rstrip("\r\n")

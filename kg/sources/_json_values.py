"""Values out of a JSON text of any size, one after the other, in bounded memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO, Final

from kg.sources.text import MAX_LINE_BYTES

Path = tuple[str, ...]
"""Where a list stands in an object: names from the outside in."""

_CHUNK_BYTES: Final = 256 * 1024
_CUT_OFF_CHARS: Final = 16
_KEPT_CHARS: Final = 256
_SPACE = re.compile(r"[ \t\r\n]*")


class BrokenJson(ValueError):
    """The text is not JSON from here on.

    Args:
        line: where, counted from 1.
        reason: what is wrong, in plain words.
    """

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def parse(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        BrokenJson: it is none; ``line`` is the line within the text.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenJson(error.lineno, f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, or thousands of brackets
        raise BrokenJson(1, f"not JSON that can be read: {error}") from None


def papers_in(stream: BinaryIO, *, under: str, limit: int = MAX_LINE_BYTES) -> Iterator[tuple[int, Any]]:
    """Yield each element of the lists in a JSON text, with the line on which it begins.

    The text is a list, or an object that holds the list under a name (an object without it is an element
    itself), or several of these in a row. Elements are parsed one by one, so a list of any length takes no
    more memory than its largest element.

    Args:
        stream: the file, at its beginning.
        under: the name of the list in an object.
        limit: the longest element, in characters.

    Raises:
        BrokenJson: the text is not JSON from some place on; everything before it has been yielded.
    """
    cursor = Cursor(stream, limit=limit)
    while cursor.peek():
        yield from values_at(cursor, under=((under,),))


def values_at(cursor: Cursor, *, under: Collection[Path]) -> Iterator[tuple[int, Any]]:
    """Yield the elements of the list or the page that stands next, each with its line; see :func:`papers_in`.

    Args:
        cursor: it ends up behind what is yielded.
        under: where a page holds its list; a single object in its place is an element.

    Raises:
        BrokenJson: what stands there is not JSON.
    """
    opener = cursor.peek()
    if opener == "[":
        yield from _elements(cursor)
    elif opener == "{":
        yield from _members(cursor, under=under)
    else:
        raise BrokenJson(cursor.line(), "not JSON: neither an object nor a list begins here")


def _elements(cursor: Cursor) -> Iterator[tuple[int, Any]]:
    cursor.take()
    if cursor.peek() == "]":
        cursor.take()
        return
    while True:
        yield cursor.value()
        separator = cursor.take()
        if separator == "]":
            return
        if separator != ",":
            raise BrokenJson(cursor.line(), "not JSON: the list is cut off" if not separator else _NO_COMMA)


def _members(cursor: Cursor, *, under: Collection[Path]) -> Iterator[tuple[int, Any]]:
    cursor.peek()
    line = cursor.line()
    members: dict[str, Any] = {}
    listed = False
    cursor.take()
    if cursor.peek() == "}":
        cursor.take()
        yield line, members
        return
    while True:
        _, name = cursor.value()
        if not isinstance(name, str) or cursor.take() != ":":
            raise BrokenJson(cursor.line(), "not JSON: an object needs a name in quotes and a colon here")
        paths = [path[1:] for path in under if path[0] == name]
        if paths and cursor.peek() in ("[", "{"):
            listed = True
            inner = [path for path in paths if path]
            if inner or cursor.peek() == "[":
                yield from values_at(cursor, under=inner)
            else:
                yield cursor.value()
        else:
            _, members[name] = cursor.value()
        separator = cursor.take()
        if separator == "}":
            break
        if separator != ",":
            raise BrokenJson(cursor.line(), "not JSON: the object is cut off" if not separator else _NO_COMMA)
    if not listed:
        yield line, NotUtf8() if any(isinstance(v, NotUtf8) for v in members.values()) else members


_NO_COMMA: Final = "not JSON: a comma is missing here"


class Cursor:
    """A place in a JSON text that is read chunk by chunk.

    Args:
        stream: the file, at its beginning.
        limit: the longest value that is read, in characters.

    Attributes:
        in_vain: how many characters were read as values that proved to be none.
    """

    def __init__(self, stream: BinaryIO, *, limit: int = MAX_LINE_BYTES) -> None:
        self.in_vain = 0
        self._stream = stream
        self._limit = limit
        # Bytes that are no UTF-8 pass as lone surrogates, so that one of them does not hide what stands
        # around it; `value` refuses the element in which they stand.
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._scan = json.JSONDecoder().raw_decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._ended = False
        self._more(_CHUNK_BYTES)

    def line(self) -> int:
        """Return the line of the place, counted from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """Return the next character that is no space, without passing it; the empty string at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more(_CHUNK_BYTES)

    def take(self) -> str:
        """Return the next character that is no space, and pass it."""
        char = self.peek()
        self._at += len(char)
        return char

    def value(self) -> tuple[int, Any]:
        """Return the line and the value that stands next, and pass it.

        Raises:
            BrokenJson: no value stands here, or one longer than the limit; the place is its line.
        """
        self.peek()
        line = self.line()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                # Where the text read so far is merely cut off, the error stands at its end or is a string
                # without an end; any other error stays whatever follows.
                near_end = error.pos + _CUT_OFF_CHARS >= len(self._text)
                is_cut = not self._ended and (near_end or error.msg.startswith("Unterminated"))
                read = len(self._text) - self._at
                if is_cut and read <= self._limit:
                    self._more(max(_CHUNK_BYTES, read))
                    continue
                self.in_vain += error.pos - self._at
                if is_cut:
                    raise BrokenJson(line, f"not JSON, or longer than {self._limit:,} bytes") from None
                at = line + self._text.count("\n", self._at, error.pos)
                raise BrokenJson(at, f"not JSON: {error.msg}") from None
            except (ValueError, RecursionError) as error:
                self.in_vain += _CHUNK_BYTES
                raise BrokenJson(line, f"not JSON that can be read: {error}") from None
            # A number at the end of what has been read may go on in what has not.
            if end < len(self._text) or self._ended:
                break
            self._more(_CHUNK_BYTES)
        start, self._at = self._at, end
        if end - start > self._limit:
            raise BrokenJson(line, f"the record is longer than {self._limit:,} bytes")
        try:
            self._text[start:end].encode("utf-8")
        except UnicodeEncodeError:
            value = NotUtf8()
        return line, value

    def sees(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern is found in what has been read ahead of the place."""
        return pattern.search(self._text, self._at) is not None

    def move_to(self, pattern: re.Pattern[str]) -> None:
        """Move on, by one character at least, to where a pattern of some dozen characters is found, or to the end."""
        start = self._at + 1
        while (hit := pattern.search(self._text, start)) is None and not self._ended:
            # What is kept is long enough to hold the beginning of what is looked for, and the character before it.
            self._at = max(start - 1, len(self._text) - _KEPT_CHARS)
            start = 1
            self._more(_CHUNK_BYTES)
        self._at = len(self._text) if hit is None else hit.start()
        self.line()
        # An error of the parser costs what stands before it in the text.
        self._text = self._text[max(self._at - 1, 0) :]
        self._at = self._counted = min(self._at, 1)

    def _more(self, size: int) -> None:
        """Read on, and forget what has been passed."""
        self.line()
        chunk = self._stream.read(size)
        self._ended = not chunk
        self._text = self._text[self._at :] + self._decode(chunk, self._ended)
        self._at = self._counted = 0


class NotUtf8:
    """Stands in place of a value whose bytes are not UTF-8."""

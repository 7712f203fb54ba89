"""Values out of a JSON text of any size, one after the other, in bounded memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from kg.sources.text import MAX_LINE_BYTES

_CHUNK_BYTES: Final = 256 * 1024
_CUT_OFF_CHARS: Final = 16
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


def papers_in(stream: BinaryIO, *, under: str) -> Iterator[tuple[int, Any]]:
    """Yield each element of the lists in a JSON text, with the line on which it begins.

    The text is a list, or an object that holds the list under a name (an object without it is an element
    itself), or several of these in a row. Elements are parsed one by one, so a list of any length takes no
    more memory than its largest element.

    Args:
        stream: the file, at its beginning.
        under: the name of the list in an object.

    Raises:
        BrokenJson: the text is not JSON from some place on; everything before it has been yielded.
    """
    cursor = _Cursor(stream)
    while opener := cursor.peek():
        if opener == "[":
            yield from _elements(cursor)
        elif opener == "{":
            yield from _members(cursor, under=under)
        else:
            raise BrokenJson(cursor.line(), "not JSON: neither an object nor a list begins here")


def _elements(cursor: _Cursor) -> Iterator[tuple[int, Any]]:
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


def _members(cursor: _Cursor, *, under: str) -> Iterator[tuple[int, Any]]:
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
        if name == under and cursor.peek() == "[":
            listed = True
            yield from _elements(cursor)
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


class _Cursor:
    """A place in a JSON text that is read chunk by chunk."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
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
                if is_cut and read <= MAX_LINE_BYTES:
                    self._more(max(_CHUNK_BYTES, read))
                    continue
                if is_cut:
                    raise BrokenJson(line, f"not JSON, or longer than {MAX_LINE_BYTES:,} bytes") from None
                at = line + self._text.count("\n", self._at, error.pos)
                raise BrokenJson(at, f"not JSON: {error.msg}") from None
            except (ValueError, RecursionError) as error:
                raise BrokenJson(line, f"not JSON that can be read: {error}") from None
            # A number at the end of what has been read may go on in what has not.
            if end < len(self._text) or self._ended:
                break
            self._more(_CHUNK_BYTES)
        try:
            self._text[self._at : end].encode("utf-8")
        except UnicodeEncodeError:
            value = NotUtf8()
        self._at = end
        return line, value

    def _more(self, size: int) -> None:
        """Read on, and forget what has been passed."""
        self.line()
        chunk = self._stream.read(size)
        self._ended = not chunk
        self._text = self._text[self._at :] + self._decode(chunk, self._ended)
        self._at = self._counted = 0


class NotUtf8:
    """Stands in place of a value whose bytes are not UTF-8."""

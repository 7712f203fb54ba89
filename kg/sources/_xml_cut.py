"""XML files of any size, cut into the bytes of their records without being parsed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from io import BufferedReader
from typing import Final, NamedTuple

from kg.sources.heads import xml_root

_CHUNK_BYTES: Final = 256 * 1024
# No token, with its prefix and the character behind it, is longer
_OVERLAP_BYTES: Final = 256
_LONGEST_TAG_BYTES: Final = 64 * 1024
_REST_OF_TAG = re.compile(rb"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>""")
_ENTITIES_REFUSED: Final = (
    "the file declares entities of its own (<!ENTITY ...>), which are refused; save it without them"
)
_ENDS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}


class Fragment(NamedTuple):
    """The bytes of one element.

    Attributes:
        line: where it begins, counted from 1.
        data: the element; of an opener, its opening tag alone.
        is_whole: whether it is no opener.
    """

    line: int
    data: bytes
    is_whole: bool


class Damage(NamedTuple):
    """What is left out.

    Attributes:
        line: where it begins, counted from 1.
        reason: in plain words.
    """

    line: int
    reason: str


def fragments(
    stream: BufferedReader, *, tags: Collection[str], openers: Collection[str] = (), limit: int
) -> Iterator[Fragment | Damage]:
    """Yield the records of an XML file, in their order.

    What stands between records is passed over. A record without an end, one that is too long, and a file that
    breaks off are damage; so is a declaration of entities, behind which nothing is read.

    Args:
        stream: the file, at its beginning.
        tags: the local names of the elements that are records; they do not stand in each other.
        openers: the local names of elements around records whose attributes are wanted.
        limit: the longest record, in bytes.
    """
    return _Cutter(stream, tags=tags, openers=openers, limit=limit).cut()


class _Cutter:
    """A window on an XML file, which holds little more than one record."""

    def __init__(self, stream: BufferedReader, *, tags: Collection[str], openers: Collection[str], limit: int) -> None:
        self._stream = stream
        self._root = (xml_root(stream.peek()) or ("", ""))[1]
        self._end_is_due = bool(self._root) and self._root not in tags
        self._openers = frozenset(name.encode() for name in openers)
        self._limit = limit
        names = "|".join(map(re.escape, sorted({*tags, *openers}))).encode()
        self._token = re.compile(
            rb"<(?:(?P<quiet>!--|!\[CDATA\[)|(?P<entity>!ENTITY)"
            rb"|(?P<end>/)?(?P<name>(?:[A-Za-z_][\w.-]{0,63}:)?(?:" + names + rb"))(?=[\s/>]))"
        )
        self._data = b""
        self._at = 0
        self._forgotten = 0
        self._in_vain: dict[bytes, int] = {}
        self._line = 1
        self._counted = 0
        self._ended = False

    def cut(self) -> Iterator[Fragment | Damage]:
        """Yield the records, and what is damaged, in their order."""
        given_up = b""
        while (token := self._next_outside()) is not None:
            self._at = token.end()
            if token["entity"]:
                yield self._damage(token.start(), _ENTITIES_REFUSED)
                return
            if token["quiet"]:
                self._pass_quiet(token)
            elif not token["end"]:
                part = self._element(token)
                given_up = token["name"] if isinstance(part, Damage) else b""
                yield part
            elif _local(token["name"]) not in self._openers:
                # The end of a record that was given up is no further damage
                if token["name"] != given_up:
                    yield self._damage(token.start(), f"</{_shown(token)}> stands here without a beginning")
                given_up = b""
            elif _local(token["name"]).decode() == self._root:
                self._end_is_due = False
        if self._end_is_due and not re.search(rb"</(?:[\w.-]+:)?" + self._root.encode() + rb"\s*>", self._data):
            yield self._damage(len(self._data), f"the file is cut off: </{self._root}> is missing")

    def _next_outside(self) -> re.Match[bytes] | None:
        """Return the next token between records, forgetting what stands before it; None at the end."""
        while (token := self._token.search(self._data, self._at)) is None:
            if self._ended:
                return None
            self._forget(max(self._at, len(self._data) - _OVERLAP_BYTES))
            self._more()
        if token.start() > _CHUNK_BYTES:
            self._forget(token.start())
            token = self._token.match(self._data)
        return token

    def _forget(self, until: int) -> None:
        self._line_at(until)
        self._forgotten += until
        self._data, self._at, self._counted = self._data[until:], 0, 0

    def _element(self, opening: re.Match[bytes]) -> Fragment | Damage:
        """Return the element that a tag opens, and pass it; or how it is damaged."""
        start = opening.start()
        line = self._line_at(start)
        if not self._pass_tag(opening):
            return Damage(line, f"the tag <{_shown(opening)} has no end")
        is_opener = _local(opening["name"]) in self._openers
        if is_opener or self._data[self._at - 2 : self._at] == b"/>":
            return Fragment(line, self._data[start : self._at], not is_opener)
        while self._at - start <= self._limit:
            token = self._token.search(self._data, self._at)
            if token is None:
                self._at = max(self._at, len(self._data) - _OVERLAP_BYTES)
                if not self._more():
                    self._end_is_due = False
                    return Damage(line, f"the file is cut off within <{_shown(opening)}>")
                continue
            self._at = token.end()
            if token["quiet"]:
                self._pass_quiet(token)
            elif token["end"] and token["name"] == opening["name"] and self._pass_tag(token):
                if self._at - start > self._limit:
                    break
                return Fragment(line, self._data[start : self._at], is_whole=True)
            elif not token["end"] and not token["entity"]:
                self._at = token.start()
                return Damage(line, f"<{_shown(opening)}> has no end before the next <{_shown(token)}>")
        return Damage(line, f"the record is longer than {self._limit:,} bytes")

    def _pass_tag(self, token: re.Match[bytes]) -> bool:
        """Pass the rest of a tag; return whether it has an end."""
        while (rest := _REST_OF_TAG.match(self._data, token.end())) is None:
            if len(self._data) - token.end() > _LONGEST_TAG_BYTES or not self._more():
                return False
        self._at = rest.end()
        return True

    def _pass_quiet(self, token: re.Match[bytes]) -> None:
        """Pass a comment or a section of characters; one without an end hides nothing."""
        end = _ENDS[token[0]]
        # Where an earlier one has looked in vain, none needs to look again
        at = max(token.end(), self._in_vain.get(end, 0) - self._forgotten)
        while (found := self._data.find(end, at)) < 0:
            at = max(at, len(self._data) - len(end))
            self._in_vain[end] = self._forgotten + at
            if at - token.end() > self._limit or not self._more():
                return
        self._at = found + len(end)

    def _more(self) -> bool:
        """Read on; return whether there was anything."""
        chunk = self._stream.read(max(_CHUNK_BYTES, len(self._data)))
        self._ended = not chunk
        self._data += chunk
        return not self._ended

    def _damage(self, at: int, reason: str) -> Damage:
        return Damage(self._line_at(at), reason)

    def _line_at(self, at: int) -> int:
        """Return the line of a place that is not before the last one asked for."""
        self._line += self._data.count(b"\n", self._counted, at)
        self._counted = at
        return self._line


def _local(name: bytes) -> bytes:
    return name.rpartition(b":")[2]


def _shown(token: re.Match[bytes]) -> str:
    return token["name"].decode("utf-8", "replace")

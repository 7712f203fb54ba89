"""Streams of bytes under the formats: files, what is unpacked from them, and what is brought to UTF-8."""

from __future__ import annotations

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Callable
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, BinaryIO, Final, NoReturn

from kg.errors import InputError
from kg.sources.limits import Limits, how_to_raise

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES: Final = 64 * 1024
# So much may come out of any packed file; the ratio counts from here on.
_NO_BOMB_BYTES: Final = 64 * 1024**2
DAMAGE: Final = (
    OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the unpacking libraries raise where the packed bytes are damaged or packed in a way they do not know."""


class LimitReached(InputError):
    """A source holds more than may be read; the message says how to allow more."""


class Meter:
    """Counts what is read of a source and what comes out of it, and stops a bomb.

    Args:
        path: the source as the user named it.
        limits: what is allowed.

    Attributes:
        reached: the error that was raised where a limit was reached: a parser between may have taken it for damage.
    """

    def __init__(self, path: str, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._packed = 0
        self._unpacked = 0
        self.reached: LimitReached | None = None

    def packed(self, size: int) -> None:
        """Count bytes that were read of the file itself.

        Raises:
            LimitReached: it holds more than a file may.
        """
        self._packed += size
        self._check(self._packed)

    def unpacked(self, size: int) -> None:
        """Count bytes that came out of packed ones.

        Raises:
            LimitReached: there are more of them than a file may hold, or too many for the packed ones.
        """
        self._unpacked += size
        self._check(self._unpacked)
        if self._unpacked > max(_NO_BOMB_BYTES, self._limits.ratio * self._packed):
            self._refuse(
                f"unpacks to more than {self._limits.ratio:,} times its size, as a zip bomb does;"
                f" where it is none, {how_to_raise('ratio')}"
            )

    def _check(self, size: int) -> None:
        if size > self._limits.file_bytes:
            self._refuse(f"holds more than {self._limits.file_bytes:,} bytes; {how_to_raise('file')}")

    def _refuse(self, problem: str) -> NoReturn:
        self.reached = LimitReached(self._path, problem)
        raise self.reached


class _Filling(RawIOBase):
    """A raw stream that fills each buffer as far as it can, so that the first one shows the whole head."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (chunk := self._next(len(view) - filled)):
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled

    def _next(self, size: int) -> bytes:
        """Return some bytes, at most so many; none at the end."""
        raise NotImplementedError


class _File(_Filling):
    def __init__(self, file: BinaryIO, path: str, meter: Meter) -> None:
        self._file = file
        self._path = path
        self._meter = meter

    def _next(self, size: int) -> bytes:
        try:
            chunk = self._file.read(size) or b""
        except OSError as error:
            raise InputError(self._path, f"cannot be read: {error.strerror or error}") from None
        self._meter.packed(len(chunk))
        return chunk

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


class _Unpacked(_Filling):
    def __init__(self, packed: BinaryIO, meter: Meter, tell: Callable[[int, str], None]) -> None:
        self._packed = packed
        self._meter = meter
        self._tell = tell
        self._passed = 0
        self._ended = False

    def _next(self, size: int) -> bytes:
        if self._ended:
            return b""
        try:
            chunk = self._packed.read(size)
        except DAMAGE as error:
            self._ended = True
            self._tell(self._passed + 1, str(error) or type(error).__name__)
            return b""
        self._meter.unpacked(len(chunk))
        self._passed += len(chunk)
        return chunk


class _Recoded(_Filling):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._left = b""
        self._ended = False

    def _next(self, size: int) -> bytes:
        while not self._left and not self._ended:
            chunk = self._stream.read(HEAD_BYTES)
            self._ended = not chunk
            self._left = self._decode(chunk, self._ended).encode("utf-8", "replace")
        chunk, self._left = self._left[:size], self._left[size:]
        return chunk


def of_file(file: BinaryIO, path: str, meter: Meter) -> BufferedReader:
    """Return an unbuffered file as a stream of which the whole head can be peeked at; closing it closes the file."""
    return BufferedReader(_File(file, path, meter), HEAD_BYTES)


def unpacked(packed: BinaryIO, meter: Meter, tell: Callable[[int, str], None]) -> BufferedReader:
    """Return what an unpacking file object gives.

    Args:
        packed: it; what it raises ends the stream.
        meter: counts what comes out.
        tell: called once where the packed bytes are damaged: the first byte that is missing, and why.
    """
    return BufferedReader(_Unpacked(packed, meter, tell), HEAD_BYTES)


def in_utf8(stream: BufferedReader) -> BufferedReader:
    """Return a stream in UTF-8 where it is one of UTF-16, or one of Western 8-bit text; else as it is."""
    encoding = _encoding(stream.peek())
    return stream if encoding is None else BufferedReader(_Recoded(stream, encoding), HEAD_BYTES)


_MARKS: Final = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# These say themselves how they are encoded, are UTF-8 by definition, or are no text at all.
_OTHERS: Final = (b"<", b"{", b"[", b"%PDF", b"PAR1")
_CONTROLS: Final = bytes((*range(9), *range(14, 27), *range(28, 32)))
_HIGH: Final = bytes(range(128, 256))
_MOST_HIGH: Final = 0.25


def _encoding(head: bytes) -> str | None:
    """Return the encoding that a text must be brought from; None for UTF-8, for no text and for what is unknown."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if head.isascii() or head.lstrip().startswith(_OTHERS) or len(head.translate(None, _CONTROLS)) < len(head):
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        # One right sequence of several bytes shows UTF-8 that is damaged elsewhere: in Latin-1 none comes by chance.
        damaged = not head.decode("utf-8", "ignore").isascii()
        high = len(head) - len(head.translate(None, _HIGH))
        return None if damaged or high > _MOST_HIGH * len(head) else "cp1252"
    return None

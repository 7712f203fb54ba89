"""What holds files: gzip, bzip2, xz, zstandard, zip and tar, unpacked as a stream, one in the other."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BufferedReader
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.sources._streams import DAMAGE, Meter, in_utf8, unpacked
from kg.sources.spooling import seekable

MEMBER: Final = "!"
"""What stands between an archive and its member in names."""

_DEEPEST: Final = 3
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MAGIC: Final = b"ustar"
_TAR_MAGIC_AT: Final = 257
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be read: a whole source, or a member of an archive.

    Attributes:
        path: how messages name it: ``archive!member``.
        source: how records name it.
        stream: its bytes, unpacked and in UTF-8 where they are text.
        inside: whether it is a member of an archive.
    """

    path: str
    source: str
    stream: BufferedReader
    inside: bool


LeaveOut = Callable[[str, int | None, str], None]
"""Called with the path of what is left out, the byte where it is damaged (None: all of it), and why."""


def parts(stream: BufferedReader, path: str, source: str, *, meter: Meter, leave_out: LeaveOut) -> Iterator[Part]:
    """Yield the files that a stream holds: itself, unpacked, or the members of an archive, sorted by name.

    Each part is read before the next one is asked for. Nothing is held in memory; an archive that must be
    sought in, and cannot be, goes through a temporary file.

    Args:
        stream: a file, at its beginning.
        path: its name in messages.
        source: its name in records.
        meter: counts what comes out.
        leave_out: told of members that cannot be read and of packed bytes that are damaged.

    Raises:
        InputError: the limits are reached, or a library that unpacks is not installed.
    """
    yield from _parts(stream, path, source, _Job(meter, leave_out), depth=0, inside=False)


@dataclass(frozen=True, slots=True)
class _Job:
    meter: Meter
    leave_out: LeaveOut

    def open(self, packed: BinaryIO, path: str) -> BufferedReader:
        def tell(byte: int, reason: str) -> None:
            self.leave_out(path, byte, f"the packed data is damaged from here on ({' '.join(reason.split())})")

        return unpacked(packed, self.meter, tell)


def _parts(stream: BufferedReader, path: str, source: str, job: _Job, *, depth: int, inside: bool) -> Iterator[Part]:
    head = stream.peek()
    opener = next((opener for magic, opener in _PACKED if head.startswith(magic)), None)
    archive = _members_of(head)
    if opener is None and archive is None:
        yield Part(path, source, in_utf8(stream), inside)
    elif depth == _DEEPEST:
        job.leave_out(path, None, f"is packed more than {_DEEPEST} times over")
    elif opener is not None:
        unpacking = job.open(opener(stream, path), path)
        yield from _parts(unpacking, path, source, job, depth=depth + 1, inside=inside)
    elif archive is not None:
        for name, member in archive(stream, path, job):
            inner, known_as = f"{path}{MEMBER}{name}", f"{source}{MEMBER}{name}"
            yield from _parts(job.open(member, inner), inner, known_as, job, depth=depth + 1, inside=True)


def _gzip(stream: BufferedReader, path: str) -> BinaryIO:  # noqa: ARG001
    import gzip

    return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]


def _bzip2(stream: BufferedReader, path: str) -> BinaryIO:  # noqa: ARG001
    import bz2

    return bz2.BZ2File(stream)  # type: ignore[return-value]


def _xz(stream: BufferedReader, path: str) -> BinaryIO:  # noqa: ARG001
    import lzma

    return lzma.LZMAFile(stream)  # type: ignore[return-value]


class _Plain:
    """A stream whose damage is told as that of others is, where a library has an error of its own for it."""

    def __init__(self, stream: BinaryIO, error: type[Exception]) -> None:
        self._stream = stream
        self._error = error

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except self._error as error:
            raise OSError(str(error)) from None


def _zstandard(stream: BufferedReader, path: str) -> BinaryIO:
    if find_spec("compression") is not None:  # Python 3.14 has it
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]

        return _Plain(zstd.ZstdFile(stream), zstd.ZstdError)  # type: ignore[return-value]
    if find_spec("zstandard") is None:
        raise InputError(path, needs("is packed by zstandard", "zstandard", "zstd"))
    import zstandard

    reader = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(stream, read_across_frames=True)
    return _Plain(reader, zstandard.ZstdError)  # type: ignore[return-value]


_PACKED: Final = ((b"\x1f\x8b", _gzip), (b"BZh", _bzip2), (b"\xfd7zXZ\x00", _xz), (b"\x28\xb5\x2f\xfd", _zstandard))


def needs(what: str, module: str, extra: str) -> str:
    """Return the message that a file needs a library that is not there."""
    return f"{what}, for which the library {module} is missing; install it, or methodome with its extra {extra!r}"


_Members = Iterator[tuple[str, BinaryIO]]


def _members_of(head: bytes) -> Callable[[BufferedReader, str, _Job], _Members] | None:
    if head.startswith(_ZIP):
        return _zip_members
    return _tar_members if head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC) else None


def _zip_members(stream: BufferedReader, path: str, job: _Job) -> _Members:
    with seekable(stream) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*DAMAGE, ValueError) as error:
            job.leave_out(path, None, f"cannot be read as a zip archive ({error})")
            return
        with archive:
            for info in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
                name = _shown(info.filename)
                if info.is_dir() or _is_hidden(name):
                    continue
                if info.flag_bits & _ENCRYPTED:
                    job.leave_out(f"{path}{MEMBER}{name}", None, "is encrypted")
                    continue
                try:
                    member = archive.open(info)
                except (*DAMAGE, ValueError) as error:
                    job.leave_out(f"{path}{MEMBER}{name}", None, f"cannot be unpacked ({error})")
                    continue
                with member:
                    yield name, member  # type: ignore[misc]  # it reads, which is all that is asked of it


def _tar_members(stream: BufferedReader, path: str, job: _Job) -> _Members:
    # Read from the beginning to the end, since a tar archive may be packed as a whole: in its own order.
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                name = _shown(info.name)
                if info.isfile() and not _is_hidden(name) and (member := archive.extractfile(info)) is not None:
                    yield name, member  # type: ignore[misc]
    except tarfile.TarError as error:
        job.leave_out(path, None, f"is damaged as a tar archive ({error}); the rest of it is left out")


def _shown(name: str) -> str:
    """Return the name of a member as text that any message and store can hold."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))

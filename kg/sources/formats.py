"""What a source format is: the interface that every format's module has, ours and those of plug-ins.

A new format is one module with ``name``, ``about``, ``recognise`` and ``read``, and one more entry in
:data:`kg.sources.reading.FORMATS`; or a module of another distribution that names itself under the entry point
group ``kg.sources``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Final, Protocol

from kg.records import Record
from kg.sources.limits import Limits


class Skipper(Protocol):
    """What a format calls where it leaves something out although it may have been a paper."""

    def __call__(self, place: int, reason: str, /, *, unit: str = "line") -> None:
        """Take note of what is left out.

        Args:
            place: where it stands, counted from 1.
            reason: why, in plain words, on one line.
            unit: what the place counts: ``line``, ``record``, ``row``, ``page`` or ``byte``.
        """


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read.

    Attributes:
        limits: the most that is read.
        columns: for tables, the name of a column by the field that it holds (``title``, ``abstract`` ...).
        sections: whether sections of full texts are read too.
    """

    limits: Limits = field(default_factory=Limits)
    columns: Mapping[str, str] = field(default_factory=dict)
    sections: bool = False


DEFAULTS: Final = ReadOptions()


class SourceFormat(Protocol):
    """How one kind of file is recognised and read; a module with these names is one.

    It may also have ``about`` (one line on what it reads, for ``kg sources``), ``needs`` (the names of modules
    that reading imports and that may not be installed) and ``extra`` (the extra of methodome that brings them).
    """

    @property
    def name(self) -> str:
        """What the format is called in messages."""

    def recognise(self, head: bytes) -> bool:
        """Return whether a file that begins with these bytes is of this format.

        Args:
            head: the first 64 KiB of the unpacked file at most, without a byte order mark.
        """

    def read(
        self, stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS
    ) -> Iterator[Record]:
        """Yield the records of a file, one after the other, without holding it whole in memory.

        Whatever the bytes, nothing is raised: what cannot be read is given to ``skip``. What reading the stream
        itself raises passes through.

        Args:
            stream: the unpacked file, at its beginning; it cannot be sought in.
            source: the name that the records bear as their source.
            skip: called for each place that is left out although it may have been a paper.
            options: how to read.
        """

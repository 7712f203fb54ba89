"""What a source format is: the interface that every format's module has.

A new format is one module with these three names and one more entry in :data:`kg.sources.reading.FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Protocol

from kg.records import Record

SkipLine = Callable[[int, str], None]
"""What a format calls where it leaves something out: the line (counted from 1), and why."""


class SourceFormat(Protocol):
    """How one kind of file is recognised and read; a module with these names is one."""

    @property
    def name(self) -> str:
        """What the format is called in messages."""

    def recognise(self, head: bytes) -> bool:
        """Return whether a file that begins with these bytes is of this format.

        Args:
            head: the first 64 KiB of the file at most, without a byte order mark.
        """

    def read(self, stream: BufferedReader, *, source: str, skip: SkipLine) -> Iterator[Record]:
        """Yield the records of a file, one after the other, without holding it whole in memory.

        Whatever the bytes, nothing is raised: what cannot be read is given to ``skip``.

        Args:
            stream: the file, at its beginning.
            source: the name that the records bear as their source.
            skip: called for each line that is left out although it may have been a paper.
        """

"""Records on their way into a store: on disk until all sources are read, since a fault in one leaves nothing behind."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import IO, Self

from kg.records import Record, to_json


class Spool:
    """Records in a temporary file, to be read as often as one likes; a context manager.

    >>> with Spool([Record("a.txt", "1", "Deep Sets")]) as spool:
    ...     len(spool), sorted(spool.sources), [record.title for record in spool]
    (1, ['a.txt'], ['Deep Sets'])

    Args:
        records: all are written as the spool is made.

    Attributes:
        sources: the names of their sources.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.sources: set[str] = set()
        self._count = 0
        # Open as long as the spool is.
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="ascii", newline="\n")  # noqa: SIM115
        try:
            for record in records:
                self._file.write(json.dumps(to_json(record)) + "\n")
                self.sources.add(record.source)
                self._count += 1
        except BaseException:
            self._file.close()
            raise

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Record]:
        self._file.seek(0)
        return (Record.from_json(json.loads(line)) for line in self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

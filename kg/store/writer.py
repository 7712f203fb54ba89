"""The one who writes: changes to the records, extractions cached, a new snapshot published."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.records import Extraction, Merge, Record
from kg.store import lock, snapshots
from kg.store._differences import make_equal
from kg.store.read_only import refuse_read_only
from kg.store.records import RECORDS, RecordBook

LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class Change:
    """What a publication changed.

    Attributes:
        added, removed: how many triples.
        changed: whether a new snapshot was made, for its triples, records or merge log.
    """

    added: int
    removed: int
    changed: bool


class Writer:
    """Write to a store: made by :meth:`kg.store.folder.StoreFolder.writer`, used as a context manager.

    Nothing that it does is seen before :meth:`publish`. Left without that, by an error or a kill, the store
    is as it was, but for the extractions that were cached.

    Args:
        path: the store's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number = 0
        self._handle: int | None = None
        self._book: RecordBook | None = None

    def __enter__(self) -> Self:
        if self._handle is not None:
            raise StoreError(f"{self.path}: this writer is at work already; ask the store for another one")
        refuse_read_only(self.path)
        self._handle = lock.acquire(self.path / LOCK)
        try:
            snapshots.create_folder(self.path)
            (self.path / RECORDS).parent.mkdir(exist_ok=True)
            snapshots.sweep(self.path)
            self._book = RecordBook(self.path / RECORDS)
            self._begin()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._book is not None:
                self._begin()
        finally:
            self._close()

    def records(self) -> Iterator[Record]:
        """Yield the present records, sorted by source and key."""
        return self._open().live()

    def add(self, records: Iterable[Record]) -> int:
        """Add records; one with the source and key of a present one replaces it where it says something else.

        Where several records of one call share source and key, the greatest by its JSON stays.

        Returns:
            How many are new or changed.
        """
        return self._open().add(records)

    def remove(self, records: Iterable[Record]) -> int:
        """Remove the records with these sources and keys; return how many were present."""
        return self._open().remove(records)

    def cached(self, digest: str) -> Extraction | None:
        """Return the extraction cached under a digest, or None."""
        return self._open().cached(digest)

    def cache(self, digest: str, extraction: Extraction) -> None:
        """Keep an extraction under a digest; it stays even where the build does not come to its end."""
        self._open().cache(digest, extraction)

    def note_skipped(self, counts: Mapping[str, int]) -> None:
        """Keep how many lines of each source were left out when it was last read."""
        self._open().note_skipped(counts)

    def publish(self, triples: Iterable[ox.Triple], merges: Iterable[Merge]) -> Change:
        """Make these triples and the present records the published state, in one step.

        A private copy of the last snapshot takes the difference and is moved into place; then the pointer
        is flipped. Where nothing differs, no snapshot is made. Of the old ones the last few are kept.

        Args:
            triples: the whole graph, literals in canonical form; order and repetitions do not matter.
            merges: the merge log that belongs to it.

        Raises:
            StoreError: a literal is not in canonical form.
        """
        book = self._open()
        base = snapshots.published(self.path)
        private = snapshots.begin(self.path, base=base)
        try:
            store = ox.Store(str(private))
            added, removed = make_equal(store, triples)
            store.flush()
            del store  # closes it: a snapshot is settled with all its files at rest
            snapshots.write_log(self.path, merges)
            alike = base is not None and not (added or removed or book.changed)
            if alike and base is not None and snapshots.same_log(self.path, base):
                return Change(0, 0, changed=False)
            name = f"{self._number:06d}"
            snapshots.settle(self.path, name)
            book.commit()
            snapshots.flip(self.path, name)
        finally:
            snapshots.discard(self.path)
        snapshots.prune(self.path)
        self._begin()
        return Change(added, removed, changed=True)

    def _begin(self) -> None:
        """Start from what is published, as the pointer on the disk says: no kill can split that."""
        published = int(snapshots.published(self.path) or 0)
        present = [int(name) for name in snapshots.names(self.path)]
        self._number = max([published, *present]) + 1
        oldest = min([published, *present])
        self._open().begin(self._number, published=published, oldest=oldest)

    def _open(self) -> RecordBook:
        if self._book is None:
            where = shlex.quote(str(self.path))
            raise StoreError(f"{where}: the writer is not open; use it as `with store.writer() as writer:`")
        return self._book

    def _close(self) -> None:
        book, handle = self._book, self._handle
        self._book = self._handle = None
        try:
            if book is not None:
                book.close()
        finally:
            if handle is not None:
                lock.release(handle)

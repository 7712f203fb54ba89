"""The one who writes: changes to the records, extractions cached, a new snapshot published."""

import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.records import DecisionUse, Extraction, Merge, Record, to_json
from kg.store import _stamp, history, lock, snapshots
from kg.store._differences import make_equal
from kg.store._revision import Revision
from kg.store.read_only import refuse_read_only
from kg.store.records import RECORDS, RecordBook, Row
from kg.store.state import STATE, State

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
        self._state: State | None = None

    def __enter__(self) -> Self:
        if self._handle is not None:
            raise StoreError(f"{self.path}: this writer is at work already; ask the store for another one")
        refuse_read_only(self.path)
        self._handle = lock.acquire(self.path / LOCK)
        try:
            _stamp.put(self.path)  # first: what is half brought up to date is none of the older versions' any more
            snapshots.create_folder(self.path)
            (self.path / RECORDS).parent.mkdir(exist_ok=True)
            snapshots.sweep(self.path)
            history.show(self.path, snapshots.published(self.path))
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
        """Add records to those that are there; return how many are new."""
        return self._open().add(records)

    def replace(self, records: Iterable[Record], sources: Iterable[str]) -> int:
        """Make some records all that some sources, given by name, say; return how many came or went."""
        return self._open().replace(records, sources)

    def remove(self, records: Iterable[Record]) -> int:
        """Remove records; return how many were present."""
        return self._open().remove(records)

    def numbered_records(self) -> Iterator[Row]:
        """Yield the present records with their numbers, in the order of these."""
        return self._open().numbered()

    def record_numbers(self) -> list[int]:
        """Return the numbers of the present records, sorted."""
        return self._open().numbers()

    def touched_records(self) -> list[Row]:
        """Return the records that came or went since the published state."""
        return self._open().touched()

    def fetch_records(self, numbers: Iterable[int]) -> list[Row]:
        """Return the present records with some numbers."""
        return self._open().fetch(numbers)

    def state(self, code: str) -> State:
        """Return what the last build worked out; it is published with the graph.

        Args:
            code: a digest of all code that shapes it; where it is another than before, the state is empty.
        """
        self._open()
        if self._state is None:
            number = int(snapshots.published(self.path) or 0)
            self._state = State(self.path / STATE, snapshot=number, code=code)
        return self._state

    def cached(self, digest: str) -> Extraction | None:
        """Return the extraction cached under a digest, or None."""
        return self._open().cached(digest)

    def cache(self, digest: str, extraction: Extraction) -> None:
        """Keep an extraction under a digest; it stays even where the build does not come to its end."""
        self._open().cache(digest, extraction)

    def note_skipped(self, counts: Mapping[str, int]) -> None:
        """Keep how many lines of each source were left out when it was last read."""
        self._open().note_skipped(counts)

    def publish(
        self,
        triples: Iterable[ox.Triple | ox.Quad],
        merges: Iterable[Merge],
        *,
        decisions: Iterable[DecisionUse] = (),
        redirects: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Change:
        """Make these triples and the present records the published state, in one step.

        A private copy of the last snapshot takes the difference and is moved into place; then the pointer
        is flipped. Where nothing differs, no snapshot is made. Of the old ones the last few are kept.

        Args:
            triples: the whole graph, literals in canonical form; order and repetitions do not matter. Quads of the
                default graph are written faster.
            merges: the merge log that belongs to it.
            decisions: what became of each decision of a curator.
            redirects: what became of identifiers that are gone; else those of the last snapshot, brought up to date.

        Raises:
            StoreError: a literal is not in canonical form.
        """
        return self._publish(lambda store: make_equal(store, triples), merges, decisions, redirects)

    def revise(
        self,
        change: Callable[[Revision], None],
        merges: Iterable[Merge],
        *,
        gone: Iterable[str],
        decisions: Iterable[DecisionUse] = (),
    ) -> Change:
        """Publish as :meth:`publish`, where it is known what changed: only that is looked at.

        Args:
            change: is given the graph to put in what changed.
            merges: the merge log that belongs to the graph.
            gone: identifiers of the concepts that the graph has no more.
            decisions: what became of each decision of a curator.
        """

        def revised(store: ox.Store) -> tuple[int, int]:
            revision = Revision(store)
            change(revision)
            return revision.finish()

        return self._publish(revised, merges, decisions, None, gone=gone)

    def _publish(
        self,
        change: Callable[[ox.Store], tuple[int, int]],
        merges: Iterable[Merge],
        decisions: Iterable[DecisionUse],
        redirects: Mapping[str, tuple[str, ...]] | None,
        *,
        gone: Iterable[str] | None = None,
    ) -> Change:
        book = self._open()
        base = snapshots.published(self.path)
        private = snapshots.begin(self.path, base=base)
        try:
            store = ox.Store(str(private))
            added, removed = change(store)
            store.flush()
            if redirects is None:
                gone = gone if removed else ()
                redirects = history.brought_up_to_date(self.path, base, store, gone=gone)
            del store  # closes it: a snapshot is settled with all its files at rest
            snapshots.write_beside(
                self.path,
                {
                    snapshots.MERGES: snapshots.merge_lines(merges),
                    snapshots.DECISIONS: (json.dumps(to_json(use)) + "\n" for use in decisions),
                    snapshots.HISTORY: history.lines(redirects),
                },
            )
            alike = base is not None and not (added or removed or book.changed)
            if alike and base is not None and snapshots.same_beside(self.path, base):
                self._commit(book, int(base))
                return Change(0, 0, changed=False)
            name = f"{self._number:06d}"
            snapshots.settle(self.path, name)
            self._commit(book, self._number)
            snapshots.flip(self.path, name)
            history.show(self.path, name)
        finally:
            snapshots.discard(self.path)
        snapshots.prune(self.path)
        self._begin()
        book.pack()
        return Change(added, removed, changed=True)

    def _commit(self, book: RecordBook, number: int) -> None:
        if self._state is None:  # what an earlier build worked out belongs to no graph that was made without it
            (self.path / STATE).unlink(missing_ok=True)
        else:
            book.note_wanted(self._state.digests())
            self._state.commit(number)
        book.commit()

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
        book, state, handle = self._book, self._state, self._handle
        self._book = self._state = self._handle = None
        try:
            if state is not None:
                state.close()
            if book is not None:
                book.close()
        finally:
            if handle is not None:
                lock.release(handle)

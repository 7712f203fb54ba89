"""Snapshots: RDF folders that are never written after they are published, and the pointer to the last.

``snapshots/000007/`` is an Oxigraph folder; beside it lie ``000007.merges.jsonl``, its merge log,
``000007.decisions.jsonl``, what became of each decision of a curator, and ``000007.history.ttl``, what became of
identifiers that are gone. The file ``current`` names the published one. Names that begin with a dot are work under
way, or what a killed build left of it.
"""

import errno
import fcntl
import json
import os
import re
import shutil
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.records import DecisionUse, Merge
from kg.store._files import sync_folder, sync_new_files, write_whole
from kg.store.lock import take
from kg.store.records import RECORDS, skipped_lines

KEPT: Final = 3
_FOLDER: Final = "snapshots"
_POINTER: Final = "current"
MERGES: Final = ".merges.jsonl"
DECISIONS: Final = ".decisions.jsonl"
HISTORY: Final = ".history.ttl"
_BESIDE: Final = (MERGES, DECISIONS, HISTORY)
_NAME = re.compile(r"\d{6,}", re.ASCII)
_BUILDING: Final = ".building"
_MERGE: Final = tuple(field.name for field in fields(Merge))
_OF_MERGE: Final = attrgetter(*_MERGE)
_DROPPED: Final = ".dropped"


class Snapshot:
    """A published graph, open for reading; no build disturbs or drops it until it is closed.

    Made by :meth:`kg.store.folder.StoreFolder.reader`; a context manager.

    Args:
        path: the store's folder.
        name: of an older snapshot that is still there; else the published one is opened.

    Attributes:
        path: the store's folder.
        name: the snapshot's name, ``000007``.

    Raises:
        StoreError: nothing is published yet, there is no such snapshot, or it is damaged.
    """

    def __init__(self, path: Path, name: str | None = None) -> None:
        self.path = path
        self.name, handle = _hold_current(path) if name is None else (name, _hold(path, name))
        self._let_go = weakref.finalize(self, os.close, handle)  # for those who forget to close
        try:
            self._store: ox.Store | None = ox.Store.read_only(str(place(path, self.name)))
        except OSError as error:
            self._let_go()
            raise StoreError(f"{path}: snapshot {self.name} is damaged: {error}") from error

    @property
    def store(self) -> ox.Store:
        """The triples, read-only.

        Raises:
            StoreError: the snapshot is closed.
        """
        if self._store is None:
            raise StoreError(f"{self.path}: snapshot {self.name} is closed")
        return self._store

    def merges(self) -> Iterator[Merge]:
        """Yield the merge log of this snapshot, in the order in which it was published."""
        for line in lines_beside(self.path, self.name, MERGES):
            data = json.loads(line)
            yield Merge(**{**data, "papers": tuple(data["papers"])})

    def decisions(self) -> Iterator[DecisionUse]:
        """Yield what became of each decision of a curator when this snapshot was made."""
        return (DecisionUse(**json.loads(line)) for line in lines_beside(self.path, self.name, DECISIONS))

    def redirects(self) -> dict[str, tuple[str, ...]]:
        """Return what became of identifiers that are gone; read anew each time."""
        from kg.store.history import of

        return of(self.path, self.name)

    def skipped(self) -> int:
        """Return how many lines of the sources were left out, each source as it was last read."""
        return skipped_lines(self.path / RECORDS)

    def close(self) -> None:
        """Let go of the snapshot; doing so twice is no fault."""
        self._store = None
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def published(path: Path) -> str | None:
    """Return the name of the published snapshot of a store; None where there is none yet.

    Raises:
        StoreError: the pointer names no snapshot.
    """
    try:
        name = (path / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not _NAME.fullmatch(name):
        raise StoreError(
            f"{path / _POINTER}: names {name!r}, which is no snapshot; write one of "
            f"{', '.join(names(path)) or 'none'} into it"
        )
    return name


def names(path: Path) -> list[str]:
    """Return the names of the snapshots that lie in a store, oldest first."""
    found = (entry.name for entry in (path / _FOLDER).iterdir())
    return sorted((name for name in found if _NAME.fullmatch(name)), key=int)


def published_names(path: Path) -> list[str]:
    """Return the names of the snapshots that were published, oldest first: none that a build is about to."""
    last = published(path)
    return [name for name in names(path) if last is not None and int(name) <= int(last)]


def create_folder(path: Path) -> None:
    """Make the folder for snapshots in a new store."""
    (path / _FOLDER).mkdir(exist_ok=True)


def begin(path: Path, *, base: str | None) -> Path:
    """Return where a new snapshot is to be built: a private copy of the published one, or nothing yet.

    The copy shares its files with the original by hard links, and takes milliseconds.
    """
    private = path / _FOLDER / _BUILDING
    discard(path)
    if base is not None and place(path, base).is_dir():
        original = ox.Store.read_only(str(place(path, base)))
        original.backup(str(private))
    return private


def lines_beside(path: Path, name: str, suffix: str) -> Iterator[str]:
    """Yield the lines of a file beside a snapshot, with their ends; none where there is no such file."""
    try:
        with _beside(path, name, suffix).open(encoding="utf-8", newline="\n") as lines:
            yield from lines
    except FileNotFoundError:
        return


def write_beside(path: Path, files: Mapping[str, Iterable[str]]) -> None:
    """Write files beside the snapshot that is being built.

    Args:
        path: the store's folder.
        files: lines, with their ends, by the ending of the file (:data:`MERGES` ...); one without lines is not made.
    """
    for suffix, lines in files.items():
        beside = _beside(path, _BUILDING, suffix)
        empty = suffix != MERGES
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line)
                empty = False
            file.flush()
            os.fsync(file.fileno())
        if empty:
            beside.unlink()


def merge_lines(merges: Iterable[Merge]) -> Iterator[str]:
    """Yield a merge log as it is written."""
    return (json.dumps(dict(zip(_MERGE, _OF_MERGE(merge), strict=True))) + "\n" for merge in merges)


def same_beside(path: Path, base: str) -> bool:
    """Return whether the files beside the snapshot being built are those of an older one."""
    return all(
        _content(_beside(path, base, suffix)) == _content(_beside(path, _BUILDING, suffix)) for suffix in _BESIDE
    )


def settle(path: Path, name: str) -> None:
    """Move the finished snapshot into its place; nobody reads it before :func:`flip`."""
    sync_new_files(path / _FOLDER / _BUILDING)
    for suffix in _BESIDE:
        if (file := _beside(path, _BUILDING, suffix)).exists():
            file.replace(_beside(path, name, suffix))
    (path / _FOLDER / _BUILDING).rename(place(path, name))
    sync_folder(path / _FOLDER)


def flip(path: Path, name: str) -> None:
    """Publish a snapshot: from here on it is what readers open."""
    write_whole(path / _POINTER, f"{name}\n".encode("ascii"))


def discard(path: Path) -> None:
    """Remove work under way that was not finished."""
    for entry in (path / _FOLDER).iterdir():
        if entry.name.startswith("."):
            _delete(entry)


def sweep(path: Path) -> None:
    """Remove what killed builds left: unfinished work, and snapshots that were never published."""
    discard(path)
    last = int(published(path) or 0)
    for name in names(path):
        if int(name) > last:
            _drop(path, name)
    for entry in (path / _FOLDER).iterdir():
        name, dot, suffix = entry.name.partition(".")
        if f"{dot}{suffix}" in _BESIDE and not place(path, name).is_dir():
            entry.unlink()


def prune(path: Path, *, keep: int = KEPT) -> None:
    """Drop all but the last snapshots; one that a reader holds stays until a later build."""
    for name in names(path)[:-keep]:
        _drop(path, name)


def place(path: Path, name: str) -> Path:
    """Return the folder of a snapshot."""
    return path / _FOLDER / name


def _beside(path: Path, name: str, suffix: str) -> Path:
    return path / _FOLDER / f"{name}{suffix}"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _hold(path: Path, name: str) -> int:
    """Return a handle that holds a shared lock on a snapshot; one that is being dropped counts as gone."""
    there = published_names(path)
    try:
        if name not in there:
            raise FileNotFoundError
        handle = os.open(place(path, name), os.O_RDONLY | os.O_DIRECTORY)
        try:
            take(handle, fcntl.LOCK_SH, path)
            place(path, name).stat()
        except BaseException:
            os.close(handle)
            raise
    except (BlockingIOError, FileNotFoundError):
        raise StoreError(f"{path}: has no snapshot {name}; there are {', '.join(there) or 'none'}") from None
    return handle


def _hold_current(path: Path) -> tuple[str, int]:
    """Return the published snapshot's name and a handle that holds a shared lock on it."""
    while True:
        name = published(path)
        if name is None:
            raise StoreError(f"{path}: nothing is published in this store yet; run: kg build SOURCE... --store {path}")
        try:
            handle = os.open(place(path, name), os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            if published(path) != name:  # published and pruned while we looked
                continue
            raise StoreError(f"{path}: snapshot {name} is missing; run: kg build SOURCE... --store {path}") from error
        try:
            take(handle, fcntl.LOCK_SH, path)
            # Between reading the pointer and taking the lock, a writer may have dropped the snapshot.
            if os.path.samestat(os.fstat(handle), place(path, name).stat()):
                return name, handle
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _drop(path: Path, name: str) -> None:
    handle = os.open(place(path, name), os.O_RDONLY | os.O_DIRECTORY)
    try:
        take(handle, fcntl.LOCK_EX, path)
    except BlockingIOError:
        return
    else:
        # Out of sight in one step, so that a killed pruning never leaves half a snapshot under its name.
        gone = path / _FOLDER / f"{_DROPPED}-{name}"
        place(path, name).rename(gone)
        for suffix in _BESIDE:
            _beside(path, name, suffix).unlink(missing_ok=True)
        _delete(gone)
    finally:
        os.close(handle)


def _delete(entry: Path) -> None:
    try:
        shutil.rmtree(entry)
    except OSError as error:
        if error.errno != errno.ENOTDIR:
            raise
        entry.unlink()

"""Snapshots: RDF folders that are never written after they are published, and the pointer to the last.

``snapshots/000007/`` is an Oxigraph folder, ``snapshots/000007.merges.jsonl`` its merge log, and the file
``current`` names the published one. Names that begin with a dot are work under way, or what a killed build
left of it.
"""

import errno
import fcntl
import json
import os
import re
import shutil
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.records import Merge, to_json
from kg.store._files import sync_folder, sync_new_files, write_whole
from kg.store.lock import take
from kg.store.records import RECORDS, skipped_lines

KEPT: Final = 3
_FOLDER: Final = "snapshots"
_POINTER: Final = "current"
_LOG: Final = ".merges.jsonl"
_NAME = re.compile(r"\d{6,}", re.ASCII)
_BUILDING: Final = ".building"
_DROPPED: Final = ".dropped"


class Snapshot:
    """A published graph, open for reading; no build disturbs or drops it until it is closed.

    Made by :meth:`kg.store.folder.StoreFolder.reader`; a context manager.

    Attributes:
        path: the store's folder.
        name: the snapshot's name, ``000007``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name, handle = _hold_current(path)
        self._let_go = weakref.finalize(self, os.close, handle)  # for those who forget to close
        try:
            self._store: ox.Store | None = ox.Store.read_only(str(_place(path, self.name)))
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
        with _log(self.path, self.name).open(encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                yield Merge(**{**data, "papers": tuple(data["papers"])})

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


def create_folder(path: Path) -> None:
    """Make the folder for snapshots in a new store."""
    (path / _FOLDER).mkdir(exist_ok=True)


def begin(path: Path, *, base: str | None) -> Path:
    """Return where a new snapshot is to be built: a private copy of the published one, or nothing yet.

    The copy shares its files with the original by hard links, and takes milliseconds.
    """
    private = path / _FOLDER / _BUILDING
    discard(path)
    if base is not None and _place(path, base).is_dir():
        original = ox.Store.read_only(str(_place(path, base)))
        original.backup(str(private))
    return private


def write_log(path: Path, merges: Iterable[Merge]) -> None:
    """Write the merge log of the snapshot that is being built."""
    with _log(path, _BUILDING).open("w", encoding="utf-8", newline="\n") as file:
        for merge in merges:
            file.write(json.dumps(to_json(merge)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def same_log(path: Path, base: str) -> bool:
    """Return whether the log being built is that of an older snapshot."""
    old, new = _log(path, base), _log(path, _BUILDING)
    return old.is_file() and old.read_bytes() == new.read_bytes()


def settle(path: Path, name: str) -> None:
    """Move the finished snapshot into its place; nobody reads it before :func:`flip`."""
    sync_new_files(path / _FOLDER / _BUILDING)
    _log(path, _BUILDING).replace(_log(path, name))
    (path / _FOLDER / _BUILDING).rename(_place(path, name))
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
    for entry in (path / _FOLDER).glob(f"*{_LOG}"):
        if not _place(path, entry.name.removesuffix(_LOG)).is_dir():
            entry.unlink()


def prune(path: Path, *, keep: int = KEPT) -> None:
    """Drop all but the last snapshots; one that a reader holds stays until a later build."""
    for name in names(path)[:-keep]:
        _drop(path, name)


def _place(path: Path, name: str) -> Path:
    return path / _FOLDER / name


def _log(path: Path, name: str) -> Path:
    return path / _FOLDER / f"{name}{_LOG}"


def _hold_current(path: Path) -> tuple[str, int]:
    """Return the published snapshot's name and a handle that holds a shared lock on it."""
    while True:
        name = published(path)
        if name is None:
            raise StoreError(f"{path}: nothing is published in this store yet; run: kg build SOURCE... --store {path}")
        try:
            handle = os.open(_place(path, name), os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            if published(path) != name:  # published and pruned while we looked
                continue
            raise StoreError(f"{path}: snapshot {name} is missing; run: kg build SOURCE... --store {path}") from error
        try:
            take(handle, fcntl.LOCK_SH, path)
            # Between reading the pointer and taking the lock, a writer may have dropped the snapshot.
            if os.path.samestat(os.fstat(handle), _place(path, name).stat()):
                return name, handle
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _drop(path: Path, name: str) -> None:
    handle = os.open(_place(path, name), os.O_RDONLY | os.O_DIRECTORY)
    try:
        take(handle, fcntl.LOCK_EX, path)
    except BlockingIOError:
        return
    else:
        # Out of sight in one step, so that a killed pruning never leaves half a snapshot under its name.
        gone = path / _FOLDER / f"{_DROPPED}-{name}"
        _place(path, name).rename(gone)
        _log(path, name).unlink(missing_ok=True)
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

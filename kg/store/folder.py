"""A store is a folder: what it must hold to be one, and who may read and write it.

``format`` stamps the layout, ``extractions/records.sqlite`` keeps records and extractions, ``snapshots/``
the graphs made from them, ``current`` names the published one, ``lock`` belongs to the writer. ``curation.ttl`` is
what people decided, ``history.ttl`` what became of identifiers that are gone.
"""

import shlex
from pathlib import Path
from typing import Self

from kg.errors import StoreError
from kg.store import snapshots
from kg.store._stamp import FORMAT, STAMP, is_known, put
from kg.store.records import RECORDS
from kg.store.snapshots import Snapshot
from kg.store.writer import Change, Writer

__all__ = ["FORMAT", "Change", "Snapshot", "StoreFolder", "Writer", "open_snapshot"]


class StoreFolder:
    """A store on the disk; made by :meth:`open` or :meth:`create_or_open`, which look whether it is one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = StoreFolder.create_or_open(Path(folder) / "graph.kg")
    ...     with store.writer() as writer:
    ...         writer.publish([], [])
    ...     with store.reader() as snapshot:
    ...         snapshot.name, len(snapshot.store)
    Change(added=0, removed=0, changed=True)
    ('000001', 0)
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return the store in a folder.

        Raises:
            StoreError: there is none, or one of a format that this version does not know; the message says
                which command helps.
        """
        _refuse_address(path)
        path = Path(path)
        command = f"kg build SOURCE... --store {shlex.quote(str(path))}"
        if not path.exists():
            raise StoreError(f"{path}: there is no store here; make one with: {command}")
        if not path.is_dir():
            raise StoreError(f"{path}: is a file, and a store is a folder; name another one with --store")
        try:
            stamp = (path / STAMP).read_bytes()
        except FileNotFoundError:
            hint = command if _is_unfinished(path) else "kg build SOURCE... --store ANOTHER_FOLDER"
            raise StoreError(f"{path}: is a folder, but not a store; make one with: {hint}") from None
        if not is_known(stamp):
            found = stamp[:40].decode("utf-8", "replace").strip()
            raise StoreError(
                f"{path}: its format is {found!r}, and this version knows {FORMAT.strip()!r}; upgrade "
                "methodome, or build it anew with: kg build SOURCE... --store ANOTHER_FOLDER"
            )
        return cls(path)

    @classmethod
    def create_or_open(cls, path: str | Path) -> Self:
        """Return the store in a folder, making it where there is nothing yet or an empty folder.

        Raises:
            StoreError: something else is there already; it is left as it is.
        """
        _refuse_address(path)
        path = Path(path)
        if not path.exists() or (path.is_dir() and _is_unfinished(path)):
            try:
                (path / RECORDS).parent.mkdir(parents=True, exist_ok=True)
                snapshots.create_folder(path)
                put(path)
            except OSError as error:
                problem = error.strerror or str(error)
                raise StoreError(f"{path}: a store cannot be made here: {problem}") from error
        return cls.open(path)

    def reader(self, name: str | None = None) -> Snapshot:
        """Open the published graph, or an older snapshot by its name; use it as a context manager, or close it.

        Raises:
            StoreError: nothing is published yet, there is no such snapshot, or it is damaged.
        """
        return Snapshot(self.path, name)

    def snapshots(self) -> list[str]:
        """Return the names of the snapshots that can be opened, oldest first; the last is the published one."""
        return snapshots.published_names(self.path)

    def writer(self) -> Writer:
        """Return a writer, to be used as a context manager; the lock is taken when its block begins.

        Raises (as its block begins):
            StoreLocked: somebody else is writing.
        """
        return Writer(self.path)


def open_snapshot(store: str | Path) -> Snapshot:
    """Open the published graph of a store, or an older one of its snapshots: ``graph.kg@000002``.

    Raises:
        StoreError: the folder is no store, nothing is published in it, or there is no such snapshot.
    """
    path, at, name = str(store).rpartition("@")
    if at and name.isascii() and name.isdigit() and not Path(store).exists():
        return StoreFolder.open(path).reader(f"{int(name):06d}")
    return StoreFolder.open(store).reader()


def _refuse_address(path: str | Path) -> None:
    if str(path).startswith(("http:/", "https:/")):
        raise StoreError(
            f"{path}: is an address, and a store is a folder; build in one, and send it with: kg publish URL"
        )


def _is_unfinished(path: Path) -> bool:
    """Return whether a folder is empty, or holds only what a killed creation of a store leaves."""
    ours = {Path(RECORDS).parent.name, "snapshots", f".{STAMP}.new"}
    return all(entry.name in ours and (entry.is_file() or not any(entry.iterdir())) for entry in path.iterdir())

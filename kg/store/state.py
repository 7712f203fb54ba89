"""What a build worked out of the records, kept so that the next build works only on what changed.

All of it can be made anew from the records and the cached extractions, and is, wherever there is any doubt: it
belongs to one published snapshot and to one version of the code. It is written in one transaction, which is
committed just before the snapshot is published; after a kill in between it belongs to no published snapshot, and
is thrown away.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg import vocabulary as v

STATE: Final = "extractions/state.sqlite"
_PAGE: Final = 500
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (record INTEGER PRIMARY KEY, paper TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS members_paper ON members (paper);
CREATE TABLE IF NOT EXISTS ties (record INTEGER NOT NULL, tie INTEGER NOT NULL, PRIMARY KEY (record, tie)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ties_tie ON ties (tie, record);
CREATE TABLE IF NOT EXISTS papers (
    key TEXT PRIMARY KEY, mark TEXT NOT NULL, cites INTEGER NOT NULL, digest TEXT NULL, said JSON NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS papers_unread ON papers (key) WHERE digest IS NULL;
CREATE TABLE IF NOT EXISTS texts (
    key TEXT PRIMARY KEY, data JSON NOT NULL, citing JSON NOT NULL, context JSON NULL);
CREATE TABLE IF NOT EXISTS wordings (
    number INTEGER PRIMARY KEY, sort TEXT NOT NULL, mark BLOB NOT NULL UNIQUE, data JSON NOT NULL);
CREATE TABLE IF NOT EXISTS drawn (
    kind TEXT NOT NULL, owner TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (kind, owner)) WITHOUT ROWID;
"""  # noqa: E501
# How the JSON ends of what a paper is known by and cites, where it cites none.
_CITES_NONE: Final = ",[]]"
_MARK_BYTES: Final = 12
_CODE: Final = "code"
_SNAPSHOT: Final = "snapshot"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a paper.

    Attributes:
        key: of the paper.
        data: the paper as JSON.
        digest: of the extraction that belongs to it; None where it has not been read.
    """

    key: str
    data: str
    digest: str | None


class State:
    """What the last build worked out, open for the one writer of a store.

    Args:
        path: the SQLite file; made where there is none.
        snapshot: the number of the published snapshot.
        code: a digest of all code that shapes what is kept.

    Attributes:
        fresh: whether nothing could be taken over, so that all has to be worked out.
        joined: whether the papers are those of the records as they were when they were last looked at.
    """

    def __init__(self, path: Path, *, snapshot: int, code: str) -> None:
        self._code = code
        self._numbers: dict[bytes, int] = {}
        self._connection = _open(path)
        self.fresh = snapshot == 0 or (self.fact(_SNAPSHOT), self.fact(_CODE)) != (str(snapshot), code)
        if self.fresh:
            self._connection.close()
            path.unlink()
            self._connection = _open(path)
        self.joined = not self.fresh
        self._connection.execute("BEGIN")

    def fact(self, name: str) -> str | None:
        """Return a fact that was noted; None where it was not."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def note(self, name: str, value: str) -> None:
        """Note a fact."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def commit(self, snapshot: int) -> None:
        """Bring all to the disk, as belonging to a snapshot."""
        self.note(_SNAPSHOT, str(snapshot))
        self.note(_CODE, self._code)
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN")
        self.fresh = False

    def close(self) -> None:
        """Close; what was not committed is gone."""
        self._connection.rollback()
        self._connection.close()

    # Records, and what ties them together

    def ties(self, record: int) -> list[int]:
        """Return what ties a record to others."""
        return [tie for (tie,) in self._connection.execute("SELECT tie FROM ties WHERE record = ?", (record,))]

    def tie(self, record: int, ties: Iterable[int]) -> None:
        """Keep what ties a record to others."""
        self._connection.executemany("INSERT OR IGNORE INTO ties VALUES (?, ?)", ((record, tie) for tie in ties))

    def untie(self, record: int) -> None:
        """Forget a record."""
        self._connection.execute("DELETE FROM ties WHERE record = ?", (record,))
        self._connection.execute("DELETE FROM members WHERE record = ?", (record,))

    def tied(self, ties: Iterable[int]) -> set[int]:
        """Return all records that are bound together, over any number of others, with some ties."""
        found: set[int] = set()
        seen = set(ties)
        pending = list(seen)
        while pending:
            rows = self._connection.execute("SELECT record FROM ties WHERE tie = ?", (pending.pop(),)).fetchall()
            for (record,) in rows:
                if record in found:
                    continue
                found.add(record)
                for (tie,) in self._connection.execute("SELECT tie FROM ties WHERE record = ?", (record,)).fetchall():
                    if tie not in seen:
                        seen.add(tie)
                        pending.append(tie)
        return found

    def papers_of(self, records: Iterable[int]) -> set[str]:
        """Return the keys of the papers of some records."""
        select = "SELECT paper FROM members WHERE record = ?"
        rows = (self._connection.execute(select, (record,)).fetchone() for record in records)
        return {row[0] for row in rows if row is not None}

    def assign(self, records: Iterable[int], paper: str) -> None:
        """Keep which paper some records speak of."""
        rows = ((record, paper) for record in records)
        self._connection.executemany("INSERT OR REPLACE INTO members VALUES (?, ?)", rows)

    def members(self, paper: str) -> list[int]:
        """Return the records of a paper."""
        rows = self._connection.execute("SELECT record FROM members WHERE paper = ? ORDER BY record", (paper,))
        return [record for (record,) in rows]

    # Papers

    def count(self, *, unread: bool = False) -> int:
        """Return how many papers there are, or how many have not been read."""
        where = " WHERE digest IS NULL" if unread else ""
        (count,) = self._connection.execute(f"SELECT count(*) FROM papers{where}").fetchone()
        return int(count)

    def put_paper(self, key: str, data: str, citing: str) -> bool:
        """Keep a paper; where it says something else than before, it is to be read and drawn anew.

        Returns:
            Whether it says something else.
        """
        row = self._connection.execute("SELECT data FROM texts WHERE key = ?", (key,)).fetchone()
        if row is not None and row[0] == data:
            return False
        self._connection.execute(
            "INSERT OR REPLACE INTO papers VALUES (?, ?, ?, NULL, NULL)",
            (key, v.digest(data), not citing.endswith(_CITES_NONE)),
        )
        self._connection.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, NULL)", (key, data, citing))
        return True

    def forget_readings(self) -> None:
        """Have all papers read anew."""
        self._connection.execute("UPDATE papers SET digest = NULL")

    def drop_paper(self, key: str) -> None:
        """Forget a paper."""
        self._connection.execute("DELETE FROM papers WHERE key = ?", (key,))
        self._connection.execute("DELETE FROM texts WHERE key = ?", (key,))

    def papers(self, *, unread: bool = False) -> Iterator[Kept]:
        """Yield what is kept of all papers, or of those that have not been read; sorted by key, in pages."""
        where = " AND digest IS NULL" if unread else ""
        select = f"SELECT key, data, digest FROM papers JOIN texts USING (key) WHERE key > ?{where}"
        yield from (Kept(*row) for row in self._pages(select))

    def paper(self, key: str) -> Kept:
        """Return what is kept of a paper that is there."""
        kept = self.find_paper(key)
        if kept is None:
            raise KeyError(key)
        return kept

    def find_paper(self, key: str) -> Kept | None:
        """Return what is kept of a paper; None where there is no such paper."""
        select = "SELECT key, data, digest FROM papers JOIN texts USING (key) WHERE key = ?"
        row = self._connection.execute(select, (key,)).fetchone()
        return None if row is None else Kept(*row)

    def put_reading(self, key: str, digest: str, said: str, context: str) -> None:
        """Keep what a paper says, by the extraction with some digest."""
        self._connection.execute("UPDATE papers SET digest = ?, said = ? WHERE key = ?", (digest, said, key))
        self._connection.execute("UPDATE texts SET context = ? WHERE key = ?", (context, key))

    def number(self, sort: str, data: str) -> int:
        """Return the number of a wording that papers share, from its sort and its JSON; a new one where it is new."""
        mark = hashlib.blake2b(data.encode(), digest_size=_MARK_BYTES).digest()
        found = self._numbers.get(mark)
        if found is None:
            row = self._connection.execute("SELECT number FROM wordings WHERE mark = ?", (mark,)).fetchone()
            if row is None:
                insert = "INSERT INTO wordings (sort, mark, data) VALUES (?, ?, ?) RETURNING number"
                row = self._connection.execute(insert, (sort, mark, data)).fetchone()
            found = self._numbers[mark] = int(row[0])
        return found

    def forget_wordings(self, numbers: Iterable[int]) -> None:
        """Forget wordings that no paper uses any more."""
        self._connection.executemany("DELETE FROM wordings WHERE number = ?", ((number,) for number in numbers))
        self._numbers.clear()

    def wordings(self) -> Iterator[tuple[int, str, str]]:
        """Yield the number, the sort and the JSON of each wording."""
        yield from self._connection.execute("SELECT number, sort, data FROM wordings")

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield the key of each paper and what it says, sorted by key."""
        return self._pages("SELECT key, said FROM papers WHERE key > ?")

    def context(self, key: str) -> str:
        """Return what stands around what a paper says."""
        row = self._connection.execute("SELECT context FROM texts WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def citing(self) -> Iterator[tuple[str, str]]:
        """Yield the key of each paper and what it is known by and cites, sorted by key."""
        return self._pages("SELECT key, citing FROM texts WHERE key > ?")

    def cites_any(self) -> bool:
        """Return whether any paper cites one."""
        (found,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM papers WHERE cites)").fetchone()
        return bool(found)

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield the key of each paper and a digest of all that is kept of it, sorted by key."""
        rows = self._pages("SELECT key, mark, digest FROM papers WHERE key > ?")
        return ((key, f"{mark}-{digest}") for key, mark, digest in rows)

    def digests(self) -> set[str]:
        """Return the digests of the extractions that papers ask for."""
        rows = self._connection.execute("SELECT DISTINCT digest FROM papers WHERE digest IS NOT NULL")
        return {digest for (digest,) in rows}

    # What is drawn

    def put_drawn(self, kind: str, marks: Mapping[str, str], *, anew: bool = False) -> tuple[list[str], list[str]]:
        """Keep digests of what is drawn of all owners of a kind.

        Args:
            kind: of the owners: papers or concepts.
            marks: the digests by owner.
            anew: whether all are to be drawn anew, whatever their digests.

        Returns:
            The owners that are to be drawn anew, and those that were drawn and are gone; both sorted.
        """
        before = dict(self._connection.execute("SELECT owner, mark FROM drawn WHERE kind = ?", (kind,)))
        changed = sorted(owner for owner, mark in marks.items() if anew or before.get(owner) != mark)
        gone = sorted(before.keys() - marks.keys())
        self._connection.executemany("DELETE FROM drawn WHERE kind = ? AND owner = ?", ((kind, one) for one in gone))
        rows = ((kind, owner, marks[owner]) for owner in changed)
        self._connection.executemany("INSERT OR REPLACE INTO drawn VALUES (?, ?, ?)", rows)
        return changed, gone

    def _pages(self, select: str) -> Iterator[tuple[Any, ...]]:
        # In pages, so that what is read may be written meanwhile.
        last = ""
        while rows := self._connection.execute(f"{select} ORDER BY key LIMIT {_PAGE}", (last,)).fetchall():
            yield from rows
            last = rows[-1][0]


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.Error:  # damaged: it can be made anew
        path.unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection

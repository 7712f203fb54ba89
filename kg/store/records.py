"""What sources said and what texts yielded, in SQLite beside the snapshots: the truth of a store.

Records carry the number of the build (the generation) that added them and of the one that removed them. A
build writes as the generation after the published one, so that rows of a build that was killed are known
by their number and dropped: records and graph always belong together. Extractions are a cache and belong
to no generation.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.records import Extraction, Record, to_json
from kg.vocabulary import digest

RECORDS: Final = "extractions/records.sqlite"
BATCH: Final = 256
_PAGE: Final = 1_000
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS records (
    source TEXT NOT NULL, key TEXT NOT NULL, data JSON NOT NULL, added INTEGER NOT NULL, removed INTEGER NULL,
    PRIMARY KEY (source, key, added));
CREATE TABLE IF NOT EXISTS extractions (digest TEXT PRIMARY KEY, data JSON NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skipped (source TEXT PRIMARY KEY, lines INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE seen (
    source TEXT NOT NULL, key TEXT NOT NULL, before TEXT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
"""


class RecordBook:
    """The records and cached extractions of a store, open for its one writer.

    Args:
        path: the SQLite file; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._generation = 0
        self._uncommitted = 0
        self._connection = _connect(path)

    def begin(self, generation: int, *, published: int, oldest: int) -> None:
        """Drop what unpublished builds left, and write from here on as a new generation.

        Args:
            generation: the number of the build that begins.
            published: the number of the published snapshot.
            oldest: the number of the oldest snapshot kept; rows that it does not see any more are deleted,
                the others stay, so that the pointer can be set back to any snapshot kept.
        """
        self._write("DELETE FROM records WHERE added > ?", published)
        self._write("UPDATE records SET removed = NULL WHERE removed > ?", published)
        self._write("DELETE FROM records WHERE removed <= ?", oldest)
        self.commit()
        self._generation = generation

    def live(self) -> Iterator[Record]:
        """Yield the present records, sorted by source and key; writing meanwhile is allowed."""
        last = ("", "")
        while rows := self._connection.execute(
            "SELECT source, key, data FROM records WHERE removed IS NULL AND (source, key) > (?, ?) "
            "ORDER BY source, key LIMIT ?",
            (*last, _PAGE),
        ).fetchall():
            yield from (Record.from_json(json.loads(data)) for _, _, data in rows)
            last = (rows[-1][0], rows[-1][1])

    def add(self, records: Iterable[Record]) -> int:
        """Add records; each replaces a present one of the same source and key, if it says something else.

        Where several records of one call share source and key, the greatest by its JSON stays, so that
        their order does not matter.

        Returns:
            How many records are new or changed.
        """
        self._write("DELETE FROM seen")
        changed = 0
        for record in records:
            name, data = _name(record), _dump(record)
            present = self._present(name)
            before = None if present is None else _mark(present)
            if not self._first_sight(name, before) and present is not None:
                before = self._before(name)
                data = max(data, present)
                changed -= _mark(present) != before
            changed += _mark(data) != before
            if data != present:
                self._set(name, data)
        return changed

    def remove(self, records: Iterable[Record]) -> int:
        """Remove the records of these sources and keys, whatever they say; return how many were present."""
        removed = 0
        for record in records:
            name = _name(record)
            if self._present(name) is not None:
                self._set(name, None)
                removed += 1
        return removed

    @property
    def changed(self) -> bool:
        """Whether the present records differ from the published ones."""
        found = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM records WHERE added = :now OR removed = :now)",
            {"now": self._generation},
        ).fetchone()
        return bool(found[0])

    def cached(self, key: str) -> Extraction | None:
        """Return the extraction that was cached under a digest; one that cannot be read counts as none."""
        row = self._connection.execute("SELECT data FROM extractions WHERE digest = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            return Extraction.from_json(json.loads(row[0]))
        except (ValueError, KeyError, TypeError):
            return None

    def cache(self, key: str, extraction: Extraction) -> None:
        """Keep an extraction under a digest, whatever becomes of the build; committed in batches."""
        self._write("INSERT OR REPLACE INTO extractions VALUES (?, ?)", key, _dump(extraction))
        self._uncommitted += 1
        if self._uncommitted >= BATCH:
            self.commit()

    def note_skipped(self, counts: Mapping[str, int]) -> None:
        """Keep how many lines of each source were left out when it was last read."""
        for source, lines in counts.items():
            self._write("INSERT OR REPLACE INTO skipped VALUES (?, ?)", _column(source), lines)

    def commit(self) -> None:
        """Bring everything so far to the disk."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        self._uncommitted = 0

    def close(self) -> None:
        """Commit and close."""
        try:
            self.commit()
        finally:
            self._connection.close()

    def _write(self, statement: str, *values: Any) -> int:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")
        return self._connection.execute(statement, values).rowcount

    def _present(self, name: tuple[str, str]) -> str | None:
        return self._one("SELECT data FROM records WHERE source = ? AND key = ? AND removed IS NULL", *name)

    def _first_sight(self, name: tuple[str, str], before: str | None) -> bool:
        return self._write("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", *name, before) == 1

    def _before(self, name: tuple[str, str]) -> str | None:
        return self._one("SELECT before FROM seen WHERE source = ? AND key = ?", *name)

    def _one(self, statement: str, *values: Any) -> str | None:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    def _set(self, name: tuple[str, str], data: str | None) -> None:
        """Make the present record of a name say ``data`` (None: be gone), as seen from the published one."""
        now = self._generation
        row = self._connection.execute(
            "SELECT added, data FROM records WHERE source = ? AND key = ? AND added < ? "
            "AND (removed IS NULL OR removed = ?)",
            (*name, now, now),
        ).fetchone()
        as_published = row is not None and row[1] == data
        self._write("DELETE FROM records WHERE source = ? AND key = ? AND added = ?", *name, now)
        if row is not None:
            self._write(
                "UPDATE records SET removed = ? WHERE source = ? AND key = ? AND added = ?",
                None if as_published else now, *name, row[0],
            )  # fmt: skip
        if data is not None and not as_published:
            self._write("INSERT INTO records VALUES (?, ?, ?, ?, NULL)", *name, data, now)


def skipped_lines(path: Path) -> int:
    """Return how many lines were left out of all sources of the book at a path, each as it was last read."""
    with closing(_connect(path)) as connection:
        (lines,) = connection.execute("SELECT coalesce(sum(lines), 0) FROM skipped").fetchone()
    return int(lines)


def _connect(path: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(_SCHEMA)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise StoreError(f"{path}: cannot be read as the records of a store: {error}") from error
    return connection


def _dump(noun: Record | Extraction) -> str:
    # ASCII: a lone surrogate from a broken source has no UTF-8, but it has an escape.
    return json.dumps(to_json(noun), separators=(",", ":"))


def _name(record: Record) -> tuple[str, str]:
    return _column(record.source), _column(record.key)


def _column(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _mark(data: str) -> str:
    return digest(data)

"""What sources said and what texts yielded, in SQLite beside the snapshots: the truth of a store.

A record is known by its source, its key and what it says: records are a set, to which builds add. Each carries
the number of the build (the generation) that added it and of the one that removed it. A build writes as the
generation after the published one, so that rows of a build that was killed are known by their number and dropped:
records and graph always belong together. Extractions are a cache and belong to no generation; those that no paper
asks for any more are stale from some generation on, and go with the last snapshot that knew them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.records import Extraction, Record, to_json
from kg.vocabulary import digest

RECORDS: Final = "extractions/records.sqlite"
BATCH: Final = 256
_PAGE: Final = 1_000
# A file is packed anew when so many of its pages are empty: one in four, and at least 16 MiB.
_EMPTY_SHARE: Final = 4
_EMPTY_BYTES: Final = 16 * 1024 * 1024
# Behind the name of an archive, before that of what lies in it: its records bear "all.zip!papers.jsonl".
_INSIDE: Final = "!"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, data JSON NOT NULL,
    added INTEGER NOT NULL, removed INTEGER NULL, UNIQUE (source, key, mark, added));
CREATE INDEX IF NOT EXISTS records_added ON records (added);
CREATE INDEX IF NOT EXISTS records_removed ON records (removed) WHERE removed IS NOT NULL;
CREATE TABLE IF NOT EXISTS extractions (digest TEXT PRIMARY KEY, data JSON NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stale (digest TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skipped (source TEXT PRIMARY KEY, lines INTEGER NOT NULL) WITHOUT ROWID;
"""
# Until format 2 a source had one record a key.
_UPGRADE: Final = """
BEGIN;
ALTER TABLE records RENAME TO records_1;
CREATE TABLE records (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, data JSON NOT NULL,
    added INTEGER NOT NULL, removed INTEGER NULL, UNIQUE (source, key, mark, added));
INSERT INTO records (source, key, mark, data, added, removed)
    SELECT source, key, kg_mark(data), data, added, removed FROM records_1 ORDER BY source, key, added;
DROP TABLE records_1;
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its number in the book.

    Attributes:
        id: stays as long as the record is there.
        live: whether the record is present; what is not has just been removed.
    """

    id: int
    record: Record
    live: bool = True


class RecordBook:
    """The records and cached extractions of a store, open for its one writer.

    Args:
        path: the SQLite file; made where there is none, brought up to date where it is older.
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
        self._write("DELETE FROM stale WHERE since > ?", published)
        self._write("DELETE FROM extractions WHERE digest IN (SELECT digest FROM stale WHERE since <= ?)", oldest)
        self._write("DELETE FROM stale WHERE since <= ?", oldest)
        self.commit()
        self._generation = generation

    def live(self) -> Iterator[Record]:
        """Yield the present records, sorted by source, key and what they say; writing meanwhile is allowed."""
        last = ("", "", "")
        while rows := self._connection.execute(
            "SELECT source, key, mark, data FROM records WHERE removed IS NULL AND (source, key, mark) > (?, ?, ?) "
            "ORDER BY source, key, mark LIMIT ?",
            (*last, _PAGE),
        ).fetchall():
            yield from (Record.from_json(json.loads(data)) for *_, data in rows)
            last = rows[-1][:3]

    def numbered(self) -> Iterator[Row]:
        """Yield the present records with their numbers, in the order of these; writing meanwhile is allowed."""
        last = 0
        while rows := self._connection.execute(
            "SELECT id, data FROM records WHERE removed IS NULL AND id > ? ORDER BY id LIMIT ?", (last, _PAGE)
        ).fetchall():
            yield from (Row(number, Record.from_json(json.loads(data))) for number, data in rows)
            last = rows[-1][0]

    def numbers(self) -> list[int]:
        """Return the numbers of the present records, sorted."""
        return [
            number for (number,) in self._connection.execute("SELECT id FROM records WHERE removed IS NULL ORDER BY id")
        ]

    def touched(self) -> list[Row]:
        """Return the records that came or went since the published state."""
        rows = self._connection.execute(
            "SELECT id, data, removed IS NULL FROM records WHERE added = :now OR removed = :now ORDER BY id",
            {"now": self._generation},
        )
        return [Row(number, Record.from_json(json.loads(data)), bool(live)) for number, data, live in rows]

    def fetch(self, numbers: Iterable[int]) -> list[Row]:
        """Return the present records with some numbers."""
        found = []
        for number in numbers:
            data = self._one("SELECT data FROM records WHERE id = ? AND removed IS NULL", number)
            if data is not None:
                found.append(Row(number, Record.from_json(json.loads(data))))
        return found

    def add(self, records: Iterable[Record]) -> int:
        """Add records to those that are there; one that is there already, word for word, is no other.

        Returns:
            How many records are new.
        """
        return sum(self._add(*_columns(record)) for record in records)

    def replace(self, records: Iterable[Record], sources: Iterable[str]) -> int:
        """Make some records all that some sources say.

        Args:
            records: all of these sources.
            sources: the names of the sources; what else they, and what lies in them, said before is removed.

        Returns:
            How many records came or went.
        """
        self._write("CREATE TEMP TABLE IF NOT EXISTS kept (source, key, mark, PRIMARY KEY (source, key, mark))")
        self._write("DELETE FROM kept")
        changed = 0
        for record in records:
            source, key, mark, data = _columns(record)
            changed += self._add(source, key, mark, data)
            self._write("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", source, key, mark)
        for source in sorted(set(map(_column, sources))):
            gone = self._connection.execute(
                "SELECT source, key, mark FROM records AS old WHERE removed IS NULL "
                "AND (source = :name OR (source > :name || :inside AND substr(source, 1, length(:name) + 1) = "
                ":name || :inside)) AND NOT EXISTS "
                "(SELECT 1 FROM kept WHERE (source, key, mark) = (old.source, old.key, old.mark))",
                {"name": source, "inside": _INSIDE},
            ).fetchall()
            changed += sum(self._remove(*name) for name in gone)
        return changed

    def remove(self, records: Iterable[Record]) -> int:
        """Remove records; return how many were present."""
        return sum(self._remove(*_columns(record)[:3]) for record in records)

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
        data = self._one("SELECT data FROM extractions WHERE digest = ?", key)
        if data is None:
            return None
        try:
            return Extraction.from_json(json.loads(data))
        except (ValueError, KeyError, TypeError):
            return None

    def cache(self, key: str, extraction: Extraction) -> None:
        """Keep an extraction under a digest, whatever becomes of the build; committed in batches."""
        self._write("INSERT OR REPLACE INTO extractions VALUES (?, ?)", key, _dump(extraction))
        self._uncommitted += 1
        if self._uncommitted >= BATCH:
            self.commit()

    def note_wanted(self, keys: Set[str]) -> None:
        """Note which extractions papers ask for; the others go with the last snapshot that knew them."""
        rows = self._connection.execute("SELECT digest, stale.since FROM extractions LEFT JOIN stale USING (digest)")
        for key, since in rows.fetchall():
            if since is None and key not in keys:
                self._write("INSERT INTO stale VALUES (?, ?)", key, self._generation)
            elif since is not None and key in keys:
                self._write("DELETE FROM stale WHERE digest = ?", key)

    def note_skipped(self, counts: Mapping[str, int]) -> None:
        """Keep how many lines of each source were left out when it was last read."""
        for source, lines in counts.items():
            self._write("INSERT OR REPLACE INTO skipped VALUES (?, ?)", _column(source), lines)

    def commit(self) -> None:
        """Bring everything so far to the disk."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        self._uncommitted = 0

    def pack(self) -> None:
        """Make the file smaller where much of it is empty."""
        self.commit()
        (pages,), (empty,), (size,) = (
            self._connection.execute(f"PRAGMA {name}").fetchone()
            for name in ("page_count", "freelist_count", "page_size")
        )
        if empty * size >= _EMPTY_BYTES and empty * _EMPTY_SHARE >= pages:
            self._connection.execute("VACUUM")

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

    def _one(self, statement: str, *values: Any) -> str | None:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    def _add(self, source: str, key: str, mark: str, data: str) -> bool:
        present = "source = ? AND key = ? AND mark = ?"
        if self._one(f"SELECT id FROM records WHERE {present} AND removed IS NULL", source, key, mark) is not None:
            return False
        again = f"UPDATE records SET removed = NULL WHERE {present} AND removed = ?"
        if not self._write(again, source, key, mark, self._generation):
            self._write(
                "INSERT INTO records (source, key, mark, data, added) VALUES (?, ?, ?, ?, ?)",
                source, key, mark, data, self._generation,
            )  # fmt: skip
        return True

    def _remove(self, source: str, key: str, mark: str) -> bool:
        name = (source, key, mark, self._generation)
        if self._write("DELETE FROM records WHERE source = ? AND key = ? AND mark = ? AND added = ?", *name):
            return True
        gone = "UPDATE records SET removed = ?4 WHERE source = ?1 AND key = ?2 AND mark = ?3 AND removed IS NULL"
        return self._write(gone, *name) > 0


def skipped_lines(path: Path) -> int:
    """Return how many lines were left out of all sources of the book at a path, each as it was last read."""
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (lines,) = connection.execute("SELECT coalesce(sum(lines), 0) FROM skipped").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be read as the records of a store: {error}") from error
    return int(lines)


def _connect(path: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(records)")}
        if columns and "mark" not in columns:
            connection.create_function("kg_mark", 1, _mark, deterministic=True)
            connection.executescript(_UPGRADE)
        connection.executescript(_SCHEMA)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise StoreError(f"{path}: cannot be read as the records of a store: {error}") from error
    return connection


def _columns(record: Record) -> tuple[str, str, str, str]:
    data = _dump(record)
    return _column(record.source), _column(record.key), _mark(data), data


def _dump(noun: Record | Extraction) -> str:
    # ASCII: a lone surrogate from a broken source has no UTF-8, but it has an escape.
    return json.dumps(to_json(noun), separators=(",", ":"))


def _column(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _mark(data: str) -> str:
    return digest(data)

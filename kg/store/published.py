"""The records behind a published graph, for reading; a build at the same time does not disturb it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kg.errors import StoreError
from kg.records import Record
from kg.store.folder import StoreFolder
from kg.store.records import RECORDS


def published_records(store: str | Path) -> Iterator[Record]:
    """Yield the records of a store's published graph, sorted by source and key.

    Raises:
        StoreError: the folder is no store, or holds no records.
    """
    folder = StoreFolder.open(store)
    with folder.reader() as snapshot:
        path = folder.path / RECORDS
        if not path.exists():
            raise StoreError(f"{folder.path}: holds a graph without records, as one that was imported from RDF")
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as book:
                found = book.execute(
                    "SELECT data FROM records WHERE added <= :now AND (removed IS NULL OR removed > :now)"
                    " ORDER BY source, key",
                    {"now": int(snapshot.name)},
                )
                for (data,) in found:
                    yield Record.from_json(json.loads(data))
        except sqlite3.Error as error:
            raise StoreError(f"{path}: cannot be read as the records of a store: {error}") from error

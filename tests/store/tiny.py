"""A store folder with one of everything, made in milliseconds."""

from pathlib import Path

from kg.records import Record
from kg.store.folder import StoreFolder
from kg.store.triples import triples

from . import examples as e

RECORDS = [e.RECORD, Record("a.txt", "2", "Two \ud800")]
SKIPPED = {"a.txt": 7}


def make_tiny_store(path: Path) -> Path:
    """Make the store; its extraction is cached under the digest ``d``."""
    with StoreFolder.create_or_open(path).writer() as writer:
        writer.add(RECORDS)
        writer.cache("d", e.EXTRACTION)
        writer.note_skipped(SKIPPED)
        writer.publish(triples(e.RESOLUTION), [e.MERGE])
    return path

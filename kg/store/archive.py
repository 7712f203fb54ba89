"""A store as one file: what sources said, what texts yielded, the graph and what people decided about it.

The file is a zip: ``manifest.json`` (the format, a digest of each member), ``records.jsonl``,
``extractions.jsonl``, ``skipped.jsonl``, ``merges.jsonl``, ``graph.nq`` (canonical), and, where the store has them,
``decisions.jsonl`` (what became of each decision of a curator), ``history.ttl`` (what became of identifiers that are
gone) and ``curation.ttl``. The same store gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.records import DecisionUse, Extraction, Merge, Record, to_json
from kg.store import history, snapshots
from kg.store._beside import beside
from kg.store._files import write_whole
from kg.store.curation import CURATION
from kg.store.export import canonical_lines
from kg.store.folder import StoreFolder, Writer
from kg.store.history import read_redirects
from kg.store.read_only import read_only_source
from kg.store.records import RECORDS
from kg.store.snapshots import Snapshot

FORMAT: Final = "methodome archive 1"
MANIFEST: Final = "manifest.json"
GRAPH: Final = "graph.nq"
DECISIONS: Final = "decisions.jsonl"
_NEEDED: Final = ("records.jsonl", "extractions.jsonl", "skipped.jsonl", "merges.jsonl", GRAPH)
# No clock in it: the earliest day that a zip can name.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6


def write_archive(store: StoreFolder, path: str | Path) -> None:
    """Write the published state of a store to a file, in memory that does not grow with it.

    Args:
        store: the store; a build at the same time does not disturb.
        path: the file; one that is there is replaced.

    Raises:
        StoreError: the store was itself made from plain RDF, nothing is published in it, or the file cannot
            be written.
    """
    if (source := read_only_source(store.path)) is not None:
        raise StoreError(f"{store.path}: was imported from {source} and has no records to archive; export its graph")
    with store.reader() as snapshot, beside(Path(path)) as new:
        members: dict[str, dict[str, Any]] = {}
        with zipfile.ZipFile(new, "w") as archive:
            for name, lines in _contents(store.path, snapshot):
                members[name] = _write(archive, name, (line.encode() for line in lines))
            if (store.path / CURATION).is_file():
                members[CURATION] = _write(archive, CURATION, [(store.path / CURATION).read_bytes()])
            manifest = {"format": FORMAT, "files": members}
            _write(archive, MANIFEST, [json.dumps(manifest, indent=2).encode() + b"\n"])


def is_archive(path: Path) -> bool:
    """Return whether a file is a zip with the manifest of an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def restore(path: Path, store: StoreFolder) -> None:
    """Bring a new store to the state that an archive holds, so that builds go on from it.

    Args:
        path: the archive.
        store: empty; half of the archive stands in it where this fails.

    Raises:
        StoreError: the archive is damaged, incomplete or of an unknown format.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            digests = _digests(path, archive)
            with store.writer() as writer:
                _restore_records(archive, digests, writer)
                merges = (Merge(**{**data, "papers": tuple(data["papers"])})
                          for data in _objects(archive, "merges.jsonl", digests))  # fmt: skip
                uses = (
                    (DecisionUse(**data) for data in _objects(archive, DECISIONS, digests))
                    if DECISIONS in digests
                    else ()
                )
                redirects = read_redirects(_bytes(archive, history.SHOWN, digests).decode("utf-8"))
                writer.publish(_triples(archive, digests), merges, decisions=uses, redirects=redirects)
            if CURATION in digests:
                write_whole(store.path / CURATION, _bytes(archive, CURATION, digests))
    except (zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: the archive is damaged: {error}") from error


def _contents(path: Path, snapshot: Snapshot) -> Iterator[tuple[str, Iterator[str]]]:
    with _reading(path / RECORDS) as book:
        yield "records.jsonl", _records(book, int(snapshot.name))
        yield "extractions.jsonl", _extractions(book)
        rows = book.execute("SELECT source, lines FROM skipped ORDER BY source")
        yield "skipped.jsonl", (_json({"source": source, "lines": lines}) for source, lines in rows)
    yield "merges.jsonl", (_json(to_json(merge)) for merge in snapshot.merges())
    for name, suffix in ((DECISIONS, snapshots.DECISIONS), (history.SHOWN, snapshots.HISTORY)):
        if (first := next(lines := snapshots.lines_beside(path, snapshot.name, suffix), None)) is not None:
            yield name, chain([first], lines)
    yield GRAPH, (f"{line}\n" for line in canonical_lines(snapshot.store))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    # One transaction: what a build commits meanwhile is not seen.
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as book:
        book.execute("BEGIN")
        yield book


def _records(book: sqlite3.Connection, generation: int) -> Iterator[str]:
    # The records that belong to the graph: not what a build has added or removed since.
    rows = book.execute(
        "SELECT data FROM records WHERE added <= :now AND (removed IS NULL OR removed > :now) ORDER BY source, key",
        {"now": generation},
    )
    return (f"{data}\n" for (data,) in rows)


def _extractions(book: sqlite3.Connection) -> Iterator[str]:
    for digest, data in book.execute("SELECT digest, data FROM extractions ORDER BY digest"):
        try:
            yield _json({"digest": digest, "extraction": json.loads(data)})
        except ValueError:  # what cannot be read counts as not cached, here as in a build
            continue


def _write(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> dict[str, Any]:
    """Write one member; return what the manifest says of it."""
    member = zipfile.ZipInfo(name, _NO_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # the same bytes whatever system writes
    member.external_attr = 0o644 << 16
    member._compresslevel = _LEVEL  # type: ignore[attr-defined]
    digest = hashlib.sha256()
    lines = 0
    with archive.open(member, "w", force_zip64=True) as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
            lines += chunk.count(b"\n")
    return {"lines": lines, "sha256": digest.hexdigest()}


def _digests(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise StoreError(f"{path}: its format is {manifest['format']!r}, and this version knows {FORMAT!r}")
    missing = [name for name in _NEEDED if name not in manifest["files"]]
    if missing:
        raise StoreError(f"{path}: the archive is damaged: it lacks {', '.join(missing)}")
    return {name: about["sha256"] for name, about in manifest["files"].items()}


def _restore_records(archive: zipfile.ZipFile, digests: dict[str, str], writer: Writer) -> None:
    writer.add(Record.from_json(data) for data in _objects(archive, "records.jsonl", digests))
    for data in _objects(archive, "extractions.jsonl", digests):
        writer.cache(data["digest"], Extraction.from_json(data["extraction"]))
    writer.note_skipped({d["source"]: d["lines"] for d in _objects(archive, "skipped.jsonl", digests)})


def _bytes(archive: zipfile.ZipFile, name: str, digests: dict[str, str]) -> bytes:
    """Return a member whole; nothing where there is none."""
    if name not in digests:
        return b""
    with _member(archive, name, digests) as file:
        return file.read()


def _objects(archive: zipfile.ZipFile, name: str, digests: dict[str, str]) -> Iterator[Any]:
    with _member(archive, name, digests) as file:
        yield from map(json.loads, file)


def _triples(archive: zipfile.ZipFile, digests: dict[str, str]) -> Iterator[ox.Triple]:
    with _member(archive, GRAPH, digests) as file:
        for quad in ox.parse(file, format=ox.RdfFormat.N_QUADS):  # type: ignore[arg-type]  # it only reads
            yield quad.triple


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, digests: dict[str, str]) -> Iterator[_Digesting]:
    """Give a member to read to its end, and raise there where it is not what the manifest says."""
    with archive.open(name) as file:
        reading = _Digesting(file)
        yield reading
        if reading.digest.hexdigest() != digests[name]:
            raise ValueError(f"{name} is not what the manifest says")


class _Digesting:
    """A file that is digested while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        for line in self._file:
            self.digest.update(line)
            yield line


def _json(data: Any) -> str:
    return json.dumps(data, separators=(",", ":")) + "\n"

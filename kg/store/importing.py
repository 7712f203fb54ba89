"""A file as a store: an archive becomes one that builds on, plain RDF one that is only read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import archive
from kg.store.folder import StoreFolder
from kg.store.rdf12 import plain
from kg.store.read_only import mark_read_only
from kg.store.rebasing import checked, rebased
from kg.vocabulary import BASE

FORMATS: Final = {
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt12": ox.RdfFormat.N_TRIPLES,
    "ttl12": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made.

    Attributes:
        triples: how many the store holds.
        read_only: whether it was plain RDF, so that no papers come or go.
        from_named_graphs: how many triples stood in named graphs; they are in the default graph now.
    """

    triples: int
    read_only: bool
    from_named_graphs: int = 0


def import_file(path: str | Path, store: str | Path, *, format: str | None = None, base: str = BASE) -> Imported:
    """Make a store from a file; where that fails, there is none.

    Args:
        path: an archive, or RDF.
        store: the folder of the new store; nothing may be there yet but an empty folder.
        format: one of :data:`FORMATS`; else the file's ending tells.
        base: what the IRIs of concepts, papers, evidence and results begin with in the RDF; in a store they
            begin as ever.

    Raises:
        StoreError: something is there already, or the file cannot be read, is damaged, or of an unknown format; the
            base is no address.
    """
    path, place = Path(path), Path(store)
    checked(base)
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file to import")
    if place.exists() and not (place.is_dir() and not any(place.iterdir())):
        raise StoreError(f"{place}: is there already; import into another folder (--store)")
    new = place.absolute().with_name(f".{place.absolute().name}.{os.getpid()}.new")
    try:
        made = StoreFolder.create_or_open(new)
        if format is None and archive.is_archive(path):
            archive.restore(path, made)
            found = Imported(_size(made), read_only=False)
        else:
            found = _import_rdf(path, made, format or path.suffix.lstrip(".").lower(), base)
        try:
            new.replace(place)
        except OSError as error:
            raise StoreError(f"{place}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return found


def _import_rdf(path: Path, store: StoreFolder, format: str, base: str) -> Imported:
    if format not in FORMATS:
        raise StoreError(f"{path}: is no archive, and {format!r} is no format of RDF; "
                         f"choose one of {', '.join(FORMATS)} (--format)")  # fmt: skip
    named = [0]
    try:
        with store.writer() as writer:
            triples = plain(_triples(path, FORMATS[format], named))
            writer.publish(triples if base == BASE else rebased(triples, old=base, new=BASE), [])
    except SyntaxError as error:
        raise StoreError(f"{path}: cannot be read as {format}: {error.msg}") from error
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error
    mark_read_only(store.path, source=path.name)
    return Imported(_size(store), read_only=True, from_named_graphs=named[0])


def _triples(path: Path, format: ox.RdfFormat, named: list[int]) -> Iterator[ox.Triple]:
    for quad in ox.parse(path=path, format=format):
        named[0] += quad.graph_name != ox.DefaultGraph()
        yield quad.triple


def _size(store: StoreFolder) -> int:
    with store.reader() as snapshot:
        return len(snapshot.store)

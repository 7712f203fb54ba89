"""Making a store hold exactly some triples, by writing the difference alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError

CHUNK: Final = 100_000


def make_equal(store: ox.Store, triples: Iterable[ox.Triple | ox.Quad], *, chunk: int = CHUNK) -> tuple[int, int]:
    """Add what a store lacks of some triples and remove what it has besides, in bounded memory.

    Each new triple is looked up; of all of them only a 64-bit hash is kept (8 bytes a triple), by which the
    stored ones that are gone are found. Linear in the size of the graph, while only changes are written.

    Args:
        store: open for writing; its default graph is changed.
        triples: in any order, repetitions allowed, literals in canonical form; those that come as quads of the default
            graph are spared the turning.
        chunk: how many triples are held at a time.

    Returns:
        How many triples were added, and how many removed.

    Raises:
        StoreError: a literal is not in canonical form, so that the store gives it back in another spelling.
    """
    known = len(store)
    quads = (triple if isinstance(triple, ox.Quad) else ox.Quad(*triple) for triple in triples)
    if known == 0:
        for part in _chunks(quads, chunk):
            store.bulk_extend(part)
        return len(store), 0
    hashes = array("q")
    added = 0
    for part in _chunks(quads, chunk):
        hashes.extend(map(hash, part))
        new = [quad for quad in dict.fromkeys(part) if quad not in store]
        if new:
            store.bulk_extend(new)
            added += len(new)
    return added, _remove_others(store, hashes, size=known + added, chunk=chunk)


def _remove_others(store: ox.Store, hashes: array[int], *, size: int, chunk: int) -> int:
    import numpy as np

    wanted = np.unique(np.frombuffer(hashes, dtype=np.int64)) if hashes else np.empty(0, dtype=np.int64)
    if wanted.size == size:
        return 0
    gone: list[ox.Quad] = []
    for part in _chunks(iter(store), chunk):
        held = np.fromiter(map(hash, part), dtype=np.int64, count=len(part))
        # Between the places left and right of a hash lies the hash itself, if it is wanted.
        unwanted = np.searchsorted(wanted, held, "left") == np.searchsorted(wanted, held, "right")
        gone.extend(part[place] for place in np.flatnonzero(unwanted))
    if size - len(gone) != wanted.size:
        raise StoreError(
            f"{wanted.size:,} triples were to be stored, {size - len(gone):,} would stand: "
            "write every number and date in its canonical form (1, not 1.0)"
        )
    for quad in gone:
        store.remove(quad)
    return len(gone)


def _chunks(quads: Iterator[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    while part := list(islice(quads, size)):
        yield part

"""Exports: the whole graph as one file, the same bytes for the same graph whatever its history."""

import heapq
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocabulary import PREFIXES

FORMATS: Final = {
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
SORTED_AT_ONCE: Final = 500_000


def canonical_lines(store: ox.Store, *, at_once: int = SORTED_AT_ONCE) -> Iterator[str]:
    r"""Yield the graph as canonical N-Quads, line by line, sorted by code point, without repetitions.

    Larger graphs are sorted in parts on the disk, so that memory stays bounded.

    Args:
        store: an open store.
        at_once: how many lines are sorted in memory.

    >>> store = ox.Store()
    >>> node = ox.NamedNode("http://example.org/a")
    >>> store.extend(ox.Quad(node, node, ox.Literal(text)) for text in "ba")
    >>> [line[-5:] for line in canonical_lines(store)]
    ['"a" .', '"b" .']
    """
    lines = (f"{quad} ." for quad in store)
    first = sorted(islice(lines, at_once))
    if len(first) < at_once:
        yield from first
        return
    with ExitStack() as stack:
        # Lines hold no line ends of their own: N-Quads escapes them.
        parts = []
        part = first
        while part:
            file = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            file.writelines(f"{line}\n" for line in part)
            file.seek(0)
            parts.append(file)
            part = sorted(islice(lines, at_once))
        for line in heapq.merge(*parts):
            yield line.removesuffix("\n")


def export(store: ox.Store, path: str | Path, *, format: str) -> None:
    """Write the graph to a file, beside its place first, so that nobody finds half of it.

    ``nq`` and ``nt`` are sorted lines; the others are written in the same order, with the usual prefixes.

    Args:
        store: an open store.
        path: the file; one that is there is replaced.
        format: one of :data:`FORMATS`.

    Raises:
        StoreError: the format is unknown, or the file cannot be written.
    """
    if format not in FORMATS:
        raise StoreError(f"there is no export format {format!r}; choose one of {', '.join(FORMATS)}")
    path = Path(path)
    try:
        with _beside(path) as beside:
            if format in ("nq", "nt"):
                _write_lines(store, beside)
            else:
                _write_syntax(store, beside, FORMATS[format])
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _write_lines(store: ox.Store, path: Path) -> None:
    # N-Triples and N-Quads are the same lines where everything is in the default graph.
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in canonical_lines(store))


def _write_syntax(store: ox.Store, path: Path, format: ox.RdfFormat) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "sorted.nt"
        _write_lines(store, lines)
        triples = (quad.triple for quad in ox.parse(path=lines, format=ox.RdfFormat.N_TRIPLES))
        ox.serialize(triples, output=path, format=format, prefixes=dict(PREFIXES))


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

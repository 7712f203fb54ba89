"""Exports: the whole graph as a file, the same bytes for the same graph whatever its history.

Everything is streamed: more than fits is sorted on the disk, in the folder for temporary files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import jsonld, network_files, networks, void
from kg.store._beside import beside
from kg.store._sorting import SORTED_AT_ONCE, sorted_lines
from kg.store.rdf12 import reified
from kg.store.rebasing import checked, prefixes, rebased
from kg.vocabulary import BASE

_SYNTAXES: Final = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "ttl12": ox.RdfFormat.TURTLE}
_NETWORKS: Final = ("graphml", "gexf", "csv")
FORMATS: Final = ("nq", "nt", "ttl", "trig", "jsonld", "nt12", "ttl12", *_NETWORKS)


def canonical_lines(store: ox.Store, *, base: str = BASE, at_once: int = SORTED_AT_ONCE) -> Iterator[str]:
    r"""Yield the graph as canonical N-Quads, line by line, sorted by code point, without repetitions.

    Larger graphs are sorted in parts on the disk, so that memory stays bounded.

    Args:
        store: an open store.
        base: what the data IRIs begin with.
        at_once: how many lines are sorted in memory.

    >>> store = ox.Store()
    >>> node = ox.NamedNode("http://example.org/a")
    >>> store.extend(ox.Quad(node, node, ox.Literal(text)) for text in "ba")
    >>> [line[-5:] for line in canonical_lines(store)]
    ['"a" .', '"b" .']
    """
    facts: Iterable[ox.Quad | ox.Triple] = store
    if base != BASE:
        facts = rebased((quad.triple for quad in store), old=BASE, new=base)
    # Lines hold no line ends of their own: N-Quads escapes them.
    return sorted_lines((f"{fact} ." for fact in facts), at_once=at_once)


def export(
    store: ox.Store, path: str | Path, *, format: str, void_path: str | Path | None = None, base: str = BASE
) -> tuple[Path, ...]:
    """Write the graph to a file, beside its place first, so that nobody finds half of it.

    ``nq``, ``nt`` and ``nt12`` are sorted lines; the other syntaxes of RDF are written in the same order, with
    the usual prefixes. ``nt12`` and ``ttl12`` are RDF 1.2: evidence is a reifier. ``graphml``, ``gexf`` and
    ``csv`` hold the network of concepts and of the edges between methods; ``csv`` makes two files of
    ``graph.csv``: ``graph.nodes.csv`` and ``graph.edges.csv``.

    Args:
        store: an open store.
        path: the file; one that is there is replaced.
        format: one of :data:`FORMATS`.
        void_path: where to write a VoID description of the graph too, in Turtle.
        base: what the IRIs of concepts, papers, evidence and results begin with, for who publishes under an
            address of their own; the terms of the ontology keep theirs.

    Returns:
        The files written.

    Raises:
        StoreError: the format is unknown, cannot hold the graph, or a file cannot be written; the base is no
            address.
    """
    if format not in FORMATS:
        raise StoreError(f"there is no export format {format!r}; choose one of {', '.join(FORMATS)}")
    if checked(base) != BASE and format in _NETWORKS:
        raise StoreError(f"a base is for RDF, and {format} holds no IRIs that could begin with it")
    path = Path(path)
    described = None if void_path is None else Path(void_path)
    written = _write_network(store, path, format) if format in _NETWORKS else (path,)
    if format in _NETWORKS and described is None:
        return written
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "sorted.nt"
        _write_lines(canonical_lines(store, base=base), lines)
        if format not in _NETWORKS:
            with beside(path) as new:
                _write_rdf(lines, new, format, base)
        if described is not None:
            # The file is named as seen from where the description lies.
            dump = os.path.relpath(written[0], described.parent)
            with beside(described) as new, lines.open(encoding="utf-8", newline="\n") as file:
                new.write_bytes(void.describe(file, dump=dump, format=format, base=base))
            written = (*written, described)
    return written


def _write_rdf(lines: Path, path: Path, format: str, base: str) -> None:
    if format in ("nq", "nt"):
        # N-Triples and N-Quads are the same lines where everything is in the default graph.
        shutil.copyfile(lines, path)
        return
    triples: Iterable[ox.Triple] = (quad.triple for quad in ox.parse(path=lines, format=ox.RdfFormat.N_TRIPLES))
    if format in ("nt12", "ttl12"):
        subjects = (list(facts) for _, facts in groupby(triples, key=lambda triple: triple.subject))
        triples = (fact for facts in subjects for fact in sorted(reified(facts), key=str))
    if format == "nt12":
        _write_lines((f"{triple} ." for triple in triples), path)
    elif format == "jsonld":
        _write_lines(jsonld.lines(triples, prefixes(base)), path)
    else:
        ox.serialize(triples, output=path, format=_SYNTAXES[format], prefixes=dict(prefixes(base)))


def _write_network(store: ox.Store, path: Path, format: str) -> tuple[Path, ...]:
    if format == "csv":
        tables = path.with_suffix(".nodes.csv"), path.with_suffix(".edges.csv")
        with beside(tables[0]) as nodes, beside(tables[1]) as edges:
            network_files.write_nodes_csv(nodes, networks.nodes(store))
            network_files.write_edges_csv(edges, networks.edges(store))
        return tables
    write = network_files.write_graphml if format == "graphml" else network_files.write_gexf
    with beside(path) as new:
        write(new, networks.nodes(store), networks.edges(store))
    return (path,)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)

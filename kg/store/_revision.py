"""Changing a graph where it changed: what papers, concepts and curators put into it is taken back and put anew.

Each triple belongs to one owner: a paper (what is said of it, and its evidence), a concept (what is said of it), or
the curators (their evidence). An edge belongs to its evidence: it stands while any evidence carries it, and a result
while an edge reports it. So what an owner put in can be read off the graph itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v

CHUNK: Final = 100_000
_BY_EVIDENCE: Final = frozenset(ox.NamedNode(v.PREDICATE_IRIS[name]) for name in v.PREDICATE_IRIS if name != "mentions")
_REPORTS: Final = ox.NamedNode(v.PREDICATE_IRIS["reports"])
_SUBJECT: Final = ox.NamedNode(v.RDF + "subject")
_PREDICATE: Final = ox.NamedNode(v.RDF + "predicate")
_OBJECT: Final = ox.NamedNode(v.RDF + "object")
_PRIMARY_SOURCE: Final = ox.NamedNode(v.PROV + "hadPrimarySource")
_FOUND_BY: Final = ox.NamedNode(v.FOUND_BY)


class Revision:
    """Changes to a graph, owner by owner; in memory are the new triples of some owners at most.

    Args:
        store: open for writing; its default graph is changed.

    Attributes:
        added, removed: how many triples came and went so far.
    """

    def __init__(self, store: ox.Store) -> None:
        self.added = 0
        self.removed = 0
        self._store = store
        self._pending: set[ox.Quad] = set()
        self._in_doubt: set[ox.Quad] = set()

    def put_paper(self, iri: str, quads: Iterable[ox.Quad]) -> None:
        """Make some triples all that a paper puts into the graph; none takes the paper out."""
        node = ox.NamedNode(iri)
        self._put([*self._said_of(node), *self._evidence(_PRIMARY_SOURCE, node)], quads)

    def put_concept(self, iri: str, quads: Iterable[ox.Quad]) -> None:
        """Make some triples all that is said of a concept; none takes it out."""
        self._put(self._said_of(ox.NamedNode(iri)), quads)

    def put_curated(self, owner: str, quads: Iterable[ox.Quad]) -> None:
        """Make some triples all that the curators state.

        Args:
            owner: by which their evidence says that it was found.
            quads: their edges and results, with the evidence.
        """
        self._put(self._evidence(_FOUND_BY, ox.Literal(owner)), quads)

    def finish(self) -> tuple[int, int]:
        """Take out the edges that lost their last evidence; return how many triples were added and removed."""
        self._flush()
        for edge in self._in_doubt:
            if self._is_carried(edge):
                continue
            self._remove(edge)
            if edge.predicate == _REPORTS and isinstance(edge.object, ox.NamedNode):
                for quad in list(self._store.quads_for_pattern(edge.object, None, None)):
                    self._remove(quad)
        self._in_doubt.clear()
        return self.added, self.removed

    def _put(self, old: Iterable[ox.Quad], quads: Iterable[ox.Quad]) -> None:
        wanted = set(quads)
        for quad in old:
            if quad not in wanted:
                self._remove(quad)
        self._pending.update(quad for quad in wanted if quad not in self._store)
        if len(self._pending) >= CHUNK:
            self._flush()

    def _said_of(self, node: ox.NamedNode) -> list[ox.Quad]:
        """Return what is said of a paper or a concept, but for the edges that stand by evidence."""
        found = self._store.quads_for_pattern(node, None, None)
        return [quad for quad in found if quad.predicate not in _BY_EVIDENCE]

    def _evidence(self, predicate: ox.NamedNode, owner: ox.NamedNode | ox.Literal) -> list[ox.Quad]:
        """Return the evidence of an owner; the edges that it carries are in doubt from here on."""
        found: list[ox.Quad] = []
        for quad in list(self._store.quads_for_pattern(None, predicate, owner)):
            said = list(self._store.quads_for_pattern(quad.subject, None, None))
            found += said
            by_predicate = {each.predicate: each.object for each in said}
            edge = (by_predicate[part] for part in (_SUBJECT, _PREDICATE, _OBJECT))
            self._in_doubt.add(ox.Quad(*edge))  # type: ignore[arg-type]  # of an edge all three are nodes
        return found

    def _is_carried(self, edge: ox.Quad) -> bool:
        return any(
            ox.Quad(quad.subject, _PREDICATE, edge.predicate) in self._store
            and ox.Quad(quad.subject, _OBJECT, edge.object) in self._store
            for quad in self._carriers(edge)
        )

    def _carriers(self, edge: ox.Quad) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(None, _SUBJECT, edge.subject)

    def _remove(self, quad: ox.Quad) -> None:
        self._store.remove(quad)
        self.removed += 1

    def _flush(self) -> None:
        self._store.bulk_extend(self._pending)
        self.added += len(self._pending)
        self._pending.clear()

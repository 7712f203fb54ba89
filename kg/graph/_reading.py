"""Reading by pattern: what stands around one node, at the cost of what stands there."""

from collections.abc import Iterator
from typing import Final, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.graph import _terms as t

GRAPH: Final = DefaultGraph()


class Facts:
    """The triples of one subject, read once.

    Args:
        store: where they stand.
        node: the subject.
    """

    __slots__ = ("_values", "node")

    def __init__(self, store: Store, node: NamedNode) -> None:
        self.node = node
        self._values: dict[str, list[t.Term]] = {}
        for quad in store.quads_for_pattern(node, None, None, GRAPH):
            self._values.setdefault(quad.predicate.value, []).append(quad.object)

    def __bool__(self) -> bool:
        return bool(self._values)

    def nodes(self, predicate: str) -> list[str]:
        """Return the IRIs that a predicate leads to, sorted."""
        return sorted(term.value for term in self._values.get(predicate, ()) if isinstance(term, NamedNode))

    def node_of(self, predicate: str) -> str | None:
        """Return the IRI that a predicate leads to, if any."""
        return next(iter(self.nodes(predicate)), None)

    def texts(self, predicate: str) -> tuple[str, ...]:
        """Return the literals of a predicate as they are written, sorted."""
        return tuple(sorted(term.value for term in self._values.get(predicate, ()) if isinstance(term, Literal)))

    def text(self, predicate: str) -> str | None:
        """Return the literal of a predicate as it is written, if any."""
        return next(iter(self.texts(predicate)), None)

    def integer(self, predicate: str) -> int | None:
        """Return a whole number or a year, if any."""
        text = self.text(predicate)
        return None if text is None else int(text)

    def number(self, predicate: str) -> float | None:
        """Return a number, if any."""
        text = self.text(predicate)
        return None if text is None else float(text)


def text(store: Store, subject: NamedNode, predicate: NamedNode) -> str | None:
    """Return the literal that a predicate leads to as it is written, if any."""
    quad = next(store.quads_for_pattern(subject, predicate, None, GRAPH), None)
    return None if quad is None else cast(Literal, quad.object).value


def objects(store: Store, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
    """Yield the nodes that a predicate leads to from a subject."""
    for quad in store.quads_for_pattern(subject, predicate, None, GRAPH):
        yield cast(NamedNode, quad.object)


def subjects(store: Store, predicate: NamedNode, value: NamedNode | Literal) -> Iterator[NamedNode]:
    """Yield the nodes from which a predicate leads to a node or a literal."""
    for quad in store.quads_for_pattern(None, predicate, value, GRAPH):
        yield cast(NamedNode, quad.subject)


def pairs(store: Store, predicate: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Yield subject and object of every triple of a predicate."""
    for quad in store.quads_for_pattern(None, predicate, None, GRAPH):
        yield cast(NamedNode, quad.subject), cast(NamedNode, quad.object)


def holds(store: Store, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> bool:
    """Return whether a triple stands in the store."""
    return next(store.quads_for_pattern(subject, predicate, value, GRAPH), None) is not None


def is_family(store: Store, node: NamedNode) -> bool:
    """Return whether a concept is a broad family."""
    return holds(store, node, t.TYPE, t.FAMILY)

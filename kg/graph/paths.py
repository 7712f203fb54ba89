"""The shortest way of ideas from one method to another, each step with the sentence that says so."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph._html import table
from kg.graph.concept import Concept
from kg.graph.cycles import surest_first
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.lineage import method_named
from kg.graph.sureness import Sureness, sureness
from kg.records import METHOD_PREDICATES

if TYPE_CHECKING:
    from kg.graph.graph import Graph

IDEAS: Final = ("based_on", "uses")
_LENGTHS: Final = {"based_on": 1, "uses": 2, "outperforms": 2}


class NoPath(KgError, LookupError):
    """No way of ideas leads from one concept to another.

    >>> graph.idea_path("ResNet", "SegFormer")
    Traceback (most recent call last):
    kg.graph.paths.NoPath: no way of based_on and uses leads from 'ResNet' to 'SegFormer'; ways ...
    """


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    Attributes:
        edge: the edge with its proofs.
        forward: whether the path goes from its subject to its object; else it goes from a parent to its child.

    >>> step = graph.idea_path("LeNet", "AlexNet").steps[0]
    >>> print(step, step.forward)
    AlexNet is based on LeNet False
    """

    edge: Edge
    forward: bool

    def to_json(self) -> dict[str, Any]:
        """Return the step as what ``json.dumps`` takes."""
        return {"edge": self.edge.to_json(), "forward": self.forward}

    def __str__(self) -> str:
        verb = self.edge.predicate.replace("_", " ")
        return f"{self.edge.subject_name} {'is ' if verb == 'based on' else ''}{verb} {self.edge.object_name}"


@dataclass(frozen=True, slots=True)
class IdeaPath:
    """A way from one concept to another.

    Attributes:
        start, end: where it begins and ends.
        steps: one after another; none where both are one.

    >>> path = graph.idea_path("ResNeXt", "AlexNet")
    >>> len(path), path.edges[0].proofs[0].title
    (2, 'SegFormer: Simple and Efficient Design')
    """

    start: Concept
    end: Concept
    steps: tuple[Step, ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges along the way."""
        return tuple(step.edge for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Return the path as what ``json.dumps`` takes."""
        return {"start": self.start.to_json(), "end": self.end.to_json(), "steps": [s.to_json() for s in self.steps]}

    def __len__(self) -> int:
        return len(self.steps)

    def __str__(self) -> str:
        return "; ".join(map(str, self.steps)) or f"{self.start.name} is {self.end.name}"

    def _repr_html_(self) -> str:
        rows = [(str(step), step.edge.proofs[0].sentence or "curated") for step in self.steps if step.edge.proofs]
        return table((f"{self.start.name} to {self.end.name}", "because"), rows)


def idea_path(
    graph: Graph,
    start: str | Concept,
    end: str | Concept,
    *,
    predicates: Sequence[str] = IDEAS,
    families: bool = False,
    min_confidence: float | None = None,
) -> IdeaPath:
    """Return the shortest way from one method to another, along what it is based on and what it uses.

    Where one of them goes back to the other, the way goes back in time all along; else it leads to what both go back
    to, and from there on to the other one: it turns once, for what turns again joins anything to anything. A step of
    ``based_on`` is as long as half a step of any other kind, since common parts say less than common descent. Among
    ways of equal length the surer edges are taken: curated ones, then those of more papers. Dijkstra's search (1959),
    in O(edges met x log nodes).

    Args:
        graph: an open graph.
        start, end: as :meth:`Graph.concept` takes them.
        predicates: the edges to follow; ``outperforms`` may be among them.
        families: whether ways may lead through families, which make everything near to everything.
        min_confidence: how sure an edge that only papers state must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        UnknownChoice: a predicate is none between methods.
        NoPath: there is no way.

    >>> print(idea_path(graph, "SegFormer", "Attention"))
    SegFormer uses Self-Attention; Self-Attention is based on Attention
    """
    ends = [method_named(graph, name) for name in (start, end)]
    followed = [choose("predicate between methods", each, METHOD_PREDICATES) for each in predicates]
    search = _Search(graph, followed, {each.iri for each in ends}, families, sureness(min_confidence))
    back = [search.back_from(each.iri) for each in ends]
    meetings = [
        (min(one, other) > 0, one + other, iri)
        for iri in back[0].keys() & back[1].keys()
        for one, other in [(_length(back[0][iri]), _length(back[1][iri]))]
    ]
    if meetings:
        _, _, iri = min(meetings)
        steps = [Step(edge, True) for edge in back[0][iri]] + [Step(edge, False) for edge in reversed(back[1][iri])]
        return IdeaPath(ends[0], ends[1], tuple(steps))
    hint = "" if families else "; ways through broad families are left out"
    raise NoPath(f"no way of {' and '.join(followed)} leads from {ends[0].name!r} to {ends[1].name!r}{hint}")


class _Search:
    """Breadth-first search over edges as they are met."""

    def __init__(self, graph: Graph, predicates: Iterable[str], ends: set[str], families: bool, sure: Sureness) -> None:
        self._store = graph.store
        self._reader = EvidenceReader(graph.store)
        self._predicates = sorted(set(predicates))
        self._ends = ends
        self._families = families
        self._sure = sure

    def back_from(self, start: str) -> dict[str, list[Edge]]:
        """Return the shortest ways from a method to all that it goes back to, itself among it."""
        ways: dict[str, list[Edge]] = {}
        waiting: list[tuple[int, tuple[Hashable, ...], str, list[Edge]]] = [(0, (), start, [])]
        while waiting:
            length, _, node, way = heappop(waiting)
            if node in ways:
                continue
            ways[node] = way
            for edge in self._steps(node):
                if edge.object not in ways:
                    sure = surest_first((edge.subject, edge.object), edge)
                    heappush(waiting, (length + _LENGTHS[edge.predicate], sure, edge.object, [*way, edge]))
        return ways

    def _steps(self, node: str) -> Iterator[Edge]:
        here = NamedNode(node)
        curated = read.text(self._store, here, t.CURATED) == "true"
        for name in self._predicates:
            for other in sorted({each.value for each in read.objects(self._store, here, t.PREDICATES[name])}):
                if other != node and self._may_pass(other):
                    edge = self._reader.edge(here, name, NamedNode(other))
                    if self._sure.passes(edge, from_curated=curated):
                        yield edge

    def _may_pass(self, iri: str) -> bool:
        return self._families or iri in self._ends or not read.is_family(self._store, NamedNode(iri))


def _length(way: Iterable[Edge]) -> int:
    return sum(_LENGTHS[edge.predicate] for edge in way)

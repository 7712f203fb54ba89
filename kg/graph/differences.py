"""What came and what went between two graphs: papers, concepts, edges, decisions on names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from pyoxigraph import NamedNode, Quad, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.table import Table
from kg.records import EXTRACTED_PREDICATES

if TYPE_CHECKING:
    from kg.graph.graph import Graph

What = Literal["paper", "concept", "edge", "result", "merge"]
WHATS: Final[tuple[What, ...]] = ("paper", "concept", "edge", "result", "merge")
_VALUE: Final = NamedNode(v.VALUE)
_METHOD: Final = NamedNode(v.METHOD_OF)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Something that one graph has and another lacks.

    Attributes:
        what: one of :data:`WHATS`.
        came: whether the newer graph has it; else the older one.
        subject: the title of a paper, the name of a concept; of a decision the name that was decided on.
        predicate: of an edge; of a decision ``merged into`` or ``kept apart from``; for a concept ``is``.
        object: the other end: a name; of a result the method and the value; for a concept its kind.
        note: the IRI of a paper or a concept, the reason of a decision.
    """

    what: What
    came: bool
    subject: str
    predicate: str = ""
    object: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as what ``json.dumps`` takes."""
        return {
            "what": self.what,
            "change": self.change,
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object,
            "note": self.note,
        }

    @property
    def change(self) -> str:
        """``came`` or ``went``."""
        return "came" if self.came else "went"


def diff(old: Graph, new: Graph) -> Table[Change]:
    """Return what came and went from one graph to another, sorted by what it is and by name.

    Mentions are left out: they follow the papers and the concepts. Every triple of interest is looked up in the
    other graph, so time is linear in both, and memory in what differs.

    >>> diff(graph, graph)
    <Table 'what came and went' of 0 rows: change, what, subject, predicate, object, note>
    """
    return Table(
        sorted(changes(old, new), key=lambda change: (WHATS.index(change.what), change.predicate, change)),
        columns={
            "change": lambda change: change.change,
            "what": lambda change: change.what,
            "subject": lambda change: change.subject,
            "predicate": lambda change: change.predicate,
            "object": lambda change: change.object,
            "note": lambda change: change.note,
        },
        title="what came and went",
    )


def changes(old: Graph, new: Graph) -> Iterator[Change]:
    """Yield what came and went from one graph to another, in no order."""
    for here, there, came in ((old, new, False), (new, old, True)):
        yield from _papers(here.store, there.store, came)
        yield from _concepts(here.store, there.store, came)
        yield from _edges(here.store, there.store, came)
        yield from _merges(here, there, came)


def _only(here: Store, there: Store, predicate: NamedNode, value: NamedNode | None = None) -> Iterator[Quad]:
    """Yield the triples of a pattern that the other store lacks."""
    return (quad for quad in here.quads_for_pattern(None, predicate, value, read.GRAPH) if quad not in there)


def _papers(here: Store, there: Store, came: bool) -> Iterator[Change]:
    for quad in _only(here, there, t.TITLE):
        yield Change("paper", came, quad.object.value, note=quad.subject.value)  # type: ignore[union-attr]


def _concepts(here: Store, there: Store, came: bool) -> Iterator[Change]:
    # One of another name or kind went as it was, and came as it is.
    kinds = {quad.subject for kind in t.KIND_NODES.values() for quad in _only(here, there, t.TYPE, kind)}
    for node in kinds | {quad.subject for quad in _only(here, there, t.NAME)}:
        facts = read.Facts(here, node)  # type: ignore[arg-type]  # a concept has an IRI
        kind = next((t.KINDS[iri] for iri in facts.nodes(t.TYPE.value) if iri in t.KINDS), "")
        yield Change("concept", came, facts.text(t.NAME.value) or "", "is", kind, node.value)  # type: ignore[union-attr]


def _edges(here: Store, there: Store, came: bool) -> Iterator[Change]:
    for predicate in EXTRACTED_PREDICATES:
        for quad in _only(here, there, t.PREDICATES[predicate]):
            ends = (_name(here, quad.subject), _name(here, quad.object))  # type: ignore[arg-type]
            yield Change("edge", came, ends[0], predicate, ends[1])
    for quad in _only(here, there, t.PREDICATES["reports"]):
        result: NamedNode = quad.object  # type: ignore[assignment]
        method = next(read.objects(here, result, _METHOD), None)
        said = [_name(here, method) if method is not None else "", read.text(here, result, _VALUE) or ""]
        yield Change("result", came, _name(here, quad.subject), "reports", " ".join(filter(None, said)))  # type: ignore[arg-type]


def _merges(here: Graph, there: Graph, came: bool) -> Iterator[Change]:
    known = {hash(merge) for merge in there.merges()}
    for merge in here.merges():
        if hash(merge) not in known:
            name = _name(here.store, NamedNode(v.concept_iri(merge.concept)))
            decision = "merged into" if merge.merged else "kept apart from"
            yield Change("merge", came, merge.name, decision, name, merge.reason)


def _name(store: Store, node: NamedNode) -> str:
    """Return the name of a concept or the title of a paper; the IRI of what has neither."""
    return read.text(store, node, t.NAME) or read.text(store, node, t.TITLE) or node.value

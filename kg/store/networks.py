"""The graph as a network of concepts: nodes with their traits, edges between methods with their support.

Read from the triples by pattern, one node at a time, so that a network of any size can be written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from kg import vocabulary as v
from kg.records import METHOD_PREDICATES
from kg.store._sorting import sorted_lines

_GRAPH: Final = DefaultGraph()
_TYPE: Final = NamedNode(v.RDF + "type")
_CONCEPT: Final = NamedNode(v.CONCEPT)
_KINDS: Final = {iri: kind for kind, iri in v.KIND_CLASSES.items()}
_NAME: Final = v.SKOS + "prefLabel"
_STATEMENT_SUBJECT: Final = NamedNode(v.RDF + "subject")
_METHOD_PREDICATES: Final = {v.PREDICATE_IRIS[name]: name for name in METHOD_PREDICATES}
_MENTIONS: Final = NamedNode(v.PREDICATE_IRIS["mentions"])
_OTHER_NAMING: Final = tuple(NamedNode(v.PREDICATE_IRIS[name]) for name in ("introduces", "addresses", "evaluates_on"))


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A concept.

    Attributes:
        iri: its IRI, by which edges refer to it.
        kind: one of :data:`kg.records.KINDS`; empty for a concept of another vocabulary.
        papers: how many papers name it.
    """

    iri: str
    name: str
    kind: str
    year: int | None
    family: bool
    curated: bool
    papers: int


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """An edge between two methods.

    Attributes:
        subject, object: IRIs of nodes.
        predicate: ``based_on``, ``uses`` or ``outperforms``.
        support: how many papers state it.
        confidence: of its best proof; 0 without proof.
        curated: whether a curator states it.
    """

    subject: str
    predicate: str
    object: str
    support: int
    confidence: float
    curated: bool


def nodes(store: Store) -> Iterator[NetworkNode]:
    """Yield all concepts, sorted by IRI; memory does not grow with the graph."""
    found = store.quads_for_pattern(None, _TYPE, _CONCEPT, _GRAPH)
    for iri in sorted_lines(quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)):
        yield _node(store, NamedNode(iri))


def edges(store: Store) -> Iterator[NetworkEdge]:
    """Yield all edges between methods, sorted by subject, predicate and object; memory does not grow either."""
    last = ""
    proofs: dict[tuple[str, str], list[_Proof]] = {}
    # No IRI holds a space.
    for line in sorted_lines(_edge_lines(store)):
        subject, predicate, value = line.split(" ")
        if subject != last:
            last, proofs = subject, _proofs(store, NamedNode(subject))
        stated = proofs.get((predicate, value), ())
        yield NetworkEdge(
            subject,
            _METHOD_PREDICATES[predicate],
            value,
            support=len({proof.paper for proof in stated if proof.paper is not None}),
            confidence=max((proof.confidence for proof in stated), default=0.0),
            curated=any(proof.paper is None for proof in stated),
        )


@dataclass(frozen=True, slots=True)
class _Proof:
    paper: str | None
    confidence: float


def _edge_lines(store: Store) -> Iterator[str]:
    for predicate in _METHOD_PREDICATES:
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, _GRAPH):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield f"{quad.subject.value} {predicate} {quad.object.value}"


def _node(store: Store, node: NamedNode) -> NetworkNode:
    facts = _facts(store, node)
    types = sorted(facts.get(_TYPE.value, ()))
    year = _first(facts, v.YEAR)
    return NetworkNode(
        iri=node.value,
        name=_first(facts, _NAME) or node.value,
        kind=next((_KINDS[iri] for iri in types if iri in _KINDS), ""),
        year=int(year) if year is not None and year.lstrip("-").isdecimal() else None,
        family=v.FAMILY in types,
        curated=_first(facts, v.CURATED) == "true",
        papers=_papers(store, node),
    )


def _papers(store: Store, node: NamedNode) -> int:
    count = sum(1 for _ in store.quads_for_pattern(None, _MENTIONS, node, _GRAPH))
    # Most who say more of a concept mention it too; only the others are held, so that none counts twice.
    others = set()
    for predicate in _OTHER_NAMING:
        for quad in store.quads_for_pattern(None, predicate, node, _GRAPH):
            if next(store.quads_for_pattern(quad.subject, _MENTIONS, node, _GRAPH), None) is None:
                others.add(quad.subject)
    return count + len(others)


def _proofs(store: Store, subject: NamedNode) -> dict[tuple[str, str], list[_Proof]]:
    """Return what proves the edges of a subject, by predicate and object."""
    found: dict[tuple[str, str], list[_Proof]] = {}
    for quad in store.quads_for_pattern(None, _STATEMENT_SUBJECT, subject, _GRAPH):
        if isinstance(quad.subject, Triple):
            continue
        facts = _facts(store, quad.subject)
        predicate, value = _first(facts, v.RDF + "predicate"), _first(facts, v.RDF + "object")
        if predicate is not None and value is not None:
            paper = _first(facts, v.PROV + "hadPrimarySource")
            confidence = float(_first(facts, v.CONFIDENCE) or 0)
            found.setdefault((predicate, value), []).append(_Proof(paper, confidence))
    return found


def _facts(store: Store, node: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(node, None, None, _GRAPH):  # type: ignore[arg-type]
        if isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return found


def _first(facts: dict[str, list[str]], predicate: str) -> str | None:
    return min(facts.get(predicate, ()), default=None)

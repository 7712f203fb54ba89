"""Edges with what proves them: each can be asked why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import NamedNode, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: what a paper says, or what a curator states.

    Attributes:
        sentence: the sentence of the paper, exactly as it stands there; None where a curator states it.
        paper: the IRI of the paper; None where a curator states it.
        title, year: of that paper.
        confidence: from 0 to 1.
        found_by: the rule or the model that found it, or ``curated``.
        source: where the curator has it from.
        start, end: where the sentence stands in title + newline + abstract (code points, the end exclusive); None
            where a source claims it in no sentence of the paper.
        section: of a full text, the part in which the sentence stands: introduction, method or experiments.

    >>> proof = graph.edge("ResNeXt", "based_on", "ResNet").proofs[0]
    >>> proof.sentence, proof.confidence, proof.year, proof.curated
    ('ResNeXt, a kind of ResNet.', 0.95, 2021, False)
    """

    sentence: str | None
    paper: str | None
    title: str | None
    year: int | None
    confidence: float
    found_by: str
    source: str | None = None
    start: int | None = None
    end: int | None = None
    section: str | None = None

    @property
    def curated(self) -> bool:
        """Whether a curator states it."""
        return self.paper is None

    def to_json(self) -> dict[str, Any]:
        """Return the proof as what ``json.dumps`` takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Edge:
    """A distinct edge of the graph with everything that proves it.

    Attributes:
        subject, object: IRIs of a concept, a paper or a result.
        subject_name, object_name: the concept's name, the paper's title; None for a result.
        predicate: one of the names of DESIGN section 1 (``based_on``, ``introduces`` ...).
        proofs: the surest first, then the earliest; empty only for ``mentions``.

    >>> edge = graph.edge("ResNet", "based_on", "AlexNet")
    >>> print(edge, edge.support, edge.confidence, edge.curated)
    ResNet based_on AlexNet 1 1.0 True
    """

    subject: str
    subject_name: str | None
    predicate: str
    object: str
    object_name: str | None
    proofs: tuple[Proof, ...] = ()

    @property
    def support(self) -> int:
        """The number of papers that state it."""
        return len({proof.paper for proof in self.proofs if proof.paper is not None})

    @property
    def confidence(self) -> float:
        """The confidence of its best proof; 0 without proof."""
        return max((proof.confidence for proof in self.proofs), default=0.0)

    @property
    def curated(self) -> bool:
        """Whether a curator states it."""
        return any(proof.curated for proof in self.proofs)

    def to_json(self) -> dict[str, Any]:
        """Return the edge, with its support and confidence, as what ``json.dumps`` takes."""
        derived = {"support": self.support, "confidence": self.confidence, "curated": self.curated}
        return {**asdict(self), "proofs": [proof.to_json() for proof in self.proofs], **derived}

    def __str__(self) -> str:
        return f"{self.subject_name or self.subject} {self.predicate} {self.object_name or self.object}"


class EvidenceReader:
    """Reads edges and proofs from a store; names and titles that it met are kept for the next edge."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[str | None, int | None]] = {}
        self._last: tuple[NamedNode, str] | None = None
        self._nodes: dict[tuple[str, str], list[NamedNode]] = {}

    def edge(self, subject: NamedNode, predicate: str, value: NamedNode) -> Edge:
        """Return one edge with its proofs."""
        return self._edge(subject, predicate, value, self.proofs(subject, predicate, value))

    def proofs(self, subject: NamedNode, predicate: str, value: NamedNode) -> tuple[Proof, ...]:
        """Return what proves an edge, the surest first; costs what evidence its subject has."""
        # From the side of the subject: a well-known concept is the object of very many edges.
        nodes = self._statements(subject, t.STATEMENT_SUBJECT)
        return self._sorted(nodes.get((t.PREDICATES[predicate].value, value.value), ()))

    def edges(
        self, *, subject: NamedNode | None = None, predicate: str | None = None, value: NamedNode | None = None
    ) -> Iterator[Edge]:
        """Yield the edges of a pattern, sorted by predicate, subject and object IRI."""
        for name in [predicate] if predicate is not None else t.PREDICATES:
            found = self._store.quads_for_pattern(subject, t.PREDICATES[name], value, read.GRAPH)
            ends = sorted((quad.subject.value, quad.object.value) for quad in found)  # type: ignore[union-attr]
            if subject is None and value is not None and ends:
                # All that lead to one: their evidence is that of the object, whatever else their subjects prove.
                nodes = self._statements(value, t.STATEMENT_OBJECT)
                for start, end in ends:
                    proofs = self._sorted(nodes.get((t.PREDICATES[name].value, start), ()))
                    yield self._edge(NamedNode(start), name, NamedNode(end), proofs)
                continue
            for start, end in ends:
                yield self.edge(NamedNode(start), name, NamedNode(end))

    def label(self, node: NamedNode) -> tuple[str | None, int | None]:
        """Return the name (or the title) and the year of a node."""
        known = self._known.get(node.value)
        if known is None:
            name = read.text(self._store, node, t.NAME) or read.text(self._store, node, t.TITLE)
            year = read.text(self._store, node, t.YEAR)
            known = self._known[node.value] = (name, None if year is None else int(year))
        return known

    def _edge(self, subject: NamedNode, predicate: str, value: NamedNode, proofs: tuple[Proof, ...]) -> Edge:
        return Edge(subject.value, self.label(subject)[0], predicate, value.value, self.label(value)[0], proofs)

    def _sorted(self, nodes: Iterable[NamedNode]) -> tuple[Proof, ...]:
        return tuple(sorted(map(self._proof, nodes), key=_surest_first))

    def _statements(self, end: NamedNode, side: NamedNode) -> dict[tuple[str, str], list[NamedNode]]:
        """Return the evidence nodes whose subject, or object, is a node, by predicate and the other end."""
        # The last one is kept, since edges come sorted by it.
        if self._last != (side, end.value):
            self._last, self._nodes = (side, end.value), {}
            other = t.STATEMENT_OBJECT if side == t.STATEMENT_SUBJECT else t.STATEMENT_SUBJECT
            for node in read.subjects(self._store, side, end):
                for predicate in read.objects(self._store, node, t.STATEMENT_PREDICATE):
                    for value in read.objects(self._store, node, other):
                        self._nodes.setdefault((predicate.value, value.value), []).append(node)
        return self._nodes

    def _proof(self, node: NamedNode) -> Proof:
        facts = read.Facts(self._store, node)
        paper = facts.node_of(t.PRIMARY_SOURCE)
        title, year = self.label(NamedNode(paper)) if paper is not None else (None, None)
        return Proof(
            sentence=facts.text(v.SENTENCE),
            paper=paper,
            title=title,
            year=year,
            confidence=facts.number(v.CONFIDENCE) or 0.0,
            found_by=facts.text(v.FOUND_BY) or "",
            source=facts.text(t.SOURCE),
            start=facts.integer(v.START),
            end=facts.integer(v.END),
            section=facts.text(v.SECTION),
        )


def _surest_first(proof: Proof) -> tuple[float, int, str, int, str]:
    return (-proof.confidence, proof.year or 9999, proof.paper or "", proof.start or 0, proof.source or "")

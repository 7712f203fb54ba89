"""What a graph holds, in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Store

from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.concept import NAMING
from kg.records import EXTRACTED_PREDICATES, KINDS


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a graph.

    Attributes:
        papers: how many papers there are.
        concepts: the concepts that a paper names.
        curated_only: the curated concepts that no paper names.
        relations: distinct edges (subject, predicate, object) of the six predicates introduces, based_on, uses,
            addresses, evaluates_on and outperforms, whether papers or curators state them; an edge counts once,
            however many proofs it has. ``mentions`` is not among them.
        evidence: pieces of evidence: one for each sentence or curator's statement behind an edge or a result.
        quads: all triples.
        results: stated scores.
        skipped: lines of the sources that were left out, each source as it was last read.
        concepts_by_kind: the concepts that a paper names, by kind.
        relations_by_predicate: the relations by predicate.

    >>> found = graph.stats()
    >>> found.papers, found.relations_by_predicate["based_on"]
    (3, 8)
    """

    papers: int
    concepts: int
    curated_only: int
    relations: int
    evidence: int
    quads: int
    results: int
    skipped: int
    concepts_by_kind: Mapping[str, int]
    relations_by_predicate: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as what ``json.dumps`` takes."""
        return asdict(self)


def count(store: Store, *, skipped: int = 0) -> Stats:
    """Count what a store holds; takes time linear in its edges.

    Args:
        store: the triples.
        skipped: how many lines of the sources were left out, which no triple tells.
    """
    named = {
        quad.object.value  # type: ignore[union-attr]
        for predicate in NAMING
        for quad in store.quads_for_pattern(None, t.PREDICATES[predicate], None, read.GRAPH)
    }
    by_kind = {
        kind: sum(node.value in named for node in read.subjects(store, t.TYPE, t.KIND_NODES[kind])) for kind in KINDS
    }
    curated = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, t.CURATED, None, read.GRAPH)
    }
    relations = {
        predicate: sum(1 for _ in store.quads_for_pattern(None, t.PREDICATES[predicate], None, read.GRAPH))
        for predicate in EXTRACTED_PREDICATES
    }
    return Stats(
        papers=sum(1 for _ in read.subjects(store, t.TYPE, t.PAPER)),
        concepts=sum(by_kind.values()),
        curated_only=len(curated - named),
        relations=sum(relations.values()),
        evidence=sum(1 for _ in read.subjects(store, t.TYPE, t.EVIDENCE)),
        quads=len(store),
        results=sum(1 for _ in read.subjects(store, t.TYPE, t.RESULT)),
        skipped=skipped,
        concepts_by_kind=by_kind,
        relations_by_predicate=relations,
    )

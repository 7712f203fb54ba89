"""The graph as a NetworkX multigraph, filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.graph._choices import choose
from kg.graph.evidence import Edge
from kg.records import EXTRACTED_PREDICATES, KINDS, METHOD_PREDICATES

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph

_PAPER: Final = "paper"
_RELATIONS: Final = (*EXTRACTED_PREDICATES, "mentions")


def network(
    graph: Graph,
    *,
    kinds: Iterable[str] | None = None,
    relations: Iterable[str] | None = None,
    min_support: int = 1,
    min_confidence: float = 0.0,
    curated: bool | None = None,
    years: tuple[int | None, int | None] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the edges that pass the filters, and the nodes at their ends.

    Args:
        graph: an open graph.
        kinds: kinds of the nodes to keep (``paper`` for papers); None for all.
        relations: predicates to keep; None for the three between methods: based_on, uses, outperforms. The
            others (introduces, addresses, evaluates_on, mentions) begin at papers.
        min_support: keep edges that so many papers state, a curator counting as one more; ``mentions``, which
            nothing proves, always passes.
        min_confidence: keep edges whose best proof is at least so sure; ``mentions`` always passes.
        curated: True keeps only edges that a curator states, False only those that a paper states.
        years: keep edges whose subject (the child, the whole, the winner, the paper) is dated from the first
            to the second year, both included; None for an open end. Undated ones are then left out.

    Returns:
        Nodes are IRIs, with ``id`` (the last part of the IRI), ``name`` (of a paper its title), ``kind``
        (``paper`` for papers), ``year`` (or None), ``curated`` and ``family``. The key of an edge is its
        predicate; it has ``predicate``, ``support`` (papers), ``confidence``, ``curated`` and ``proofs`` (a
        list of objects as in :func:`kg.graph.lineage.lineage`). Nodes and edges are in a fixed order.

    Raises:
        UnknownChoice: there is no such kind or relation.

    >>> found = network(graph, relations=["outperforms"], min_confidence=0.8)
    >>> [(found.nodes[one]["name"], found.nodes[other]["name"]) for one, other in found.edges()]
    [('ResNet', 'AlexNet')]
    """
    import networkx as nx

    wanted_kinds = None if kinds is None else {choose("kind", kind, (*KINDS, _PAPER)) for kind in kinds}
    wanted = METHOD_PREDICATES if relations is None else [choose("relation", each, _RELATIONS) for each in relations]
    views: dict[str, dict[str, Any] | None] = {}

    def view(iri: str) -> dict[str, Any] | None:
        if iri not in views:
            views[iri] = _node(graph, iri)
        return views[iri]

    kept = []
    for edge in _edges(graph, sorted(set(wanted))):
        ends = view(edge.subject), view(edge.object)
        if (
            all(end is not None and (wanted_kinds is None or end["kind"] in wanted_kinds) for end in ends)
            and _is_stated(edge, min_support=min_support, min_confidence=min_confidence, curated=curated)
            and _is_within(ends[0], years)
        ):
            kept.append(edge)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted({iri for edge in kept for iri in (edge.subject, edge.object)}):
        result.add_node(iri, **(view(iri) or {}))
    for edge in kept:
        attributes = {name: getattr(edge, name) for name in ("predicate", "support", "confidence", "curated")}
        proofs = [proof.to_json() for proof in edge.proofs]
        result.add_edge(edge.subject, edge.object, key=edge.predicate, **attributes, proofs=proofs)
    return result


def _edges(graph: Graph, predicates: Iterable[str]) -> Iterator[Edge]:
    for predicate in predicates:
        yield from graph.edges(predicate=predicate)


def _node(graph: Graph, iri: str) -> dict[str, Any] | None:
    for concept in graph.concepts_at([NamedNode(iri)]):
        return {name: getattr(concept, name) for name in ("id", "name", "kind", "year", "curated", "family")}
    for paper in graph.papers_at([NamedNode(iri)]):
        return {
            "id": paper.key,
            "name": paper.title,
            "kind": _PAPER,
            "year": paper.year,
            "curated": False,
            "family": False,
        }
    return None


def _is_stated(edge: Edge, *, min_support: int, min_confidence: float, curated: bool | None) -> bool:
    if edge.predicate == "mentions":
        return curated is not True
    if curated is not None and not (edge.curated if curated else edge.support):
        return False
    return edge.support + edge.curated >= min_support and edge.confidence >= min_confidence


def _is_within(subject: dict[str, Any] | None, years: tuple[int | None, int | None] | None) -> bool:
    if years is None:
        return True
    year = None if subject is None else subject["year"]
    first, last = years
    return year is not None and (first is None or year >= first) and (last is None or year <= last)

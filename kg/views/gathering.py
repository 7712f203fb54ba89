"""Graphs for pages, put together from what an open graph answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.graph.lineage import describe, describe_edge

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from kg.graph import Concept, Edge, Graph
    from kg.graph.comparison import Comparison
    from kg.graph.modules import ModuleMap


def module_graph(found: ModuleMap) -> nx.DiGraph[str]:
    """Return a map of modules as a graph: edges from architecture to module, with their proofs."""
    import networkx as nx

    drawn: nx.DiGraph[str] = nx.DiGraph()
    for concept in (*found.modules, *found.architectures):
        drawn.add_node(concept.iri, **describe(concept, depth=0))
    for use in found.uses:
        drawn.add_edge(use.architecture, use.module, **_attributes(found.edge(use)))
    return drawn


def comparison_graph(graph: Graph, found: Comparison) -> nx.MultiDiGraph[str]:
    """Return two methods with what either is linked to: the methods, and the tasks and data of their papers."""
    import networkx as nx

    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for concept in (found.one, found.other):
        drawn.add_node(concept.iri, **describe(concept, depth=0, focus=concept == found.one))
    for sides in (found.parents, found.children, found.parts, found.tasks, found.datasets):
        for concept in (*sides.both, *sides.only_one, *sides.only_other):
            if concept.iri not in drawn:
                drawn.add_node(concept.iri, **describe(concept, depth=1))
    for concept in (found.one, found.other):
        for edge in concept.evidence():
            method = edge.predicate in ("based_on", "uses", "outperforms")
            if method and edge.subject in drawn and edge.object in drawn:
                drawn.add_edge(edge.subject, edge.object, key=edge.predicate, **_attributes(edge))
        for predicate in ("addresses", "evaluates_on"):
            for target, edges in _of_papers(graph, concept, predicate).items():
                if target in drawn:
                    drawn.add_edge(concept.iri, target, key=predicate, **_merged(predicate, edges))
    return drawn


def _of_papers(graph: Graph, concept: Concept, predicate: str) -> dict[str, list[Edge]]:
    """Return what the papers that introduce a method work on, or are tried on, with the edges that say so."""
    found: dict[str, list[Edge]] = {}
    for paper in concept.introduced_by:
        for edge in graph.edges(subject=paper, predicate=predicate):
            found.setdefault(edge.object, []).append(edge)
    return found


def _attributes(edge: Edge) -> dict[str, Any]:
    return describe_edge(edge, None, None)


def _merged(predicate: str, edges: Iterable[Edge]) -> dict[str, Any]:
    """Return several papers' edges to one thing as one edge."""
    every = list(edges)
    proofs = [proof.to_json() for edge in every for proof in edge.proofs]
    return {
        "predicate": predicate,
        "support": len({proof["paper"] for proof in proofs if proof["paper"] is not None}),
        "confidence": max((edge.confidence for edge in every), default=0.0),
        "curated": any(edge.curated for edge in every),
        "proofs": proofs,
    }

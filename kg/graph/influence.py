"""Which methods shaped the field: four measures over the lineage of methods."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph.concept import Concept, naming_papers
from kg.graph.lineage import distances
from kg.graph.lookup import kinds_of
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph

_DIGITS: Final = 12
_EXACT_UP_TO: Final = 2_000
_PIVOTS: Final = 500
_SEED: Final = 0


@dataclass(frozen=True, slots=True)
class Influence:
    """A method's place by one measure.

    Attributes:
        rank: from 1; methods of equal value share the better rank.
        concept: the method.
        by: the measure.
        value: what was measured: a number of methods or papers, or a share between 0 and 1.
    """

    rank: int
    concept: Concept
    by: str
    value: float


def influence(
    graph: Graph, *, kind: str | None = None, by: str = "descendants", top: int = 20, families: bool = False
) -> list[Influence]:
    """Return the most influential methods, the first first; equal values are sorted by name, then IRI.

    All methods are measured together; ``kind`` then chooses which are listed. Methods of value 0 are not.

    Args:
        graph: an open graph.
        kind: ``architecture``, ``module``, ``technique``, or None for all three.
        by: ``descendants``, ``pagerank``, ``betweenness`` or ``papers``: see :func:`descendants`,
            :func:`pagerank`, :func:`betweenness`, :func:`papers`.
        top: how many to list at most.
        families: whether families, and edges to them, count.

    Raises:
        UnknownChoice: there is no such measure, or the kind is none of methods.
    """
    measure = _MEASURES[choose("measure of influence", by, _MEASURES)]
    if kind is not None:
        choose("kind of method", kind, ("method", *sorted(METHOD_KINDS)))
    wanted = kinds_of(kind) or METHOD_KINDS
    tree = method_lineage(graph, families=families)
    values = {iri: value for iri, value in measure(graph, tree).items() if value > 0}
    listed = {node.value for each in sorted(wanted) for node in read.subjects(graph.store, t.TYPE, t.KIND_NODES[each])}
    ordered = sorted((-value, iri) for iri, value in values.items() if iri in listed)
    # Names decide between equals, and only those that may be listed are read.
    bar = ordered[min(top, len(ordered)) - 1][0] if ordered and top > 0 else None
    reach = [] if bar is None else [NamedNode(iri) for value, iri in ordered if value <= bar]
    views = sorted(graph.concepts_at(reach), key=lambda c: (-values[c.iri], c.name.casefold(), c.iri))[: max(top, 0)]
    falling = [value for value, _ in ordered]
    return [Influence(1 + bisect_left(falling, -values[view.iri]), view, by, values[view.iri]) for view in views]


def method_lineage(graph: Graph, *, families: bool = False) -> nx.DiGraph[str]:
    """Return all methods (nodes: IRIs, sorted) with their ``based_on`` edges, from child to parent."""
    import networkx as nx

    store = graph.store
    methods = {node.value for kind in METHOD_KINDS for node in read.subjects(store, t.TYPE, t.KIND_NODES[kind])}
    if not families:
        methods -= {node.value for node in read.subjects(store, t.TYPE, t.FAMILY)}
    ends = ((child.value, parent.value) for child, parent in read.pairs(store, t.PREDICATES["based_on"]))
    tree: nx.DiGraph[str] = nx.DiGraph()
    tree.add_nodes_from(sorted(methods))
    tree.add_edges_from(
        sorted(pair for pair in ends if pair[0] in methods and pair[1] in methods and pair[0] != pair[1])
    )
    return tree


def descendants(_graph: Graph, tree: nx.DiGraph[str]) -> dict[str, float]:
    """Measure how many methods are based on each one, directly or through others.

    The size of the set of nodes from which a path leads to the method (the transitive closure of lineage;
    for papers: "descendants" in main-path analysis, Hummon and Doreian 1989). Takes O(nodes + edges) for
    each method that has a child.
    """
    return {node: float(len(distances(node, tree.predecessors))) for node in tree if tree.in_degree(node)}


def pagerank(_graph: Graph, tree: nx.DiGraph[str]) -> dict[str, float]:
    """Measure the share of time at each method of a walker who goes from child to parent.

    PageRank with damping 0.85 over unweighted lineage (Page, Brin, Motwani and Winograd 1999): a method
    counts for much when much that counts is based on it. The shares of all methods sum to 1; methods without
    a child, which all have the same least share, are left out.
    """
    import networkx as nx

    if not len(tree):
        return {}
    shares = nx.pagerank(tree, alpha=0.85, tol=1e-10, max_iter=500)
    return {node: round(share, _DIGITS) for node, share in shares.items() if tree.in_degree(node)}


def betweenness(_graph: Graph, tree: nx.DiGraph[str]) -> dict[str, float]:
    """Measure the share of shortest lines of descent that run through each method.

    Betweenness centrality, normalised (Freeman 1977; Brandes 2001): high for bridges by which ideas came
    from one part of the field into another. Above 2,000 methods that have any lineage it is estimated from
    500 pivots (Brandes and Pich 2007), drawn with a fixed seed.
    """
    import networkx as nx

    linked = tree.subgraph([node for node in tree if tree.degree(node)]).copy()
    pivots = None if len(linked) <= _EXACT_UP_TO else _PIVOTS
    shares = nx.betweenness_centrality(linked, k=pivots, normalized=True, seed=_SEED)
    return {node: round(share, _DIGITS) for node, share in shares.items()}


def papers(graph: Graph, tree: nx.DiGraph[str]) -> dict[str, float]:
    """Measure how many papers name each method: how well known it is, rather than what came of it."""
    return {node: float(len(naming_papers(graph.store, NamedNode(node)))) for node in tree}


_MEASURES: Final[Mapping[str, Callable[[Graph, nx.DiGraph[str]], dict[str, float]]]] = {
    "descendants": descendants,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "papers": papers,
}
MEASURES: Final = tuple(_MEASURES)

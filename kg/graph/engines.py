"""The same measures in rustworkx, which the extra ``fast`` brings: for graphs of hundreds of thousands of edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg.graph import measures
from kg.graph._choices import choose

if TYPE_CHECKING:
    import networkx as nx

ENGINES: Final = ("networkx", "rustworkx")
Measure = Callable[..., dict[Any, float]]


def measure_by(name: str, engine: str | None) -> Measure:
    """Return the function that measures by a name, in an engine.

    Args:
        name: ``descendants``, ``children``, ``pagerank``, ``betweenness`` or ``h``.
        engine: one of :data:`ENGINES`; None for networkx. What rustworkx does not have is computed as without it.

    Raises:
        UnknownChoice: there is no such engine.
        ImportError: rustworkx is not installed.

    >>> measure_by("children", None).__name__
    'children'
    """
    if choose("engine", engine or ENGINES[0], ENGINES) == "rustworkx":
        return _IN_RUST.get(name, _IN_PYTHON[name])
    return _IN_PYTHON[name]


def descendants(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure as :func:`kg.graph.measures.descendants` does.

    >>> import networkx as nx
    >>> descendants(nx.DiGraph([("c", "b"), ("b", "a")]))
    {'a': 2.0, 'b': 1.0}
    """
    rx = _rustworkx()
    nodes, whole = _in_rust(rx, tree)
    counts = {node: len(rx.ancestors(whole, place)) for place, node in enumerate(nodes) if tree.in_degree(node)}
    return {node: float(counts[node]) for node in sorted(counts, key=str)}


def pagerank(tree: nx.DiGraph[Any], *, starts: Mapping[Any, float] | None = None) -> dict[Any, float]:
    """Measure as :func:`kg.graph.measures.pagerank` does.

    >>> import networkx as nx
    >>> pagerank(nx.DiGraph([("b", "a"), ("c", "a")]))
    {'a': 0.5744680851}
    """
    rx = _rustworkx()
    nodes, whole = _in_rust(rx, tree)
    if not nodes:
        return {}
    weights = None if starts is None else {place: starts[node] for place, node in enumerate(nodes) if node in starts}
    shares = rx.pagerank(whole, alpha=measures.DAMPING, personalization=weights, tol=1e-14, max_iter=1000)
    return measures.rounded({node: shares[place] for place, node in enumerate(nodes) if tree.in_degree(node)})


def betweenness(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure as :func:`kg.graph.measures.betweenness` does; what is estimated there is estimated by it.

    >>> import networkx as nx
    >>> betweenness(nx.DiGraph([("c", "b"), ("b", "a")]))
    {'b': 0.5}
    """
    rx = _rustworkx()
    linked = [node for node in tree if tree.degree(node)]
    if len(measures.starts_of_searches(tree)) < len(linked):
        return measures.betweenness(tree)
    nodes, whole = _in_rust(rx, tree.subgraph(linked))
    shares = rx.digraph_betweenness_centrality(whole, normalized=True) if len(nodes) > 2 else {}
    found = measures.rounded({node: shares[place] for place, node in enumerate(nodes) if place in shares})
    return {node: share for node, share in found.items() if share}


def _rustworkx() -> Any:
    try:
        import rustworkx
    except ImportError as error:
        raise ImportError("the engine rustworkx needs rustworkx: install the extra 'fast'") from error
    return rustworkx


def _in_rust(rx: Any, tree: nx.DiGraph[Any]) -> tuple[list[Any], Any]:
    nodes = list(tree)
    place = {node: number for number, node in enumerate(nodes)}
    whole = rx.PyDiGraph(multigraph=False)
    whole.add_nodes_from(nodes)
    whole.add_edges_from_no_data([(place[child], place[parent]) for child, parent in tree.edges])
    return nodes, whole


_IN_PYTHON: Final[Mapping[str, Measure]] = MappingProxyType({
    "descendants": measures.descendants,
    "children": measures.children,
    "pagerank": measures.pagerank,
    "betweenness": measures.betweenness,
    "h": measures.h_index,
})  # fmt: skip
_IN_RUST: Final[Mapping[str, Measure]] = MappingProxyType({
    "descendants": descendants,
    "pagerank": pagerank,
    "betweenness": betweenness,
})  # fmt: skip

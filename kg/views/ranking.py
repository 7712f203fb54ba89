"""What must be seen first of a lineage that is too large for one look."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


def offspring(graph: nx.DiGraph[Any]) -> dict[Hashable, int]:
    """Return how many nodes of a lineage came of each node, directly or not.

    Takes time and memory of nodes times edges at the worst; edges run from child to parent.
    """
    import networkx as nx

    bits = {node: 1 << i for i, node in enumerate(sorted(graph))}
    below: dict[Hashable, int] = {}
    # Sets as the bits of one integer: the union of a thousand descendants is one operation.
    for node in _children_first(nx, graph):
        gathered = 0
        for child in graph.predecessors(node):
            gathered |= below.get(child, 0) | bits[child]
        below[node] = gathered
    return {node: gathered.bit_count() for node, gathered in below.items()}


def ranks(graph: nx.DiGraph[Any], weights: Mapping[Hashable, float]) -> dict[Hashable, int]:
    """Return the order in which nodes are shown: from the focus outwards, always the weightiest that is linked.

    So any first part of the order is one connected picture, as far as the graph is.

    Args:
        graph: edges from child to parent; nodes in focus carry ``focus``.
        weights: the importance of each node.
    """
    order: dict[Hashable, int] = {}
    starts = sorted(graph, key=lambda node: (not graph.nodes[node].get("focus", False), -weights[node], str(node)))
    for start in starts:
        waiting = [(-weights[start], str(start), start)]
        while waiting:
            *_, node = heappop(waiting)
            if node in order:
                continue
            order[node] = len(order)
            for other in {*graph.successors(node), *graph.predecessors(node)} - order.keys():
                heappush(waiting, (-weights[other], str(other), other))
    return order


def unfolded_first(
    graph: nx.DiGraph[Any], order: Mapping[Hashable, int], collapsed: Set[Hashable]
) -> dict[Hashable, int]:
    """Return an order in which what is folded away at first comes last.

    As on the page: what lies beyond a node is what is linked to it and further from the focus, on the same side.
    """
    if not collapsed:
        return dict(order)
    depths = {node: int(data.get("depth") or 0) for node, data in graph.nodes(data=True)}
    folded: set[Hashable] = set()
    for node in sorted(depths, key=lambda node: (abs(depths[node]), order[node])):
        near = {*graph.successors(node), *graph.predecessors(node)}
        within = [other for other in near if _is_beyond(depths[node], depths[other])]
        if within and all(other in collapsed or other in folded for other in within):
            folded.add(node)
    wanted = sorted(order, key=lambda node: (node in folded, order[node]))
    return {node: rank for rank, node in enumerate(wanted)}


def _is_beyond(depth: int, other: int) -> bool:
    """Return whether what stands at a depth lies beyond its neighbour at another."""
    return abs(depth) > abs(other) and (other == 0 or (depth > 0) == (other > 0))


def _children_first(nx: Any, graph: nx.DiGraph[Any]) -> list[Hashable]:
    try:
        return list(nx.lexicographical_topological_sort(graph, key=str))
    except nx.NetworkXUnfeasible:  # a lineage has no cycles; another graph may, and is then counted roughly
        return sorted(graph)

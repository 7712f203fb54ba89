"""Measures of influence on a lineage: functions of a directed graph, from child to parent, without cycles.

Each returns a value a node; nodes of value 0 may be left out. Where rustworkx has the same function, an engine of that
name computes it there (:mod:`kg.graph.engines`); the values are the same.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import networkx as nx

DIGITS: Final = 10
DAMPING: Final = 0.85
# As much as a person waits for: some seconds of searches.
MOST_VISITS: Final = 5_000_000
FEWEST_STARTS: Final = 100
_TOLERANCE: Final = 1e-14
_BLOCK: Final = 1 << 13
_SEED: Final = 0


def descendants(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure how many methods are based on each one, directly or through others.

    The size of the set of nodes from which a path leads to the method: the transitive closure of lineage. The sets
    are bits of long integers, gathered from children to parents, a block of methods at a time, so that memory stays
    linear. Takes O(nodes x (nodes + edges) / word length).

    >>> import networkx as nx
    >>> descendants(nx.DiGraph([("c", "b"), ("b", "a")]))
    {'a': 2.0, 'b': 1.0}
    """
    import networkx as nx

    order = [node for node in nx.topological_sort(tree) if tree.degree(node)]
    place = {node: number for number, node in enumerate(order)}
    children = [[place[child] for child in tree.predecessors(node)] for node in order]
    counts = [0] * len(order)
    for start in range(0, len(order), _BLOCK):
        # Children come first in the order, so what lies before a block has no descendant in it.
        gathered = [0] * len(order)
        for number in range(start, len(order)):
            own = 0
            for child in children[number]:
                own |= gathered[child]
                if start <= child < start + _BLOCK:
                    own |= 1 << (child - start)
            gathered[number] = own
            counts[number] += own.bit_count()
    return {node: float(counts[place[node]]) for node in sorted(place, key=str) if counts[place[node]]}


def children(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure how many methods are directly based on each one: its in-degree, as citations are counted.

    >>> import networkx as nx
    >>> children(nx.DiGraph([("c", "b"), ("b", "a")]))
    {'b': 1.0, 'a': 1.0}
    """
    return {node: float(degree) for node, degree in tree.in_degree() if degree}


def pagerank(tree: nx.DiGraph[Any], *, starts: Mapping[Any, float] | None = None) -> dict[Any, float]:
    """Measure the share of time at each method of a walker who goes from child to parent.

    PageRank with damping 0.85 over unweighted lineage (Page, Brin, Motwani and Winograd 1999): a method counts for
    much when much that counts is based on it. The shares of all methods sum to 1; methods without a child are left out.

    Args:
        tree: the lineage.
        starts: where the walker starts anew, by weight; None for anywhere. Given some methods, this is personalised
            PageRank (Haveliwala 2002): influence upon them.

    >>> import networkx as nx
    >>> pagerank(nx.DiGraph([("b", "a"), ("c", "a")]))
    {'a': 0.5744680851}
    """
    import networkx as nx

    if not len(tree):
        return {}
    weights = None if starts is None else dict(starts)
    shares = nx.pagerank(tree, alpha=DAMPING, personalization=weights, tol=_TOLERANCE, max_iter=1000)
    return rounded({node: share for node, share in shares.items() if tree.in_degree(node)})


def betweenness(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure the share of shortest lines of descent that run through each method.

    Betweenness centrality, normalised (Freeman 1977), by Brandes' algorithm (2001): high for bridges by which ideas
    came from one part of the field into another. A search touches only the ancestors of its start, which in a lineage
    are few: many times faster than NetworkX, which lays out all nodes for each start. Where the searches from all
    methods would visit more than five million nodes, it is estimated from as many starts as that allows, at least 100
    (Brandes and Pich 2007), drawn with a fixed seed.

    >>> import networkx as nx
    >>> betweenness(nx.DiGraph([("c", "b"), ("b", "a")]))
    {'b': 0.5}
    """
    linked = [node for node in tree if tree.degree(node)]
    starts = starts_of_searches(tree)
    sums = dict.fromkeys(linked, 0.0)
    for start in starts:
        _add_dependencies(tree, start, sums)
    pairs = (len(linked) - 1) * (len(linked) - 2)
    scale = (len(linked) / len(starts) if starts else 0) / pairs if pairs > 0 else 0.0
    return rounded({node: total * scale for node, total in sums.items() if total * scale > 0})


def starts_of_searches(tree: nx.DiGraph[Any]) -> list[Any]:
    """Return the methods from which :func:`betweenness` searches: all that have any lineage, or a sample of them.

    >>> import networkx as nx
    >>> starts_of_searches(nx.DiGraph([("b", "a")]))
    ['b', 'a']
    """
    linked = [node for node in tree if tree.degree(node)]
    # Whoever is reached from a start counts it among its descendants.
    visits = sum(descendants(tree).values())
    if visits <= MOST_VISITS:
        return linked
    most = max(FEWEST_STARTS, int(MOST_VISITS * len(linked) / visits))
    return random.Random(_SEED).sample(linked, min(most, len(linked)))


def _add_dependencies(tree: nx.DiGraph[Any], start: Any, sums: dict[Any, float]) -> None:
    """Add to each node the share of shortest paths from a start that run through it."""
    paths, steps, order, before = {start: 1.0}, {start: 0}, [start], {start: []}  # type: ignore[var-annotated]
    for node in order:
        for parent in tree.successors(node):
            if parent not in steps:
                steps[parent], paths[parent], before[parent] = steps[node] + 1, 0.0, []
                order.append(parent)
            if steps[parent] == steps[node] + 1:
                paths[parent] += paths[node]
                before[parent].append(node)
    shares = dict.fromkeys(order, 0.0)
    for node in reversed(order[1:]):
        for child in before[node]:
            shares[child] += paths[child] / paths[node] * (1 + shares[node])
        sums[node] += shares[node]


def h_index(tree: nx.DiGraph[Any]) -> dict[Any, float]:
    """Measure the largest h such that h methods based on each one have themselves at least h based on them.

    Hirsch's index (2005), with descent in place of citation: high where much came of what came of a method, rather
    than of one lucky child.

    >>> import networkx as nx
    >>> h_index(nx.DiGraph([("b", "a"), ("c", "b"), ("d", "a"), ("e", "d"), ("f", "b"), ("g", "d")]))
    {'a': 2.0}
    """
    found = {}
    for node in tree:
        ranked = sorted((tree.in_degree(child) for child in tree.predecessors(node)), reverse=True)
        index = sum(degree >= place for place, degree in enumerate(ranked, start=1))
        if index:
            found[node] = float(index)
    return found


def recency(years: Mapping[Any, int | None], nodes: Collection[Any], *, scale: float) -> dict[Any, float]:
    """Return a weight a node that falls with its age: 1 for the latest year, 1/e for one that is ``scale`` older.

    As walkers start in CiteRank (Walker, Xie, Yan and Maslov 2007), who find what leads somewhere today. What has no
    year weighs nothing.

    >>> recency({"new": 2020, "old": 2010, "undated": None}, ["new", "old", "undated"], scale=10)
    {'new': 1.0, 'old': 0.36787944117144233}
    """
    import math

    dated = {node: year for node in nodes if (year := years.get(node)) is not None}
    latest = max(dated.values(), default=0)
    return {node: math.exp((year - latest) / scale) for node, year in dated.items()}


def rounded(values: Mapping[Any, float]) -> dict[Any, float]:
    """Return values with as many digits as every engine agrees upon.

    >>> rounded({"a": 1 / 3})
    {'a': 0.3333333333}
    """
    return {node: round(value, DIGITS) for node, value in values.items()}

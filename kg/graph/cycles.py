"""A lineage without circles: within each, the weakest edge gives way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Protocol

Ends = tuple[str, str]


class Stated(Protocol):
    """What is known of an edge that may have to give way."""

    @property
    def curated(self) -> bool:
        """Whether a curator states it."""

    @property
    def support(self) -> int:
        """How many papers state it."""

    @property
    def confidence(self) -> float:
        """The confidence of its best proof."""


def surest_first(ends: Ends, edge: Stated) -> tuple[Hashable, ...]:
    """Return what sorts edges by how sure they are: stated by a curator, then by more papers, then more confidently.

    >>> from kg.graph.bulk import Link
    >>> said_often, curated = Link("b", "a", 9, 0.9, False), Link("c", "a", 0, 1.0, True)
    >>> min((("b", "a"), said_often), (("c", "a"), curated), key=lambda each: surest_first(*each))[0]
    ('c', 'a')
    """
    return (not edge.curated, -edge.support, -edge.confidence, ends)


def cycle_closing(edges: Mapping[Ends, Stated]) -> set[Ends]:
    """Return the edges to leave out so that no cycle remains, the weakest of each cycle among them.

    Within each strongly connected part the edges are taken surest first, and one that closes a cycle with
    those already taken is left out (as Kruskal builds a forest). Takes O(edges squared) of such a part, and
    linear time elsewhere.

    Args:
        edges: what is known of each edge, by child and parent.

    >>> from kg.graph.bulk import Link
    >>> sure, unsure = Link("a", "b", 2, 0.9, False), Link("b", "a", 1, 0.9, False)
    >>> cycle_closing({("a", "b"): sure, ("b", "a"): unsure})
    {('b', 'a')}
    """
    import networkx as nx

    whole: nx.DiGraph[str] = nx.DiGraph(edges.keys())
    left_out = {ends for ends in edges if ends[0] == ends[1]}
    part_of = {
        node: number
        for number, part in enumerate(nx.strongly_connected_components(whole))
        if len(part) > 1
        for node in part
    }
    parts: dict[int, list[Ends]] = {}
    for child, parent in edges:
        if child != parent and child in part_of and part_of[child] == part_of.get(parent):
            parts.setdefault(part_of[child], []).append((child, parent))
    for inside in parts.values():
        taken: dict[str, list[str]] = {}
        for child, parent in sorted(inside, key=lambda ends: surest_first(ends, edges[ends])):
            if child in distances(parent, lambda node, taken=taken: taken.get(node, ())):  # type: ignore[misc]
                left_out.add((child, parent))
            else:
                taken.setdefault(child, []).append(parent)
    return left_out


def distances(start: str, neighbours: Callable[[str], Iterable[str]], *, depth: int | None = None) -> dict[str, int]:
    """Return what can be reached from a node, with the fewest steps to it; the node itself is not in it.

    >>> distances("a", {"a": ["b"], "b": ["c", "a"], "c": []}.__getitem__)
    {'b': 1, 'c': 2}
    """
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        if depth is not None and found[node] >= depth:
            continue
        for other in neighbours(node):
            if other not in found:
                found[other] = found[node] + 1
                waiting.append(other)
    del found[start]
    return found


def implied(edges: Iterable[Ends]) -> set[Ends]:
    """Return the edges of a graph without cycles that a longer way says too (its transitive reduction lacks them).

    Aho, Garey and Ullman 1972; takes time of nodes times edges, so it is for what one looks at.

    Args:
        edges: pairs of child and parent.

    >>> implied([("c", "b"), ("b", "a"), ("c", "a")])
    {('c', 'a')}
    """
    import networkx as nx

    whole: nx.DiGraph[str] = nx.DiGraph(list(edges))
    return set(whole.edges) - set(nx.transitive_reduction(whole).edges)

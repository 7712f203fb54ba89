"""What a method came from and what came of it, along ``based_on``, with the sentences that say so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.concept import Concept
from kg.graph.evidence import Edge, EvidenceReader
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph


class NoLineage(KgError, ValueError):
    """A concept that is no method has no lineage."""


def lineage(
    graph: Graph,
    name: str | Concept,
    *,
    up: bool = True,
    down: bool = True,
    depth: int | None = None,
    families: bool = False,
) -> nx.DiGraph[str]:
    """Return the ancestors and descendants of a method as a graph without cycles.

    Edges to families (Transformer, GAN) are left out unless asked for, since every path would run through
    them; asked about a family itself, its children are shown.

    Cycles, which arise where papers disagree, are broken: within a cycle the surest edges are kept, and each
    edge that would close a cycle with surer ones is left out (surer: stated by a curator, then by more
    papers, then with more confidence). What can then no longer be reached is left out too.

    Args:
        graph: an open graph.
        name: the concept in focus, as :meth:`Graph.concept` takes it, or a view of it.
        up: whether to show what it came from.
        down: whether to show what came of it.
        depth: how many steps to go, each way; None for all.
        families: whether edges to families count.

    Returns:
        Nodes are concept ids with the attributes ``id``, ``iri``, ``name``, ``kind``, ``year`` (or None),
        ``family``, ``curated``, ``papers`` (how many name it), ``depth`` (steps from the focus: negative for
        what it came from, positive for what came of it) and ``focus``. Edges run from child to parent, with
        ``predicate``, ``support`` (papers), ``confidence`` (of the best proof), ``curated``,
        ``dated_before_parent`` (the child is dated earlier, so one of the two is wrong) and ``proofs``, a
        list of objects with ``sentence``, ``paper``, ``title``, ``year``, ``confidence``, ``found_by``,
        ``source``. The graph has the attributes ``focus`` and ``broken``: the edges left out because of
        cycles, as objects with ``child``, ``parent``, ``support`` and ``confidence``. Nodes and edges are in
        a fixed order.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        NoLineage: the concept is no method.
        ValueError: the depth is negative.
    """
    import networkx as nx

    if depth is not None and depth < 0:
        raise ValueError(f"a depth of {depth} is no number of steps; give 0 or more, or None for all")
    focus = name if isinstance(name, Concept) else graph.concept(name)
    if focus.kind not in METHOD_KINDS:
        raise NoLineage(f"{focus.name!r} is a {focus.kind}; only methods ({', '.join(sorted(METHOD_KINDS))}) "
                        "have a lineage")  # fmt: skip
    steps = _Steps(graph, focus.iri, families=families)
    reached = {focus.iri}
    if up:
        reached |= distances(focus.iri, steps.parents, depth=depth).keys()
    if down:
        reached |= distances(focus.iri, steps.children, depth=depth).keys()
    reader = EvidenceReader(graph.store)
    edges = {
        (child, parent): reader.edge(NamedNode(child), "based_on", NamedNode(parent))
        for child in sorted(reached)
        for parent in steps.parents(child)
        if parent in reached
    }
    broken = cycle_closing(edges)
    kept: nx.DiGraph[str] = nx.DiGraph(edge for edge in edges if edge not in broken)
    kept.add_node(focus.iri)
    above = distances(focus.iri, kept.successors, depth=depth) if up else {}
    below = distances(focus.iri, kept.predecessors, depth=depth) if down else {}
    depths = {focus.iri: 0} | {iri: -steps for iri, steps in above.items()} | below

    result: nx.DiGraph[str] = nx.DiGraph(
        focus=focus.id, broken=[_broken(graph, edges[ends]) for ends in sorted(broken)]
    )
    views = {concept.iri: concept for concept in graph.concepts_at(map(NamedNode, depths))}
    for iri in sorted(views, key=lambda iri: (depths[iri], views[iri].id)):
        result.add_node(views[iri].id, **_node(views[iri], depths[iri], focus=iri == focus.iri))
    for (child, parent), edge in edges.items():
        if (child, parent) not in broken and child in views and parent in views:
            result.add_edge(views[child].id, views[parent].id, **_edge(edge, views[child], views[parent]))
    return result


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


def cycle_closing(edges: dict[tuple[str, str], Edge]) -> set[tuple[str, str]]:
    """Return the edges to leave out so that no cycle remains, the weakest of each cycle among them.

    Within each strongly connected part the edges are taken surest first, and one that closes a cycle with
    those already taken is left out (as Kruskal builds a forest). Takes O(edges squared) of such a part, and
    linear time elsewhere.
    """
    import networkx as nx

    whole: nx.DiGraph[str] = nx.DiGraph(edges.keys())
    left_out = {ends for ends in edges if ends[0] == ends[1]}
    for part in nx.strongly_connected_components(whole):
        if len(part) < 2:
            continue
        taken: nx.DiGraph[str] = nx.DiGraph()
        taken.add_nodes_from(part)
        inside = [ends for ends in edges if ends[0] in part and ends[1] in part and ends[0] != ends[1]]
        for child, parent in sorted(inside, key=lambda ends: _surest_first(ends, edges[ends])):
            if nx.has_path(taken, parent, child):
                left_out.add((child, parent))
            else:
                taken.add_edge(child, parent)
    return left_out


class _Steps:
    """One step up or down the lineage, edges to families left out as asked; families are looked up once."""

    def __init__(self, graph: Graph, focus: str, *, families: bool) -> None:
        self._store = graph.store
        self._families = families
        self._left_out: dict[str, bool] = {focus: False}

    def parents(self, iri: str) -> list[str]:
        found = {node.value for node in read.objects(self._store, NamedNode(iri), t.PREDICATES["based_on"])}
        return sorted(parent for parent in found if not self._leaves_out(parent))

    def children(self, iri: str) -> list[str]:
        if self._leaves_out(iri):
            return []
        return sorted({node.value for node in read.subjects(self._store, t.PREDICATES["based_on"], NamedNode(iri))})

    def _leaves_out(self, parent: str) -> bool:
        if parent not in self._left_out:
            self._left_out[parent] = not self._families and read.is_family(self._store, NamedNode(parent))
        return self._left_out[parent]


def _surest_first(ends: tuple[str, str], edge: Edge) -> tuple[Hashable, ...]:
    return (not edge.curated, -edge.support, -edge.confidence, ends)


def _node(concept: Concept, depth: int, *, focus: bool) -> dict[str, Any]:
    return {
        "id": concept.id,
        "iri": concept.iri,
        "name": concept.name,
        "kind": concept.kind,
        "year": concept.year,
        "family": concept.family,
        "curated": concept.curated,
        "papers": concept.paper_count,
        "depth": depth,
        "focus": focus,
    }


def _edge(edge: Edge, child: Concept, parent: Concept) -> dict[str, Any]:
    return {
        "predicate": edge.predicate,
        "support": edge.support,
        "confidence": edge.confidence,
        "curated": edge.curated,
        "dated_before_parent": child.year is not None and parent.year is not None and child.year < parent.year,
        "proofs": [proof.to_json() for proof in edge.proofs],
    }


def _broken(graph: Graph, edge: Edge) -> dict[str, Any]:
    child, parent = (
        concept.id for iri in (edge.subject, edge.object) for concept in graph.concepts_at([NamedNode(iri)])
    )
    return {"child": child, "parent": parent, "support": edge.support, "confidence": edge.confidence}

"""What a method came from and what came of it, along ``based_on``, with the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.errors import KgError, UnknownName
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.concept import Concept
from kg.graph.cycles import cycle_closing, distances, implied
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.sureness import Sureness, sureness
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph


class NoLineage(KgError, ValueError):
    """A concept that is no method has no lineage.

    >>> graph.lineage("ADE20K")
    Traceback (most recent call last):
    kg.graph.lineage.NoLineage: 'ADE20K' is a dataset; only methods (architecture, module, technique) have a lineage
    """


def lineage(
    graph: Graph,
    name: str | Concept,
    *,
    up: bool = True,
    down: bool = True,
    depth: int | None = None,
    families: bool = False,
    min_confidence: float | None = None,
    reduced: bool = False,
) -> nx.DiGraph[str]:
    """Return the ancestors and descendants of a method as a graph without cycles.

    Edges to families (Transformer, GAN) are left out unless asked for, since every path would run through
    them; asked about a family itself, its children are shown.

    Cycles, which arise where papers disagree, are broken: within a cycle the surest edges are kept, and each
    edge that would close a cycle with surer ones is left out (surer: stated by a curator, then by more
    papers, then with more confidence). What can then no longer be reached is left out too.

    Args:
        graph: an open graph.
        name: the concept in focus, as :meth:`Graph.concept` takes it, a method before others of its name.
        up: whether to show what it came from.
        down: whether to show what came of it.
        depth: how many steps to go, each way; None for all.
        families: whether edges to families count.
        min_confidence: how sure an edge that only papers state must be; None for what is usual
            (:mod:`kg.graph.sureness`), 0 for all edges.
        reduced: whether to leave out the edges that a longer way says too (transitive reduction).

    Returns:
        Nodes are concept ids with the attributes ``id``, ``iri``, ``name``, ``kind``, ``year`` (or None),
        ``family``, ``curated``, ``papers`` (how many name it), ``depth`` (steps from the focus: negative for
        what it came from, positive for what came of it) and ``focus``. Edges run from child to parent, with
        ``predicate``, ``support`` (papers), ``confidence`` (of the best proof), ``curated``,
        ``dated_before_parent`` (the child is dated earlier, so one of the two is wrong) and ``proofs``, a
        list of objects with ``sentence``, ``paper``, ``title``, ``year``, ``confidence``, ``found_by``,
        ``source``. The graph has the attributes ``focus``; ``broken`` and ``implied``: the edges left out
        because of cycles, and because they are reduced, as objects with ``child``, ``parent``, ``support`` and
        ``confidence``; ``least_confidence``; and ``left_out``: how many edges at its nodes are less sure. Nodes and
        edges are in a fixed order.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        NoLineage: the concept is no method.
        ValueError: the depth is negative, or the confidence is no number from 0 to 1.

    >>> list(lineage(graph, "ResNet", depth=1).nodes(data="depth"))
    [('alexnet', -1), ('resnet', 0), ('resnext', 1)]
    """
    import networkx as nx

    if depth is not None and depth < 0:
        raise ValueError(f"a depth of {depth} is no number of steps; give 0 or more, or None for all")
    focus = method_named(graph, name)
    if focus.kind not in METHOD_KINDS:
        raise NoLineage(f"{focus.name!r} is a {focus.kind}; only methods ({', '.join(sorted(METHOD_KINDS))}) "
                        "have a lineage")  # fmt: skip
    sure = sureness(min_confidence)
    steps = _Steps(graph, focus.iri, families=families, sure=sure)
    reached = {focus.iri}
    if up:
        reached |= distances(focus.iri, steps.parents, depth=depth).keys()
    if down:
        reached |= distances(focus.iri, steps.children, depth=depth).keys()
    edges = {
        (child, parent): steps.edge(child, parent)
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

    views = {concept.iri: concept for concept in graph.concepts_at(map(NamedNode, depths))}
    shown = {ends: edge for ends, edge in edges.items() if ends not in broken and views.keys() >= set(ends)}
    spared = implied(shown) if reduced else set()
    ids = {iri: concept.id for iri, concept in views.items()}
    result: nx.DiGraph[str] = nx.DiGraph(
        focus=focus.id,
        broken=[_left_out(graph, edges[ends]) for ends in sorted(broken)],
        implied=[_left_out(graph, edges[ends]) for ends in sorted(spared)],
        least_confidence=sure.least,
        left_out=steps.unsure,
    )
    for iri in sorted(views, key=lambda iri: (depths[iri], ids[iri])):
        result.add_node(ids[iri], **describe(views[iri], depth=depths[iri], focus=iri == focus.iri))
    for (child, parent), edge in shown.items():
        if (child, parent) not in spared:
            result.add_edge(ids[child], ids[parent], **describe_edge(edge, views[child].year, views[parent].year))
    return result


def method_named(graph: Graph, name: str | Concept) -> Concept:
    """Return the concept that a name means where a method is asked for: of two senses the one that is a method.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.

    >>> method_named(graph, "SGD").kind, method_named(graph, "ADE20K").kind
    ('technique', 'dataset')
    """
    if isinstance(name, Concept):
        return name
    try:
        return graph.concept(name, kind="method")
    except UnknownName:
        # What is no method is named as such by whoever asked; what is nothing is refused with names of all kinds.
        return graph.concept(name)


class _Steps:
    """One step up or down the lineage, without unsure edges and, as asked, families; each edge is read once."""

    def __init__(self, graph: Graph, focus: str, *, families: bool, sure: Sureness) -> None:
        self._store = graph.store
        self._reader = EvidenceReader(graph.store)
        self._families = families
        self._sure = sure
        self._curated: dict[str, bool] = {}
        self._left_out: dict[str, bool] = {focus: False}
        self._edges: dict[tuple[str, str], Edge] = {}
        self._unsure: set[tuple[str, str]] = set()

    @property
    def unsure(self) -> int:
        """How many edges were left out for want of confidence."""
        return len(self._unsure)

    def edge(self, child: str, parent: str) -> Edge:
        if (child, parent) not in self._edges:
            self._edges[child, parent] = self._reader.edge(NamedNode(child), "based_on", NamedNode(parent))
        return self._edges[child, parent]

    def parents(self, iri: str) -> list[str]:
        found = {node.value for node in read.objects(self._store, NamedNode(iri), t.PREDICATES["based_on"])}
        return sorted(parent for parent in found if not self._leaves_out(parent) and self._is_sure(iri, parent))

    def children(self, iri: str) -> list[str]:
        if self._leaves_out(iri):
            return []
        found = {node.value for node in read.subjects(self._store, t.PREDICATES["based_on"], NamedNode(iri))}
        return sorted(child for child in found if self._is_sure(child, iri))

    def _is_sure(self, child: str, parent: str) -> bool:
        if child not in self._curated:
            self._curated[child] = read.text(self._store, NamedNode(child), t.CURATED) == "true"
        if self._sure.passes(self.edge(child, parent), from_curated=self._curated[child]):
            return True
        self._unsure.add((child, parent))
        return False

    def _leaves_out(self, parent: str) -> bool:
        if parent not in self._left_out:
            self._left_out[parent] = not self._families and read.is_family(self._store, NamedNode(parent))
        return self._left_out[parent]


def describe(concept: Concept, *, depth: int, focus: bool = False) -> dict[str, Any]:
    """Return a concept as the attributes of a node, as :func:`lineage` lists them.

    >>> describe(graph["ResNet"], depth=0)["papers"]
    3
    """
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


def describe_edge(edge: Edge, child: int | None, parent: int | None) -> dict[str, Any]:
    """Return an edge as the attributes of a NetworkX edge, as :func:`lineage` lists them.

    Args:
        edge: with its proofs.
        child, parent: the years of its subject and its object.

    >>> edge = graph.edge("Late", "based_on", "ResNeXt")
    >>> describe_edge(edge, 2014, 2016)["dated_before_parent"]
    True
    """
    return {
        "predicate": edge.predicate,
        "support": edge.support,
        "confidence": edge.confidence,
        "curated": edge.curated,
        "dated_before_parent": child is not None and parent is not None and child < parent,
        "proofs": [proof.to_json() for proof in edge.proofs],
    }


def _left_out(graph: Graph, edge: Edge) -> dict[str, Any]:
    child, parent = (
        concept.id for iri in (edge.subject, edge.object) for concept in graph.concepts_at([NamedNode(iri)])
    )
    return {"child": child, "parent": parent, "support": edge.support, "confidence": edge.confidence}

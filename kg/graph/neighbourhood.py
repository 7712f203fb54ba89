"""What stands around a concept, and what one paper says: small graphs to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.graph._choices import choose
from kg.graph.concept import Concept
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.lineage import describe, describe_edge
from kg.graph.paper import Paper
from kg.records import EXTRACTED_PREDICATES, KINDS, METHOD_PREDICATES

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph


def neighbourhood(
    graph: Graph,
    name: str | Concept,
    *,
    depth: int = 1,
    predicates: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    papers: bool = False,
    families: bool = True,
    min_support: int = 1,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> nx.MultiDiGraph[str]:
    """Return what stands within some edges of a concept, and all edges between what is shown.

    Args:
        graph: an open graph.
        name: as :meth:`Graph.concept` takes it.
        depth: how many edges to go.
        predicates: the edges to follow; None for ``based_on``, ``uses`` and ``outperforms``, and with ``papers`` all.
        kinds: the kinds of concepts to show; None for all.
        papers: whether papers are shown: those that introduce a concept, work on a task, test on data.
        families: whether broad families are shown; the search does not go on from them in any case.
        min_support: leave out edges that fewer papers state, a curator counting as one more.
        min_confidence: leave out edges whose best proof is less sure.
        limit: how many neighbours at most: the best supported first, near ones before far ones.

    Returns:
        Nodes are IRIs with the attributes of :func:`kg.graph.lineage.lineage`, ``depth`` the edges from the focus;
        a paper has ``kind`` ``paper``. Edges are keyed by predicate, with the attributes of lineage. The graph has
        ``focus`` (an IRI) and ``left_out``: how many neighbours the limit left out.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        UnknownChoice: there is no such predicate or kind.

    >>> around = neighbourhood(graph, "Self-Attention")
    >>> sorted(around.nodes[iri]["name"] for iri in around)
    ['Attention', 'SegFormer', 'Self-Attention', 'Vision Transformer']
    """
    focus = name if isinstance(name, Concept) else graph.concept(name)
    usual = EXTRACTED_PREDICATES if papers else METHOD_PREDICATES
    followed = sorted(
        usual if predicates is None else {choose("predicate", p, EXTRACTED_PREDICATES) for p in predicates}
    )
    shown_kinds = None if kinds is None else {choose("kind", kind, KINDS) for kind in kinds}
    views: dict[str, Concept | Paper] = {focus.iri: focus}
    depths = {focus.iri: 0}
    left_out = 0

    def passes(edge: Edge) -> bool:
        return edge.support + edge.curated >= min_support and edge.confidence >= min_confidence

    def may_show(iri: str) -> bool:
        view = _view(graph, iri)
        if (isinstance(view, Concept) and (shown_kinds is None or view.kind in shown_kinds) and (
            families or not view.family
        )) or (isinstance(view, Paper) and papers):  # fmt: skip
            views[iri] = view
        return iri in views

    layer = [focus.iri]
    reader = EvidenceReader(graph.store)
    for step in range(1, depth + 1):
        met: dict[str, tuple[int, float]] = {}
        for iri in layer:
            for edge in filter(passes, _edges_at(reader, iri, followed)):
                other = edge.object if edge.subject == iri else edge.subject
                if other not in depths:
                    strength = (edge.support + edge.curated, edge.confidence)
                    met[other] = max(met.get(other, strength), strength)
        ordered = [iri for iri in sorted(met, key=lambda iri: (-met[iri][0], -met[iri][1], iri)) if may_show(iri)]
        room = len(ordered) if limit is None else max(0, limit - (len(depths) - 1))
        left_out += len(ordered[room:])
        depths |= dict.fromkeys(ordered[:room], step)
        layer = [iri for iri in ordered[:room] if not _is_family(views[iri])]
    edges = {
        (edge.subject, edge.predicate, edge.object): edge
        for iri in depths
        for edge in _edges_from(reader, iri, followed)
        if edge.object in depths and passes(edge)
    }
    return _drawn(views, depths, edges, focus=focus.iri, left_out=left_out)


def paper_graph(graph: Graph, paper: str | Paper) -> nx.MultiDiGraph[str]:
    """Return what one paper says: its concepts, and the edges that it proves, with its own sentences alone.

    Args:
        graph: an open graph.
        paper: as :meth:`Graph.paper` takes it.

    Returns:
        As :func:`neighbourhood` returns it, the paper in focus; an edge of ``mentions`` leads to a concept that the
        paper only names. The graph also has ``results``, the scores that the paper reports, as JSON.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.paper`.

    >>> said = paper_graph(graph, "arxiv-2105.15203")
    >>> said.number_of_nodes(), said.number_of_edges(), len(said.graph["results"])
    (10, 14, 2)
    """
    focus = paper if isinstance(paper, Paper) else graph.paper(paper)
    edges = {}
    for edge in focus.evidence():
        own = tuple(proof for proof in edge.proofs if proof.paper == focus.iri)
        if edge.predicate != "reports":
            edges[edge.subject, edge.predicate, edge.object] = replace(edge, proofs=own)
    said = {edge.object for edge in edges.values() if edge.subject == focus.iri}
    views: dict[str, Concept | Paper] = {focus.iri: focus} | {concept.iri: concept for concept in focus.concepts}
    for edge in edges.values():
        for iri in (edge.subject, edge.object):
            if iri not in views and (view := _view(graph, iri)) is not None:
                views[iri] = view
    for iri in sorted(views.keys() - said - {focus.iri}):
        name = view.name if isinstance(view := views[iri], Concept) else view.title
        edges[focus.iri, "mentions", iri] = Edge(focus.iri, focus.title, "mentions", iri, name)
    depths = {iri: int(iri != focus.iri) for iri in sorted(views)}
    return _drawn(views, depths, edges, focus=focus.iri, results=[result.to_json() for result in focus.results])


def _edges_at(reader: EvidenceReader, iri: str, predicates: Iterable[str]) -> Iterable[Edge]:
    yield from _edges_from(reader, iri, predicates)
    for predicate in predicates:
        yield from reader.edges(predicate=predicate, value=NamedNode(iri))


def _edges_from(reader: EvidenceReader, iri: str, predicates: Iterable[str]) -> Iterable[Edge]:
    for predicate in predicates:
        yield from reader.edges(subject=NamedNode(iri), predicate=predicate)


def _view(graph: Graph, iri: str) -> Concept | Paper | None:
    node = [NamedNode(iri)]
    found: list[Concept] | list[Paper] = graph.concepts_at(node) or graph.papers_at(node)
    return found[0] if found else None


def _is_family(view: Concept | Paper) -> bool:
    return isinstance(view, Concept) and view.family


def _drawn(
    views: dict[str, Concept | Paper],
    depths: dict[str, int],
    edges: dict[tuple[str, str, str], Edge],
    **attributes: Any,
) -> nx.MultiDiGraph[str]:
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(**attributes)
    for iri in sorted(depths, key=lambda iri: (depths[iri], iri)):
        result.add_node(iri, **describe_any(views[iri], depth=depths[iri], focus=iri == attributes["focus"]))
    for subject, predicate, value in sorted(edges):
        years = views[subject].year, views[value].year
        dated = years if predicate == "based_on" else (None, None)
        result.add_edge(subject, value, key=predicate, **describe_edge(edges[subject, predicate, value], *dated))
    return result


def describe_any(view: Concept | Paper, *, depth: int = 0, focus: bool = False) -> dict[str, Any]:
    """Return a concept or a paper as the attributes of a node, as :func:`kg.graph.lineage.lineage` lists them.

    >>> describe_any(graph.paper("arxiv-2105.15203"))["kind"]
    'paper'
    """
    if isinstance(view, Concept):
        return describe(view, depth=depth, focus=focus)
    return {
        "id": view.key,
        "iri": view.iri,
        "name": view.title,
        "kind": "paper",
        "year": view.year,
        "family": False,
        "curated": False,
        "papers": 0,
        "depth": depth,
        "focus": focus,
    }

"""The lineage page: what a method came from and what came of it, in time, with the sentences that say so."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.labels import wrap
from kg.views.layout import Item, layered
from kg.views.page import Page
from kg.views.payload import PageEdge, PageNode, Payload, Words
from kg.views.ranking import offspring, ranks
from kg.views.shell import page

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import networkx as nx

SHOWN: Final = 150  # more than these are offered, not shown
_SMALLEST: Final = 5.0
_LARGEST: Final = 17.0
_PROOF_FIELDS: Final = ("sentence", "paper", "title", "year", "confidence", "found_by", "source")


def lineage_page(graph: nx.DiGraph[Any], *, title: str | None = None) -> Page:
    """Return the page of a lineage: layers in time, with search, filters, a list and the evidence of each link.

    The same graph gives the same bytes. Above 150 nodes the most important are shown first, from the focus
    outwards, and the page offers the others.

    Args:
        graph: as :meth:`kg.graph.Graph.lineage` makes it: edges run from child to parent.
        title: what to call the page; "Lineage of ..." where not said.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("resnet", name="ResNet", kind="architecture", year=2015, depth=0, focus=True)
    >>> lineage_page(graph).title
    'Lineage of ResNet'
    """
    names = {node: str(graph.nodes[node].get("name", node)) for node in graph}
    focus = [names[node] for node in sorted(graph) if graph.nodes[node].get("focus")]
    title = title or (f"Lineage of {' and '.join(focus)}" if focus else "Lineage")
    counts = offspring(graph)
    papers = {node: int(graph.nodes[node].get("papers") or 0) for node in graph}
    named = any(papers.values())
    weights = {node: float(papers[node] + counts[node]) for node in graph}
    order = ranks(graph, weights)
    ids = {node: f"n{rank}" for node, rank in order.items()}
    radii = _radii(papers if named else counts)
    links = sorted((ids[parent], ids[child]) for child, parent in graph.edges)
    layout = layered([_item(graph.nodes[node], names[node], ids[node], rank, radii[node])
                      for node, rank in order.items()], links)  # fmt: skip
    nodes = tuple(
        _node(graph.nodes[node], names[node], ids[node], rank, radii[node], layout.positions[ids[node]])
        for node, rank in order.items()
    )
    edges = tuple(
        _edge(f"e{i}", ids[parent], ids[child], graph.edges[child, parent])
        for i, (child, parent) in enumerate(sorted(graph.edges, key=lambda ends: (order[ends[1]], order[ends[0]])))
    )
    payload = Payload(
        title=title,
        slug=slug(title) or "lineage",
        words=_words(size="papers that name it" if named else "what came of it"),
        nodes=nodes,
        edges=edges,
        axis=layout.axis,
        shown=SHOWN,
        notes=_notes(graph, names),
    )
    return page(payload, summary=_summary(payload))


def _words(*, size: str) -> Words:
    return Words(
        noun="method",
        nouns="methods",
        incoming="Based on",
        outgoing="What came of it",
        size=size,
        solid="said by a paper",
        dashed="curated only",
    )


def _radii(counts: Mapping[Hashable, int]) -> dict[Hashable, float]:
    """Return radii whose areas grow with the counts."""
    most = max(counts.values(), default=0) or 1
    span = _LARGEST - _SMALLEST
    return {node: round(_SMALLEST + span * sqrt(count / most), 1) for node, count in counts.items()}


def _item(data: Mapping[str, Any], name: str, identifier: str, rank: int, radius: float) -> Item:
    return Item(
        id=identifier,
        year=data.get("year"),
        depth=int(data.get("depth") or 0),
        rank=rank,
        early=rank < SHOWN,
        radius=radius,
        lines=wrap(name),
    )


def _node(
    data: Mapping[str, Any], name: str, identifier: str, rank: int, radius: float, position: tuple[float, float]
) -> PageNode:
    return PageNode(
        id=identifier,
        name=name,
        lines=wrap(name),
        kind=str(data.get("kind", "technique")),
        year=data.get("year"),
        iri=str(data.get("iri", "")),
        family=bool(data.get("family")),
        curated=bool(data.get("curated")),
        papers=int(data.get("papers") or 0),
        aliases=tuple(data.get("aliases", ())),
        depth=int(data.get("depth") or 0),
        focus=bool(data.get("focus")),
        x=position[0],
        y=position[1],
        radius=radius,
        rank=rank,
    )


def _edge(identifier: str, parent: str, child: str, data: Mapping[str, Any]) -> PageEdge:
    support = int(data.get("support") or 0)
    return PageEdge(
        id=identifier,
        source=parent,
        target=child,
        predicate=str(data.get("predicate", "based_on")),
        support=support,
        confidence=float(data.get("confidence") or 0.0),
        asserted_only=bool(data.get("curated")) and support == 0,
        note="It is dated before what it is based on." if data.get("dated_before_parent") else None,
        proofs=tuple({key: proof.get(key) for key in _PROOF_FIELDS} for proof in data.get("proofs", ())),
    )


def _notes(graph: nx.DiGraph[Any], names: Mapping[Hashable, str]) -> tuple[str, ...]:
    """Return one sentence for each edge that was left out because it closes a cycle."""
    return tuple(
        f"Left out, since it would close a circle: {names.get(edge['child'], edge['child'])} "
        f"based on {names.get(edge['parent'], edge['parent'])}."
        for edge in graph.graph.get("broken", ())
    )


def _summary(payload: Payload) -> str:
    years = sorted(node.year for node in payload.nodes if node.year is not None)
    parts = [
        _counted(len(payload.nodes), payload.words.noun, payload.words.nouns),
        _counted(len(payload.edges), "link", "links"),
    ]
    if years:
        parts.append(f"{years[0]} to {years[-1]}" if years[0] != years[-1] else f"{years[0]}")
    return ", ".join(parts)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"

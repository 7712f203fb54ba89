"""The lineage page: what a method came from and what came of it, in time, with the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, radii, summary
from kg.views.labels import wrap
from kg.views.layout import Item, layered
from kg.views.page import Page
from kg.views.payload import Payload, Words
from kg.views.ranking import offspring, ranks, unfolded_first
from kg.views.shell import page
from kg.views.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import networkx as nx

SHOWN: Final = 150  # more than these are offered, not shown
_SMALLEST: Final = 5.0
_LARGEST: Final = 17.0


def lineage_page(graph: nx.DiGraph[Any], *, title: str | None = None) -> Page:
    """Return the page of a lineage: layers in time, with search, filters, a list and the evidence of each link.

    The same graph gives the same bytes. Above 150 nodes the most important are shown first, from the focus
    outwards, and the page offers the others; what came of a broad family is folded away at first.

    Args:
        graph: as :meth:`kg.graph.Graph.lineage` makes it: edges run from child to parent.
        title: what to call the page; "Lineage of ..." where not said.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("resnet", name="ResNet", kind="architecture", year=2015, depth=0, focus=True)
    >>> lineage_page(graph).title
    'Lineage of ResNet'
    """
    names = {node: name_of(graph.nodes[node], node) for node in graph}
    focus = [names[node] for node in sorted(graph) if graph.nodes[node].get("focus")]
    title = title or (f"Lineage of {' and '.join(focus)}" if focus else "Lineage")
    counts = offspring(graph)
    papers = {node: int(graph.nodes[node].get("papers") or 0) for node in graph}
    named = any(papers.values())
    weights = {node: float(papers[node] + counts[node]) for node in graph}
    collapsed = large_families(graph)
    order = unfolded_first(graph, ranks(graph, weights), collapsed)
    ids = {node: f"n{rank}" for node, rank in order.items()}
    sizes = radii(papers if named else counts, smallest=_SMALLEST, largest=_LARGEST)
    links = sorted((ids[parent], ids[child]) for child, parent in graph.edges)
    layout = layered([lineage_item(graph.nodes[node], names[node], ids[node], rank, sizes[node])
                      for node, rank in order.items()], links)  # fmt: skip
    nodes = tuple(
        page_node(graph.nodes[node], identifier=ids[node], name=names[node], rank=rank, radius=sizes[node],
                  position=layout.positions[ids[node]], collapsed=node in collapsed)
        for node, rank in order.items()
    )  # fmt: skip
    payload = Payload(
        title=title,
        slug=slug(title) or "lineage",
        words=Words(
            noun="method",
            nouns="methods",
            predicates=spoken({"based_on"}),
            size="papers that name it" if named else "what came of it",
            solid="said by a paper",
            dashed="curated only",
        ),
        nodes=nodes,
        edges=page_edges(graph, ids, order),
        axis=layout.axis,
        shown=SHOWN,
        notes=_notes(graph, names),
    )
    return page(payload, summary=summary(payload))


def large_families(graph: nx.DiGraph[Any]) -> frozenset[Hashable]:
    """Return the families to show as one node each: all but the focus, where a graph is too large for one look."""
    if len(graph) <= SHOWN:
        return frozenset()
    return frozenset(node for node, data in graph.nodes(data=True) if data.get("family") and not data.get("focus"))


def lineage_item(data: Mapping[str, Any], name: str, identifier: str, rank: int, radius: float) -> Item:
    """Return what the layout needs to know of a node."""
    return Item(
        id=identifier,
        year=data.get("year"),
        depth=int(data.get("depth") or 0),
        rank=rank,
        early=rank < SHOWN,
        radius=radius,
        lines=wrap(name),
    )


def _notes(graph: nx.DiGraph[Any], names: Mapping[Hashable, str]) -> tuple[str, ...]:
    """Return one sentence for each edge that was left out because it closes a cycle."""
    return tuple(
        f"Left out, since it would close a circle: {names.get(edge['child'], edge['child'])} "
        f"based on {names.get(edge['parent'], edge['parent'])}."
        for edge in graph.graph.get("broken", ())
    )

"""The page of a field: its most influential methods, the later the further right, the more influential the higher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, radii, summary
from kg.views.charts import Bar, bars_chart, number
from kg.views.labels import wrap
from kg.views.layout import Item
from kg.views.page import Page
from kg.views.payload import Payload, Words
from kg.views.scatter import scattered
from kg.views.shell import page
from kg.views.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import networkx as nx

SHOWN: Final = 80
_UNDATED: Final = 20  # so many of the undated at the first look
_BARS: Final = 20
_SMALLEST: Final = 4.0
_LARGEST: Final = 16.0
_SAID: Final = {
    "descendants": "methods that came of it",
    "pagerank": "share of a walk from child to parent (PageRank)",
    "betweenness": "share of the lines of descent through it",
    "papers": "papers that name it",
}


def influence_page(graph: nx.DiGraph[Any], *, title: str = "Influence") -> Page:
    """Return the map of the most influential methods: the later the further right, the more influential the higher.

    Args:
        graph: as :meth:`kg.graph.Graph.influence_map` makes it: edges from child to parent, nodes with ``value``,
            ``community_name``; the attribute ``by`` of the graph names the measure.
        title: what to call the page.
    """
    by = str(graph.graph.get("by", "descendants"))
    meaning = _SAID.get(by, by.replace("_", " "))
    names = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    values = {node: float(data.get("value") or 0.0) for node, data in graph.nodes(data=True)}
    ordered = sorted(graph, key=lambda node: (-values[node], names[node].casefold(), str(node)))
    order = {node: rank for rank, node in enumerate(_first_look(graph, ordered))}
    ids = {node: f"n{rank}" for node, rank in order.items()}
    sizes = radii(values, smallest=_SMALLEST, largest=_LARGEST)
    links = sorted((ids[parent], ids[child]) for child, parent in graph.edges)
    depths = _depths(graph)
    items = [
        Item(id=ids[node], year=graph.nodes[node].get("year"), depth=depths[node], rank=rank, early=rank < SHOWN,
             radius=sizes[node], lines=wrap(names[node]))
        for node, rank in order.items()
    ]  # fmt: skip
    layout = scattered(items, links, {ids[node]: values[node] for node in graph})
    payload = Payload(
        title=title,
        slug=slug(title) or "influence",
        words=Words(
            noun="method",
            nouns="methods",
            predicates=spoken({"based_on"}),
            size=meaning,
            solid="said by a paper",
            dashed="curated only, or steps between",
        ),
        nodes=tuple(
            page_node(dict(graph.nodes[node]) | {"depth": depths[node]}, identifier=ids[node], name=names[node],
                      rank=rank, radius=sizes[node], position=layout.positions[ids[node]],
                      notes=_said(graph.nodes[node], f"{number(values[node])} {meaning}"))
            for node, rank in order.items()
        ),
        edges=page_edges(graph, ids, order),
        axis=layout.axis,
        shown=SHOWN,
    )  # fmt: skip
    bars = [Bar(names[node], values[node], str(graph.nodes[node].get("kind", "")), goto=ids[node])
            for node in ordered[:_BARS]]  # fmt: skip
    return page(payload, summary=summary(payload), intro=bars_chart(bars, title=meaning.capitalize()))


def _first_look(graph: nx.DiGraph[Any], ordered: list[Hashable]) -> list[Hashable]:
    """Return the order in which nodes are shown: of the undated, who crowd one place, only some at first."""
    undated = [node for node in ordered if graph.nodes[node].get("year") is None]
    later = set(undated[_UNDATED:])
    first = [node for node in ordered if node not in later][:SHOWN]
    return first + [node for node in ordered if node not in set(first)]


def _said(data: Mapping[str, Any], measured: str) -> tuple[str, ...]:
    community = data.get("community_name")
    return (measured, f"of the community of {community}") if community else (measured,)


def _depths(graph: nx.DiGraph[Any]) -> dict[Hashable, int]:
    """Return how many steps of lineage lie before each node, by the longest way."""
    import networkx as nx

    depths: dict[Hashable, int] = {}
    for node in reversed(list(nx.lexicographical_topological_sort(graph, key=str))):
        depths[node] = 1 + max((depths[parent] for parent in graph.successors(node)), default=0)
    return depths

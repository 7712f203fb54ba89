"""The page of a family in time: what came of it, year by year, in a band for each of its branches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, radii, summary
from kg.views.charts import columns_chart
from kg.views.labels import wrap
from kg.views.lanes import OTHERS, in_lanes
from kg.views.layout import Item
from kg.views.page import Page
from kg.views.payload import Payload, Words
from kg.views.ranking import offspring, ranks
from kg.views.shell import page
from kg.views.wording import counted, spoken

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import networkx as nx

SHOWN: Final = 90
_SMALLEST: Final = 4.5
_LARGEST: Final = 13.0


def timeline_page(graph: nx.DiGraph[Any], *, title: str | None = None) -> Page:
    """Return the page of what came of a family or a method, in time, by branches.

    A branch is what came through one child of it. Above 90 nodes the most important are shown first.

    Args:
        graph: as :meth:`kg.graph.Graph.timeline` makes it: edges from child to parent, nodes with ``branch_name``.
        title: what to call the page; "Timeline of ..." where not said.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("gan", name="GAN", kind="architecture", year=2014, depth=0, focus=True, branch_name=None)
    >>> timeline_page(graph).title
    'Timeline of GAN'
    """
    names = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    focus = next((node for node in sorted(graph, key=str) if graph.nodes[node].get("focus")), None)
    title = title or (f"Timeline of {names[focus]}" if focus is not None else "Timeline")
    counts = offspring(graph)
    papers = {node: int(graph.nodes[node].get("papers") or 0) for node in graph}
    order = ranks(graph, {node: float(papers[node] + counts[node]) for node in graph})
    ids = {node: f"n{rank}" for node, rank in order.items()}
    sizes = radii(counts, smallest=_SMALLEST, largest=_LARGEST)
    items = [
        Item(id=ids[node], year=graph.nodes[node].get("year"), depth=int(graph.nodes[node].get("depth") or 0),
             rank=rank, early=rank < SHOWN, radius=sizes[node], lines=wrap(names[node]))
        for node, rank in order.items()
    ]  # fmt: skip
    links = sorted((ids[parent], ids[child]) for child, parent in graph.edges)
    layout = in_lanes(items, links, {ids[node]: _band(graph.nodes[node]) for node in graph})
    payload = Payload(
        title=title,
        slug=slug(title) or "timeline",
        words=Words(
            noun="method",
            nouns="methods",
            predicates=spoken({"based_on"}),
            size="what came of it",
            solid="said by a paper",
            dashed="curated only",
        ),
        nodes=tuple(
            page_node(graph.nodes[node], identifier=ids[node], name=names[node], rank=rank, radius=sizes[node],
                      position=layout.positions[ids[node]], notes=_said(counts[node]))
            for node, rank in order.items()
        ),
        # That a branch comes from the focus is plain; the lines would cover all others.
        edges=page_edges(graph, ids, order, is_quiet=lambda _, parent, __: parent == focus and bool(layout.axis.bands)),
        axis=layout.axis,
        shown=SHOWN,
    )  # fmt: skip
    years = [data["year"] for _, data in graph.nodes(data=True) if data.get("year") is not None]
    trend = columns_chart(_by_year(years), title="New methods by year") if len(set(years)) > 1 else None
    return page(payload, summary=summary(payload), intro=trend)


def _band(data: Mapping[str, Any]) -> str:
    """Return what the band of a node is called; the focus stands above them in one without a name."""
    return "" if data.get("focus") else str(data.get("branch_name") or OTHERS)


def _said(count: int) -> tuple[str, ...]:
    return (f"{counted(count, 'method')} came of it",) if count else ()


def _by_year(years: list[int]) -> dict[Hashable, int]:
    """Return how many there are in each year, the idle ones among them."""
    return {year: years.count(year) for year in range(min(years), max(years) + 1)}

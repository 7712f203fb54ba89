"""The map of modules and architectures: what is built with what, by year and by how often a part is reused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, summary
from kg.views.charts import Bar, bars_chart
from kg.views.page import Page
from kg.views.payload import Axis, Payload, Words
from kg.views.shell import page
from kg.views.stacking import clip
from kg.views.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable

    import networkx as nx

_ROWS: Final = 30
_COLUMNS: Final = 40
_BARS: Final = 20
_RADIUS: Final = 4.5
_LONGEST: Final = 24


def map_page(graph: nx.DiGraph[Any], *, title: str = "Modules and architectures") -> Page:
    """Return the map of what uses what: modules as rows, architectures as columns from the earliest to the latest.

    The modules that most architectures use and the architectures that use most of them are shown first.

    Args:
        graph: modules and architectures; edges run from what uses to what is used, with the attributes that the
            graphs of :mod:`kg.graph` give them.
        title: what to call the page.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("fpn", name="FPN", kind="module", year=2016)
    >>> graph.add_node("retinanet", name="RetinaNet", kind="architecture", year=2017)
    >>> graph.add_edge("retinanet", "fpn", predicate="uses", support=1, confidence=0.9, proofs=[])
    >>> map_page(graph).title
    'Modules and architectures'
    """
    names = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    users = Counter(used for _, used in graph.edges)
    parts = Counter(user for user, _ in graph.edges)

    def by(counts: Counter[Hashable]) -> list[Hashable]:
        return sorted(counts, key=lambda node: (-counts[node], names[node].casefold(), str(node)))

    rows = [node for node in by(users) if node not in parts]
    # Columns of the modules on view, so that the first look has no empty ones.
    first_rows = set(rows[:_ROWS])
    seen = Counter(user for user, used in graph.edges if used in first_rows)
    columns = sorted(by(parts), key=lambda node: -seen[node])
    first = rows[:_ROWS] + columns[:_COLUMNS]
    order: dict[Hashable, int] = {node: rank for rank, node in enumerate(dict.fromkeys(first + rows + columns))}
    ids = {node: f"n{rank}" for node, rank in order.items()}
    payload = Payload(
        title=title,
        slug=slug(title) or "map",
        words=Words(
            noun="method",
            nouns="methods",
            predicates=spoken({"uses"}),
            size=None,
            solid="uses, said by a paper",
            dashed="uses, curated only",
        ),
        nodes=tuple(
            page_node(graph.nodes[node], identifier=ids[node], name=names[node], rank=rank, radius=_RADIUS,
                      position=(0.0, 0.0), lines=(clip(names[node], _LONGEST),),
                      side="column" if node in parts else "row")
            for node, rank in order.items()
        ),
        edges=page_edges(graph, ids, order),
        axis=Axis(),
        shown=max(1, len(first)),
        picture="map",
    )  # fmt: skip
    bars = [Bar(names[node], users[node], str(graph.nodes[node].get("kind", "")), goto=ids[node])
            for node in rows[:_BARS]]  # fmt: skip
    return page(payload, summary=summary(payload), intro=bars_chart(bars, title="Architectures that use it"))

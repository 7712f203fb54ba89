"""The page of what stands around a concept: in groups by what links them, with the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, radii, summary
from kg.views.layout import Item
from kg.views.page import Page
from kg.views.payload import Payload
from kg.views.shell import page
from kg.views.stacking import Block, Column, clip, stacked
from kg.views.wording import PREDICATES, REVERSED, words_of_concepts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import networkx as nx

    from kg.views.markup import Markup

SHOWN: Final = 64
SMALLEST: Final = 4.0
LARGEST: Final = 8.5
# The groups on either side of the concept: predicate, whether the concept is where its arrow ends, heading.
_LEFT: Final = (("based_on", True), ("uses", False), ("outperforms", False), ("introduces", True))
_RIGHT: Final = (
    ("based_on", False), ("uses", True), ("outperforms", True), ("addresses", False), ("addresses", True),
    ("evaluates_on", False), ("evaluates_on", True), ("introduces", False), ("mentions", True), ("mentions", False),
)  # fmt: skip


def neighbourhood_page(graph: nx.MultiDiGraph[Any], *, title: str | None = None, intro: Markup | None = None) -> Page:
    """Return the page of a concept and what is linked to it.

    On the left stands what it came from, what it uses and what it beats; on the right what came of it, what uses
    it and what beats it; links among these are drawn when one of their ends is selected. The best supported are
    shown first, in fair shares of the groups, and the page offers the others.

    Args:
        graph: nodes and edges as :meth:`kg.graph.Graph.neighbourhood` makes them, one node in focus.
        title: what to call the page; "Around ..." where not said.
        intro: what else is to be said of the concept.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("fpn", name="FPN", kind="module", year=2016, depth=0, focus=True)
    >>> neighbourhood_page(graph).title
    'Around FPN'
    """
    names = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    focus = next(node for node, data in sorted(graph.nodes(data=True), key=str) if data.get("focus"))
    title = title or f"Around {names[focus]}"
    groups = grouped(graph, focus)
    far = {node for node in graph if node != focus} - {node for members in groups.values() for node in members}
    order = in_turn([[focus], *groups.values()])
    order |= {node: len(order) + i for i, node in enumerate(sorted(far, key=lambda node: _weight(graph, node)))}
    ids = {node: f"n{rank}" for node, rank in order.items()}
    papers = {node: float(graph.nodes[node].get("papers") or 0) for node in graph if node != focus}
    sizes = radii(papers, smallest=SMALLEST, largest=LARGEST) | {focus: 13.0}

    def item(node: Hashable) -> Item:
        name = names[node] if node == focus else clip(names[node])
        return Item(id=ids[node], year=None, depth=0, rank=order[node], early=order[node] < SHOWN,
                    radius=sizes[node], lines=(name,))  # fmt: skip

    def column(wanted: Iterable[tuple[str, bool]], side: str) -> Column:
        return Column(
            tuple(Block(heading(*key), tuple(map(item, groups[key]))) for key in wanted if key in groups), side
        )

    columns = [column(_LEFT, "left"), Column((Block("", (item(focus),)),), "below"), column(_RIGHT, "right")]
    further = Column((Block("Further away", tuple(map(item, sorted(far, key=order.__getitem__)))),), "right")
    layout = stacked((*columns, further))
    sides = {item.id: each.side for each in (*columns, further) for block in each.blocks for item in block.items}
    nearest = {node for members in groups.values() for node in members}
    holders = {node for node in nearest if far & {*graph.successors(node), *graph.predecessors(node)}}
    nodes = tuple(
        page_node(graph.nodes[node], identifier=ids[node], name=names[node], rank=rank, radius=sizes[node],
                  position=layout.positions[ids[node]], lines=(item(node).lines), side=sides[ids[node]],
                  collapsed=node in holders)
        for node, rank in order.items()
    )  # fmt: skip
    payload = Payload(
        title=title,
        slug=slug(title) or "neighbourhood",
        words=words_of_concepts((data["predicate"] for *_, data in graph.edges(data=True)), sized=any(papers.values())),
        nodes=nodes,
        edges=page_edges(graph, ids, order, is_quiet=lambda one, other, _: {one, other} <= nearest),
        axis=layout.axis,
        shown=SHOWN,
        notes=_notes(graph),
    )
    return page(payload, summary=summary(payload), intro=intro)


def heading(predicate: str, ends_here: bool) -> str:
    """Return what a group is called, seen from the concept."""
    words = PREDICATES[predicate]
    return words.incoming if ends_here else words.outgoing


def grouped(graph: nx.MultiDiGraph[Any], focus: Hashable) -> dict[tuple[str, bool], list[Hashable]]:
    """Return what is linked to a node, by predicate and whether the drawn arrow ends at it, the weightiest first.

    What is linked in several ways stands in the first of the groups.
    """
    found: dict[tuple[str, bool], list[tuple[Any, Hashable]]] = {}
    taken = {focus}
    links = [
        (data["predicate"], (start == focus) == (data["predicate"] in REVERSED), end if start == focus else start, data)
        for start, end, data in graph.edges(data=True)
        if focus in (start, end) and start != end
    ]
    for key in (*_LEFT, *_RIGHT):
        for predicate, ends_here, other, data in links:
            if (predicate, ends_here) == key and other not in taken:
                taken.add(other)
                found.setdefault(key, []).append(((-int(data.get("support") or 0), *_weight(graph, other)), other))
    return {key: [node for _, node in sorted(members, key=lambda each: each[0])] for key, members in found.items()}


def in_turn(groups: Iterable[Iterable[Hashable]]) -> dict[Hashable, int]:
    """Return ranks that give each group a fair share: the first of each, then the second of each, and so on.

    >>> in_turn([["a"], ["b", "c"], ["d", "e"]])
    {'a': 0, 'b': 1, 'd': 2, 'c': 3, 'e': 4}
    """
    waiting = [list(group) for group in groups]
    turns = max(map(len, waiting), default=0)
    order = [group[turn] for turn in range(turns) for group in waiting if turn < len(group)]
    return {node: rank for rank, node in enumerate(dict.fromkeys(order))}


def _weight(graph: nx.MultiDiGraph[Any], node: Hashable) -> tuple[int, str, str]:
    data: Mapping[str, Any] = graph.nodes[node]
    return (-int(data.get("papers") or 0), name_of(data, node).casefold(), str(node))


def _notes(graph: nx.MultiDiGraph[Any]) -> tuple[str, ...]:
    left_out = int(graph.graph.get("left_out") or 0)
    return (f"{left_out:,} more are linked to it and left out here.",) if left_out else ()

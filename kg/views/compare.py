"""The page of two methods side by side: what each has alone, and what both have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, radii, summary
from kg.views.layout import Item
from kg.views.markup import Markup, tag
from kg.views.neighbourhood import LARGEST, SMALLEST, heading, in_turn
from kg.views.page import Page
from kg.views.payload import Payload
from kg.views.shell import page
from kg.views.stacking import SMALL_WINDOW, Block, Column, clip, stacked
from kg.views.wording import REVERSED, words_of_concepts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import networkx as nx

SHOWN: Final = 34
_NAMED: Final = 8  # so many names in a cell of the table
# In this order from top to bottom: predicate, and whether the method is where the drawn arrow ends.
_GROUPS: Final = (
    ("based_on", True), ("uses", False), ("addresses", False), ("evaluates_on", False), ("based_on", False),
    ("uses", True), ("outperforms", False), ("outperforms", True),
)  # fmt: skip


def compare_page(
    graph: nx.MultiDiGraph[Any],
    one: Hashable,
    other: Hashable,
    *,
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
) -> Page:
    """Return the page of two methods: what only the first is linked to, what both are, what only the second is.

    Args:
        graph: both methods, what they are linked to, and the edges, with the attributes that the graphs of
            :mod:`kg.graph` give them.
        one, other: the methods.
        columns, rows: the same in words, to be read under the picture: a trait, then a cell for the first, for
            both and for the second.
    """
    called = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    title = f"{called[one]} and {called[other]}"
    sides = [_linked(graph, one, other), _linked(graph, other, one)]
    shared = sides[0].keys() & sides[1].keys()
    groups: list[dict[tuple[str, bool], list[Hashable]]] = [{}, {}, {}]
    for number, side in enumerate(sides):
        for node in sorted(
            side, key=lambda node: (-int(graph.nodes[node].get("papers") or 0), called[node], str(node))
        ):
            if node not in shared:
                groups[2 * number].setdefault(side[node], []).append(node)
            elif number == 0:
                groups[1].setdefault(side[node], []).append(node)
    order = in_turn(
        [[one], [other], *(members for part in (groups[1], groups[0], groups[2]) for members in part.values())]
    )
    ids = {node: f"n{rank}" for node, rank in order.items()}
    papers = {node: float(graph.nodes[node].get("papers") or 0) for node in order}
    sizes = radii(papers, smallest=SMALLEST, largest=LARGEST) | {one: 13.0, other: 13.0}

    def item(node: Hashable) -> Item:
        early = order[node] < SHOWN or node in shared
        return Item(id=ids[node], year=None, depth=0, rank=order[node], early=early, radius=sizes[node],
                    lines=(called[node] if node in (one, other) else clip(called[node], 19),))  # fmt: skip

    def column(found: dict[tuple[str, bool], list[Hashable]], side: str) -> Column:
        blocks = (Block(heading(*key), tuple(map(item, found[key]))) for key in _GROUPS if key in found)
        return Column(tuple(blocks), side)

    drawn = (column(groups[0], "left"), Column((Block("", (item(one),)),), "below"), column(groups[1], "right"),
             Column((Block("", (item(other),)),), "below"), column(groups[2], "right"))  # fmt: skip
    layout = stacked(drawn, window=SMALL_WINDOW, gap=58.0)
    beside = {each.id: part.side for part in drawn for block in part.blocks for each in block.items}
    ends = {one, other}
    payload = Payload(
        title=title,
        slug=slug(title) or "comparison",
        words=words_of_concepts((data["predicate"] for *_, data in graph.edges(data=True)), sized=any(papers.values())),
        nodes=tuple(
            page_node(dict(graph.nodes[node]) | {"depth": 0 if node in ends else 1, "focus": node in ends},
                      identifier=ids[node], name=called[node], rank=rank, radius=sizes[node],
                      position=layout.positions[ids[node]], lines=item(node).lines, side=beside[ids[node]])
            for node, rank in order.items()
        ),
        edges=page_edges(graph, ids, order, is_quiet=lambda start, end, _: not ends & {start, end}),
        axis=layout.axis,
        shown=max(SHOWN, 2 + len(shared)),
    )  # fmt: skip
    return page(payload, summary=summary(payload), reading=_table(columns, rows), layout="below")


def _linked(graph: nx.MultiDiGraph[Any], method: Hashable, rival: Hashable) -> dict[Hashable, tuple[str, bool]]:
    """Return what is linked to a method, each with the first group that it belongs to."""
    found: dict[Hashable, tuple[str, bool]] = {}
    for start, end, data in graph.edges(data=True):
        near = end if start == method else start
        if method not in (start, end) or near in (method, rival):
            continue
        key = (str(data["predicate"]), (start == method) == (data["predicate"] in REVERSED))
        if key in _GROUPS and (near not in found or _GROUPS.index(key) < _GROUPS.index(found[near])):
            found[near] = key
    return found


def _short(cell: str) -> str:
    """Return a list of names as it fits a cell: the first of them, and how many more there are.

    >>> _short(", ".join("abcdefghij"))
    'a, b, c, d, e, f, g, h and 2 more'
    """
    names = cell.split(", ")
    return cell if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup | None:
    body = [
        tag("tr", tag("th", first, scope="row"), [tag("td", _short(cell)) for cell in rest]) for first, *rest in rows
    ]
    if not body:
        return None
    head = tag("tr", [tag("th", each, scope="col") if each else tag("td") for each in columns])
    return tag("table", tag("thead", head), tag("tbody", body), class_="compared")

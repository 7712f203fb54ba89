"""The page of a paper: its words with what they name marked, what it states, and the sentences that state it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.names import slug
from kg.views.assembling import name_of, page_edges, page_node, paper_url, radii, summary
from kg.views.highlighting import marked, name_keys
from kg.views.layout import Item
from kg.views.markup import Markup, join, tag
from kg.views.neighbourhood import LARGEST, SMALLEST, heading, in_turn
from kg.views.page import Page
from kg.views.payload import Payload, Words
from kg.views.shell import page
from kg.views.stacking import SMALL_WINDOW, Block, Column, clip, stacked
from kg.views.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import networkx as nx

SHOWN: Final = 60
_MOST_AUTHORS: Final = 5
# What the paper itself does, left of what it introduces; and what it says of methods, right of it.
_LEFT: Final = ("addresses", "evaluates_on", "mentions")
_METHODS: Final = ("based_on", "uses", "outperforms")


def paper_page(
    graph: nx.MultiDiGraph[Any],
    *,
    abstract: str | None = None,
    byline: str = "",
    url: str | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Page:
    """Return the page of one paper: title and abstract, and a picture of what it says.

    Args:
        graph: as :meth:`kg.graph.Graph.paper_graph` makes it: the paper in focus, the concepts that it names, the
            edges that it proves; the attribute ``results`` holds the scores that it reports.
        abstract: its abstract, where it may be shown.
        byline: authors, year and the like, in one line.
        url: where it is to be read; what its IRI tells where not given.
        names: further names of the concepts, by IRI, to be marked in the abstract.

    Raises:
        ValueError: no node is in focus.
    """
    focus = next((node for node in graph if graph.nodes[node].get("focus")), None)
    if focus is None:
        raise ValueError("a paper's page needs its paper in focus: graph.paper_graph(title) makes such a graph")
    title = name_of(graph.nodes[focus], focus)
    called = {node: name_of(data, node) for node, data in graph.nodes(data=True)}
    introduced, groups = _groups(graph, focus, called)
    order = in_turn([[focus], introduced, *groups.values()])
    ids = {node: f"n{rank}" for node, rank in order.items()}
    papers = {node: float(graph.nodes[node].get("papers") or 0) for node in order if node != focus}
    sizes = radii(papers, smallest=SMALLEST, largest=LARGEST) | {focus: 11.0}

    def item(node: Hashable) -> Item:
        label = "this paper" if node == focus else clip(called[node])
        return Item(id=ids[node], year=None, depth=0, rank=order[node], early=order[node] < SHOWN,
                    radius=sizes[node], lines=(label,))  # fmt: skip

    def block(said: str, members: Sequence[Hashable]) -> Block:
        return Block(said, tuple(item(node) for node in members))

    columns = (
        Column(tuple(block(heading(name, False), groups[name]) for name in _LEFT if name in groups), "left"),
        Column((block("", [focus]),), "below"),
        Column((block("Introduces", introduced),), "right"),
        Column(tuple(block(_SAID[name], groups[name]) for name in _METHODS if name in groups), "right"),
    )
    layout = stacked(columns, window=SMALL_WINDOW)
    sides = {each.id: column.side for column in columns for part in column.blocks for each in part.items}
    hubs, named = {focus, *introduced}, set(groups.get("mentions", ()))
    payload = Payload(
        title=title,
        slug=slug(title)[:80] or "paper",
        words=Words(
            noun="concept",
            nouns="concepts",
            predicates=spoken(data["predicate"] for *_, data in graph.edges(data=True)),
            size="papers that name it" if any(papers.values()) else None,
            solid="said by this paper",
            dashed="named, not said more of",
        ),
        nodes=tuple(
            page_node(dict(graph.nodes[node]) | {"focus": node == focus}, identifier=ids[node], name=called[node],
                      rank=rank, radius=sizes[node], position=layout.positions[ids[node]], lines=item(node).lines,
                      side=sides[ids[node]])
            for node, rank in order.items()
        ),
        edges=page_edges(graph, ids, order, is_quiet=lambda one, other, data: (
            other not in named if data["predicate"] == "mentions" else not hubs & {one, other})),
        axis=layout.axis,
        shown=SHOWN,
    )  # fmt: skip
    known = [(name, ids[node]) for node in order if node != focus
             for name in (called[node], *(names or {}).get(str(graph.nodes[node].get("iri")), ()))]  # fmt: skip
    kinds = {ids[node]: str(graph.nodes[node].get("kind", "")) for node in order}
    link = url or paper_url(str(graph.nodes[focus].get("iri", "")))
    reading = _words(abstract, byline, link, name_keys(known), kinds)
    intro = results_table(graph.graph.get("results", ()))
    return page(payload, summary=summary(payload), intro=intro, reading=reading)


def byline(authors: Sequence[str], year: int | None) -> str:
    """Return who wrote a paper and when, in one line.

    >>> byline(["A", "B", "C", "D", "E", "F", "G"], 2015), byline([], None)
    ('A, B, C, D, E and 2 more, 2015', '')
    """
    named = ", ".join(authors[:_MOST_AUTHORS])
    if len(authors) > _MOST_AUTHORS:
        named += f" and {len(authors) - _MOST_AUTHORS} more"
    return ", ".join(part for part in (named, str(year) if year is not None else "") if part)


_SAID: Final = {"based_on": "Based on", "uses": "Uses", "outperforms": "Outperforms"}


def _groups(
    graph: nx.MultiDiGraph[Any], focus: Hashable, called: Mapping[Hashable, str]
) -> tuple[list[Hashable], dict[str, list[Hashable]]]:
    """Return what the paper introduces, and all else by what links it first: to the paper, else to a method."""

    def by_name(nodes: set[Hashable]) -> list[Hashable]:
        return sorted(nodes, key=lambda node: (called[node].casefold(), str(node)))

    links = [(start, end, data["predicate"]) for start, end, data in graph.edges(data=True)]
    introduced = by_name({end for start, end, name in links if start == focus and name == "introduces"})
    taken = {focus, *introduced}
    groups: dict[str, list[Hashable]] = {}
    strong = [(name, {end for start, end, said in links if said == name and (start in introduced or name in _LEFT)})
              for name in (*_METHODS, "addresses", "evaluates_on")]  # fmt: skip
    weak = [(name, {end for _, end, said in links if said == name}) for name in _METHODS]
    rest = [("mentions", set(graph))]
    for name, members in (*strong, *weak, *rest):
        found = by_name(members - taken)
        if found:
            groups.setdefault(name, []).extend(found)
            taken |= set(found)
    return introduced, groups


def _words(
    abstract: str | None, byline: str, link: str | None, keys: Mapping[str, str], kinds: Mapping[str, str]
) -> Markup:
    """Return what is to be read: who and when, and the abstract with its names as buttons."""
    source = tag("a", "Read the paper", href=link, rel="noopener noreferrer", target="_blank") if link else None
    head = tag("p", byline, " · " if byline and source else None, source, class_="byline") if byline or source else None
    if not abstract:
        return join(head, tag("p", "This store keeps no abstract of it.", class_="none"))
    pieces = [
        text if node is None
        else tag("button", text, type="button", class_=f"mention {kinds.get(node, '')}".strip(), data_goto=node)
        for text, node in marked(abstract, keys)
    ]  # fmt: skip
    return join(head, tag("p", pieces, class_="abstract"))


def results_table(results: Sequence[Mapping[str, Any]]) -> Markup | None:
    """Return the scores that a paper reports as a table; None where there are none."""
    if not results:
        return None
    head = tag("tr", [tag("th", each, scope="col") for each in ("Method", "Data", "Metric", "Score")])
    rows = [
        tag("tr", tag("td", each.get("configuration") or each.get("method") or "-"),
            tag("td", each.get("dataset") or each.get("task") or "-"), tag("td", each.get("metric") or "-"),
            tag("td", each.get("value") or "-", class_="number", title=_sentence(each)))
        for each in results
    ]  # fmt: skip
    caption = tag("caption", "Results as it states them")
    return tag("table", caption, tag("thead", head), tag("tbody", rows), class_="results")


def _sentence(result: Mapping[str, Any]) -> str | None:
    return next((proof["sentence"] for proof in result.get("proofs", ()) if proof.get("sentence")), None)

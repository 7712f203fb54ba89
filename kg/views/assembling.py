"""From a graph of concepts to the nodes and links of a page: what the pages of all types do alike."""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from kg.views.labels import wrap
from kg.views.payload import PageEdge, PageNode, Payload
from kg.views.wording import REVERSED, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    import networkx as nx

_PROOF_FIELDS: Final = ("sentence", "paper", "title", "year", "confidence", "found_by", "source")
_ARXIV: Final = re.compile(r"/paper/arxiv-(\d{4}\.\d{4,5})$")
_DOI: Final = re.compile(r"/paper/doi-(10\..+)$")


def name_of(data: Mapping[str, Any], node: Hashable) -> str:
    """Return what to call a node."""
    return str(data.get("name") or node)


def radii(counts: Mapping[Hashable, float], *, smallest: float, largest: float) -> dict[Hashable, float]:
    """Return radii whose areas grow with the counts.

    >>> radii({"a": 4, "b": 1, "c": 0}, smallest=5, largest=17)
    {'a': 17.0, 'b': 11.0, 'c': 5.0}
    """
    most = max(counts.values(), default=0) or 1
    span = largest - smallest
    return {node: round(smallest + span * sqrt(max(0.0, count) / most), 1) for node, count in counts.items()}


def page_node(
    data: Mapping[str, Any],
    *,
    identifier: str,
    name: str,
    rank: int,
    radius: float,
    position: tuple[float, float],
    lines: tuple[str, ...] | None = None,
    side: str = "below",
    collapsed: bool = False,
    notes: tuple[str, ...] = (),
) -> PageNode:
    """Return a node of a page from the attributes that the graphs of :mod:`kg.graph` give it."""
    iri = str(data.get("iri", ""))
    return PageNode(
        id=identifier,
        name=name,
        lines=wrap(name) if lines is None else lines,
        kind=str(data.get("kind", "technique")),
        year=data.get("year"),
        iri=iri,
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
        side=side,
        collapsed=collapsed,
        notes=notes,
        url=paper_url(iri),
    )


def page_edges(
    graph: nx.Graph[Any],
    ids: Mapping[Hashable, str],
    order: Mapping[Hashable, int],
    *,
    is_quiet: Callable[[Hashable, Hashable, Mapping[str, Any]], bool] | None = None,
) -> tuple[PageEdge, ...]:
    """Return the links of a graph, directed or a multigraph, in the order of the nodes at their ends.

    Args:
        graph: edges run from subject to object and carry what :mod:`kg.graph` gives them.
        ids: of the nodes on the page; edges of other nodes are left out.
        order: the rank of each node.
        is_quiet: whether an edge (subject, object, attributes) is drawn only when asked for.
    """
    found = []
    for subject, value, data in graph.edges(data=True):
        if subject not in ids or value not in ids:
            continue
        predicate = str(data.get("predicate", "based_on"))
        source, target = (value, subject) if predicate in REVERSED else (subject, value)
        quiet = is_quiet is not None and is_quiet(subject, value, data)
        found.append((order[source], order[target], predicate, quiet, ids[source], ids[target], data))
    found.sort(key=lambda each: each[:3])
    return tuple(
        _edge(f"e{i}", source, target, predicate, data, quiet=quiet)
        for i, (*_, predicate, quiet, source, target, data) in enumerate(found)
    )


def proof_fields(proofs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return what a page shows of some proofs."""
    return tuple({key: proof.get(key) for key in _PROOF_FIELDS} for proof in proofs)


def _edge(
    identifier: str, source: str, target: str, predicate: str, data: Mapping[str, Any], *, quiet: bool
) -> PageEdge:
    support = int(data.get("support") or 0)
    through = int(data.get("through") or 0)
    note = "It is dated before what it is based on." if data.get("dated_before_parent") else None
    if through:
        note = f"Through {counted(through, 'step')} that this page does not show."
    return PageEdge(
        id=identifier,
        source=source,
        target=target,
        predicate=predicate,
        support=support,
        confidence=float(data.get("confidence") or 0.0),
        asserted_only=support == 0,
        note=note,
        proofs=proof_fields(data.get("proofs", ())),
        quiet=quiet,
    )


def summary(payload: Payload) -> str:
    """Return the line under the title: how many nodes and links, and from when to when."""
    years = sorted(node.year for node in payload.nodes if node.year is not None)
    parts = [
        counted(len(payload.nodes), payload.words.noun, payload.words.nouns),
        counted(len(payload.edges), "link"),
    ]
    if years:
        parts.append(f"{years[0]} to {years[-1]}" if years[0] != years[-1] else f"{years[0]}")
    return ", ".join(parts)


def paper_url(iri: str) -> str | None:
    """Return where a paper is to be read, as far as its IRI tells.

    >>> paper_url("https://w3id.org/methodome/paper/arxiv-1512.03385")
    'https://arxiv.org/abs/1512.03385'
    >>> paper_url("https://w3id.org/methodome/paper/doi-10.1145/3065386")
    'https://doi.org/10.1145/3065386'
    """
    number = _ARXIV.search(iri)
    if number:
        return f"https://arxiv.org/abs/{number[1]}"
    name = _DOI.search(iri)
    return f"https://doi.org/{name[1]}" if name else None

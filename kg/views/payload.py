"""What a page is given to show, whatever its type: the one contract between Python and the scripts of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PageNode:
    """A concept on a page.

    Attributes:
        id: its name within the page ("n0").
        lines: the label as it is broken into lines.
        depth: steps from the focus; negative upwards.
        x, y: its place, in units that are CSS pixels where the picture is not scaled; ``radius`` likewise.
        rank: 0 for what must be seen first; the page shows the lowest ranks and offers the others.
        side: where its label stands: ``below`` where there is room, ``left`` or ``right``; ``row`` or ``column`` on
            a map, which the page lays out itself.
        collapsed: what lies beyond it, seen from the focus, is folded away at first.
        notes: what more is to be said of it, in plain words ("84 came of it").
        url: where it is to be read, for a paper.
    """

    id: str
    name: str
    lines: tuple[str, ...]
    kind: str
    year: int | None
    iri: str
    family: bool
    curated: bool
    papers: int
    aliases: tuple[str, ...]
    depth: int
    focus: bool
    x: float
    y: float
    radius: float
    rank: int
    side: str = "below"
    collapsed: bool = False
    notes: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PageEdge:
    """A link on a page, in the direction in which it is read.

    Attributes:
        source, target: ids of nodes; the arrow points at ``target``.
        support: how many papers say so.
        asserted_only: only a curator says so: drawn dashed.
        note: what is odd about it, in plain words.
        proofs: objects with ``sentence``, ``paper``, ``title``, ``year``, ``confidence``, ``found_by``, ``source``.
        quiet: drawn only while one of its ends is selected.
    """

    id: str
    source: str
    target: str
    predicate: str
    support: int
    confidence: float
    asserted_only: bool
    note: str | None
    proofs: tuple[Mapping[str, Any], ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band across the picture, with what it is called at its left end; ``y`` is its upper edge."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over a group of nodes; it is gone while none of them is visible.

    Attributes:
        x, y: where its text begins, or ends, or has its middle, and its middle height.
        align: ``left``, ``right`` or ``center``.
        members: ids of the nodes.
    """

    x: float
    y: float
    label: str
    align: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is drawn behind the nodes.

    Attributes:
        marks: years, from left to right.
        lane: where the lane of the undated begins, if there is one.
        bands: from top to bottom.
    """

    marks: tuple[Mark, ...] = ()
    lane: float | None = None
    bands: tuple[Band, ...] = ()
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Predicate:
    """How a page speaks of one kind of link.

    Attributes:
        name: as in the graph (``based_on``).
        label: in the filters and the legend.
        incoming, outgoing: the headings over the links that end and begin at a node.
    """

    name: str
    label: str
    incoming: str
    outgoing: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a page of one type says where another says something else.

    Attributes:
        noun, nouns: what its nodes are called.
        predicates: the kinds of links on the page.
        size: what the size of a node means; None where it means nothing.
        dashed, solid: what the two kinds of lines mean.
    """

    noun: str
    nouns: str
    predicates: tuple[Predicate, ...]
    size: str | None
    solid: str
    dashed: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything that the scripts of a page read.

    Attributes:
        slug: the beginning of the names of exported files.
        shown: how many nodes are shown at first; each "show more" adds as many.
        notes: what a reader should know of the whole picture, one sentence each.
        picture: ``network``, or ``map`` for rows and columns.
    """

    title: str
    slug: str
    words: Words
    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    axis: Axis
    shown: int
    notes: tuple[str, ...] = ()
    picture: str = "network"

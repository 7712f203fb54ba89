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


@dataclass(frozen=True, slots=True)
class PageEdge:
    """A link on a page, in the direction in which it is read.

    Attributes:
        source, target: ids of nodes; the arrow points at ``target``.
        support: how many papers say so.
        asserted_only: only a curator says so: drawn dashed.
        note: what is odd about it, in plain words.
        proofs: objects with ``sentence``, ``paper``, ``title``, ``year``, ``confidence``, ``found_by``, ``source``.
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """What is drawn behind the nodes: marks of time, and where the lane of the undated begins, if there is one."""

    marks: tuple[Mark, ...] = ()
    lane: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a page of one type says where another says something else.

    Attributes:
        noun, nouns: what its nodes are called.
        incoming, outgoing: the headings over the links that end and begin at a node.
        size: what the size of a node means.
        dashed, solid: what the two kinds of lines mean.
    """

    noun: str
    nouns: str
    incoming: str
    outgoing: str
    size: str
    solid: str
    dashed: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything that the scripts of a page read.

    Attributes:
        slug: the beginning of the names of exported files.
        shown: how many nodes are shown at first; each "show more" adds as many.
        notes: what a reader should know of the whole picture, one sentence each.
    """

    title: str
    slug: str
    words: Words
    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    axis: Axis
    shown: int
    notes: tuple[str, ...] = ()

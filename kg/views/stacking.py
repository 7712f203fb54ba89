"""Where nodes stand in groups: columns of blocks, each block under its heading, names beside their nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from kg.views.labels import width
from kg.views.layout import Item, Layout
from kg.views.payload import Axis, Head

_ROW: Final = 22.0
_BETWEEN: Final = 24.0  # between the parts of one column
_HEADING: Final = 1.8  # rows that a heading takes
_AFTER: Final = 0.9  # rows between two blocks
_MOST_PARTS: Final = 5
_LEAST_SIZE: Final = 0.885  # of a name, against its size at full scale: the smallest that labels.js draws
_ROUNDS: Final = 3
_LONGEST: Final = 26
# The window that the first look should fit, and how many rows a column may have.
WINDOW: Final = (820.0, 660.0)
SMALL_WINDOW: Final = (820.0, 440.0)  # beside what is to be read
_HEIGHTS: Final = (10, 14, 18, 22, 26, 30, 34, 38, 42, 48, 56)


@dataclass(frozen=True, slots=True)
class Block:
    """Nodes under one heading, the first first; without a heading they stand alone."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Blocks one under another.

    Attributes:
        side: on which side of their nodes the names stand, and towards which the column grows: ``left``,
            ``right``, or ``below`` for a column of few nodes.
    """

    blocks: tuple[Block, ...]
    side: str


def stacked(columns: Sequence[Column], *, window: tuple[float, float] = WINDOW, gap: float = 96.0) -> Layout:
    """Return places for nodes in columns, from left to right; no two names overlap at full size.

    What is shown first fills each block from its top, in as many parts side by side as let the whole appear
    largest; what is offered later stands beyond it.

    Args:
        columns: from left to right; blocks without nodes take no room.
        window: width and height that the first look should fit.
        gap: between columns, for the links to run in.
    """
    filled = [Column(blocks, each.side) for each in columns if (blocks := tuple(b for b in each.blocks if b.items))]

    widest = [_widest(column) for column in filled]

    def scale(rows: int, stretch: float) -> float:
        steps = [_step(column, wide * stretch) for column, wide in zip(filled, widest, strict=True)]
        sizes = [_measure(column, rows, step, every=False) for column, step in zip(filled, steps, strict=True)]
        across, height = _extent(sizes, gap)
        return min(1.0, window[0] / max(1.0, across), window[1] / max(1.0, height))

    stretch = 1.0
    for _ in range(_ROUNDS):
        rows = max(_HEIGHTS, key=lambda rows: (round(scale(rows, stretch), 2), -rows))
        # Names do not shrink below a readable size: seen from further away they take more of the plane.
        stretch = max(1.0, _LEAST_SIZE / scale(rows, stretch))
    positions: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    x = 0.0
    for number, column in enumerate(filled):
        # At the rim, what is offered later may grow outwards without taking room from the first look.
        rim = number == (0 if column.side == "left" else len(filled) - 1)
        size = _measure(column, rows, _step(column, widest[number] * stretch), every=not rim)
        start = {"left": x + size.across, "right": x, "below": x + size.step / 2}[column.side]
        sign = -1.0 if column.side == "left" else 1.0
        y = -size.height / 2
        for block, height in zip(column.blocks, size.rows, strict=True):
            if block.heading:
                heads.append(_head(block, start, y + _ROW * 0.5, column.side))
                y += _ROW * _HEADING
            cells = zip(_in_turn(block), _cells(block, height, every=not rim), strict=True)
            for item, (part, row) in cells:
                positions[item.id] = (round(start + sign * part * size.step, 1), round(y + row * _ROW, 1))
            y += (height + _AFTER) * _ROW
        x += size.across + gap
    return Layout(positions=positions, axis=Axis(heads=tuple(heads)))


@dataclass(frozen=True, slots=True)
class _Size:
    """The room of a column: the rows of its blocks, the step between its parts, and its extent."""

    rows: tuple[int, ...]
    step: float
    across: float
    height: float


def _measure(column: Column, most: int, step: float, *, every: bool) -> _Size:
    """Return the room of a column that is to have so many rows at most, headings and gaps among them."""
    counts = [_count(block, every=every) for block in column.blocks]
    frame = sum(_AFTER + (_HEADING if block.heading else 0) for block in column.blocks)
    for parts in range(1, _MOST_PARTS + 1):
        rows = tuple(max(1, ceil(count / parts)) for count in counts)
        if sum(rows) + frame <= most:
            break
    taken = max(ceil(count / height) for count, height in zip(counts, rows, strict=True))
    return _Size(rows=rows, step=step, across=taken * step, height=(sum(rows) + frame) * _ROW)


def _extent(sizes: Sequence[_Size], gap: float) -> tuple[float, float]:
    across = sum(size.across for size in sizes) + gap * (len(sizes) - 1)
    return across, max((size.height for size in sizes), default=0.0)


def clip(name: str, longest: int = _LONGEST) -> str:
    """Return a name in one line; where it is too long it ends in an ellipsis.

    >>> clip("Squeeze-and-Excitation Network", 20)
    'Squeeze-and-Excitat…'
    """
    plain = " ".join(name.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def _in_turn(block: Block) -> list[Item]:
    return [item for item in block.items if item.early] + [item for item in block.items if not item.early]


def _count(block: Block, *, every: bool) -> int:
    return len(block.items) if every else sum(item.early for item in block.items)


def _cells(block: Block, rows: int, *, every: bool) -> list[tuple[int, int]]:
    """Return part and row of each node: those of the first look, then the others beyond them."""
    first = _count(block, every=every)
    cells = [(i // rows, i % rows) for i in range(first)]
    beyond = ceil(first / rows)
    return cells + [(beyond + i // rows, i % rows) for i in range(len(block.items) - first)]


def _widest(column: Column) -> float:
    return max(width(line) for block in column.blocks for item in block.items for line in (*item.lines, ""))


def _step(column: Column, wide: float) -> float:
    """Return how far the parts of a column are apart, where its widest name takes so much room."""
    return wide + 2 * max(item.radius for block in column.blocks for item in block.items) + _BETWEEN


def _head(block: Block, x: float, y: float, side: str) -> Head:
    align = {"left": "right", "right": "left", "below": "center"}[side]
    reach = {"left": 6.0, "right": -6.0, "below": 0.0}[side]
    return Head(x=round(x + reach, 1), y=round(y, 1), label=block.heading, align=align,
                members=tuple(item.id for item in block.items))  # fmt: skip

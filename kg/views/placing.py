"""How high each node stands, once its place in time is known: no box on another, links short and in the clear.

A layered layout in the manner of Sugiyama, Tagawa and Toda ("Methods for Visual Understanding of Hierarchical
System Structures", 1981), with boxes in place of points: nodes are first packed from left to right near their
parents, then each is moved in turn to where it costs least, some times over. Nothing is random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_STEP: Final = 10.0
_ROUNDS: Final = 6
# What is bad, in units of length: a link through somebody's box, being near to somebody, being off the middle.
_THROUGH: Final = 90.0
_NEAR: Final = 55.0
_REACH: Final = 46.0
_MIDDLE: Final = 0.1
_MIDDLE_OF_LINK: Final = 0.06
# The links are drawn as Bezier curves with horizontal ends; this is the share of the height at a share of the way.
_TIMES = np.linspace(0.0, 1.0, 65)
_CURVE_X = 1.5 * _TIMES - 1.5 * _TIMES**2 + _TIMES**3
_CURVE_Y = 3 * _TIMES**2 - 2 * _TIMES**3


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node takes around its centre, with its label under it."""

    half_width: float
    top: float
    bottom: float


class Field:
    """Boxes of nodes on a plane: their places in time are fixed, their heights are to be found.

    Args:
        boxes: the room that each node takes.
        places: where each node stands from left to right.
        links: pairs of nodes.
    """

    def __init__(self, boxes: Mapping[str, Box], places: Mapping[str, float], links: Sequence[tuple[str, str]]) -> None:
        self._names = sorted(boxes)
        self._index = {name: i for i, name in enumerate(self._names)}
        self._x: Floats = np.array([places[name] for name in self._names], dtype=float)
        self._half: Floats = np.array([boxes[name].half_width for name in self._names], dtype=float)
        self._top: Floats = np.array([boxes[name].top for name in self._names], dtype=float)
        self._bottom: Floats = np.array([boxes[name].bottom for name in self._names], dtype=float)
        self._y: Floats = np.zeros(len(self._names))
        self._placed = np.zeros(len(self._names), dtype=bool)
        ends = [(self._index[a], self._index[b]) for a, b in links if a in self._index and b in self._index]
        # From left to right; links straight up or down pass through nothing that we could mend.
        self._ends = np.array([(a, b) if self._x[a] <= self._x[b] else (b, a) for a, b in ends], dtype=int)
        self._ends = self._ends.reshape(-1, 2)
        self._neighbours: list[list[int]] = [[] for _ in self._names]
        for a, b in ends:
            self._neighbours[a].append(b)
            self._neighbours[b].append(a)

    def pack(
        self,
        order: Sequence[str],
        *,
        ceiling: float = -np.inf,
        floor: float = np.inf,
        wishes: Mapping[str, float] | None = None,
    ) -> None:
        """Place nodes one after another: each in the free room nearest to its neighbours that stand already.

        Args:
            order: the nodes to place.
            ceiling, floor: no box may reach above the one or below the other; at least one is open.
            wishes: where each is wanted, in place of near its neighbours; it never stands higher.
        """
        for name in order:
            node = self._index[name]
            near = [other for other in self._neighbours[node] if self._placed[other]]
            wish = float(self._y[near].mean()) if near else 0.0
            first, last = ceiling - self._top[node], floor - self._bottom[node]
            if wishes is not None:
                wish = first = wishes[name]
            self._y[node] = self._nearest_free(node, min(max(wish, first), last), first, last)
            self._placed[node] = True

    def settle(self, order: Sequence[str], *, ceiling: float, floor: float) -> None:
        """Move each node to where it costs least, between two heights, in some rounds."""
        middle = (ceiling + floor) / 2
        for turn in range(_ROUNDS):
            for name in order if turn % 2 == 0 else reversed(order):
                node = self._index[name]
                first, last = ceiling - self._top[node], floor - self._bottom[node]
                heights: Floats = np.append(np.arange(first, max(first, last) + 1, _STEP), self._y[node])
                free = self._is_free(node, heights)
                costs = np.where(free, self._costs(node, heights, middle), np.inf)
                # The own height is free, so there is a least cost; the first of equals keeps this repeatable.
                self._y[node] = heights[int(np.argmin(costs))]

    def stretch(self, factor: float) -> None:
        """Draw the placed nodes apart in height, about their middle; a factor of 1 or more keeps boxes apart."""
        highest, lowest = self.extent()
        middle = (highest + lowest) / 2
        self._y[self._placed] = middle + (self._y[self._placed] - middle) * factor

    def heights(self) -> dict[str, float]:
        """Return the height of each placed node; greater is lower on the screen."""
        return {name: float(self._y[i]) for i, name in enumerate(self._names) if self._placed[i]}

    def extent(self) -> tuple[float, float]:
        """Return the uppermost and the lowest height that a placed box reaches."""
        if not self._placed.any():
            return 0.0, 0.0
        here = self._placed
        return float((self._y + self._top)[here].min()), float((self._y + self._bottom)[here].max())

    def _is_free(self, node: int, heights: Floats) -> NDArray[np.bool_]:
        beside = self._placed & (np.abs(self._x - self._x[node]) < self._half + self._half[node])
        beside[node] = False
        tops, bottoms = (self._y + self._top)[beside], (self._y + self._bottom)[beside]
        meets = (heights[:, None] + self._bottom[node] > tops) & (heights[:, None] + self._top[node] < bottoms)
        free: NDArray[np.bool_] = ~meets.any(axis=1)
        return free

    def _nearest_free(self, node: int, wish: float, first: float, last: float) -> float:
        reach = 32
        while True:
            steps = np.arange(-reach, reach + 1) * _STEP
            heights: Floats = wish + steps[np.argsort(np.abs(steps), kind="stable")].astype(np.float64)
            heights = heights[(heights >= first) & (heights <= last)]
            free = np.flatnonzero(self._is_free(node, heights))
            if len(free):
                return float(heights[free[0]])
            reach *= 2

    def _costs(self, node: int, heights: Floats, middle: float) -> Floats:
        neighbours = np.array(self._neighbours[node], dtype=int)
        # The more hangs on a node, the nearer to the middle it belongs.
        costs: Floats = (_MIDDLE + _MIDDLE_OF_LINK * len(neighbours)) * np.abs(heights - middle)
        if len(neighbours):
            # A hub has many links and should not weigh more than what hangs on it.
            costs += np.abs(heights[:, None] - self._y[neighbours]).mean(axis=1)
        others = self._placed.copy()
        others[node] = False
        beside = others & (np.abs(self._x - self._x[node]) < 1.2 * (self._half + self._half[node]))
        gaps = np.abs(heights[:, None] - self._y[beside]) / _REACH
        costs += _NEAR * np.exp(-gaps).sum(axis=1)
        costs += _THROUGH * self._links_through(node, heights)
        # A hub cannot help passing through many; else it would flee to the rim of the picture.
        costs += _THROUGH * self._boxes_hit(node, neighbours, heights) / max(1.0, float(np.sqrt(len(neighbours))))
        return costs

    def _links_through(self, node: int, heights: Floats) -> Floats:
        """Return how many links of others would pass through the node's box."""
        left, right = self._ends[:, 0], self._ends[:, 1]
        passing = (self._x[left] < self._x[node]) & (self._x[right] > self._x[node]) & (left != node) & (right != node)
        left, right = left[passing], right[passing]
        share = _height_share((self._x[node] - self._x[left]) / (self._x[right] - self._x[left]))
        at = self._y[left] + (self._y[right] - self._y[left]) * share
        inside = (at > heights[:, None] + self._top[node]) & (at < heights[:, None] + self._bottom[node])
        through: Floats = inside.sum(axis=1).astype(np.float64)
        return through

    def _boxes_hit(self, node: int, neighbours: NDArray[np.int_], heights: Floats) -> Floats:
        """Return through how many boxes of others the node's own links would pass."""
        hits: Floats = np.zeros(len(heights))
        for other in neighbours:
            start, end = sorted((self._x[node], self._x[other]))
            between = np.flatnonzero(self._placed & (self._x > start) & (self._x < end))
            share = _height_share((self._x[between] - self._x[node]) / (self._x[other] - self._x[node]))
            at = heights[:, None] + (self._y[other] - heights[:, None]) * share
            inside = (at > (self._y + self._top)[between]) & (at < (self._y + self._bottom)[between])
            hits += inside.sum(axis=1)
        return hits


def _height_share(way: Floats) -> Floats:
    share: Floats = np.interp(np.interp(way, _CURVE_X, _TIMES), _TIMES, _CURVE_Y)
    return share

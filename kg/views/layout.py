"""Where the nodes of a lineage stand: time from left to right, the undated in a lane of their own below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.views.columns import Columns, columns, depth_places
from kg.views.labels import LINE_HEIGHT, width
from kg.views.payload import Axis, Mark

if TYPE_CHECKING:
    from kg.views.placing import Box, Field

# The window that the first look should fit: what a laptop leaves between the two columns of controls.
WINDOW: Final = (840.0, 690.0)
PITCHES: Final = (34.0, 40.0, 46.0, 54.0, 64.0, 76.0, 90.0, 106.0, 124.0, 145.0, 170.0, 200.0)
_GAP: Final = 5.0
_LANE_GAP: Final = 22.0
_LANE_ROOM: Final = 90.0
_MOST_STRETCHED: Final = 1.5
# So many have room for their labels at the first look; the others show theirs as the reader comes nearer.
LABELLED: Final = 70
# Beyond this, moving nodes about for beauty takes longer than a reader waits.
_MOST_SETTLED: Final = 400


@dataclass(frozen=True, slots=True)
class Item:
    """A node to be placed.

    Attributes:
        rank: the important come first.
        early: whether it is shown at the first look; the others take the room that is left.
    """

    id: str
    year: int | None
    depth: int
    rank: int
    early: bool
    radius: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands."""

    positions: Mapping[str, tuple[float, float]]
    axis: Axis


def layered(items: Sequence[Item], links: Sequence[tuple[str, str]]) -> Layout:
    """Return places for nodes: dated ones in the columns of their years, the others in a lane by their depth.

    No two nodes overlap, nor do the labels of the 70 most important with any node or with each other. Where no
    node is dated, depth takes the place of time and there is no axis.

    Args:
        items: the nodes.
        links: parent and child.
    """
    undated = not any(item.year is not None for item in items)
    years = {item.id: item.depth if undated else item.year for item in items if undated or item.year is not None}
    timed = columns({node: year for node, year in years.items() if year is not None}, links)
    pitch = _best_pitch(items, timed, links)
    offsets = dict(timed.offsets)
    offsets |= depth_places({item.id: item.depth for item in items}, timed.offsets)
    places = {node: offset * pitch for node, offset in offsets.items()}
    field = field_of(items, places, links)

    early = order_of([item for item in items if item.early and item.id in years], places)
    field.pack(early)
    if len(early) <= _MOST_SETTLED:
        highest, lowest = field.extent()
        spare = max(0.0, _room(places, early) - (lowest - highest)) / 2
        field.settle(early, ceiling=highest - spare, floor=lowest + spare)
        highest, lowest = field.extent()
        field.stretch(min(_MOST_STRETCHED, max(1.0, _room(places, early) / max(1.0, lowest - highest))))
    # What is shown later grows upwards, so that the lane stays close under what is shown first.
    floor = field.extent()[1]
    field.pack(order_of([item for item in items if not item.early and item.id in years], places), floor=floor)
    lane = None
    floating = [item for item in items if item.id not in years]
    if floating:
        lane = floor + _LANE_GAP
        for wave in (True, False):
            wanted = [item for item in floating if item.early is wave]
            field.pack(order_of(wanted, places), ceiling=lane + _LANE_GAP)
    heights = field.heights()
    marks = () if undated else tuple(Mark(round(place * pitch, 1), str(year)) for year, place in timed.years)
    return Layout(
        positions={item.id: (round(places[item.id], 1), round(heights[item.id], 1)) for item in items},
        axis=Axis(marks=marks, lane=None if lane is None else round(lane, 1)),
    )


def _best_pitch(items: Sequence[Item], timed: Columns, links: Sequence[tuple[str, str]]) -> float:
    """Return the distance of two years at which the dated part of the first look appears largest."""
    wanted = [item for item in items if item.early and item.id in timed.offsets]

    def scale(pitch: float) -> float:
        places = {item.id: timed.offsets[item.id] * pitch for item in wanted}
        field = field_of(wanted, places, links)
        field.pack(order_of(wanted, places))
        highest, lowest = field.extent()
        across = max(places.values(), default=0.0) - min(places.values(), default=0.0) + 120
        return min(1.0, WINDOW[0] / across, WINDOW[1] / max(1.0, lowest - highest))

    # Of equals the widest: where everything fits at full size, it may as well use the room.
    return max(PITCHES, key=lambda pitch: (round(scale(pitch), 2), pitch))


def _room(places: Mapping[str, float], nodes: Sequence[str]) -> float:
    """Return the height that the window has where the width of the picture fills it."""
    across = max((places[node] for node in nodes), default=0.0) - min((places[node] for node in nodes), default=0.0)
    return (WINDOW[1] - _LANE_ROOM) * max(1.0, (across + 120) / WINDOW[0])


def order_of(items: Sequence[Item], places: Mapping[str, float]) -> list[str]:
    """Return nodes as they are to be placed: left to right, the important first."""
    return [item.id for item in sorted(items, key=lambda item: (places[item.id], item.rank))]


def field_of(
    items: Sequence[Item],
    places: Mapping[str, float],
    links: Sequence[tuple[str, str]],
    *,
    labelled: int = LABELLED,
) -> Field:
    """Return the plane on which nodes are packed: each at its place in time, the first so many with their labels."""
    from kg.views.placing import Field

    boxes = {item.id: _box(item, has_label=item.rank < labelled) for item in items}
    return Field(boxes, {item.id: places[item.id] for item in items}, links)


def _box(item: Item, *, has_label: bool) -> Box:
    from kg.views.placing import Box

    lines = item.lines if has_label else ()
    label = max((width(line) for line in lines), default=0.0)
    return Box(
        half_width=max(item.radius, label / 2) + _GAP,
        top=-item.radius - _GAP,
        bottom=item.radius + (4 + LINE_HEIGHT * len(lines) if lines else 0) + _GAP,
    )

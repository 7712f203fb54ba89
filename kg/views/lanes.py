"""Where nodes stand in bands: time from left to right, a band for each branch, the undated before the first year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.views.columns import Columns, columns
from kg.views.layout import PITCHES, WINDOW, Item, Layout, field_of, order_of
from kg.views.payload import Axis, Band, Mark
from kg.views.stacking import clip

if TYPE_CHECKING:
    from kg.views.placing import Field

OTHERS: Final = "others"
_PADDING: Final = 9.0
_LEAST: Final = 34.0  # the height of a band that holds one row
_NAMES: Final = 150.0  # the room that the names of the bands take at the left
_MOST_BANDS: Final = 12
_LABELLED: Final = 100
_LONGEST: Final = 22
# The undated of a band stand in so many short columns, so far apart and so far before the first year.
_UNDATED_COLUMNS: Final = 3
_UNDATED_STEP: Final = 118.0
_UNDATED_GAP: Final = 110.0


def in_lanes(items: Sequence[Item], links: Sequence[tuple[str, str]], bands: Mapping[str, str]) -> Layout:
    """Return places for nodes in the columns of their years, each within its band.

    The band without a name comes first; of the others those with the most nodes stand apart, and all others are
    one band, the last. What is offered later stands below all, under the same years, so that no band is emptier
    than it looks.

    Args:
        items: the nodes.
        links: parent and child.
        bands: what the band of each node is called.
    """
    early = [item for item in items if item.early]
    crowd = Counter(item.year for item in early)
    years = {item.id: item.year for item in items if item.year is not None}
    timed = columns(years, links, crowd={year: crowd[year] for year in set(years.values())})
    names = _chosen(early, bands)
    waiting = _before_time(items, bands, names)

    def places(pitch: float) -> dict[str, float]:
        return {node: offset * pitch for node, offset in timed.offsets.items()} | waiting

    def scale(pitch: float) -> float:
        across = [x for node, x in places(pitch).items() if node in shown]
        field = field_of(early, places(pitch), links, labelled=_LABELLED)
        _pack(field, early, bands, names, places(pitch))
        highest, lowest = field.extent()
        wide = max(across, default=0.0) - min(across, default=0.0) + 120
        return min(1.0, (WINDOW[0] - _NAMES) / wide, WINDOW[1] / max(1.0, lowest - highest))

    shown = {item.id for item in early}
    pitch = max(PITCHES, key=lambda pitch: (round(scale(pitch), 2), pitch))
    field = field_of(items, places(pitch), links, labelled=_LABELLED)
    drawn = _pack(field, early, bands, names, places(pitch))
    late = [item for item in items if not item.early]
    field.pack(order_of(late, places(pitch)), ceiling=field.extent()[1] + _PADDING * 2)
    heights = field.heights()
    return Layout(
        positions={node: (round(x, 1), round(heights[node], 1)) for node, x in places(pitch).items()},
        axis=Axis(marks=_marks(timed, pitch, waiting), bands=tuple(drawn) if len(drawn) > 1 else ()),
    )


def _marks(timed: Columns, pitch: float, waiting: Mapping[str, float]) -> tuple[Mark, ...]:
    marks = [Mark(round(place * pitch, 1), str(year)) for year, place in timed.years]
    if waiting:
        marks.insert(0, Mark(round((max(waiting.values()) + min(waiting.values())) / 2, 1), "undated"))
    return tuple(marks)


def _before_time(items: Sequence[Item], bands: Mapping[str, str], names: Sequence[str]) -> dict[str, float]:
    """Return the places of the undated, to the left of all years: the important of each band nearest to them."""
    taken: Counter[str] = Counter()
    places = {}
    for item in sorted(items, key=lambda item: item.rank):
        if item.year is None:
            band = bands[item.id] if bands[item.id] in names else OTHERS
            places[item.id] = -_UNDATED_GAP - _UNDATED_STEP * (taken[band] % _UNDATED_COLUMNS)
            taken[band] += 1
    return places


def _chosen(early: Sequence[Item], bands: Mapping[str, str]) -> list[str]:
    """Return the names of the bands from top to bottom: in the order in which their best members come."""
    sizes = Counter(bands[item.id] for item in early)
    first = {name: min(item.rank for item in early if bands[item.id] == name) for name in sizes}
    kept = sorted(sizes, key=lambda name: (name != "", -sizes[name], first[name]))[:_MOST_BANDS]
    wanted = [name for name in kept if not name or sizes[name] > 1 or len(sizes) <= _MOST_BANDS]
    return sorted(wanted, key=lambda name: (name != "", first[name]))


def _pack(
    field: Field, early: Sequence[Item], bands: Mapping[str, str], names: Sequence[str], places: Mapping[str, float]
) -> list[Band]:
    """Place nodes band by band, and return the bands."""
    drawn: list[Band] = []
    top = 0.0
    for name in (*names, OTHERS):
        here = [item for item in early if bands[item.id] == name or (name == OTHERS and bands[item.id] not in names)]
        if not here:
            continue
        field.pack(order_of(here, places), ceiling=top + _PADDING)
        drawn.append(Band(round(top, 1), clip(name, _LONGEST)))
        top = max(field.extent()[1], top + _LEAST) + _PADDING
    return drawn

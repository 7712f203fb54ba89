"""Where nodes stand by year and by value: time from left to right, the greater the higher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from kg.views.charts import number
from kg.views.columns import columns
from kg.views.layout import WINDOW, Item, Layout, field_of
from kg.views.payload import Axis, Band, Mark

_LABELLED: Final = 40
# The undated stand in so many columns before the first year.
_UNDATED_COLUMNS: Final = 3
_UNDATED_STEP: Final = 96.0
_UNDATED_GAP: Final = 100.0
_LEFT: Final = 130.0
_LINES: Final = 5
_ROUNDS: Final = 3
_ROUND: Final = (1.0, 2.0, 5.0)


def scattered(items: Sequence[Item], links: Sequence[tuple[str, str]], values: Mapping[str, float]) -> Layout:
    """Return places for nodes: years from left to right, and from top to bottom by the order of their values.

    The scale of the values is that of their order, so that the many of small value have room too; lines say where
    round values lie. A node gives way where it would cover another, the less valued to the more valued.

    Args:
        items: the nodes.
        links: parent and child.
        values: of each node.
    """
    ordered = sorted(items, key=lambda item: item.rank)
    crowd = Counter(item.year for item in items if item.early)
    years = {item.id: item.year for item in items if item.year is not None}
    timed = columns(years, links, crowd={year: crowd[year] for year in set(years.values())})
    first = sum(item.early for item in items)
    undated = [item for item in ordered if item.year is None]
    aside = _LEFT + (_UNDATED_GAP + _UNDATED_STEP * (_UNDATED_COLUMNS - 1) if undated else 0.0)
    widest = max(1.0, max((timed.offsets[item.id] for item in items if item.id in years), default=0.0))
    step = WINDOW[1] / max(1, first)
    wishes = {item.id: i * step for i, item in enumerate(ordered)}
    across = WINDOW[0]
    for _ in range(_ROUNDS):
        pitch = (across - aside) / widest
        places = {node: offset * pitch for node, offset in timed.offsets.items()}
        places |= {item.id: -_UNDATED_GAP - _UNDATED_STEP * (i % _UNDATED_COLUMNS) for i, item in enumerate(undated)}
        field = field_of(items, places, links, labelled=_LABELLED)
        field.pack([item.id for item in ordered[:first]], wishes=wishes)
        # What became too high is seen from further away, where there is more room across.
        highest, lowest = field.extent()
        across = max(across, WINDOW[0] * (lowest - highest) / WINDOW[1])
    field.pack([item.id for item in ordered[first:]], wishes=wishes)
    heights = field.heights()
    marks = [Mark(round(place * pitch, 1), str(year)) for year, place in timed.years]
    if undated:
        marks.insert(0, Mark(-_UNDATED_GAP - _UNDATED_STEP, "undated"))
    return Layout(
        positions={item.id: (round(places[item.id], 1), round(heights[item.id], 1)) for item in items},
        axis=Axis(marks=tuple(marks), bands=_lines([values[item.id] for item in ordered], step)),
    )


def _lines(falling: Sequence[float], step: float) -> tuple[Band, ...]:
    """Return lines at round values, where the order passes them."""
    if not falling or falling[0] <= 0:
        return ()
    lines: list[Band] = []
    power = 10.0**12
    rounds = []
    while power > 10.0**-12:
        rounds += [power * times for times in reversed(_ROUND)]
        power /= 10
    for value in rounds:
        above = sum(each > value for each in falling)
        if 0 < above < len(falling) and (not lines or above * step - lines[-1].y > WINDOW[1] / (_LINES + 4)):
            lines.append(Band(round((above - 0.5) * step, 1), number(value)))
    return tuple(lines)

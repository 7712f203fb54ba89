"""Small charts as inline SVG in the colours of the page: bars, a year's columns, records over time.

They scale with their place, need no script, and say their numbers to screen readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.views.labels import width
from kg.views.markup import Markup, tag

_WIDE: Final = 304.0  # as wide as the panel of details; where there is more room, the chart grows with it
_LINE: Final = 22.0
_BASE: Final = 18.0
_LONGEST: Final = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        kind: gives its colour.
        goto: the node that its name leads to on the same page; ``href`` what it leads to elsewhere.
    """

    name: str
    value: float
    kind: str | None = None
    goto: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A stated result in time; ``record`` where none before it was better."""

    year: int
    number: float
    label: str
    record: bool


def bars_chart(bars: Sequence[Bar], *, title: str, unit: str = "") -> Markup:
    """Return names with their bars, the first on top: a list, so that each name can be reached by keyboard."""
    most = max((bar.value for bar in bars), default=0.0) or 1.0
    rows = [
        tag(
            "li",
            _name(bar),
            tag("span", _strip(bar, bar.value / most), class_="track", aria_hidden="true"),
            tag("span", number(bar.value), tag("span", f" {unit}" if unit else "", class_="unseen"), class_="count"),
        )
        for bar in bars
    ]  # fmt: skip
    return tag("figure", tag("figcaption", title), tag("ol", rows, class_="bars"), class_="chart")


def columns_chart(values: Mapping[Any, float], *, title: str, height: float = 84.0) -> Markup:
    """Return one column a year, with its number over the tallest and the years under some.

    >>> "2015: 3" in columns_chart({2014: 1, 2015: 3}, title="Papers by year")
    True
    """
    most = max(values.values(), default=0) or 1
    step = _WIDE / max(1, len(values))
    room = height - _BASE - 14
    every = max(1, -(-len(values) * 34 // int(_WIDE)))
    parts: list[Markup] = []
    peak = max(values, key=lambda year: values[year], default=None)
    for i, (year, value) in enumerate(values.items()):
        tall = room * value / most
        x = i * step
        middle = x + step / 2
        column = tag("rect", tag("title", f"{year}: {number(value)}"), x=_round(x + step * 0.12),
                     y=_round(height - _BASE - tall), width=_round(step * 0.76), height=_round(max(tall, 0.8)),
                     rx=1, class_="column")  # fmt: skip
        parts.append(column)
        if year == peak:
            at = min(max(middle, 12.0), _WIDE - 12.0)
            parts.append(_text(number(value), at, height - _BASE - tall - 4))
        if (len(values) - 1 - i) % every == 0:
            parts.append(_text(str(year), min(max(middle, 14.0), _WIDE - 14.0), height - 4))
    described = "; ".join(f"{year}: {number(value)}" for year, value in values.items() if value)
    return _figure(title, described, height, parts)


def records_chart(points: Sequence[Point], *, title: str, height: float = 150.0) -> Markup:
    """Return results over time: a dot each, the records joined by a line of steps and named where there is room.

    Args:
        points: at least one.
        title: the data set and the metric.
        height: of the chart.
    """
    years = [point.year for point in points]
    numbers = [point.number for point in points]
    first, last = min(years), max(years)
    low, high = min(numbers), max(numbers)
    left, right, top = 34.0, _WIDE - 12.0, 16.0
    floor = height - _BASE - 6

    def at(point: Point) -> tuple[float, float]:
        x = left + (right - left) * ((point.year - first) / (last - first) if last > first else 0.5)
        y = floor - (floor - top) * ((point.number - low) / (high - low) if high > low else 0.5)
        return x, y

    parts: list[Markup] = [
        tag("line", x1=_round(left - 6), x2=_WIDE, y1=_round(y), y2=_round(y), class_="rule") for y in {floor, top}
    ]
    if high > low:
        parts += [
            _text(number(high), left - 10, top + 4, anchor="end"),
            _text(number(low), left - 10, floor + 4, anchor="end"),
        ]
    else:
        parts.append(_text(number(high), left - 10, (floor + top) / 2 + 4, anchor="end"))
    marks = [first] if first == last else [first, last]
    parts += [_text(str(year), left + (right - left) * (0.5 if first == last else i), height - 4,
                    anchor="middle" if first == last or i == 0 else "end") for i, year in enumerate(marks)]  # fmt: skip
    records = sorted((point for point in points if point.record), key=lambda point: point.year)
    if len(records) > 1:
        places = [at(point) for point in records]
        steps = [f"M{_round(places[0][0])} {_round(places[0][1])}"]
        steps += [f"H{_round(x)}V{_round(y)}" for x, y in places[1:]]
        parts.append(tag("path", d="".join(steps), class_="steps"))
    taken: list[tuple[float, float, float, float]] = []
    for point in sorted(points, key=lambda point: (not point.record, -point.year, point.label)):
        x, y = at(point)
        shown = f"{point.label}, {point.year}: {number(point.number)}"
        parts.append(tag("circle", tag("title", shown), cx=_round(x), cy=_round(y), r=3.6 if point.record else 2.4,
                         class_="record" if point.record else "other"))  # fmt: skip
        label = point.label if len(point.label) <= _LONGEST else point.label[: _LONGEST - 1] + "…"
        wide = width(label) * 0.82
        start = x - wide - 6 if x + wide + 6 > _WIDE else x + 6
        box = (start, y - 12, start + wide, y + 1)
        if point.record and start > left and not any(_meet(box, other) for other in taken):
            taken.append(box)
            parts.append(_text(label, start, y - 3, anchor="start"))
    described = "; ".join(f"{point.label} {point.year}: {number(point.number)}" for point in points)
    return _figure(title, described, height, parts)


def number(value: float) -> str:
    """Return a number as a person would write it.

    >>> number(1200), number(0.03125), number(87.10), number(0.0)
    ('1,200', '0.0312', '87.1', '0')
    """
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.1f}"


def _name(bar: Bar) -> Markup:
    if bar.goto is not None:
        return tag("button", bar.name, type="button", class_="name", data_goto=bar.goto)
    if bar.href is not None:
        return tag("a", bar.name, href=bar.href, class_="name")
    return tag("span", bar.name, class_="name")


def _strip(bar: Bar, share: float) -> Markup:
    return tag("span", style=f"width:{100 * share:.1f}%", class_=f"bar {bar.kind or ''}".strip())


def _figure(title: str, described: str, height: float, parts: Sequence[Markup]) -> Markup:
    picture = tag("svg", parts, viewBox=f"0 0 {_WIDE:g} {height:g}", role="img", aria_label=f"{title}. {described}")
    return tag("figure", tag("figcaption", title), picture, class_="chart")


def _text(text: str, x: float, y: float, *, anchor: str = "middle") -> Markup:
    return tag("text", text, x=_round(x), y=_round(y), text_anchor=anchor)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _round(value: float) -> float:
    return round(value, 1)

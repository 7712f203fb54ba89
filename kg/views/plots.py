"""The charts of a concept: how many papers name it by year, and for a data set the best stated results over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.names import fold
from kg.views.charts import Point, columns_chart, records_chart
from kg.views.markup import Markup, join

if TYPE_CHECKING:
    from kg.graph import Concept, Result

_MOST_BOARDS: Final = 3
_FEWEST: Final = 3  # results, to be drawn over time


def concept_plots(concept: Concept) -> Markup | None:
    """Return what to draw of a concept; None where there is too little."""
    boards: list[Markup] = []
    if concept.kind == "dataset":
        directions = {metric.name: metric.direction for metric in concept.graph.concepts("metric")}
        boards = board_charts(concept.results, directions)
    trend = trend_chart(paper.year for paper in concept.papers)
    return join(boards, trend) if boards or trend else None


def trend_chart(years: Iterable[int | None]) -> Markup | None:
    """Return how many papers there are by year; None where they are of one year or none.

    Args:
        years: of each paper, None where it is not known.
    """
    counts = Counter(year for year in years if year is not None)
    if len(counts) < 2:
        return None
    return columns_chart({year: counts[year] for year in range(min(counts), max(counts) + 1)},
                         title="Papers that name it, by year")  # fmt: skip


def board_charts(results: Iterable[Result], directions: dict[str, str | None]) -> list[Markup]:
    """Return the results on a data set over time, a chart for each metric that has enough, that of most first.

    Args:
        results: on one data set.
        directions: which way each metric is better (``higher``, ``lower``); higher where it is not known.
    """
    boards: dict[str, list[Result]] = {}
    for result in results:
        if result.metric is not None and result.number is not None and result.year is not None:
            boards.setdefault(result.metric, []).append(result)
    large = sorted(((name, rows) for name, rows in boards.items() if len(rows) >= _FEWEST),
                   key=lambda board: (-len(board[1]), fold(board[0]), board[0]))  # fmt: skip
    return [
        records_chart(_points(rows, lower=directions.get(name) == "lower"), title=f"{name}, as stated")
        for name, rows in large[:_MOST_BOARDS]
    ]


def _points(results: list[Result], *, lower: bool) -> list[Point]:
    """Return the results in time, those marked that no earlier one, nor one of their year, reaches."""
    sign = -1.0 if lower else 1.0
    best: float | None = None
    points = []
    for result in sorted(results, key=lambda each: (each.year or 0, -sign * (each.number or 0.0), each.iri)):
        if result.number is None or result.year is None:
            continue
        record = best is None or sign * result.number > best
        best = sign * result.number if best is None or record else best
        points.append(Point(result.year, result.number, result.configuration or result.method or "?", record))
    return points

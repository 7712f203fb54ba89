"""The charts: one function a kind of rows, from rows to a matplotlib figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import KgError
from kg.graph import Emergence, Generation, Influence, Placing, Reuse, Trend
from kg.plots.style import DASHES, INK, KINDS, LINES, SOFT, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class NoPlot(KgError, ValueError):
    """A table of which there is no picture."""


_WIDTH: Final = 7.2
_LONGEST_NAME: Final = 44
_MOST_LINES: Final = len(LINES)
_NEAR: Final = 0.045


def influence_bars(rows: Sequence[Influence], title: str) -> Figure:
    """Draw the influence of methods as bars, coloured by kind."""
    figure, axes = new_figure(width=_WIDTH, height=1.1 + 0.27 * len(rows))
    values = [row.value for row in rows]
    axes.barh(range(len(rows)), values, height=0.66, color=[KINDS[row.concept.kind] for row in rows])
    _name_bars(axes, [f"{row.concept.name}{f' ({row.concept.year})' if row.concept.year else ''}" for row in rows])
    for place, value in enumerate(values):
        axes.annotate(f"{value:.4g}", (value, place), (4, 0), textcoords="offset points", va="center", color=SOFT)
    axes.set_title(title)
    _key_of_kinds(axes, [row.concept.kind for row in rows])
    return figure


def emergence_bars(rows: Sequence[Emergence], title: str) -> Figure:
    """Draw the change of shares as bars, with the shares before and after."""
    figure, axes = new_figure(width=_WIDTH, height=1.1 + 0.27 * len(rows))
    changes = [100 * row.change for row in rows]
    axes.barh(range(len(rows)), changes, height=0.66, color=[KINDS[row.concept.kind] for row in rows])
    _name_bars(axes, [row.concept.name for row in rows])
    for place, row in enumerate(rows):
        text = f"{100 * row.share_before:.2g} to {100 * row.share_now:.2g} %"
        side = 1 if row.change > 0 else -1
        axes.annotate(text, (changes[place], place), (4 * side, 0), textcoords="offset points", va="center",
                      ha="left" if side > 0 else "right", color=SOFT, fontsize=8)  # fmt: skip
    axes.margins(x=0.22)
    axes.set_xlabel("change of the share of papers, percentage points")
    axes.set_title(title)
    _key_of_kinds(axes, [row.concept.kind for row in rows], place="lower right" if rows[0].change > 0 else "lower left")
    return figure


def trend_lines(rows: Sequence[Trend], title: str) -> Figure:
    """Draw the share of papers that name each concept as lines over the years, each named at its end."""
    figure, axes = new_figure(width=_WIDTH, height=4.0)
    lines: dict[str, list[Trend]] = {}
    for row in rows:
        lines.setdefault(row.concept.iri, []).append(row)
    first = min((row.year for row in rows if row.papers), default=0)
    ends: list[tuple[float, str, str]] = []
    for number, line in enumerate(list(lines.values())[:_MOST_LINES]):
        shown = sorted((row for row in line if row.year >= first), key=lambda row: row.year)
        color, dash = LINES[number % len(LINES)], DASHES[number // len(LINES) % len(DASHES)]
        shares = [100 * row.share for row in shown]
        axes.plot([row.year for row in shown], shares, dash, color=color, linewidth=1.8, marker="o", markersize=3)
        if shown:
            ends.append((shares[-1], _short(line[0].concept.name), color))
    _name_ends(axes, ends, highest=max((100 * row.share for row in rows), default=0.0) or 1.0)
    axes.set_ylabel("papers of the year that name it, %")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    _whole_years(axes)
    axes.set_title(title)
    return figure


def leaderboard_dots(rows: Sequence[Placing], title: str) -> Figure:
    """Draw the scores by the metric that most have over the years, with the line of the best so far."""
    shown = _first_board(rows)
    metric, datasets = shown[0].metric, sorted({row.dataset for row in shown})
    figure, axes = new_figure(width=_WIDTH, height=4.0)
    scores = [row.number for row in shown]
    axes.scatter([row.year or 0 for row in shown], scores, s=16, color=KINDS["metric"], alpha=0.6,
                 linewidths=0)  # fmt: skip
    records = sorted((row for row in shown if row.record), key=lambda row: row.year or 0)
    color = KINDS["architecture"]
    axes.step([row.year or 0 for row in records], [row.number for row in records], where="post", color=color)
    axes.scatter([row.year or 0 for row in records], [row.number for row in records], s=26, color=color, zorder=3)
    for row in records:
        # The first has the axis at its left.
        beside, align = (6, "left") if row is records[0] else (-5, "right")
        axes.annotate(_short(row.configuration or row.method or "?"), (row.year or 0, row.number),
                      (beside, 6 if row.direction == "higher" else -12), textcoords="offset points", ha=align,
                      fontsize=8.5, color=INK)  # fmt: skip
    unit = next((row.unit for row in shown if row.unit), None)
    axes.set_ylabel(f"{metric}{f', {unit}' if unit else ''} ({shown[0].direction} is better)")
    axes.grid(axis="y")
    axes.margins(x=0.12, y=0.1)
    _whole_years(axes)
    others = [name for name in datasets if not title.endswith(f" {name}")]
    axes.set_title(f"{title} (with {', '.join(others)})" if others else title)
    return figure


def _first_board(rows: Sequence[Placing]) -> list[Placing]:
    """Return the dated scores that are ranked together with the first of them."""
    start = next((place for place, row in enumerate(rows) if row.rank == 1 and row.year is not None), None)
    if start is None:
        raise NoPlot("there is nothing to draw: no score of this leaderboard has both a metric and a year")
    board = [rows[start]]
    for row in rows[start + 1 :]:
        if row.metric != board[0].metric or row.rank is None or row.rank < (board[-1].rank or 0):
            break
        board.append(row)
    return [row for row in board if row.year is not None]


def reuse_bars(rows: Sequence[Reuse], title: str) -> Figure:
    """Draw how many architectures a year are built with a method, as bars, and how many there are so far as a line."""
    figure, axes = new_figure(width=_WIDTH, height=3.6)
    years = [row.year for row in rows]
    axes.bar(years, [len(row.new) for row in rows], color=KINDS["module"], width=0.7)
    axes.plot(years, [row.so_far for row in rows], color=INK, linewidth=1.4, marker="o", markersize=3)
    axes.annotate("so far", (years[-1], rows[-1].so_far), (6, 0), textcoords="offset points", va="center")
    axes.set_ylabel("architectures")
    axes.grid(axis="y")
    _whole_years(axes)
    axes.set_title(title)
    return figure


def generation_bars(rows: Sequence[Generation], title: str) -> Figure:
    """Draw how many methods came of a method in each year; those without a year are told in the corner."""
    figure, axes = new_figure(width=_WIDTH, height=3.6)
    dated = [row for row in rows if row.year is not None]
    axes.bar(
        [row.year or 0 for row in dated], [len(row.concepts) for row in dated], color=KINDS["architecture"], width=0.7
    )
    undated = sum(len(row.concepts) for row in rows if row.year is None)
    if undated:
        axes.annotate(f"and {undated} without a year", (1, 1), (0, 4), xycoords="axes fraction",
                      textcoords="offset points", ha="right", color=SOFT)  # fmt: skip
    axes.set_ylabel("methods")
    axes.grid(axis="y")
    _whole_years(axes)
    axes.set_title(title)
    return figure


def _name_bars(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_short(name) for name in names], color=INK)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.margins(x=0.1, y=0.01)


def _key_of_kinds(
    axes: Axes, kinds: Sequence[str], *, place: Literal["lower right", "lower left"] = "lower right"
) -> None:
    """Say which colour is which kind, where there are several, in a corner that the bars leave free."""
    from matplotlib.patches import Patch

    shown = [kind for kind in KINDS if kind in kinds]
    if len(shown) > 1:
        axes.legend(handles=[Patch(color=KINDS[kind], label=kind) for kind in shown], loc=place, frameon=False)


def _name_ends(axes: Axes, ends: list[tuple[float, str, str]], *, highest: float) -> None:
    """Write a name at the end of each line, moved apart where two would overlap."""
    axes.set_ylim(top=highest * 1.12)
    room, last = highest * 1.12 * _NEAR, float("-inf")
    for share, name, color in sorted(ends):
        place = max(share, last + room)
        last = place
        axes.text(1.015, place / (highest * 1.12), name, transform=axes.transAxes, va="center", color=color, fontsize=9)


def _whole_years(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    axes.tick_params(length=0)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


CHARTS: Final[dict[type, Any]] = {
    Influence: influence_bars,
    Emergence: emergence_bars,
    Trend: trend_lines,
    Placing: leaderboard_dots,
    Reuse: reuse_bars,
    Generation: generation_bars,
}

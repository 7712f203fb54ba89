"""From a table to a picture: the figure, or a file of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from kg.graph import Table, UnknownChoice
from kg.plots.charts import CHARTS, NoPlot
from kg.plots.style import load, settings, written
from kg.store._files import write_whole

_ENDINGS: Final = (".svg", ".png")


def draw(table: Table[Any], path: str | Path | None = None) -> Any:
    """Return the picture of a table, or write it to a file; the same table gives the same bytes.

    Args:
        table: of influence, emergence, trends, reuse, generations, or a leaderboard.
        path: where to write it, ending in ``.svg`` or ``.png``; None to return the figure.

    Returns:
        The path, else a ``matplotlib.figure.Figure`` that shows itself in a notebook.

    Raises:
        NoPlot: there is nothing in the table, or no picture of such rows.
        UnknownChoice: the path ends in something else.
        ImportError: matplotlib is not installed; the extra ``plots`` brings it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     draw(graph.influence(), Path(folder) / "influence.svg").name
    'influence.svg'
    """
    target = None if path is None else Path(path)
    if target is not None and target.suffix.casefold() not in _ENDINGS:
        raise UnknownChoice("format of pictures", target.suffix or target.name, _ENDINGS)
    if not len(table):
        raise NoPlot(f"there is nothing to draw: {table.title or 'the table'} is empty")
    plotting = load()

    chart = CHARTS.get(type(table[0]))
    if chart is None:
        known = ", ".join(sorted(kind.__name__ for kind in CHARTS))
        raise NoPlot(f"there is no picture of {type(table[0]).__name__} rows; there is one of {known}")
    with plotting.rc_context(dict(settings())):
        figure = chart(tuple(table), table.title)
    if target is None:
        return figure
    write_whole(target, written(figure, target.suffix.casefold().removeprefix(".")))
    return target

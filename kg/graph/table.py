"""Tables: rows of one type that show themselves, and go to pandas, CSV, Markdown, LaTeX and BibTeX."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from kg.graph._choices import choose
from kg.graph._html import table as html_table
from kg.graph.bibtex import bibtex, escape_latex

if TYPE_CHECKING:
    from pathlib import Path

    import pandas  # type: ignore[import-untyped]  # its stubs are a package of their own

    from kg.graph.paper import Paper

Row = TypeVar("Row")
Cell = str | int | float | None
TABLE_FORMATS: Final = ("table", "json", "csv", "markdown", "latex", "bibtex")
_SHOWN_IN_NOTEBOOK: Final = 100
_DIGITS: Final = 4


class Table(Sequence[Row], Generic[Row]):
    """Rows (frozen dataclasses) with the columns that are worth showing of them.

    It is a sequence of its rows, equal to any other table or list of the same rows.

    Args:
        rows: what it holds, in order.
        columns: what to show of a row, by the head of its column.
        papers: the papers behind some rows, for BibTeX; without it there are none.
        title: what it says, in a few words.

    >>> found = graph.influence(top=2)
    >>> print(found.format("markdown"))
    | rank | name | kind | year | descendants |
    | ---: | :--- | :--- | ---: | ---: |
    | 1 | LeNet | architecture | 1998 | 3 |
    | 2 | AlexNet | architecture | 2012 | 2 |
    <BLANKLINE>
    >>> found[0].concept.name, len(found)
    ('LeNet', 2)
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        columns: Mapping[str, Callable[[Row], Cell]],
        papers: Callable[[Sequence[Row]], Iterable[Paper]] | None = None,
        title: str = "",
    ) -> None:
        self._rows = tuple(rows)
        self._cells = dict(columns)
        self._papers = papers
        self.title = title

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads of its columns."""
        return tuple(self._cells)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]:
        if isinstance(index, slice):
            return Table(self._rows[index], columns=self._cells, papers=self._papers, title=self.title)
        return self._rows[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table | list | tuple) and self._rows == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        about = f" {self.title!r}" if self.title else ""
        return f"<Table{about} of {len(self)} row{'' if len(self) == 1 else 's'}: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return self.format("table")

    def _repr_html_(self) -> str:
        rows = ([_shown(cell) for cell in row] for row in self.cells()[:_SHOWN_IN_NOTEBOOK])
        left_out = len(self) - _SHOWN_IN_NOTEBOOK
        return html_table(self.columns, rows) + (f"<p>{left_out} more rows</p>" if left_out > 0 else "")

    def cells(self) -> list[tuple[Cell, ...]]:
        """Return what the columns show, row by row."""
        return [tuple(cell(row) for cell in self._cells.values()) for row in self._rows]

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return what the columns show as dictionaries by column."""
        return [dict(zip(self._cells, row, strict=True)) for row in self.cells()]

    def to_json(self) -> list[Any]:
        """Return the rows as what ``json.dumps`` takes: all that a row says, where it can, else its cells."""
        shown = self.to_dicts()
        return [row.to_json() if hasattr(row, "to_json") else cells for row, cells in zip(self, shown, strict=True)]

    def to_pandas(self) -> pandas.DataFrame:
        """Return what the columns show as a data frame.

        Raises:
            ImportError: pandas is not installed; the extra ``pandas`` brings it.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: install the extra 'pandas'") from error
        return pandas.DataFrame(self.cells(), columns=list(self.columns))

    def papers(self) -> list[Paper]:
        """Return the papers behind the rows, the earliest first, each once."""
        found = {paper.iri: paper for paper in self._papers(self._rows)} if self._papers is not None else {}
        return sorted(found.values(), key=lambda paper: (paper.year or 9999, paper.title, paper.iri))

    def format(self, name: str) -> str:
        """Return the table as text.

        Args:
            name: ``table`` (for the eye), ``json``, ``csv``, ``markdown``, ``latex`` (a ``tabular`` with the rules
                of the package booktabs), or ``bibtex`` (the papers behind the rows).

        Raises:
            UnknownChoice: there is no such format.
        """
        choose("format", name, TABLE_FORMATS)
        if name == "json":
            return json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"
        if name == "bibtex":
            return bibtex(self.papers())
        return _WRITERS[name](self)

    def plot(self, path: str | Path | None = None) -> Any:
        """Draw the table: bars of influence, lines of trends, dots and the best line of a leaderboard.

        Needs matplotlib, which the extra ``plots`` brings.

        Args:
            path: where to write the picture, ``.svg`` or ``.png``; without it the figure is returned.

        Returns:
            The path that was written, else a ``matplotlib.figure.Figure``, which shows itself in a notebook.

        Raises:
            NoPlot: rows of this kind have no picture, or there are none.
            UnknownChoice: the path ends in something else.
            ImportError: matplotlib is not installed.
        """
        # A room below this one, loaded only by those who draw.
        from kg.plots import draw

        return draw(self, path)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.{_DIGITS}g}" if isinstance(cell, float) and not cell.is_integer() else f"{cell:.0f}" if isinstance(
        cell, float
    ) else str(cell)  # fmt: skip


def _numeric(table: Table[Any]) -> list[bool]:
    columns = zip(*table.cells(), strict=True) if len(table) else ((),) * len(table.columns)
    return [any(isinstance(cell, int | float) for cell in column) for column in columns]


def _plain(cell: Cell) -> str:
    return " ".join(_shown(cell).split())


def _text(table: Table[Any]) -> str:
    rows = [[_plain(cell) for cell in row] for row in table.cells()]
    right = _numeric(table)
    widths = [max(map(len, column)) for column in zip(table.columns, *rows, strict=True)]

    def line(cells: Iterable[str]) -> str:
        return "  ".join(
            cell.rjust(width) if numeric else cell.ljust(width)
            for cell, width, numeric in zip(cells, widths, right, strict=True)
        ).rstrip()

    return "".join(f"{line(cells)}\n" for cells in (table.columns, ["-" * width for width in widths], *rows))


def _csv(table: Table[Any]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.cells())
    return buffer.getvalue()


def _markdown(table: Table[Any]) -> str:
    rules = ["---:" if numeric else ":---" for numeric in _numeric(table)]
    cells = [[_plain(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in row]
             for row in table.cells()]  # fmt: skip
    return "".join(f"| {' | '.join(row)} |\n" for row in (table.columns, rules, *cells))


def _latex(table: Table[Any]) -> str:
    places = "".join("r" if numeric else "l" for numeric in _numeric(table))
    head = " & ".join(map(escape_latex, table.columns))
    body = "".join(f"{' & '.join(escape_latex(_plain(cell)) for cell in row)} \\\\\n" for row in table.cells())
    return f"\\begin{{tabular}}{{{places}}}\n\\toprule\n{head} \\\\\n\\midrule\n{body}\\bottomrule\n\\end{{tabular}}\n"


_WRITERS: Final[Mapping[str, Callable[[Table[Any]], str]]] = {
    "table": _text,
    "csv": _csv,
    "markdown": _markdown,
    "latex": _latex,
}

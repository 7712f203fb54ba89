"""How a view shows itself in a notebook: a small table in which everything is text."""

from collections.abc import Iterable
from html import escape


def card(title: str, rows: Iterable[tuple[str, object]]) -> str:
    """Return a table under a title; rows that say nothing are left out.

    >>> card("<b>", [("year", 2015), ("uses", ""), ("definition", None)])
    '<table><caption>&lt;b&gt;</caption><tr><th>year</th><td>2015</td></tr></table>'
    """
    cells = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(str(value))}</td></tr>"
        for label, value in rows
        if value is not None and value != ""
    )
    return f"<table><caption>{escape(title)}</caption>{cells}</table>"


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows under their column names.

    >>> table(["name"], [["<i>"], [None]])
    '<table><tr><th>name</th></tr><tr><td>&lt;i&gt;</td></tr><tr><td></td></tr></table>'
    """
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"

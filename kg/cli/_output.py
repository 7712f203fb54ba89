"""What the command prints: data to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from kg.records import to_json


def say(message: str) -> None:
    """Print a message for people, to stderr."""
    print(message, file=sys.stderr)  # noqa: T201 (the command's one way to speak)


def put(text: str) -> None:
    """Print data, to stdout."""
    print(text)  # noqa: T201


def put_json(data: Any) -> None:
    """Print data as JSON, to stdout."""
    put(json.dumps(data.to_json() if hasattr(data, "to_json") else to_json(data), ensure_ascii=False, indent=2))


def put_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """Print a table: drawn on a terminal, columns of plain text elsewhere."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else _plain(cell) for cell in row))
    console.print(table, markup=False) if columns else None


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 paper", "2 papers"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _plain(cell: object) -> Any:
    from rich.text import Text

    return Text(f"{cell:.4g}" if isinstance(cell, float) else str(cell))

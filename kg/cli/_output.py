"""What the command prints: data to stdout, everything else to stderr."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from kg.records import to_json


def say(message: str) -> None:
    """Print a message for people, to stderr."""
    print(message, file=sys.stderr)  # noqa: T201 (the command's one way to speak)


class _Saying(logging.Handler):
    """What the library tells, said to people."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def hear_the_library() -> None:
    """Say what the library has to tell, from here on: one line a message."""
    logger = logging.getLogger("kg")
    if not any(isinstance(handler, _Saying) for handler in logger.handlers):
        logger.addHandler(_Saying())
    logger.setLevel(logging.INFO)


def put(text: str) -> None:
    """Print data, to stdout."""
    print(text)  # noqa: T201


def put_json(data: Any) -> None:
    """Print data as JSON, to stdout."""
    put(json.dumps(data.to_json() if hasattr(data, "to_json") else to_json(data), ensure_ascii=False, indent=2))


def put_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: fitted to a terminal; elsewhere a line a row, so that other programs can read it."""
    cells = [["" if cell is None else _plain(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw(columns, cells)
        return
    lines = [list(columns), *cells]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        put("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _draw(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in cells:
        table.add_row(*map(Text, line))
    Console(highlight=False).print(table)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 paper", "2 papers"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _plain(cell: object) -> str:
    return " ".join((f"{cell:.4g}" if isinstance(cell, float) else str(cell)).split())

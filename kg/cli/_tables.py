"""Tables as the command prints them: fitted to the terminal, or in a format to paste, or as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from kg.cli._output import put, put_json, put_table, say

if TYPE_CHECKING:
    from kg.graph import Table

TableFormatOption: TypeAlias = Annotated[
    str, typer.Option("--format", help="table, json, csv, markdown, latex, or bibtex (the papers behind it).")
]
PictureOption: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", help="Draw it instead, as .svg or .png (extra `plots`).")
]
TABLE = "table"


def put_rows(table: Table[Any], *, form: str, as_json: bool, output: Path | None = None) -> None:
    """Print a table in a format, or draw it to a file."""
    if output is not None:
        from kg.errors import KgError

        try:
            say(f"wrote {table.plot(output)}")
        except ImportError as error:
            raise KgError(str(error)) from error
    elif as_json:
        put_json(table.to_json())
    elif form == TABLE:
        put_table(table.columns, table.cells())
    else:
        put(table.format(form).rstrip("\n"))

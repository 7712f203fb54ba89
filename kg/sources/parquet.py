"""Tables in Parquet, the columns told by their names or by ``--map``."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, Any, Final

from kg.records import Record
from kg.sources.columns import NoColumn, columns_in, row_reader
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit
from kg.sources.spooling import seekable

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

name: Final = "Parquet"
about: Final = "a row a paper; columns as in tables of text, authors also as a list; --map names columns"
needs: Final = ("pyarrow",)
extra: Final = "parquet"

_MAGIC: Final = b"PAR1"
_BATCH: Final = 1_000


def recognise(head: bytes) -> bool:
    """Return whether a file begins as Parquet does."""
    return head.startswith(_MAGIC)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a Parquet file; see :class:`kg.sources.formats.SourceFormat`."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    # Damage shows as any of these, and OSError among them: what is read here is a file already.
    damage = (pa.ArrowException, OSError, ValueError, LookupError, MemoryError)
    with seekable(stream) as file:
        number = 1
        try:
            table = ParquetFile(file)
            header = list(table.schema_arrow.names)
            columns = columns_in(header, options.columns)
            wanted = [header[place] for place in columns.values()]
            make = row_reader({field: place for place, field in enumerate(columns)}, source=source)
            for row in _rows(table, wanted):
                try:
                    yield make(row)
                except Unfit as error:
                    skip(number, str(error), unit="row")
                number += 1
        except NoColumn as error:
            skip(1, str(error), unit="row")
        except damage as error:
            skip(number, f"not Parquet from here on: {' '.join(str(error).split())}", unit="row")


def _rows(table: ParquetFile, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
        cells = [batch.column(column).to_pylist() for column in columns]
        yield from zip(*cells, strict=True)

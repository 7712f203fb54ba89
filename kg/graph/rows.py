"""What a query answers: rows, a truth value, or triples; as Python values or in a standard format."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, serialize

from kg import vocabulary as v
from kg.errors import KgError
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph._html import table

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]  # its stubs are a package of their own

Answer: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
FORMATS: Final = ("table", "json", "csv", "tsv", "xml", "turtle")
_RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_TRIPLES: Final = {"turtle": RdfFormat.TURTLE, "xml": RdfFormat.RDF_XML, "json": RdfFormat.JSON_LD}
_TRIPLE_COLUMNS: Final = ("subject", "predicate", "object")
_SHOWN_IN_NOTEBOOK: Final = 100


class UnfitFormat(KgError, ValueError):
    """An answer cannot be written in this format."""


class Rows(Sequence[Any]):
    """The answer of a query; it is computed while it is read, and read while its graph is open.

    A SELECT gives named tuples of Python values (IRIs as strings), a CONSTRUCT or DESCRIBE triples of such
    values, an ASK one row of one truth value; ``bool(rows)`` is the answer of an ASK, and else whether there
    is any row.

    Attributes:
        columns: the names of the columns.
        kind: ``select``, ``ask`` or ``construct``.

    >>> rows = graph.query("SELECT ?name WHERE { ?c a mg:Metric ; skos:prefLabel ?name }")
    >>> rows[0].name, rows.columns, rows.format("csv")
    ('mIoU', ('name',), 'name\\r\\nmIoU\\r\\n')
    """

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._answer: Answer | None = ask()
        self._rows: list[Any] | None = None
        if isinstance(self._answer, QuerySolutions):
            self.kind, self.columns = "select", tuple(variable.value for variable in self._answer.variables)
        elif isinstance(self._answer, QueryBoolean):
            self.kind, self.columns = "ask", ("answer",)
        else:
            self.kind, self.columns = "construct", _TRIPLE_COLUMNS

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._all()[index]

    def __bool__(self) -> bool:
        rows = self._all()
        return bool(rows[0][0]) if self.kind == "ask" else bool(rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self.columns == other.columns and self._all() == other._all()
        return isinstance(other, list) and self._all() == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Rows {', '.join(self.columns)}: {len(self)}>"

    def _repr_html_(self) -> str:
        shown = table(self.columns, self[:_SHOWN_IN_NOTEBOOK])
        left_out = len(self) - _SHOWN_IN_NOTEBOOK
        return shown + (f"<p>{left_out} more rows</p>" if left_out > 0 else "")

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame.

        Raises:
            ImportError: pandas is not installed; the extra ``pandas`` brings it.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: install the extra 'pandas'") from error
        return pandas.DataFrame([tuple(row) for row in self], columns=list(self.columns))

    def format(self, name: str) -> str:
        """Return the answer as text.

        Args:
            name: ``table`` (for the eye), ``json``, ``csv``, ``tsv``, ``xml`` (the W3C's formats of SPARQL
                results; triples as JSON-LD and RDF/XML, and csv and tsv as three columns), or ``turtle``
                (triples only).

        Raises:
            UnknownChoice: there is no such format.
            UnfitFormat: the format does not fit the kind of answer.
        """
        choose("format", name, FORMATS)
        if name == "table":
            return self._table()
        if name == "turtle" and self.kind != "construct":
            raise UnfitFormat(f"turtle holds triples, and this answers {self.kind.upper()}; "
                              "use table, json, csv, tsv or xml, or ask with CONSTRUCT")  # fmt: skip
        if self.kind == "ask" and name in ("csv", "tsv"):
            return f"answer\n{str(bool(self)).lower()}\n"
        if self.kind == "construct" and name in ("csv", "tsv"):
            return _separated(self.columns, self, "," if name == "csv" else "\t")
        answer = self._fresh()
        if isinstance(answer, QueryTriples):
            written = serialize(answer, format=_TRIPLES[name], prefixes=dict(v.PREFIXES))
        else:
            written = answer.serialize(format=_RESULTS[name])
        return (written or b"").decode("utf-8")

    def _all(self) -> list[Any]:
        if self._rows is None:
            self._rows = _rows(self._fresh(), self.columns)
        return self._rows

    def _fresh(self) -> Answer:
        """Return an answer of which nothing has been read: the first one, else that of asking again."""
        answer, self._answer = self._answer or self._ask(), None
        return answer

    def _table(self) -> str:
        cells = [["" if cell is None else " ".join(str(cell).split()) for cell in row] for row in self]
        widths = [max(map(len, column)) for column in zip(self.columns, *cells, strict=True)]
        rules = ["-" * width for width in widths]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                 for line in (self.columns, rules, *cells))  # fmt: skip
        return "".join(f"{line}\n" for line in lines)


def _rows(answer: Answer, columns: tuple[str, ...]) -> list[Any]:
    row = namedtuple("Row", columns, rename=True)  # type: ignore[misc]
    if isinstance(answer, QueryBoolean):
        return [row._make((bool(answer),))]
    if isinstance(answer, QueryTriples):
        return [row._make(map(t.value, (each.subject, each.predicate, each.object))) for each in answer]
    return [row._make(t.value(term) for term in solution) for solution in answer]


def _separated(columns: Sequence[str], rows: Sequence[Sequence[Any]], delimiter: str) -> str:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()

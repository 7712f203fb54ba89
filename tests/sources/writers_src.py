"""The same papers in our own formats and as tables: what our readers, and bare parsers, are tried on."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final

from tests.sources.samples import Sample

Writer = Callable[[Sequence[Sample]], bytes]


def first_file(content: bytes) -> bytes:
    """Return what a writer wrote; of a zip of one file a paper, the first."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(min(archive.namelist()))


def _object(p: Sample) -> dict[str, Any]:
    return {"id": p.key, **{name: value for name, value in asdict(p).items() if name != "key"}}


def json_lines(papers: Sequence[Sample]) -> bytes:
    return "".join(json.dumps(_object(p), ensure_ascii=False) + "\n" for p in papers).encode()


def json_list(papers: Sequence[Sample]) -> bytes:
    return json.dumps([_object(p) for p in papers], indent=1).encode()


def json_under_papers(papers: Sequence[Sample]) -> bytes:
    return json.dumps({"about": "samples", "papers": [_object(p) for p in papers]}).encode()


def listing(papers: Sequence[Sample]) -> bytes:
    return "\n".join(f"{p.title}\n{p.abstract}\n" for p in papers).encode()


_COLUMNS: Final = ("ID", "Paper Title", "Summary", "Year", "Date", "Authors", "arXiv ID", "DOI", "Journal")


def _cells(p: Sample) -> list[Any]:
    return [p.key, p.title, p.abstract, p.year, p.date, "; ".join(p.authors), p.arxiv, p.doi, p.venue]


def _table(papers: Sequence[Sample], separator: str) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, delimiter=separator, lineterminator="\n")
    table.writerow(_COLUMNS)
    table.writerows(_cells(p) for p in papers)
    return text.getvalue().encode()


def commas(papers: Sequence[Sample]) -> bytes:
    return _table(papers, ",")


def tabs(papers: Sequence[Sample]) -> bytes:
    return _table(papers, "\t")


def semicolons(papers: Sequence[Sample]) -> bytes:
    return _table(papers, ";")


def parquet(papers: Sequence[Sample]) -> bytes:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    columns = {
        name: [getattr(p, name) for p in papers] for name in ("key", "title", "abstract", "year", "arxiv", "doi")
    }
    table = pa.table({**columns, "authors": [list(p.authors) for p in papers], "date": [p.date for p in papers]})
    file = io.BytesIO()
    write_table(table, file)
    return file.getvalue()


def _bare_lines(content: bytes) -> object:
    return [json.loads(line) for line in content.splitlines()]


def _bare_table(separator: str) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        return list(csv.DictReader(io.StringIO(content.decode()), delimiter=separator))

    return read


def _bare_parquet(content: bytes) -> object:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(io.BytesIO(content)).read().to_pylist()


WRITERS: Final[dict[str, Writer]] = {
    "JSON: lines": json_lines,
    "JSON: list": json_list,
    "JSON: under papers": json_under_papers,
    "listing page": listing,
    "table (CSV, TSV): commas": commas,
    "table (CSV, TSV): tabs": tabs,
    "table (CSV, TSV): semicolons": semicolons,
    "Parquet": parquet,
}
BARE: Final[dict[str, Callable[[bytes], object]]] = {
    "JSON: lines": _bare_lines,
    "JSON: list": json.loads,
    "JSON: under papers": json.loads,
    "table (CSV, TSV): commas": _bare_table(","),
    "table (CSV, TSV): tabs": _bare_table("\t"),
    "table (CSV, TSV): semicolons": _bare_table(";"),
    "Parquet": _bare_parquet,
}

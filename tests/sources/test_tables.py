"""Tables: which column holds what, what --map changes, and what a broken row costs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.records import Record
from kg.sources import ReadOptions, Skip, read_sources
from kg.sources.columns import UnknownField, column_map

HEADER = "Key,Title,Abstract,Authors,Year,DOI,arXiv ID,OpenAlex,Journal,URL\n"
ROW = (
    'k1,"Deep\n Sets","We study, ""sets"".","Zaheer, Manzil; Kottur, Satwik",2017,https://doi.org/10.1000/X,'
    "1703.06114v3,https://openalex.org/W7,NeurIPS,https://example.org/x\n"
)
RECORD = Record(
    source="papers",
    key="k1",
    title="Deep Sets",
    abstract='We study, "sets".',
    year=2017,
    authors=("Manzil Zaheer", "Satwik Kottur"),
    arxiv="1703.06114",
    doi="10.1000/x",
    venue="NeurIPS",
    url="https://example.org/x",
    ids=(("openalex", "W7"),),
)


def read(folder: Path, content: bytes | str, skips: list[Skip] | None = None, **columns: str) -> list[Record]:
    path = folder / "papers"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    told = None if skips is None else skips.append
    return list(read_sources([path], on_skip=told, options=ReadOptions(columns=columns)))


def test_columns_are_known_by_their_usual_names(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + ROW) == [RECORD]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_what_stands_between_the_columns_is_seen(tmp_path: Path, separator: str) -> None:
    rows = [("Title", "Year", "id"), ("Deep Sets", "2017", "k")]
    (record,) = read(tmp_path, "\n".join(map(separator.join, rows)))
    assert record == Record("papers", "k", "Deep Sets", year=2017)


def test_what_a_cell_does_not_say_is_unknown(tmp_path: Path) -> None:
    rows = "title,year,doi,authors,abstract,key\nDeep Sets,n/a,None,-,NaN,a\nWL,2017.0\n,,,,,\n"
    assert read(tmp_path, rows) == [
        Record("papers", "a", "Deep Sets"),
        Record("papers", read(tmp_path, rows)[1].key, "WL", year=2017),
    ]


def test_columns_are_named_by_the_user(tmp_path: Path) -> None:
    text = "Titel;Text, lang;Jahr\nDeep Sets;We study sets.;2017\n"
    (record,) = read(tmp_path, text, title="Titel", abstract="Text, lang", year="jahr")
    assert (record.title, record.abstract, record.year) == ("Deep Sets", "We study sets.", 2017)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "Titel;Text\nDeep Sets;We\n", title="Title")
    assert str(caught.value) == (
        f"{tmp_path}/papers, line 1: no paper in the file: there is no column 'Title' for title; the columns are"
        " 'Titel', 'Text'; `kg sources` lists what can be read"
    )
    with pytest.raises(InputError, match="no column holds titles; the columns are 'A', 'B': name one with --map"):
        read(tmp_path, "A;B\n1;2\n", abstract="B")


def test_a_row_without_a_title_is_skipped_with_its_line(tmp_path: Path) -> None:
    skips: list[Skip] = []
    text = 'title,abstract\nA set,"one\ntwo"\n,lost\nB set,x\n'
    assert [record.title for record in read(tmp_path, text, skips)] == ["A set", "B set"]
    assert [(skip.place, skip.unit, skip.reason) for skip in skips] == [(4, "line", "the title is missing")]


def test_a_quote_that_is_never_closed_does_not_take_the_file(tmp_path: Path) -> None:
    skips: list[Skip] = []
    text = 'title,abstract\nA set,x\nB set,"lost\n' + "C set,y\n" * 40_000
    assert read(tmp_path, text, skips)[0].title == "A set"
    assert skips[0].place == 3


def test_settings_of_columns_are_read() -> None:
    assert column_map(["title=Title, the long one,abstract=A=B"]) == {"title": "Title, the long one", "abstract": "A=B"}
    for wrong in ("title", "heading=Title"):
        with pytest.raises(UnknownField):
            column_map([wrong])


def test_parquet_with_lists_and_numbers_is_read(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    table = pa.table({
        "paper title": ["Deep Sets", None],
        "authors": [[{"name": "Ada Example"}], []],
        "year": [2017, None],
        "pmid": [12, 13],
        "rest": [{"a": 1}, None],
    })  # fmt: skip
    file = io.BytesIO()
    write_table(table, file)
    skips: list[Skip] = []
    (record,) = read(tmp_path, file.getvalue(), skips)
    assert (record.title, record.authors, record.year, record.ids) == (
        "Deep Sets", ("Ada Example",), 2017, (("pmid", "12"),),
    )  # fmt: skip
    assert [str(skip) for skip in skips] == [f"{tmp_path}/papers, row 2: the title is missing"]


def test_a_damaged_parquet_file_is_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(InputError, match="not Parquet from here on"):
        read(tmp_path, b"PAR1" + b"x" * 100 + b"PAR1")

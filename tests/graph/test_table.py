import sys
from dataclasses import dataclass

import pytest

from kg.graph import Graph, Table, UnknownChoice

from .examples import RESNET


@dataclass(frozen=True)
class Row:
    name: str
    share: float | None


def rows(*given: Row) -> "Table[Row]":
    return Table(given, columns={"name": lambda row: row.name, "share": lambda row: row.share}, title="Shares")


TWO = rows(Row("A|B & <C>", 0.123456), Row("D_1", None))


def test_a_table_is_a_sequence_of_its_rows() -> None:
    assert TWO[0] == Row("A|B & <C>", 0.123456)
    assert TWO[1:] == [Row("D_1", None)]
    assert list(TWO[1:].columns) == ["name", "share"]
    assert rows(*TWO) == TWO
    assert rows() != TWO
    assert repr(TWO) == "<Table 'Shares' of 2 rows: name, share>"


def test_a_table_for_the_eye_is_aligned() -> None:
    assert str(TWO) == "name        share\n---------  ------\nA|B & <C>  0.1235\nD_1\n"
    assert str(rows()) == "name  share\n----  -----\n"


def test_csv_keeps_all_digits() -> None:
    assert TWO.format("csv") == "name,share\nA|B & <C>,0.123456\nD_1,\n"


def test_markdown_and_latex_escape_what_they_would_read() -> None:
    assert TWO.format("markdown").splitlines()[2:] == ["| A\\|B & &lt;C> | 0.1235 |", "| D_1 |  |"]
    assert TWO.format("latex") == (
        "\\begin{tabular}{lr}\n\\toprule\nname & share \\\\\n\\midrule\n"
        "A|B \\& <C> & 0.1235 \\\\\nD\\_1 &  \\\\\n\\bottomrule\n\\end{tabular}\n"
    )


def test_a_notebook_shows_text_as_text() -> None:
    assert "<td>A|B &amp; &lt;C&gt;</td><td>0.1235</td>" in TWO._repr_html_()
    assert "1 more rows" in rows(*[Row("x", 1.0)] * 101)._repr_html_()


def test_json_is_the_rows() -> None:
    assert rows(Row("D", 1.0)).to_json() == [{"name": "D", "share": 1.0}]
    assert rows(Row("D", 1.0)).format("json") == '[\n  {\n    "name": "D",\n    "share": 1.0\n  }\n]\n'


def test_pandas_takes_the_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas", reason="the extra pandas is not installed")
    assert TWO.to_pandas().equals(pandas.DataFrame({"name": ["A|B & <C>", "D_1"], "share": [0.123456, None]}))
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="install the extra 'pandas'"):
        TWO.to_pandas()


def test_bibtex_holds_each_paper_behind_the_rows_once(graph: Graph) -> None:
    found = graph.influence(by="papers")
    assert [paper.key for paper in found.papers()] == [RESNET, "arxiv-2105.15203"]
    assert found.format("bibtex").count("@misc{") == 2
    assert TWO.papers() == []
    assert TWO.format("bibtex") == ""


def test_an_unknown_format_names_the_valid_ones() -> None:
    with pytest.raises(UnknownChoice, match="table, json, csv, markdown, latex, bibtex"):
        TWO.format("pdf")

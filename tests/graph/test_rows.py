import csv
import io
import json
from datetime import date

import pytest

from kg.graph import FORMATS, Graph, UnfitFormat, UnknownChoice

NAMES = "SELECT ?name ?year { ?c a mg:Module ; skos:prefLabel ?name OPTIONAL { ?c mg:year ?year } } ORDER BY ?name"


def test_rows_are_named_tuples_of_python_values(graph: Graph) -> None:
    rows = graph.query(NAMES)
    assert (rows.kind, rows.columns) == ("select", ("name", "year"))
    assert rows == [("Attention", None), ("Self-Attention", None)]
    assert (rows[0].name, len(rows), rows[-1:], bool(rows)) == ("Attention", 2, [("Self-Attention", None)], True)
    assert rows.to_dicts()[0] == {"name": "Attention", "year": None}
    assert repr(rows) == "<Rows name, year: 2>"


def test_literals_become_what_they_mean(graph: Graph) -> None:
    text = """SELECT ?a ?b ?c ?d ?e ?f ?g { VALUES (?a ?b ?c ?d ?e ?f ?g) {
        (1 2.5 true "2015"^^xsd:gYear "2015-12-10"^^xsd:date mg:Paper "x"@en) } }"""
    assert graph.query(text)[0] == (
        1,
        2.5,
        True,
        2015,
        date(2015, 12, 10),
        graph.query("SELECT ?x {BIND(mg:Paper AS ?x)}")[0].x,
        "x",
    )


def test_columns_that_are_no_python_names_still_answer(graph: Graph) -> None:
    rows = graph.query("SELECT ?class ?_x { VALUES (?class ?_x) { (1 2) } }")
    assert rows.columns == ("class", "_x")
    assert rows.to_dicts() == [{"class": 1, "_x": 2}]


def test_an_ask_is_its_answer(graph: Graph) -> None:
    yes, no = graph.query("ASK { concept:resnet ?p ?o }"), graph.query("ASK { concept:nothing ?p ?o }")
    assert (bool(yes), bool(no), list(no), yes.kind) == (True, False, [(False,)], "ask")
    assert no.format("csv") == "answer\nfalse\n"
    assert json.loads(yes.format("json")) == {"head": {}, "boolean": True}


def test_a_construct_gives_triples(graph: Graph) -> None:
    rows = graph.query("CONSTRUCT { ?c rdfs:label ?n } WHERE { ?c a mg:Metric ; skos:prefLabel ?n }")
    assert rows.columns == ("subject", "predicate", "object")
    assert rows[0].object == "mIoU"
    turtle = rows.format("turtle")
    assert 'concept:miou rdfs:label "mIoU" .' in turtle
    assert rows.format("tsv").splitlines()[0] == "subject\tpredicate\tobject"


def test_an_answer_can_be_written_again_after_it_was_read(graph: Graph) -> None:
    rows = graph.query(NAMES)
    first = rows.format("json")
    assert list(rows) and rows.format("json") == first
    bindings = json.loads(first)["results"]["bindings"]
    assert [each["name"]["value"] for each in bindings] == ["Attention", "Self-Attention"]
    assert list(csv.reader(io.StringIO(rows.format("csv")))) == [
        ["name", "year"],
        ["Attention", ""],
        ["Self-Attention", ""],
    ]


def test_a_table_is_for_the_eye(graph: Graph) -> None:
    text = 'SELECT ?n ?t { VALUES (?n ?t) { (1 "a\\nb") (20 UNDEF) } }'
    assert graph.query(text).format("table") == "n   t\n--  ---\n1   a b\n20\n"


@pytest.mark.parametrize("name", [each for each in FORMATS if each != "turtle"])
@pytest.mark.parametrize("text", [NAMES, "ASK {}", "CONSTRUCT WHERE { ?s mg:year ?o }"])
def test_every_format_writes_every_kind_of_answer(graph: Graph, text: str, name: str) -> None:
    assert graph.query(text).format(name)


def test_a_format_that_does_not_fit_says_so(graph: Graph) -> None:
    with pytest.raises(UnfitFormat, match=r"turtle holds triples, and this answers SELECT"):
        graph.query(NAMES).format("turtle")
    with pytest.raises(UnknownChoice, match="table, json, csv, tsv, xml, turtle"):
        graph.query(NAMES).format("yaml")


def test_a_notebook_shows_text_as_text(graph: Graph) -> None:
    page = graph.query("SELECT ?title { ?p dcterms:title ?title }")._repr_html_()
    assert "&lt;b&gt;" in page and "<b>" not in page


def test_rows_become_a_data_frame(graph: Graph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = graph.query(NAMES).to_pandas()
    assert list(frame.columns) == ["name", "year"]
    assert isinstance(frame, pandas.DataFrame) and len(frame) == 2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph._values import with_values

NODE = NamedNode("https://example.org/x")
BLOCK = " VALUES (?a) { (<https://example.org/x>) }"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SELECT ?a { ?a ?b ?c }", f"SELECT ?a {{{BLOCK} ?a ?b ?c }}"),
        ("select distinct $a where { ?a ?b ?c }", f"select distinct $a where {{{BLOCK} ?a ?b ?c }}"),
        ("SELECT * { ?a ?b ?c }", f"SELECT * {{{BLOCK} ?a ?b ?c }}"),
        (
            "SELECT ?a (EXISTS { ?x ?y ?z } AS ?e) { ?a ?b ?c }",
            f"SELECT ?a (EXISTS {{ ?x ?y ?z }} AS ?e) {{{BLOCK} ?a ?b ?c }}",
        ),
        (
            "SELECT ?a { { SELECT ?a { ?a ?b ?c } } { SELECT ?d (MAX(?a) AS ?m) { ?d ?e ?a } GROUP BY ?d } }",
            f"SELECT ?a {{{BLOCK} {{ SELECT ?a {{{BLOCK} ?a ?b ?c }} }} "
            "{ SELECT ?d (MAX(?a) AS ?m) { ?d ?e ?a } GROUP BY ?d } }",
        ),
        (
            "# SELECT ?a {\nSELECT ?a { ?a <https://example.org/SELECT?a> 'SELECT ?a {' }",
            f"# SELECT ?a {{\nSELECT ?a {{{BLOCK} ?a <https://example.org/SELECT?a> 'SELECT ?a {{' }}",
        ),
    ],
)  # fmt: skip
def test_a_value_stands_in_every_select_that_lists_its_variable(text: str, bound: str) -> None:
    assert with_values(text, {"a": NODE}) == bound


def test_without_values_a_query_stays_as_it_is() -> None:
    assert with_values("ASK {}", {}) == "ASK {}"


def test_a_variable_that_no_select_lists_takes_no_value() -> None:
    with pytest.raises(QueryError, match=r"\?a has a value and must stand in the outermost SELECT list"):
        with_values("SELECT ?b { ?a ?b ?c { SELECT ?a { ?a ?d ?e } } }", {"a": NODE})
    with pytest.raises(QueryError, match="only a SELECT takes values"):
        with_values("ASK { ?a ?b ?c }", {"a": NODE})


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_a_hostile_text_is_a_value_and_nothing_else(text: str) -> None:
    store = Store()
    store.add(Quad(NODE, NODE, Literal(text)))
    store.add(Quad(NODE, NODE, NODE))
    rows = store.query(with_values("SELECT ?a ?b { ?b ?c ?a }", {"a": Literal(text)}))
    assert [tuple(row) for row in rows] == [(Literal(text), NODE)]  # type: ignore[union-attr]

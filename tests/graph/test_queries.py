import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import QueryError, UnknownName
from kg.graph import Graph, UnknownChoice, list_queries
from kg.graph import _terms as t
from kg.graph.queries import NamedQuery, Parameter, bound_text, parse_query

from .examples import store_of
from .query_answers import ANSWERS
from .query_examples import ASKED

QUERIES = list_queries()
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@pytest.fixture(scope="module")
def asked() -> Iterator[Graph]:
    with Graph(store_of(ASKED)) as opened:
        yield opened


def shortened(cell: Any) -> Any:
    return cell.removeprefix(v.BASE).removeprefix("ontology#") if isinstance(cell, str) else cell


def test_every_named_query_has_a_question_and_an_answer_here() -> None:
    assert [query.name for query in QUERIES] == sorted(ANSWERS)
    assert all(re.match(r"\w.*\?", query.question) for query in QUERIES)
    assert all(rows for _, _, rows in ANSWERS.values())


@each_query
def test_a_named_query_answers_its_question(asked: Graph, query: NamedQuery) -> None:
    parameters, columns, expected = ANSWERS[query.name]
    rows = asked.query(query.name, **parameters)
    assert rows.columns == columns
    assert [tuple(map(shortened, row)) for row in rows] == expected


@each_query
def test_pyoxigraph_graph_query_and_rdflib_give_the_same_rows(asked: Graph, query: NamedQuery) -> None:
    parameters = ANSWERS[query.name][0]
    # The file declares its prefixes, so that it runs as it is elsewhere.
    text = bound_text(asked, query.name, parameters)
    solutions = asked.store.query(text)
    assert isinstance(solutions, QuerySolutions)
    straight = [tuple(solution) for solution in solutions]
    assert [tuple(map(t.value, row)) for row in straight] == list(asked.query(query.name, **parameters))
    through_rdflib = [tuple(cell if cell is None else str(cell) for cell in row) for row in asked.rdf.query(text)]
    assert through_rdflib == [tuple(cell if cell is None else cell.value for cell in row) for row in straight]


@each_query
def test_the_order_of_answers_leaves_nothing_to_chance(query: NamedQuery) -> None:
    assert "ORDER BY" in query.text.rpartition("}")[2]


@each_query
def test_a_parameter_stands_in_the_select_list(query: NamedQuery) -> None:
    listed = re.search(r"SELECT(.*?)WHERE", query.text, re.DOTALL)
    assert listed is not None
    assert {parameter.name for parameter in query.parameters} <= set(re.findall(r"\?(\w+)", listed[1]))


@each_query
def test_the_order_of_triples_in_the_store_changes_no_answer(asked: Graph, query: NamedQuery) -> None:
    from pyoxigraph import Store

    turned = Store()
    for quad in sorted(asked.store, key=str, reverse=True):
        turned.add(quad)
    parameters = ANSWERS[query.name][0]
    assert Graph(turned).query(query.name, **parameters) == asked.query(query.name, **parameters)


@each_query
def test_the_documentation_lists_a_query_with_its_question_and_parameters(query: NamedQuery) -> None:
    page = (ontology_folder().parent / "docs" / "queries.md").read_text(encoding="utf-8")
    signs = [
        f"`{p.name}`: {p.type.replace('|', ' or ')}"
        + (f", else {p.default}" if p.default else ", optional" if p.optional else "")
        for p in query.parameters
    ]
    assert f"\n### {query.name}\n\n{query.question}\n" in page
    section = page.split(f"\n### {query.name}\n")[1].split("\n### ")[0].split("\n## ")[0]
    assert re.findall(r"^- (.*)$", section, re.MULTILINE) == signs


def test_the_documentation_lists_nothing_else() -> None:
    page = (ontology_folder().parent / "docs" / "queries.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### (.*)$", page, re.MULTILINE)) == [query.name for query in QUERIES]


def test_families_come_in_when_asked_for(graph: Graph) -> None:
    assert [row.name for row in graph.query("ancestors", concept="ResNet")] == ["AlexNet", "LeNet"]
    rows = graph.query("ancestors", concept="ResNet", families="in")
    assert [(row.name, row.depth, row.family) for row in rows] == [
        ("AlexNet", 1, False),
        ("Convolutional Neural Network", 1, True),
        ("LeNet", 2, False),
    ]
    with pytest.raises(UnknownChoice, match="there is no families 'no'; the valid ones are out, in"):
        graph.query("ancestors", concept="ResNet", families="no")


def test_what_came_of_a_family_is_left_out_unless_the_family_is_asked_about(asked: Graph) -> None:
    assert [row.name for row in asked.query("descendants", concept="CNN")] == ["AlexNet", "ResNet", "ResNeXt", "Late"]


def test_depth_counts_the_shortest_chain_and_ends_after_six_steps(methods) -> None:
    links = [(after, before) for before, after in zip("abcdefgh", "bcdefghi", strict=True)]
    rows = methods(*links, ("d", "a")).query("descendants", concept="a")
    assert [(row.name, row.depth) for row in rows] == [
        ("b", 1), ("d", 1), ("c", 2), ("e", 2), ("f", 3), ("g", 4), ("h", 5), ("i", 6),
    ]  # fmt: skip
    assert [row.name for row in methods(*links).query("descendants", concept="a")] == list("bcdefg")


def test_a_cycle_does_not_lead_back(methods) -> None:
    assert [row.name for row in methods(("a", "b"), ("b", "a")).query("ancestors", concept="a")] == ["b"]


def test_a_longer_idea_path_counts_only_where_there_is_no_shorter_one(methods) -> None:
    graph = methods(("e", "d"), ("d", "c"), ("c", "b"), ("b", "a"), ("e", "x"), ("x", "b"))
    assert [(row.steps, row.path) for row in graph.query("idea-path", method="e", origin="b")] == [
        (2, "e is based on x, is based on b")
    ]
    assert [row.steps for row in graph.query("idea-path", method="d", origin="a")] == [3]
    assert graph.query("idea-path", method="a", origin="e") == []


def test_a_leaderboard_is_sorted_by_metric_and_those_of_no_metric_come_last(asked: Graph) -> None:
    rows = asked.query("leaderboard", dataset="ADE20K")
    assert [(row.metricName, row.value) for row in rows] == [("mIoU", "51.8%"), ("mIoU", "42.1%"), (None, "53.0")]
    assert len(asked.query("leaderboard", dataset="ADE20K", metric="mIoU")) == 2


def test_siblings_share_a_parent_that_is_no_family(methods) -> None:
    rows = methods(("a", "p"), ("b", "p"), ("b", "q"), ("a", "q"), ("c", "q")).query("siblings", concept="a")
    assert [(row.name, row.shared, row.parents) for row in rows] == [("b", 2, "p, q"), ("c", 1, "q")]


def test_contested_claims_are_found(methods) -> None:
    rows = methods(("a", "b"), ("b", "a")).query("contested-claims")
    assert [(row.claim, row.oneName, row.otherName) for row in rows] == [("each based on the other", "a", "b")]


def test_another_module_may_be_named(graph: Graph) -> None:
    name = "introduces-with-attention-on-dataset"
    assert [
        (row.relation.rpartition("#")[2], row.partName) for row in graph.query(name, dataset="ADE20K", module="ViT")
    ] == [("basedOn", "Vision Transformer"), ("uses", "Self-Attention")]


def test_an_optional_kind_narrows_an_answer(asked: Graph) -> None:
    assert {row.kind for row in asked.query("named-together", concept="ResNet")} > {"architecture", "dataset"}
    assert asked.query("orphans", kind="module") == []
    with pytest.raises(UnknownChoice, match="there is no kind 'modul'; the valid ones are architecture, module"):
        asked.query("orphans", kind="modul")


def test_a_year_is_four_digits(asked: Graph) -> None:
    assert asked.query("concepts-of-year", year="2021") == asked.query("concepts-of-year", year=2021)
    with pytest.raises(QueryError, match="a year cannot be 'last'; give four digits, as 2017"):
        asked.query("concepts-of-year", year="last")


def test_parameters_are_checked(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"siblings needs the parameter 'concept'; it takes concept \(method\)"):
        graph.query("siblings")
    with pytest.raises(
        QueryError, match=r"has no parameter 'name'; it takes dataset \(dataset\), module \(method, else"
    ):
        graph.query("introduces-with-attention-on-dataset", name="x")
    with pytest.raises(QueryError, match=r"most-used-modules has no parameter 'x'; it takes none"):
        graph.query("most-used-modules", x="y")
    with pytest.raises(UnknownName):
        graph.query("descendants", concept="nothing of this graph")
    assert graph.query("siblings", concept=graph["SegFormer"]) == []


def test_a_name_of_no_query_lists_the_named_ones(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"no query is named 'offspring'; the named ones are ancestors, children-"):
        graph.query("offspring")


def test_a_file_of_ones_own_takes_parameters_too(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "# Which names?\n# param concept: concept\nSELECT ?name ?concept { ?concept skos:prefLabel ?name }\n"
    )
    assert [row.name for row in graph.query(path, concept="ViT")] == ["Vision Transformer"]


def test_comments_declare_question_and_parameters() -> None:
    text = "# What is it?\n# Really.\n# param a: concept = Big Thing\n#param b : text optional\n# param c: x|y = x\n"
    assert parse_query(text, name="q") == NamedQuery(
        "q",
        "What is it? Really.",
        (Parameter("a", "concept", "Big Thing"), Parameter("b", "text", optional=True), Parameter("c", "x|y", "x")),
        text,
    )
    with pytest.raises(QueryError, match="parameter a is of the unknown type 'wish'; the types are concept, method"):
        parse_query("# param a: wish", name="q")

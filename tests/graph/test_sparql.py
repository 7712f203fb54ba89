import socket
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import Graph


def test_our_prefixes_need_no_declaration_and_a_declared_one_wins(graph: Graph) -> None:
    assert graph.query("SELECT ?name { concept:resnet skos:prefLabel ?name }") == [("ResNet",)]
    assert graph.query("PREFIX concept: <urn:x:> SELECT ?name { concept:resnet skos:prefLabel ?name }") == []


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "# a comment\nPREFIX a: <urn:a>\nBASE <urn:b>\ndelete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/x.ttl>",
        "CLEAR ALL",
        "DROP ALL",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_and_change_nothing(graph: Graph, update: str) -> None:
    before = len(graph.store)
    with pytest.raises(QueryError, match="is refused: queries only read"):
        graph.query(update)
    assert len(graph.store) == before


def test_an_update_hidden_behind_a_query_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT * { ?s ?p ?o } ; DROP ALL")


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "service silent <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "{{ SELECT ?s {{ OPTIONAL {{ SERVICE ?where {{ ?s ?p ?o }} }} }} }}",
        "?s ?p ?o FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "?s ?p ?o FILTER NOT EXISTS {{ {{ }} UNION {{ SERVICE <http://127.0.0.1:{port}/> {{ }} }} }}",
        "?s ?p ?o BIND(IF(EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ }} }}, 1, 2) AS ?x)",
        "?s ?p ?o MINUS {{ GRAPH ?g {{ SERVICE <http://127.0.0.1:{port}/> {{ }} }} }}",
        "SERV\\u0049CE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    ],
)
def test_nothing_is_fetched_from_elsewhere(graph: Graph, pattern: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        with pytest.raises(QueryError):
            list(graph.query(f"SELECT * {{ {pattern.format(port=server.getsockname()[1])} }}"))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_the_word_service_may_stand_where_it_fetches_nothing(graph: Graph) -> None:
    assert graph.query('SELECT ?service { BIND("a SERVICE <http://x/> {}" AS ?service) } # SERVICE') == [
        ("a SERVICE <http://x/> {}",)
    ]


def test_a_query_that_cannot_be_parsed_names_the_place(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"line 3, column \d+ \(FOO \}\): expected .*GRAPH"):
        graph.query("SELECT * {\n ?s ?p ?o .\n FOO }")
    with pytest.raises(QueryError, match=r"a prefix is not declared; known without declaration are mg, concept"):
        graph.query("SELECT * { ?s foo:bar ?o }")
    with pytest.raises(QueryError, match="cannot be parsed"):
        graph.query("")


def test_parameters_are_bound_and_never_pasted(graph: Graph) -> None:
    text = "SELECT ?concept ?name { ?concept skos:prefLabel ?name }"
    assert len(graph.query(text, name="ResNet")) == 1
    assert graph.query(text, name='x" } DROP ALL #') == []
    assert [row.name for row in graph.query(text, concept=graph["ViT"])] == ["Vision Transformer"]
    with pytest.raises(QueryError, match=r"\?other in its SELECT"):
        graph.query(text, other="x")
    with pytest.raises(QueryError, match="a parameter cannot be"):
        graph.query(text, name=object())


def test_a_query_may_come_from_a_file(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("# Mine\n# param concept: method\nSELECT ?year ?concept { ?concept mg:year ?year }\n", "utf-8")
    assert [row.year for row in graph.query(file, concept="ViT")] == [2020]
    assert [row.year for row in graph.query(str(file), concept="ViT")] == [2020]
    with pytest.raises(QueryError, match=r"none\.rq: the query cannot be read"):
        graph.query(tmp_path / "none.rq")

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

import kg
from kg.errors import QueryError
from kg.graph import Graph, list_queries
from kg.store._bound import bound, declared
from kg.store.endpoint import EndpointError
from kg.store.remote import RemoteStore
from tests.graph.examples import SMALL, store_of

from .endpoint_server import EndpointServer, endpoint_server

A, B, C = (ox.NamedNode(f"http://example.org/{name}") for name in "abc")
PARAMETERS = {
    "concept": "ResNet", "method": "ResNet", "module": "Self-Attention", "dataset": "ADE20K", "metric": "mIoU",
    "task": "Semantic Segmentation", "predicate": "based_on", "architecture": "ResNet", "technique": "SGD (technique)",
    "paper": "SegFormer: Simple and Efficient Design", "text": "ResNet", "kind": "architecture", "year": "2021",
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[EndpointServer]:
    with endpoint_server() as running:
        running.store = store_of(SMALL)
        yield running


@pytest.fixture
def graph(server: EndpointServer) -> Iterator[Graph]:
    with kg.open(f"{server.url}/query") as opened:
        yield opened


@pytest.fixture
def local() -> Iterator[Graph]:
    with Graph(store_of(SMALL)) as opened:
        yield opened


def test_lookups_over_the_wire_are_those_of_a_local_graph(graph: Graph, local: Graph) -> None:
    assert graph["Residual Network"].to_json() == local["ResNet"].to_json()
    assert [each.name for each in graph["ResNet"].children] == ["ResNeXt"]
    assert [each.name for each in graph.find("segf")] == [each.name for each in local.find("segf")]
    assert graph.paper("SegFormer: Simple and Efficient Design").year == 2021
    assert graph.stats() == local.stats()
    assert graph.merges() == []
    with pytest.raises(kg.UnknownName, match="ResNet"):
        graph["RezNet"]


def test_lineage_over_the_wire_is_that_of_a_local_graph(graph: Graph, local: Graph) -> None:
    found, wanted = graph.lineage("ResNet"), local.lineage("ResNet")
    assert list(found.nodes(data=True)) == list(wanted.nodes(data=True))
    assert list(found.edges(data=True)) == list(wanted.edges(data=True))
    assert [edge.to_json() for edge in graph.edges()] == [edge.to_json() for edge in local.edges()]


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_every_named_query_gives_the_same_rows_over_the_wire(graph: Graph, local: Graph, query) -> None:
    every = {p.name: PARAMETERS.get(p.type) or p.type.split("|")[0] for p in query.parameters}
    needed = {p.name: every[p.name] for p in query.parameters if p.default is None and not p.optional}
    for values in (needed, every):
        found, wanted = graph.query(query.name, **values), local.query(query.name, **values)
        assert found.columns == wanted.columns
        assert sorted(map(str, found)) == sorted(map(str, wanted))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of rdflib itself
def test_the_rdflib_dataset_reads_over_the_wire(graph: Graph, local: Graph) -> None:
    query = "SELECT ?name { ?c a mg:Dataset ; skos:prefLabel ?name } ORDER BY ?name"
    assert [str(row.name) for row in graph.rdf.query(query)] == ["ADE20K", "ImageNet", "ImageNet-1K", "SGD"]
    assert set(graph.rdf.triples((None, None, None))) == set(local.rdf.triples((None, None, None)))


def test_all_three_kinds_of_answers_come_back(graph: Graph, local: Graph) -> None:
    assert graph.query("ASK { ?c mg:basedOn ?d }") == [(True,)]
    construct = "CONSTRUCT { ?c mg:uses ?d } WHERE { ?c mg:uses ?d }"
    assert sorted(graph.query(construct)) == sorted(local.query(construct))
    lines = graph.query(construct).format("turtle").splitlines()
    assert sorted(lines) == sorted(local.query(construct).format("turtle").splitlines())
    counting = "SELECT (COUNT(*) AS ?n) { ?c mg:basedOn ?d }"
    assert graph.query(counting).format("json") == local.query(counting).format("json")


def test_errors_of_a_query_read_as_they_do_locally(graph: Graph, local: Graph) -> None:
    for wrong in ("SELECT nonsense", "DELETE WHERE { ?s ?p ?o }", "SELECT ?s { ?s x:y ?o }"):
        with pytest.raises(QueryError) as far:
            graph.query(wrong)
        with pytest.raises(QueryError) as near:
            local.query(wrong)
        assert str(far.value) == str(near.value)
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


def test_a_bound_value_cannot_break_out_of_its_query(server: EndpointServer, graph: Graph) -> None:
    hostile = '"} } ; DROP ALL # \\" \n \\u0022 }'
    server.store.add(ox.Quad(A, B, ox.Literal(hostile)))
    assert [row.s for row in graph.query("SELECT ?s ?o { ?s ?p ?o }", o=hostile)] == [A.value]
    assert list(graph.query("SELECT ?s ?o { ?s ?p ?o }", o=hostile + " ")) == []


def test_bindings_go_into_the_outermost_pattern() -> None:
    for query, place in (
        ("SELECT ?a { ?a ?b ?c }", "SELECT ?a {| ?a ?b ?c }"),
        ("# {\nSELECT ?a WHERE # {\n{ { ?a ?b '''{''' } }", "# {\nSELECT ?a WHERE # {\n{| { ?a ?b '''{''' } }"),
        ("PREFIX x: <http://e/#(> SELECT (STRLEN('{') AS ?n) ?a {}", None),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "CONSTRUCT { ?a ?b ?c } WHERE {| ?a ?b ?c }"),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "CONSTRUCT WHERE {| ?a ?b ?c }"),
        ("ASK{}", "ASK{|}"),
    ):
        wanted = (place or query.replace("?a {}", "?a {|}")).replace("|", f" VALUES (?a) {{ ({A}) }}")
        assert bound(query, {"a": A}) == wanted
    with pytest.raises(QueryError, match="needs a pattern"):
        bound("DESCRIBE <http://example.org/a>", {"a": A})


def test_only_prefixes_that_are_used_and_not_declared_are_added() -> None:
    known = {"mg": "http://m/", "skos": "http://s/", "xsd": "http://x/"}
    assert declared("PREFIX mg: <http://o/> SELECT ?a { ?a mg:b/skos:c ?d }", known) == (
        "PREFIX skos: <http://s/> PREFIX mg: <http://o/> SELECT ?a { ?a mg:b/skos:c ?d }"
    )


def test_a_store_answers_patterns_length_and_membership(server: EndpointServer) -> None:
    server.store = ox.Store()
    quads = [ox.Quad(A, B, C), ox.Quad(A, C, ox.Literal("x", language="en")), ox.Quad(C, B, ox.Literal(True))]
    server.store.extend(quads)
    remote = RemoteStore(f"{server.url}/query")
    assert len(remote) == 3
    assert set(remote) == set(quads)
    assert quads[1] in remote
    assert ox.Quad(A, B, A) not in remote
    for pattern in ((A, None, None), (A, B, None), (None, B, None), (None, None, C), (A, B, C), (None, B, C)):
        assert set(remote.quads_for_pattern(*pattern)) == set(server.store.quads_for_pattern(*pattern))
    with pytest.raises(EndpointError, match="only its default graph"):
        remote.quads_for_pattern(None, None, None, A)
    with pytest.raises(EndpointError, match="has no name that an endpoint knows"):
        next(remote.quads_for_pattern(ox.BlankNode("x"), None, None))


def test_what_was_read_of_a_subject_is_not_asked_again(server: EndpointServer, graph: Graph) -> None:
    assert graph["ResNet"].year == 2015
    before = len(server.requests)
    assert graph["ResNet"].year == 2015
    assert len(server.requests) == before


def test_a_named_graph_is_read_by_its_parameter(server: EndpointServer) -> None:
    server.store.add(ox.Quad(A, B, C, graph_name=C))
    remote = RemoteStore(f"{server.url}/query?default-graph-uri=http%3A%2F%2Fexample.org%2Fc")
    assert list(remote) == [ox.Quad(A, B, C)]


def test_an_address_that_is_none_or_leads_nowhere_is_named(server: EndpointServer) -> None:
    for address, problem in (
        ("ftp://example.org/x", "is no address of an endpoint"),
        ("http://[/x", "is no address of an endpoint"),
        ("http://example.org/a b", "is no address of an endpoint"),
        ("http://exämple.org/", "is no address of an endpoint"),
        ("http://me:secret@example.org/x", "http://example.org/x: keep credentials out of the address"),
        (f"{server.url}/", "answers text/html, which is no result of a SPARQL query"),
        ("http://127.0.0.1:1/query", "cannot be reached: .*[Rr]efused"),
    ):
        with pytest.raises(EndpointError, match=problem) as caught:
            RemoteStore(address)
        assert "secret" not in str(caught.value)


def test_credentials_come_from_the_environment(server: EndpointServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.authorization = "Basic bWU6c2VjcmV0"
    with pytest.raises(EndpointError, match=r"refuses access .401.; set KG_ENDPOINT_USER"):
        kg.open(f"{server.url}/query")
    monkeypatch.setenv("KG_ENDPOINT_USER", "me")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "secret")
    kg.open(f"{server.url}/query").close()
    server.authorization = "Bearer abc"
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "abc")
    kg.open(f"{server.url}/query").close()


def test_credentials_never_travel_in_the_clear_or_to_another_address(
    server: EndpointServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "abc")
    with pytest.raises(EndpointError, match="would carry the credentials in the clear"):
        kg.open("http://example.org/sparql")
    server.moved_to = "http://example.org/elsewhere"
    with pytest.raises(EndpointError, match=r"points to http://example.org/elsewhere; name that address"):
        kg.open(f"{server.url}/query")


def test_what_passes_by_itself_is_tried_again(server: EndpointServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.endpoint.time.sleep", lambda _: None)
    server.failures = [503, 429]
    assert "ResNet" in kg.open(f"{server.url}/query")
    server.failures = [503, 503, 503]
    with pytest.raises(EndpointError, match="answers 503 Service Unavailable: not now"):
        kg.open(f"{server.url}/query")


def test_a_silent_endpoint_is_given_up(server: EndpointServer) -> None:
    with server.lock, pytest.raises(EndpointError, match="does not answer in time"):
        RemoteStore(f"{server.url}/query", timeout_s=0.05)

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg.errors import StoreError
from kg.records import Paper, Resolution
from kg.store.endpoint import EndpointError
from kg.store.publishing import Published, publish
from kg.store.triples import triples

from . import examples as e
from .endpoint_server import EndpointServer, endpoint_server

A = ox.NamedNode("http://example.org/a")
OTHERS = ox.Quad(A, A, ox.Literal("not ours"))
CONCEPT = ox.NamedNode(v.concept_iri("gone"))
STALE = ox.Quad(CONCEPT, ox.NamedNode(v.YEAR), ox.Literal("stale"))


@pytest.fixture(scope="module")
def running() -> Iterator[EndpointServer]:
    with endpoint_server() as server:
        yield server


@pytest.fixture
def server(running: EndpointServer) -> EndpointServer:
    running.store = ox.Store()
    running.requests.clear()
    running.fail_updates_after = running.most_triples = None
    return running


def store_of(resolution: Resolution = e.RESOLUTION) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(resolution))
    return store


def test_an_empty_endpoint_gets_all_and_a_second_run_sends_nothing(server: EndpointServer) -> None:
    store = store_of()
    assert publish(store, f"{server.url}/query") == Published(len(store), 0, 0)
    assert set(server.store) == set(store)
    server.requests.clear()
    assert publish(store, f"{server.url}/query") == Published(0, 0, 0)
    assert server.asked("/update") == 0


def test_only_the_difference_is_sent_and_what_others_said_stays(server: EndpointServer) -> None:
    store = store_of()
    missing = next(iter(store))
    server.store.extend([quad for quad in store if quad != missing])
    server.store.extend([OTHERS, STALE])
    assert publish(store, f"{server.url}/query") == Published(1, 1, 1)
    assert set(server.store) == {*store, OTHERS}
    (update,) = [parameters["update"][0] for _, path, parameters in server.requests if path == "/update"]
    assert update.count("DELETE DATA") == update.count("INSERT DATA") == 1
    assert "not ours" not in update


def test_blank_nodes_that_others_hung_on_ours_stay(server: EndpointServer) -> None:
    note = ox.Quad(CONCEPT, A, ox.BlankNode("note"))
    server.store.add(note)
    assert publish(store_of(), f"{server.url}/query").untouched == 1
    assert list(server.store.quads_for_pattern(CONCEPT, None, None)) == [note]


def test_a_run_that_broke_off_is_resumed(server: EndpointServer) -> None:
    store = store_of()
    server.store.add(STALE)
    server.fail_updates_after = 2
    with pytest.raises(EndpointError, match="answers 500 Internal Server Error: out of disk"):
        publish(store, f"{server.url}/query", batch=10)
    came = len(server.store)
    assert 0 < came < len(store)
    server.fail_updates_after = None
    told: list[int] = []
    done = publish(store, f"{server.url}/query", batch=10, progress=told.append)
    assert set(server.store) == set(store)
    assert 0 < done.added < len(store)
    assert told == sorted(told)
    assert told[-1] == done.added + done.removed


def test_a_batch_never_ends_within_a_subject(server: EndpointServer) -> None:
    publish(store_of(), f"{server.url}/query", batch=1)
    updates = [parameters["update"][0] for _, path, parameters in server.requests if path == "/update"]
    lines = [update.removeprefix("INSERT DATA { ").splitlines() for update in updates]
    subjects = [{line.split(" ")[0] for line in of_update} for of_update in lines]
    assert all(len(found) == 1 for found in subjects)
    assert len(set.union(*subjects)) == len(updates)


def test_the_graph_store_protocol_reads_whole_and_takes_what_is_new(server: EndpointServer) -> None:
    server.most_triples = 3
    store = store_of()
    server.store.extend(list(store)[:20])
    with pytest.raises(EndpointError, match=r"gave 3 of 20 triples, so it limits its answers; .*--graph-store"):
        publish(store, f"{server.url}/query")
    assert len(server.store) == 20
    publish(store, f"{server.url}/query", graph_store_url=f"{server.url}/store")
    assert set(server.store) == set(store)
    assert server.asked("/update") == 0


@pytest.mark.parametrize("by_graph_store", [False, True])
def test_a_named_graph_is_brought_up_to_date_and_no_other(server: EndpointServer, by_graph_store: bool) -> None:
    store, name = store_of(), ox.NamedNode("http://example.org/g?x=1&y=é")
    server.store.extend([STALE, ox.Quad(*STALE.triple, name)])
    graph_store = f"{server.url}/store" if by_graph_store else None
    done = publish(store, f"{server.url}/query", graph=name.value, graph_store_url=graph_store, batch=10)
    assert done == Published(len(store), 1, 0)
    assert {quad.triple for quad in server.store.quads_for_pattern(None, None, None, name)} == {q.triple for q in store}
    assert list(server.store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == [STALE]


def test_updates_go_where_they_are_taken(server: EndpointServer) -> None:
    publish(store_of(), f"{server.url}/query", update_url=f"{server.url}/update?x=1")
    assert ("POST", "/update") in {(method, path) for method, path, parameters in server.requests if "x" in parameters}


def test_blank_nodes_are_refused_before_anything_is_sent(server: EndpointServer) -> None:
    for quad in (ox.Quad(ox.BlankNode("x"), A, A), ox.Quad(A, A, ox.BlankNode("x"))):
        store = ox.Store()
        store.add(quad)
        with pytest.raises(StoreError, match="a blank node cannot be published"):
            publish(store, f"{server.url}/query")
    assert server.asked("/update") == 0


def test_a_graph_that_is_no_iri_is_named(server: EndpointServer) -> None:
    with pytest.raises(EndpointError, match="my graph: is no IRI"):
        publish(store_of(), f"{server.url}/query", graph="my graph")


UGLY = [
    r"\u0022 } ; DROP ALL",
    '"',
    "\\",
    "\r\n\t",
    "\x00\x01\x7f\x85\u2028",
    '}} <a> \'b\' """',
    r"\\u00e9 \U0001F600",
]
HOSTILE = st.text(st.characters(codec="utf-8"), min_size=1) | st.sampled_from(UGLY)


@given(st.lists(HOSTILE, max_size=5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_text_holds_it_arrives_as_it_is(server: EndpointServer, titles: list[str]) -> None:
    store = store_of(Resolution(papers=tuple(Paper(f"t-{n}", title) for n, title in enumerate(titles))))
    store.extend(ox.Quad(A, A, ox.Literal(title)) for title in titles)
    server.store = ox.Store()
    publish(store, f"{server.url}/query")
    assert set(server.store) == set(store)
    assert publish(store, f"{server.url}/query") == Published(0, 0, 0)

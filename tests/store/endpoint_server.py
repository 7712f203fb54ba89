"""A small SPARQL 1.1 endpoint on this machine: protocol and graph store, over a pyoxigraph store in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


class EndpointServer(ThreadingHTTPServer):
    """Answers ``/query``, ``/update`` and ``/store``.

    Attributes:
        store: what it serves.
        requests: method, path and parameters of every request, in order.
        failures: status codes with which to answer the next requests in place of what was asked.
        fail_updates_after: how many updates to take before it fails for good.
        authorization: the header that it wants, if any.
        most_triples: how many triples an answer holds at most, silently.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = ox.Store()
        self.requests: list[tuple[str, str, dict[str, list[str]]]] = []
        self.failures: list[int] = []
        self.fail_updates_after: int | None = None
        self.authorization: str | None = None
        self.most_triples: int | None = None
        self.moved_to: str | None = None
        self.lock = Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that gave up waiting is what some tests are about

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self, path: str) -> int:
        return sum(1 for _, asked, _ in self.requests if asked == path)


@contextmanager
def endpoint_server() -> Iterator[EndpointServer]:
    """Run an endpoint in a thread of its own."""
    server = EndpointServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: EndpointServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        parameters = parse_qs(parts.query, keep_blank_values=True)
        if self.headers.get_content_type() == "application/x-www-form-urlencoded":
            parameters |= parse_qs(body.decode(), keep_blank_values=True)
        with self.server.lock:
            self.server.requests.append((self.command, parts.path, parameters))
            if self.server.failures:
                self._send(self.server.failures.pop(0), b"not now")
            elif self.server.moved_to is not None:
                self.send_response(302)
                self.send_header("Location", self.server.moved_to)
                self.end_headers()
            elif self.server.authorization not in (None, self.headers["Authorization"]):
                self._send(401, b"who are you?")
            elif parts.path == "/query":
                self._query(parameters)
            elif parts.path == "/update":
                self._update(parameters)
            elif parts.path == "/store":
                self._graph_store(body, parameters)
            else:
                self._send(200, b"<html>hello</html>", "text/html")

    def _query(self, parameters: dict[str, list[str]]) -> None:
        graphs = [ox.NamedNode(iri) for iri in parameters.get("default-graph-uri", [])]
        try:
            found = self.server.store.query(parameters["query"][0], default_graph=graphs or None)
        except SyntaxError as error:
            self._send(400, str(error).encode())
            return
        if isinstance(found, ox.QueryTriples):
            triples = list(found)[: self.server.most_triples]
            self._send(200, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), "application/n-triples")
        else:
            answer = found.serialize(format=ox.QueryResultsFormat.JSON)
            self._send(200, answer, "application/sparql-results+json; charset=utf-8")

    def _update(self, parameters: dict[str, list[str]]) -> None:
        if self.server.fail_updates_after is not None:
            if self.server.fail_updates_after == 0:
                self._send(500, b"out of disk")
                return
            self.server.fail_updates_after -= 1
        self.server.store.update(parameters["update"][0])
        self._send(204, b"")

    def _graph_store(self, body: bytes, parameters: dict[str, list[str]]) -> None:
        name = parameters.get("graph", [None])[0]
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        if self.command == "POST":
            self.server.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
            self._send(204, b"")
        else:
            found = [quad.triple for quad in self.server.store.quads_for_pattern(None, None, None, graph)]
            self._send(200, ox.serialize(found, format=ox.RdfFormat.TURTLE), "text/turtle")

    def _send(self, code: int, body: bytes, media_type: str = "text/plain") -> None:
        self.send_response(code)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

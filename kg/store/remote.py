"""A remote SPARQL endpoint as a store to read from: patterns and queries, over HTTP.

It answers what the reading side asks of a ``pyoxigraph.Store``, and nothing that writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

from kg import vocabulary as v
from kg.store._bound import bound, declared
from kg.store.endpoint import Answer, Endpoint, EndpointError

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
SOLUTIONS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_GRAPH: Final = DefaultGraph()
_KEPT_PATTERNS: Final = 20_000
_KEPT_QUADS: Final = 1_000
# Whoever asks for the subjects of these reads each of them next: they are fetched along.
_READ_NEXT: Final = frozenset({v.RDF + "subject", v.RDF + "object", v.NAME_KEY})
# Who asks what leads to a concept by one of these asks by the others too. Not mentions: there are very many.
_TOGETHER: Final = tuple(iri for name, iri in v.PREDICATE_IRIS.items() if name not in ("mentions", "reports"))


class RemoteStore:
    """A SPARQL 1.1 endpoint, open for reading.

    Small answers to patterns are kept, since the graph is not to change while it is open; what is asked of
    one subject is fetched with all that is said of it. A well-known concept still takes some requests.

    Args:
        url: the address of the endpoint; its default graph is read (``?default-graph-uri=`` names another).
        timeout_s: how long it may be silent.

    Raises:
        EndpointError: it cannot be reached, or is no endpoint.
    """

    def __init__(self, url: str, *, timeout_s: float = 60.0) -> None:
        self.endpoint = Endpoint(url, timeout_s=timeout_s)
        self._kept: dict[tuple[Term | None, ...], list[Quad]] = {}
        self.query("ASK {}")

    def quads_for_pattern(
        self,
        subject: Term | None,
        predicate: NamedNode | None,
        object: Term | None,
        graph_name: DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Return an iterator over the triples of a pattern in the default graph.

        Raises:
            EndpointError: another graph is asked for, or a blank node, which has no name over the wire.
        """
        if graph_name is not None and graph_name != _GRAPH:
            raise EndpointError(f"{self.endpoint.url}: only its default graph is read, not {graph_name}")
        if subject is not None and (predicate is not None or object is not None):
            return (
                quad
                for quad in self._pattern(subject, None, None)
                if predicate in (None, quad.predicate) and object in (None, quad.object)
            )
        return self._pattern(subject, predicate, object)

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[Variable, Term] | None = None,
        use_default_graph_as_union: bool = False,  # noqa: ARG002 (as the rdflib adapter passes it)
        default_graph: NamedNode | None = None,
    ) -> Results:
        """Return the answer of a query, as ``pyoxigraph.Store.query`` does.

        The query is checked here before it is sent, so that errors read as they do for a local store.

        Args:
            query: SPARQL 1.1.
            prefixes: declared where the query uses them.
            substitutions: values of variables, which must stand in the SELECT list.
            use_default_graph_as_union: no matter, since everything is in the default graph.
            default_graph: refused but for the default one.

        Raises:
            SyntaxError, RuntimeError: as the local store raises them.
            EndpointError: the endpoint cannot be reached, refuses, or answers something else.
        """
        if default_graph is not None:
            raise EndpointError(f"{self.endpoint.url}: only its default graph is read, not {default_graph}")
        known, values = dict(prefixes or {}), dict(substitutions or {})
        form = ox.Store().query(query, prefixes=known, substitutions=values)
        bindings = {variable.value: _sendable(term) for variable, term in values.items()}
        text = bound(declared(query, known), bindings)
        if isinstance(form, ox.QueryTriples):
            with self.endpoint.query(text, accept=TRIPLES) as answer:
                found = ox.Store()
                found.bulk_extend(self._triples(answer))
            return found.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        with self.endpoint.query(text, accept=SOLUTIONS) as answer:
            results = self._parse(answer.body.read(), answer.media_type)
        if isinstance(results, ox.QueryBoolean) != isinstance(form, ox.QueryBoolean):
            raise EndpointError(f"{self.endpoint.url}: answers another kind of query than was asked")
        return results

    def triples(self) -> Iterator[Triple]:
        """Yield all triples of the default graph, as the endpoint writes them, in any order."""
        with self.endpoint.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", accept=TRIPLES) as answer:
            for quad in self._triples(answer):
                yield quad.triple

    def __iter__(self) -> Iterator[Quad]:
        return self._pattern(None, None, None)

    def __contains__(self, quad: Quad) -> bool:
        return next(self.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is not None

    def __len__(self) -> int:
        return self._count("?s ?p ?o")

    def count_distinct(self) -> int:
        """Return the number of triples, each counted once even where several graphs make up the default one."""
        return self._count("SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o }")

    def _count(self, where: str) -> int:
        with self.endpoint.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {where} }}", accept=SOLUTIONS) as answer:
            for solution in self._solutions(answer):
                return int(solution["count"].value)
        raise EndpointError(f"{self.endpoint.url}: cannot count its triples")

    def _pattern(self, *pattern: Term | None) -> Iterator[Quad]:
        kept = self._kept.get(pattern)
        return iter(kept) if kept is not None else self._fetch(pattern)

    def _fetch(self, pattern: tuple[Term | None, ...]) -> Iterator[Quad]:
        names = ("s", "p", "o")
        terms = [
            f"?{name}" if term is None else str(_sendable(term)) for name, term in zip(names, pattern, strict=True)
        ]
        where = " ".join(terms)
        subject, predicate, value = pattern
        if subject is None and value is not None and isinstance(predicate, NamedNode):
            if predicate.value in _READ_NEXT:
                yield from self._with_subjects(pattern, where)
                return
            if predicate.value in _TOGETHER:
                yield from self._together(predicate, value)
                return
        free = [name for name, term in zip(names, pattern, strict=True) if term is None]
        found: list[Quad] = []
        # Given on while it is read, so that a pattern of the whole graph never stands in memory.
        with self.endpoint.query(f"SELECT ?{' ?'.join(free)} WHERE {{ {where} }}", accept=SOLUTIONS) as answer:
            for solution in self._solutions(answer):
                row: list[Any] = [
                    solution[name] if term is None else term for name, term in zip(names, pattern, strict=True)
                ]
                quad = Quad(*row)
                if len(found) <= _KEPT_QUADS:
                    found.append(quad)
                yield quad
        self._keep(pattern, found)

    def _with_subjects(self, pattern: tuple[Term | None, ...], where: str) -> Iterator[Quad]:
        """Yield the triples of a pattern, and keep all that is said of their subjects."""
        _, predicate, value = pattern
        described: dict[Term, list[Quad]] = {}
        with self.endpoint.query(f"SELECT ?s ?p ?o WHERE {{ {where} . ?s ?p ?o }}", accept=SOLUTIONS) as answer:
            for solution in self._solutions(answer):
                quad = Quad(solution["s"], solution["p"], solution["o"])
                described.setdefault(quad.subject, []).append(quad)
        for subject, quads in described.items():
            self._keep((subject, None, None), quads)
        hits = [
            quad
            for quads in described.values()
            for quad in quads
            if (quad.predicate, quad.object) == (predicate, value)
        ]
        self._keep(pattern, hits)
        yield from hits

    def _together(self, predicate: NamedNode, value: Term) -> Iterator[Quad]:
        """Yield the triples of a pattern, and keep those of the predicates that are asked along with it."""
        found: dict[str, list[Quad]] = {iri: [] for iri in _TOGETHER}
        where = f"VALUES ?p {{ <{'> <'.join(_TOGETHER)}> }} ?s ?p {_sendable(value)}"
        with self.endpoint.query(f"SELECT ?s ?p WHERE {{ {where} }}", accept=SOLUTIONS) as answer:
            for solution in self._solutions(answer):
                found[solution["p"].value].append(Quad(solution["s"], solution["p"], value))
        for iri, quads in found.items():
            self._keep((None, NamedNode(iri), value), quads)
        yield from found[predicate.value]

    def _keep(self, pattern: tuple[Term | None, ...], quads: list[Quad]) -> None:
        if len(quads) <= _KEPT_QUADS:
            while len(self._kept) >= _KEPT_PATTERNS:
                del self._kept[next(iter(self._kept))]
            self._kept[pattern] = quads

    def _solutions(self, answer: Answer) -> Iterator[ox.QuerySolution]:
        results = self._parse(answer.body, answer.media_type)
        if not isinstance(results, ox.QuerySolutions):
            raise EndpointError(f"{self.endpoint.url}: answers yes or no where rows were asked for")
        with self._understanding(answer.media_type):
            yield from results

    def _parse(self, body: IO[bytes] | bytes, media_type: str) -> ox.QuerySolutions | ox.QueryBoolean:
        format = ox.QueryResultsFormat.from_media_type(media_type)
        if format is None:
            raise EndpointError(f"{self.endpoint.url}: answers {media_type}, which is no result of a SPARQL query; "
                                "give the address of the endpoint itself")  # fmt: skip
        with self._understanding(media_type):
            return ox.parse_query_results(body, format=format)

    def _triples(self, answer: Answer) -> Iterator[Quad]:
        format = ox.RdfFormat.from_media_type(answer.media_type)
        if format is None:
            raise EndpointError(f"{self.endpoint.url}: answers {answer.media_type}, which holds no triples; "
                                "give the address of the endpoint itself")  # fmt: skip
        with self._understanding(answer.media_type):
            for quad in ox.parse(answer.body, format=format):
                yield Quad(*quad.triple)

    @contextmanager
    def _understanding(self, media_type: str) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{self.endpoint.url}: its answer is no good {media_type}: {error}") from error


def _sendable(term: Term) -> NamedNode | Literal:
    if isinstance(term, NamedNode | Literal):
        return term
    raise EndpointError(f"{term} has no name that an endpoint knows; ask for an IRI or a literal")

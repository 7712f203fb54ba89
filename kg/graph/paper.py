"""A paper of an open graph: what it introduces, what it names, what it reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph._html import card
from kg.graph.concept import NAMING, Concept, local_name
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.results import Result, read_results

if TYPE_CHECKING:
    from kg.graph.graph import Graph


_CITES = NamedNode(v.CITO + "cites")


@dataclass(frozen=True, slots=True)
class Paper:
    """A frozen view of one paper; what it says of concepts is read from the open graph when asked for.

    Two views are equal when they show the same IRI.

    Attributes:
        iri: its IRI; ``key`` is the last part of it.
        abstract: None where the store keeps no abstracts.
        issued: when it came out, as exactly as it is known (``2015``, ``2015-12``, ``2015-12-10``).
        authors: in their order.
        venue: where it came out, as a source says.
        ids: its other identifiers as scheme and value (``openalex``, ``s2``, ``acl`` ...), sorted.
        sources: the files that know the paper, sorted.

    >>> paper = graph.paper("Deep Residual Learning for Image Recognition")
    >>> paper.year, paper.authors, paper.introduces
    (2015, ('Kaiming He', 'Jian Sun'), [<Concept 'ResNet' (architecture, 2015)>])
    """

    graph: Graph = field(repr=False, compare=False)
    iri: str
    key: str = field(compare=False)
    title: str = field(compare=False)
    year: int | None = field(default=None, compare=False)
    issued: str | None = field(default=None, compare=False)
    authors: tuple[str, ...] = field(default=(), compare=False)
    abstract: str | None = field(default=None, compare=False)
    doi: str | None = field(default=None, compare=False)
    arxiv: str | None = field(default=None, compare=False)
    url: str | None = field(default=None, compare=False)
    venue: str | None = field(default=None, compare=False)
    ids: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    sources: tuple[str, ...] = field(default=(), compare=False)

    @property
    def introduces(self) -> list[Concept]:
        """The concepts that it proposes as new, sorted by name."""
        return self._objects("introduces")

    @property
    def tasks(self) -> list[Concept]:
        """The tasks that it works on, sorted by name."""
        return self._objects("addresses")

    @property
    def datasets(self) -> list[Concept]:
        """The data that it trains, tests or reports on, sorted by name."""
        return self._objects("evaluates_on")

    @property
    def concepts(self) -> list[Concept]:
        """Every concept that it names, sorted by name."""
        return self._objects(*NAMING)

    @property
    def results(self) -> list[Result]:
        """The scores that it reports, sorted by IRI."""
        return read_results(self.graph.store, read.objects(self.graph.store, self._node, t.PREDICATES["reports"]))

    @property
    def cites(self) -> list[Paper]:
        """The papers of this graph that it cites, as a source says, sorted by IRI."""
        return _papers(self.graph, (node.value for node in read.objects(self.graph.store, self._node, _CITES)))

    @property
    def cited_by(self) -> list[Paper]:
        """The papers of this graph that cite it, sorted by IRI."""
        return _papers(self.graph, (node.value for node in read.subjects(self.graph.store, _CITES, self._node)))

    def evidence(self) -> list[Edge]:
        """Return every edge that this paper proves, with all its proofs, sorted by predicate, subject and object."""
        store = self.graph.store
        edges = set()
        for node in read.subjects(store, NamedNode(t.PRIMARY_SOURCE), self._node):
            statement = read.Facts(store, node)
            subject, predicate, value = (
                statement.node_of(each.value)
                for each in (t.STATEMENT_SUBJECT, t.STATEMENT_PREDICATE, t.STATEMENT_OBJECT)
            )
            if subject is not None and value is not None and predicate in t.PREDICATE_NAMES:
                edges.add((t.PREDICATE_NAMES[predicate], subject, value))
        reader = EvidenceReader(store)
        return [reader.edge(NamedNode(subject), name, NamedNode(value)) for name, subject, value in sorted(edges)]

    def to_json(self) -> dict[str, Any]:
        """Return what the paper itself says as what ``json.dumps`` takes; its concepts are not in it."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "graph"}

    def __repr__(self) -> str:
        return f"<Paper {self.title!r}{f' ({self.year})' if self.year is not None else ''}>"

    def _repr_html_(self) -> str:
        introduced = ", ".join(concept.name for concept in self.introduces)
        rows = [("year", self.year), ("authors", "; ".join(self.authors)), ("introduces", introduced),
                ("DOI", self.doi), ("arXiv", self.arxiv), ("abstract", self.abstract), ("IRI", self.iri)]  # fmt: skip
        return card(self.title, rows)

    @property
    def _node(self) -> NamedNode:
        return NamedNode(self.iri)

    def _objects(self, *predicates: str) -> list[Concept]:
        store = self.graph.store
        found = {node for name in predicates for node in read.objects(store, self._node, t.PREDICATES[name])}
        return self.graph.concepts_at(found)


def _papers(graph: Graph, iris: Iterable[str]) -> list[Paper]:
    return [paper for iri in sorted(set(iris)) if (paper := read_paper(graph, NamedNode(iri))) is not None]


def _scheme_and_value(text: str) -> tuple[str, str]:
    scheme, _, value = text.partition(":")
    return scheme, value


def read_paper(graph: Graph, node: NamedNode) -> Paper | None:
    """Return the view of a paper, or None where the node is no paper."""
    facts = read.Facts(graph.store, node)
    if v.PAPER not in facts.nodes(t.TYPE.value):
        return None
    authors = facts.text(v.AUTHORS)
    return Paper(
        graph=graph,
        iri=node.value,
        key=local_name(node.value),
        title=facts.text(t.TITLE.value) or local_name(node.value),
        year=facts.integer(v.YEAR),
        issued=facts.text(v.DCTERMS + "issued"),
        authors=tuple(authors.split("; ")) if authors else facts.texts(v.DCTERMS + "creator"),
        abstract=facts.text(v.DCTERMS + "abstract"),
        doi=facts.text(v.BIBO + "doi"),
        arxiv=facts.text(v.FABIO + "hasArXivId"),
        url=facts.text(v.SCHEMA + "url"),
        venue=facts.text(v.VENUE),
        ids=tuple(_scheme_and_value(text) for text in facts.texts(v.DCTERMS + "identifier")),
        sources=facts.texts(t.SOURCE),
    )

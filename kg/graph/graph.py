"""The reading side of a graph: one object through which everything is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from pyoxigraph import NamedNode, Store

from kg import vocabulary as v
from kg.errors import StoreError
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph import lookup
from kg.graph._choices import choose
from kg.graph.analysis import Analysis
from kg.graph.citing import Citation, supporting_citations
from kg.graph.concept import Concept, read_concept
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.paper import Paper, read_paper
from kg.graph.queries import run_query
from kg.graph.rows import Rows
from kg.graph.stats import Stats, count
from kg.records import EXTRACTED_PREDICATES, PAPER_PREDICATES, DecisionUse, Merge

if TYPE_CHECKING:
    import rdflib

    from kg.views import Views


Kept = TypeVar("Kept")


class OpenSnapshot(Protocol):
    """What keeps a store open: a published snapshot, as :class:`kg.store.folder.Snapshot` is one."""

    def merges(self) -> Iterator[Merge]:
        """Yield its merge log."""

    def decisions(self) -> Iterator[DecisionUse]:
        """Yield what became of each decision of a curator."""

    def redirects(self) -> dict[str, tuple[str, ...]]:
        """Return what became of identifiers that are gone."""

    def skipped(self) -> int:
        """Return how many lines of the sources were left out."""

    def close(self) -> None:
        """Let go of it."""


class Graph(Analysis):
    """A graph of methods, open for reading; a context manager.

    Args:
        store: the triples; they are not to change while the graph is open.
        path: where the store lies, if it lies anywhere.
        snapshot: what keeps the store open; it is closed with the graph.

    >>> from kg.records import Concept, Resolution
    >>> from kg.store.triples import triples
    >>> from pyoxigraph import Quad, Store
    >>> store = Store()
    >>> store.extend(Quad(*triple) for triple in triples(Resolution(concepts=(
    ...     Concept("feature-pyramid-network", "Feature Pyramid Network", "module", ("FPN",), year=2016),))))
    >>> with Graph(store) as graph:
    ...     graph["FPN"]
    <Concept 'Feature Pyramid Network' (module, 2016)>
    """

    def __init__(self, store: Store, *, path: str | Path | None = None, snapshot: OpenSnapshot | None = None) -> None:
        self.path = None if path is None else Path(path)
        self._store: Store | None = store
        self._snapshot = snapshot
        self._name_keys: dict[str, list[str]] | None = None
        self._kept: dict[object, Any] = {}

    @property
    def store(self) -> Store:
        """The triples.

        Raises:
            StoreError: the graph is closed.
        """
        if self._store is None:
            raise StoreError(f"{self.path or 'the graph'}: is closed; open it again to read it")
        return self._store

    def close(self) -> None:
        """Let go of the store; doing so twice is no fault. Views of the graph can then read no more."""
        self._store = None
        self._kept.clear()
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self._store is None else "open"
        return f"<Graph {f'{str(self.path)!r} ' if self.path else ''}({state})>"

    # Concepts and papers

    def __getitem__(self, name: str) -> Concept:
        """Return the concept of a name: as :meth:`concept`."""
        return self.concept(name)

    def __contains__(self, name: object) -> bool:
        """Return whether any concept has a name, an alias or an IRI."""
        return isinstance(name, str) and lookup.is_known(self, name)

    def concept(self, name: str, *, kind: str | None = None) -> Concept:
        """Return the concept that a name, an alias, an IRI, or a name with its kind ("SGD (dataset)") means.

        Spelling may vary as it does between papers: "U-Net" is "unet". Of several concepts of a name those that are
        curated count, and of these those whose preferred name it is.

        Args:
            name: what to look for.
            kind: one of the kinds, or ``method`` for the three kinds of methods.

        Raises:
            UnknownName: there is none; the nearest names come with it.
            AmbiguousName: there are several; how to name each comes with it.
            UnknownChoice: there is no such kind.
        """
        return lookup.look_up_concept(self, name, kind=kind)

    def find(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Concept]:
        """Return the concepts that a text may mean: of this name, beginning with it, holding it, spelled like it.

        Args:
            text: a name or a part of one.
            kind: as in :meth:`concept`.
            limit: how many at most.

        Returns:
            The concepts, the likeliest first; none where nothing is near.
        """
        return lookup.find_concepts(self, text, kind=kind, limit=limit)

    def paper(self, name: str) -> Paper:
        """Return the paper that a title, a key (``arxiv-1612.03144``) or an IRI means.

        Raises:
            UnknownName: there is none; the nearest titles come with it.
            AmbiguousName: several have this title; their IRIs come with it.
        """
        return lookup.look_up_paper(self, name)

    def concepts(self, kind: str | None = None) -> list[Concept]:
        """Return all concepts, of one kind or of all, sorted by name."""
        wanted = lookup.kinds_of(kind) or frozenset(t.KIND_NODES)
        return self.concepts_at(
            node for each in wanted for node in read.subjects(self.store, t.TYPE, t.KIND_NODES[each])
        )

    def papers(self) -> list[Paper]:
        """Return all papers, the earliest first."""
        return self.papers_at(read.subjects(self.store, t.TYPE, t.PAPER))

    def concepts_at(self, nodes: Iterable[NamedNode]) -> list[Concept]:
        """Return views of the concepts among some nodes, sorted by name; what is no concept is left out."""
        found = (read_concept(self, node) for node in set(nodes))
        return sorted((each for each in found if each is not None), key=lambda each: (each.name.casefold(), each.iri))

    def concepts_of(self, iris: Iterable[str]) -> list[Concept]:
        """Return views of the concepts of some IRIs, sorted by name; what is no concept is left out."""
        return self.concepts_at(map(NamedNode, iris))

    def papers_at(self, nodes: Iterable[NamedNode]) -> list[Paper]:
        """Return views of the papers among some nodes, the earliest first, undated ones last."""
        found = (read_paper(self, node) for node in set(nodes))
        return sorted(
            (each for each in found if each is not None), key=lambda each: (each.year or 9999, each.title, each.iri)
        )

    def edges(
        self,
        *,
        subject: Concept | Paper | None = None,
        predicate: str | None = None,
        object: Concept | None = None,
    ) -> Iterator[Edge]:
        """Yield the edges of a pattern with their proofs, sorted by predicate, subject and object IRI.

        Args:
            subject: the concept or paper at which they begin; None for any.
            predicate: one of the predicates; None for all, ``mentions`` and ``reports`` among them.
            object: the concept at which they end; None for any.

        Raises:
            UnknownChoice: there is no such predicate.
        """
        if predicate is not None:
            choose("predicate", predicate, t.PREDICATES)
        start = None if subject is None else NamedNode(subject.iri)
        end = None if object is None else NamedNode(object.iri)
        return EvidenceReader(self.store).edges(subject=start, predicate=predicate, value=end)

    def edge(self, subject: str | Concept | Paper, predicate: str, object: str | Concept) -> Edge | None:
        """Return one edge with its proofs, or None where there is no such edge.

        Args:
            subject: a concept by name, alias or IRI, a paper by title, key or IRI, or a view of one.
            predicate: one of the predicates but ``reports``; those of papers begin at papers.
            object: the concept at which it ends.

        Raises:
            UnknownName, AmbiguousName: as :meth:`concept` and :meth:`paper`.
            UnknownChoice: there is no such predicate.

        >>> graph.edge("ResNeXt", "based_on", "ResNet").support
        2
        """
        choose("predicate", predicate, (*EXTRACTED_PREDICATES, "mentions"))
        of_papers = predicate in PAPER_PREDICATES
        begin = subject if not isinstance(subject, str) else (self.paper if of_papers else self.concept)(subject)
        end = object if not isinstance(object, str) else self.concept(object)
        return next(self.edges(subject=begin, predicate=predicate, object=end), None)

    def citations(self, child: str | Concept, parent: str | Concept) -> list[Citation]:
        """Return the citations that support lineage: the paper that introduces the child cites that of the parent.

        They make no edge of themselves. Sorted by the papers.

        >>> graph.citations("ResNeXt", "ResNet")
        []
        """
        ends = [self.concept(end) if isinstance(end, str) else end for end in (child, parent)]
        return supporting_citations(self.store, *(NamedNode(end.iri) for end in ends))

    def keep(self, key: object, make: Callable[[], Kept]) -> Kept:
        """Return what was made of the whole graph before under this key, else make and keep it until it is closed.

        >>> graph.keep("answer", lambda: 42), graph.keep("answer", lambda: 43)
        (42, 42)
        """
        if key not in self._kept:
            self._kept[key] = make()
        kept: Kept = self._kept[key]
        return kept

    def stats(self) -> Stats:
        """Return the figures of the graph; takes time linear in its edges."""
        return count(self.store, skipped=self._snapshot.skipped() if self._snapshot else 0)

    def merges(self) -> list[Merge]:
        """Return every decision on names, merged or kept apart; empty for triples that come from no build."""
        return list(self._snapshot.merges()) if self._snapshot else []

    def decisions(self) -> list[DecisionUse]:
        """Return what became of each decision in the store's ``curation.ttl`` when the graph was built."""
        return list(self._snapshot.decisions()) if self._snapshot else []

    def redirects(self) -> dict[str, tuple[str, ...]]:
        """Return what identifiers of concepts that are gone became: one identifier, or several where it split."""
        snapshot = self._snapshot
        return {} if snapshot is None else self.keep("redirects", snapshot.redirects)

    def name_keys(self) -> dict[str, list[str]]:
        """Return the IRIs of concepts by their folded names, both sorted; read once and kept."""
        if self._name_keys is None:
            keys: dict[str, list[str]] = {}
            found = self.store.query(f"SELECT ?key ?concept {{ ?concept a <{v.CONCEPT}> ; <{v.NAME_KEY}> ?key }}")
            for key, concept in sorted((key.value, concept.value) for key, concept in found):  # type: ignore[union-attr]
                keys.setdefault(key, []).append(concept)
            self._name_keys = keys
        return self._name_keys

    # SPARQL and RDF

    def query(self, query: str | Path, **parameters: Any) -> Rows:
        """Answer a SPARQL query: its text, the name of a named one, or the path of a ``.rq`` file.

        The prefixes of :data:`kg.vocabulary.PREFIXES` need no declaration. Queries only read: updates,
        ``LOAD`` and ``SERVICE`` are refused.

        Args:
            query: what to ask; see :func:`kg.graph.list_queries` for the named ones.
            parameters: values of the query's variables, which must stand in its SELECT list. A named query
                looks concepts up by name; elsewhere a text is a text, and a view (``graph["FPN"]``) its IRI.

        Raises:
            QueryError: it cannot be parsed, writes or fetches, or a parameter is missing or unknown.
            UnknownName, AmbiguousName: a parameter names no concept, or several.
        """
        return run_query(self, query, parameters)

    @property
    def rdf(self) -> rdflib.Dataset:
        """The same triples as an rdflib Dataset, with our prefixes bound; asking it calls Oxigraph."""
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, namespace in v.PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset

    @property
    def view(self) -> Views:
        """Its pages: ``graph.view.lineage("ResNet").save("resnet.html")``."""
        # The one door to a room below this one: loaded only by those who draw.
        from kg.views import Views

        return Views(self)

"""A concept of an open graph: what it is, what it came from, what came of it, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph._html import card
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.results import Result, results_of

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.paper import Paper

# The predicates by which a paper names a concept.
NAMING: Final = ("mentions", "introduces", "addresses", "evaluates_on")
_SHOWN_IN_NOTEBOOK: Final = 12


@dataclass(frozen=True, slots=True)
class Concept:
    """A frozen view of one concept; what stands around it is read from the open graph when asked for.

    Two views are equal when they show the same IRI.

    Attributes:
        iri: its IRI; ``id`` is the last part of it.
        name: the preferred name.
        kind: one of :data:`kg.records.KINDS`.
        aliases: all other names, sorted.
        year: the curated year, else that of the earliest dated paper here that introduces it, else None.
        curated: whether it stands among the curated concepts.
        family: whether it is a broad family (Transformer, GAN).
        configurations: sizes and settings seen (ResNet-50), sorted.
        direction: for a metric, ``higher`` or ``lower``: which is better.
        introduced_in: the title of the introducing paper as a curator states it.
        definition: in one sentence, where there is one.

    >>> resnet = graph["ResNet"]
    >>> resnet.year, [parent.name for parent in resnet.parents], [child.name for child in resnet.children]
    (2015, ['AlexNet', 'Convolutional Neural Network'], ['ResNeXt'])
    >>> resnet.evidence("based_on")[0].proofs[1].sentence
    'ResNets go on from AlexNet.'
    """

    graph: Graph = field(repr=False, compare=False)
    iri: str
    id: str = field(compare=False)
    name: str = field(compare=False)
    kind: str = field(compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)
    year: int | None = field(default=None, compare=False)
    curated: bool = field(default=False, compare=False)
    family: bool = field(default=False, compare=False)
    configurations: tuple[str, ...] = field(default=(), compare=False)
    direction: str | None = field(default=None, compare=False)
    introduced_in: str | None = field(default=None, compare=False)
    definition: str | None = field(default=None, compare=False)

    @property
    def introduced_by(self) -> list[Paper]:
        """The papers here that introduce it, the earliest first."""
        return self.graph.papers_at(read.subjects(self.graph.store, t.PREDICATES["introduces"], self._node))

    @property
    def parents(self) -> list[Concept]:
        """What it is based on, families among it, sorted by name."""
        return self._objects(t.PREDICATES["based_on"].value)

    @property
    def children(self) -> list[Concept]:
        """What is based on it, sorted by name."""
        return self._subjects("based_on")

    @property
    def parts(self) -> list[Concept]:
        """What it uses, sorted by name."""
        return self._objects(t.PREDICATES["uses"].value)

    @property
    def used_by(self) -> list[Concept]:
        """What uses it, sorted by name."""
        return self._subjects("uses")

    @property
    def broader(self) -> list[Concept]:
        """More general concepts, sorted by name."""
        return self._objects(v.SKOS + "broader")

    @property
    def tasks(self) -> list[Concept]:
        """For a data set, the tasks that it is made for, sorted by name."""
        return self._objects(v.RELEVANT_TASK)

    @property
    def papers(self) -> list[Paper]:
        """The papers that name it, the earliest first."""
        return self.graph.papers_at(naming_papers(self.graph.store, self._node))

    @property
    def paper_count(self) -> int:
        """The number of papers that name it; cheaper than to list them."""
        return len(naming_papers(self.graph.store, self._node))

    @property
    def results(self) -> list[Result]:
        """The stated scores of a method, on a data set, by a metric or for a task, the earliest first."""
        return results_of(self.graph.store, self._node)

    def evidence(self, predicate: str | None = None) -> list[Edge]:
        """Return the edges that begin or end at this concept, with their proofs.

        Args:
            predicate: one of ``introduces``, ``addresses``, ``evaluates_on``, ``based_on``, ``uses``,
                ``outperforms``, ``mentions``; without it all but ``mentions``, which nothing proves.

        Returns:
            The edges: those that begin here, then those that end here, each sorted by predicate and IRI.

        Raises:
            UnknownChoice: there is no such predicate.
        """
        proven = [name for name in t.PREDICATES if name != "mentions"]
        wanted = [choose("predicate", predicate, t.PREDICATES)] if predicate is not None else proven
        reader = EvidenceReader(self.graph.store)
        here = [edge for name in wanted for edge in reader.edges(subject=self._node, predicate=name)]
        return here + [edge for name in wanted for edge in reader.edges(predicate=name, value=self._node)]

    def to_json(self) -> dict[str, Any]:
        """Return what the concept itself says as what ``json.dumps`` takes; its neighbours are not in it."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "graph"}

    def __repr__(self) -> str:
        year = f", {self.year}" if self.year is not None else ""
        return f"<Concept {self.name!r} ({'family' if self.family else self.kind}{year})>"

    def _repr_html_(self) -> str:
        names = [("kind", "family" if self.family else self.kind), ("year", self.year)]
        papers = self.paper_count
        introduced = "; ".join(paper.title for paper in self.introduced_by) or self.introduced_in
        rows = [*names, ("also named", ", ".join(self.aliases)), ("sizes", ", ".join(self.configurations)),
                ("introduced in", introduced), ("based on", _names(self.parents)), ("uses", _names(self.parts)),
                ("came of it", _names(self.children)), ("used by", _names(self.used_by)),
                ("named in", f"{papers:,} paper{'' if papers == 1 else 's'}" if papers else None),
                ("definition", self.definition), ("IRI", self.iri)]  # fmt: skip
        return card(self.name, rows)

    @property
    def _node(self) -> NamedNode:
        return NamedNode(self.iri)

    def _objects(self, predicate: str) -> list[Concept]:
        return self.graph.concepts_at(read.objects(self.graph.store, self._node, NamedNode(predicate)))

    def _subjects(self, predicate: str) -> list[Concept]:
        return self.graph.concepts_at(read.subjects(self.graph.store, t.PREDICATES[predicate], self._node))


def read_concept(graph: Graph, node: NamedNode) -> Concept | None:
    """Return the view of a concept, or None where the node is no concept; costs what the node says itself."""
    facts = read.Facts(graph.store, node)
    types = facts.nodes(t.TYPE.value)
    kind = next((t.KINDS[each] for each in types if each in t.KINDS), None)
    if kind is None:
        return None
    return Concept(
        graph=graph,
        iri=node.value,
        id=local_name(node.value),
        name=facts.text(t.NAME.value) or local_name(node.value),
        kind=kind,
        aliases=facts.texts(t.ALIAS.value),
        year=facts.integer(v.YEAR),
        curated=facts.text(v.CURATED) == "true",
        family=v.FAMILY in types,
        configurations=facts.texts(v.CONFIGURATION),
        direction=facts.text(v.DIRECTION),
        introduced_in=facts.text(v.INTRODUCED_IN),
        definition=facts.text(v.SKOS + "definition"),
    )


def naming_papers(store: Store, concept: NamedNode) -> set[NamedNode]:
    """Return the papers that name a concept in any way.

    >>> len(naming_papers(graph.store, NamedNode(graph["ResNet"].iri)))
    3
    """
    return {paper for predicate in NAMING for paper in read.subjects(store, t.PREDICATES[predicate], concept)}


def local_name(iri: str) -> str:
    """Return what identifies a concept or a paper within its folder of IRIs.

    >>> local_name("https://w3id.org/methodome/concept/unet-plus-plus")
    'unet-plus-plus'
    >>> local_name("https://w3id.org/methodome/paper/doi-10.1/x"), local_name("urn:x")
    ('doi-10.1/x', 'urn:x')
    """
    for folder in ("/concept/", "/paper/"):
        before, found, after = iri.partition(folder)
        if found and before:
            return after
    return iri.rsplit("/", 1)[-1]


def _names(concepts: list[Concept]) -> str:
    shown = ", ".join(concept.name for concept in concepts[:_SHOWN_IN_NOTEBOOK])
    return shown + (f" and {len(concepts) - _SHOWN_IN_NOTEBOOK:,} more" if len(concepts) > _SHOWN_IN_NOTEBOOK else "")

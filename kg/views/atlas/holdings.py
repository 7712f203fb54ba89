"""Everything that an atlas tells, read from a graph in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg import vocabulary as v
from kg.records import EXTRACTED_PREDICATES, METHOD_PREDICATES

if TYPE_CHECKING:
    from kg.graph import Concept, Edge, Graph, Paper, Result

_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an atlas tells.

    Attributes:
        concepts: those that get a page, by IRI: what a paper names, and what is linked to that.
        papers: by IRI.
        outgoing, incoming: edges by the IRI at which they begin and end, in a fixed order.
        names: the papers that name a concept, by its IRI, the earliest first; ``named`` the concepts by paper.
        results: by the IRI of their paper.
        digest: of all of it.
    """

    concepts: Mapping[str, Concept]
    papers: Mapping[str, Paper]
    outgoing: Mapping[str, Sequence[Edge]]
    incoming: Mapping[str, Sequence[Edge]]
    names: Mapping[str, Sequence[str]]
    named: Mapping[str, Sequence[str]]
    results: Mapping[str, Sequence[Result]]
    digest: str

    def page_of(self, iri: str) -> str | None:
        """Return the path of a page from the folder of the atlas; None for what has none."""
        if iri in self.concepts:
            return f"concept/{file_name(self.concepts[iri].id)}"
        if iri in self.papers:
            return f"paper/{file_name(self.papers[iri].key)}"
        return None


def file_name(identifier: str) -> str:
    """Return the name of the file of a concept or a paper: its slug, cut where a file system would not take it.

    >>> file_name("vision-transformer"), file_name("doi-10.1/x")
    ('vision-transformer.html', 'doi-10.1-x.html')
    """
    plain = "".join(char if char.isalnum() or char in "-._" else "-" for char in identifier)
    if (plain != identifier and "/" not in identifier) or len(plain.encode()) > _LONGEST_NAME:
        plain = f"{plain[: _LONGEST_NAME // 4]}-{v.digest(identifier, length=12)}"
    return f"{plain}.html"


def read_holdings(graph: Graph, tell: Callable[[str, int, int | None], None], *, least: float) -> Holdings:
    """Return everything that an atlas tells; takes time and memory linear in the edges of the graph.

    Args:
        graph: an open graph.
        tell: hears how far it is: a stage, how much of it is done, and of how much.
        least: how sure what papers say of methods must be.
    """
    digest = hashlib.sha256()
    tell("read", 0, None)
    papers = {paper.iri: paper for paper in graph.papers()}
    outgoing: dict[str, list[Edge]] = {}
    incoming: dict[str, list[Edge]] = {}
    names: dict[str, set[str]] = {}
    for predicate in EXTRACTED_PREDICATES:
        for whole in graph.edges(predicate=predicate):
            edge = _sure(whole, least) if predicate in METHOD_PREDICATES else whole
            if not edge.proofs:
                continue
            outgoing.setdefault(edge.subject, []).append(edge)
            incoming.setdefault(edge.object, []).append(edge)
            if edge.subject in papers:
                names.setdefault(edge.object, set()).add(edge.subject)
            digest.update(repr(edge).encode("utf-8", "surrogatepass"))
    for edge in graph.edges(predicate="mentions"):
        names.setdefault(edge.object, set()).add(edge.subject)
    near = {edge.object for iri in names for edge in outgoing.get(iri, ())}
    near |= {edge.subject for iri in names for edge in incoming.get(iri, ())}
    concepts = {concept.iri: concept for concept in graph.concepts() if concept.iri in names or concept.iri in near}
    named: dict[str, list[str]] = {}
    for iri in concepts:
        for paper in sorted(names.get(iri, ())):
            named.setdefault(paper, []).append(iri)
            digest.update(f"{iri} {paper}".encode("utf-8", "surrogatepass"))
    reporting = {edge.subject for edge in graph.edges(predicate="reports")}
    results = {iri: paper.results for iri, paper in papers.items() if iri in reporting}
    for part in (concepts.values(), papers.values(), results.values()):
        _add(digest, part)
    place = {iri: i for i, iri in enumerate(papers)}
    return Holdings(
        concepts=concepts,
        papers=papers,
        outgoing=outgoing,
        incoming=incoming,
        names={iri: sorted(found & place.keys(), key=place.__getitem__) for iri, found in names.items()},
        named=named,
        results=results,
        digest=digest.hexdigest()[:24],
    )


def _sure(edge: Edge, least: float) -> Edge:
    """Return an edge with what a curator states and what is sure enough."""
    return replace(edge, proofs=tuple(each for each in edge.proofs if each.paper is None or each.confidence >= least))


def _add(digest: hashlib._Hash, nouns: Iterable[object]) -> None:
    for noun in nouns:
        said = noun.to_json() if hasattr(noun, "to_json") else noun
        digest.update(repr(said).encode("utf-8", "surrogatepass"))

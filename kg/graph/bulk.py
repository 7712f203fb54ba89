"""Reading a whole graph at once: edges with what stands behind them, years and kinds, without a view of each.

What :mod:`kg.graph.evidence` tells of one edge, for those who measure all of them: one query, a line an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.concept import NAMING

_STATEMENTS: Final = f"""
SELECT ?subject ?object ?confidence ?paper WHERE {{
  ?proof <{v.RDF}predicate> <%s> ; <{v.RDF}subject> ?subject ; <{v.RDF}object> ?object .
  OPTIONAL {{ ?proof <{v.CONFIDENCE}> ?confidence }}
  OPTIONAL {{ ?proof <{t.PRIMARY_SOURCE}> ?paper }}
}}"""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge without its sentences.

    Attributes:
        subject, object: IRIs.
        support: how many papers state it.
        confidence: of its best proof.
        curated: whether a curator states it.

    >>> links(graph.store, "uses")[1].curated
    True
    """

    subject: str
    object: str
    support: int
    confidence: float
    curated: bool


def links(store: Store, predicate: str) -> list[Link]:
    """Return every proven edge of a predicate, sorted by subject and object.

    Args:
        store: the triples.
        predicate: a name of DESIGN section 1 (``based_on``).

    >>> [(link.subject[-7:], link.support, link.curated) for link in links(graph.store, "uses")]
    [('gformer', 1, False), ('ept/vit', 0, True)]
    """
    papers: dict[tuple[str, str], set[str]] = {}
    best: dict[tuple[str, str], float] = {}
    curated: set[tuple[str, str]] = set()
    rows = cast(QuerySolutions, store.query(_STATEMENTS % v.PREDICATE_IRIS[predicate]))
    for subject, value, confidence, paper in rows:
        ends = (cast(NamedNode, subject).value, cast(NamedNode, value).value)
        stated = papers.setdefault(ends, set())
        best[ends] = max(best.get(ends, 0.0), float(confidence.value) if isinstance(confidence, Literal) else 0.0)
        if isinstance(paper, NamedNode):
            stated.add(paper.value)
        else:
            curated.add(ends)
    return [Link(*ends, len(papers[ends]), best[ends], ends in curated) for ends in sorted(papers)]


def years(store: Store) -> dict[str, int]:
    """Return the years of all concepts and papers that have one, by IRI.

    >>> years(graph.store)["https://w3id.org/methodome/concept/lenet"]
    1998
    """
    return {
        quad.subject.value: int(quad.object.value)  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, t.YEAR, None, read.GRAPH)
    }


def concepts_of_kinds(store: Store, kinds: frozenset[str]) -> dict[str, str]:
    """Return the kinds of all concepts of some kinds, by IRI, sorted.

    >>> sorted(set(concepts_of_kinds(graph.store, frozenset({"module"})).values()))
    ['module']
    """
    found = {node.value: kind for kind in sorted(kinds) for node in read.subjects(store, t.TYPE, t.KIND_NODES[kind])}
    return dict(sorted(found.items()))


def curated(store: Store) -> set[str]:
    """Return the IRIs of the curated concepts.

    >>> len(curated(graph.store))
    13
    """
    quads = store.quads_for_pattern(None, t.CURATED, None, read.GRAPH)
    return {quad.subject.value for quad in quads if quad.object.value == "true"}  # type: ignore[union-attr]


def families(store: Store) -> set[str]:
    """Return the IRIs of the broad families.

    >>> sorted(families(graph.store))
    ['https://w3id.org/methodome/concept/cnn']
    """
    return {node.value for node in read.subjects(store, t.TYPE, t.FAMILY)}


def naming_papers(store: Store) -> dict[str, set[str]]:
    """Return the papers that name each concept in any way, by IRI.

    >>> len(naming_papers(graph.store)["https://w3id.org/methodome/concept/resnet"])
    3
    """
    found: dict[str, set[str]] = {}
    for predicate in NAMING:
        for paper, concept in read.pairs(store, t.PREDICATES[predicate]):
            found.setdefault(concept.value, set()).add(paper.value)
    return found

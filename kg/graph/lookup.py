"""From what a person types to the node that is meant: by folded name, exact first, then near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.errors import AmbiguousName, UnknownName
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph.concept import Concept, read_concept
from kg.graph.paper import Paper, read_paper
from kg.names import fold
from kg.records import KINDS, METHOD_KINDS

if TYPE_CHECKING:
    from kg.graph.graph import Graph

METHOD: Final = "method"
NEAREST: Final = 5
_SENSE = re.compile(rf"(?P<name>.+\S)\s*\((?P<kind>{'|'.join((*KINDS, METHOD))})\)\s*", re.DOTALL)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_KEY = re.compile(r"(?:doi|arxiv|t)-[^\s<>\"{}|\\^`]+")
# Below this likeness (0 to 100) a name is no help; chosen so that one slip in a short name still passes.
_NEAR = 70.0
_SHORTEST_PART = 3


def kinds_of(kind: str | None) -> frozenset[str] | None:
    """Return the kinds that a word means: one kind, or ``method`` for the three kinds of methods.

    Raises:
        UnknownChoice: it is none of them.

    >>> sorted(kinds_of("method"))
    ['architecture', 'module', 'technique']
    """
    if kind is None:
        return None
    if kind == METHOD:
        return METHOD_KINDS
    return frozenset({choose("kind", kind, (*KINDS, METHOD))})


def look_up_concept(graph: Graph, name: str, *, kind: str | None = None) -> Concept:
    """Return the one concept that a name, an alias, an IRI or ``name (kind)`` means.

    Where a name is the preferred one of some concepts and only an alias of others, the preferred counts.

    Raises:
        UnknownName: none has it; the nearest names come with it.
        AmbiguousName: several have it; how to name each comes with it.
    """
    wanted = kinds_of(kind)
    if _IRI.fullmatch(name) and (found := read_concept(graph, NamedNode(name))) is not None:
        return found
    senses = _senses(graph, name, wanted)
    if not senses and (hit := _SENSE.fullmatch(name)):
        senses = _senses(graph, hit["name"], _both(wanted, kinds_of(hit["kind"])))
    if not senses:
        others = [_sense_name(graph, concept) for concept in _senses(graph, name, None)] if wanted else []
        raise UnknownName(name, others or _nearest(graph, name, kind))
    if len(senses) > 1:
        key = fold(name)
        preferred = [concept for concept in senses if fold(concept.name) == key]
        if len(preferred) != 1:
            raise AmbiguousName(name, sorted(_sense_name(graph, concept) for concept in senses))
        senses = preferred
    return senses[0]


def is_known(graph: Graph, name: str) -> bool:
    """Return whether a name, an alias or an IRI means any concept, or several."""
    try:
        look_up_concept(graph, name)
    except AmbiguousName:
        return True
    except UnknownName:
        return False
    return True


def look_up_paper(graph: Graph, name: str) -> Paper:
    """Return the paper that a title, a key or an IRI means.

    Raises:
        UnknownName: no paper has it; the titles nearest to it come with it.
        AmbiguousName: several papers have this title; their IRIs come with it.
    """
    store = graph.store
    if _IRI.fullmatch(name) and (found := read_paper(graph, NamedNode(name))) is not None:
        return found
    if _KEY.fullmatch(name) and (found := read_paper(graph, NamedNode(v.paper_iri(name)))) is not None:
        return found
    titled = _papers(graph, read.subjects(store, t.NAME_KEY, Literal(fold(name))))
    if not titled:
        titles = {quad.object.value for quad in store.quads_for_pattern(None, t.TITLE, None, read.GRAPH)}  # type: ignore[union-attr]
        raise UnknownName(name, [title for title, _ in _alike(name, titles, limit=NEAREST)])
    if len(titled) > 1:
        raise AmbiguousName(name, sorted(paper.iri for paper in titled))
    return titled[0]


def find_concepts(graph: Graph, text: str, *, kind: str | None = None, limit: int = 20) -> list[Concept]:
    """Return the concepts that a text may mean: of this name, then beginning with it, then like it.

    Within each group the better known (named by more papers) comes first; the like ones by likeness.
    """
    wanted = kinds_of(kind)
    key = fold(text)
    if not key or limit <= 0:
        return []
    found = sorted(_senses(graph, text, wanted), key=_best_known)
    if len(found) < limit:
        keys = graph.name_keys()
        starting = [iri for other, iris in keys.items() if other.startswith(key) for iri in iris]
        found += sorted(_others(graph, starting, found, wanted), key=_best_known)
        near: list[str] = []
        if len(found) < limit:
            near = [iri for other, _ in _alike(key, keys, limit=4 * limit) for iri in keys[other]]
        found += _others(graph, near, found, wanted)
    return found[:limit]


def _others(
    graph: Graph, iris: Iterable[str], known: Iterable[Concept], wanted: frozenset[str] | None
) -> list[Concept]:
    seen = {concept.iri for concept in known}
    found = []
    for iri in iris:
        if iri not in seen:
            seen.add(iri)
            concept = read_concept(graph, NamedNode(iri))
            if concept is not None and (wanted is None or concept.kind in wanted):
                found.append(concept)
    return found


def _best_known(concept: Concept) -> tuple[int, str, str]:
    return (-concept.paper_count, concept.name.casefold(), concept.iri)


def _alike(text: str, choices: Iterable[str], *, limit: int) -> Iterator[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    # Very short names are alike to everything that holds their letters.
    pool = sorted(choice for choice in choices if len(choice) >= _SHORTEST_PART)
    hits = process.extract(text, pool, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=limit)
    yield from ((choice, score) for choice, score, _ in sorted(hits, key=lambda hit: (-hit[1], hit[0])))


def _nearest(graph: Graph, name: str, kind: str | None) -> list[str]:
    return [concept.name for concept in find_concepts(graph, name, kind=kind, limit=NEAREST)]


def _senses(graph: Graph, name: str, wanted: frozenset[str] | None) -> list[Concept]:
    key = fold(name)
    nodes = sorted({node.value for node in read.subjects(graph.store, t.NAME_KEY, Literal(key))}) if key else []
    return _others(graph, nodes, (), wanted)


def _sense_name(graph: Graph, concept: Concept) -> str:
    """Return how to name one sense of a homograph: by name and kind where that is enough, else by IRI."""
    alone = _senses(graph, concept.name, frozenset({concept.kind})) == [concept]
    return f"{concept.name} ({concept.kind})" if alone else concept.iri


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return other if one is None else one if other is None else one & other


def _papers(graph: Graph, nodes: Iterable[NamedNode]) -> list[Paper]:
    found = (read_paper(graph, node) for node in nodes)
    return [paper for paper in found if paper is not None]

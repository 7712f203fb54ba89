"""From what a person types to the node that is meant: by folded name, exact first, then near.

Where an identifier is gone, what it became is meant: that is told to the logger ``kg`` (INFO), in one line.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
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
# Below these a name (0 to 1) or a title (0 to 100) is no help; one slip in a name of three letters still passes.
_NEAR_NAME: Final = 0.8
_NEAR_TITLE: Final = 65.0
_SHORT: Final = "concept:"
_LOG: Final = logging.getLogger("kg")
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

    Of several, those that are curated count, as for a mention that defines nothing; of these, those whose preferred
    name it is.

    Raises:
        UnknownName: none has it; the nearest names come with it.
        AmbiguousName: several have it; how to name each comes with it.

    >>> look_up_concept(graph, "ViT").name, look_up_concept(graph, "SGD (dataset)").kind
    ('Vision Transformer', 'dataset')
    """
    wanted = kinds_of(kind)
    name = _holdable(name)
    if (node := _node(name)) is not None and (found := read_concept(graph, node)) is not None:
        return found
    senses = _senses(graph, name, wanted)
    if not senses and (hit := _SENSE.fullmatch(name)):
        senses = _senses(graph, hit["name"], _both(wanted, kinds_of(hit["kind"])))
    if not senses:
        senses = _identified(graph, name, wanted)
    if not senses:
        others = [_sense_name(graph, concept) for concept in _senses(graph, name, None)] if wanted else []
        raise UnknownName(name, others or _nearest(graph, name, kind))
    if len(senses) > 1:
        key = fold(name)
        known = [concept for concept in senses if concept.curated] or senses
        meant = [concept for concept in known if fold(concept.name) == key] or known
        if len(meant) != 1:
            raise AmbiguousName(name, sorted(_sense_name(graph, concept) for concept in senses))
        senses = meant
    return senses[0]


def is_known(graph: Graph, name: str) -> bool:
    """Return whether a name, an alias or an IRI means any concept, or several.

    >>> is_known(graph, "ViT"), is_known(graph, "SGD"), is_known(graph, "nothing")
    (True, True, False)
    """
    try:
        look_up_concept(graph, name)
    except AmbiguousName:
        return True
    except UnknownName:
        return False
    return True


def look_up_paper(graph: Graph, name: str) -> Paper:
    """Return the paper that a title, a key, an IRI, an arXiv number or a DOI means.

    Raises:
        UnknownName: no paper has it; the titles nearest to it come with it.
        AmbiguousName: several papers have this title; their IRIs come with it.

    >>> look_up_paper(graph, "SegFormer: simple and efficient design").key
    'arxiv-2105.15203'
    """
    name = _holdable(name)
    for iri in (name, *(v.paper_iri(f"{scheme}{name.removeprefix('paper:')}") for scheme in ("", "arxiv-", "doi-"))):
        if (node := _node(iri)) is not None and (found := read_paper(graph, node)) is not None:
            return found
    titled = _papers(graph, read.subjects(graph.store, t.NAME_KEY, Literal(fold(name))))
    if not titled:
        raise UnknownName(name, _near_titles(graph, name))
    if len(titled) > 1:
        raise AmbiguousName(name, sorted(paper.iri for paper in titled))
    return titled[0]


def find_concepts(graph: Graph, text: str, *, kind: str | None = None, limit: int = 20) -> list[Concept]:
    """Return the concepts that a text may mean: of this name, beginning with it, holding it, spelled like it.

    Within each of the first three groups the better known (named by more papers) comes first; the last is
    sorted by likeness.

    >>> [concept.name for concept in find_concepts(graph, "resn", limit=2)]
    ['ResNet', 'ResNeXt']
    """
    wanted = kinds_of(kind)
    text = _holdable(text)
    key = fold(text)
    if not key or limit <= 0:
        return []
    found = sorted(_senses(graph, text, wanted), key=_best_known)
    if len(found) < limit:
        keys = graph.name_keys()
        starting = [iri for other, iris in keys.items() if other.startswith(key) for iri in iris]
        found += sorted(_others(graph, starting, found, wanted), key=_best_known)
        if len(found) < limit and len(key) >= _SHORTEST_PART:
            holding = [iri for other, iris in keys.items() if key in other for iri in iris]
            found += sorted(_others(graph, holding, found, wanted), key=_best_known)
        if len(found) < limit:
            found += _others(graph, _near(graph, key, limit=4 * limit), found, wanted)
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


def _near_keys(key: str, keys: Iterable[str], *, limit: int) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    # Names are short, and slips of typing swap letters more often than they change the beginning.
    likeness = JaroWinkler.normalized_similarity
    hits = process.extract(key, sorted(keys), scorer=likeness, score_cutoff=_NEAR_NAME, limit=limit)
    return [other for other, _, _ in sorted(hits, key=lambda hit: (-hit[1], hit[0]))]


def _near_titles(graph: Graph, title: str) -> list[str]:
    from rapidfuzz import fuzz, process

    # People remember a part of a title, so parts count as well as the whole.
    titles = {quad.object.value for quad in graph.store.quads_for_pattern(None, t.TITLE, None, read.GRAPH)}  # type: ignore[union-attr]
    hits = process.extract(
        title, sorted(titles), scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=_NEAR_TITLE, limit=NEAREST
    )
    return [other for other, _, _ in sorted(hits, key=lambda hit: (-hit[1], hit[0]))]


def _near(graph: Graph, key: str, *, limit: int) -> list[str]:
    keys = graph.name_keys()
    return [iri for other in _near_keys(key, keys, limit=limit) for iri in keys[other]]


def _nearest(graph: Graph, name: str, kind: str | None) -> list[str]:
    """Return what to offer on a miss: names spelled like it, else what holds it."""
    like = _others(graph, _near(graph, fold(name), limit=4 * NEAREST), (), kinds_of(kind))
    holding = find_concepts(graph, name, kind=kind, limit=NEAREST) if len(like) < NEAREST else []
    return list(dict.fromkeys(concept.name for concept in (*like, *holding)))[:NEAREST]


def _node(name: str) -> NamedNode | None:
    """Return the node of an IRI, or None for what is no IRI."""
    try:
        return NamedNode(name) if _IRI.fullmatch(name) else None
    except ValueError:
        return None


def _holdable(name: str) -> str:
    """Return a name without the lone surrogates that a terminal makes of bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _senses(graph: Graph, name: str, wanted: frozenset[str] | None) -> list[Concept]:
    key = fold(name)
    nodes = sorted({node.value for node in read.subjects(graph.store, t.NAME_KEY, Literal(key))}) if key else []
    return _others(graph, nodes, (), wanted)


def _sense_name(graph: Graph, concept: Concept) -> str:
    """Return how to name one sense of a homograph: by name and kind where that is enough, else by IRI."""
    alone = _senses(graph, concept.name, frozenset({concept.kind})) == [concept]
    return f"{concept.name} ({concept.kind})" if alone else concept.iri


def _identified(graph: Graph, name: str, wanted: frozenset[str] | None) -> list[Concept]:
    """Return the concept of an identifier, or what one that is gone became: several where its name split."""
    identifier = name.removeprefix(v.concept_iri("")).removeprefix(_SHORT)
    if found := _others(graph, filter(None, (_iri(identifier),)), (), wanted):
        return found
    targets = map(v.concept_iri, graph.redirects().get(identifier, ()))
    became = _others(graph, targets, (), wanted)
    if len(became) == 1:
        _LOG.info("concept:%s is now concept:%s, %s", identifier, became[0].id, became[0].name)
    return became


def _iri(identifier: str) -> str | None:
    node = _node(v.concept_iri(identifier))
    return None if node is None else node.value


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return other if one is None else one if other is None else one & other


def _papers(graph: Graph, nodes: Iterable[NamedNode]) -> list[Paper]:
    found = (read_paper(graph, node) for node in nodes)
    return [paper for paper in found if paper is not None]

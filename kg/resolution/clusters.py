"""Which local entities are one concept: by spelling, by definition, by the curated concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import METHOD_KINDS, Entity, Extraction, Merge
from kg.resolution.senses import Senses, find_senses


def group_of(kind: str) -> str:
    """Return the group of a kind: names are shared only within one (methods with tasks, data sets, metrics)."""
    return "method" if kind in METHOD_KINDS or kind == "task" else kind


@dataclass(slots=True)
class Cluster:
    """The local entities that are one concept.

    Attributes:
        key: the folded name under which they meet; for a curated concept its identifier behind ``=``.
        group: see :func:`group_of`.
        curated: the identifier of the curated concept, if it is one.
        members: (paper's key, entity), in the order of the papers' keys.
        sense: the key of the long form, where the short name has several senses.
    """

    key: str
    group: str
    curated: str | None = None
    members: list[tuple[str, Entity]] = field(default_factory=list)
    sense: str | None = None


@dataclass(frozen=True, slots=True)
class Clustering:
    """All clusters, where each local entity went, and the decisions on the way (concept given by cluster key)."""

    clusters: Mapping[tuple[str, str], Cluster]
    cluster_of: Mapping[tuple[str, str], tuple[str, str]]
    merges: Sequence[Merge]


def cluster(extractions: Sequence[Extraction], lexicon: Lexicon) -> Clustering:
    """Cluster the entities of all papers.

    Args:
        extractions: sorted by the paper's key.
        lexicon: the curated concepts, which anchor identity.
    """
    senses = find_senses(
        [
            (extraction.id, group_of(entity.type), *pair)
            for extraction in extractions
            for entity in extraction.entities
            for pair in definitions_of(entity)
        ]
    )
    clusters: dict[tuple[str, str], Cluster] = {}
    cluster_of: dict[tuple[str, str], tuple[str, str]] = {}
    doubts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for extraction in extractions:
        for entity in extraction.entities:
            group = group_of(entity.type)
            key, curated, doubtful = _key(entity, group, lexicon, senses)
            place = (group if curated is None else group_of(lexicon.concepts[curated].kind), key)
            found = clusters.get(place)
            if found is None:
                found = clusters[place] = Cluster(key, place[0], curated)
            found.members.append((extraction.id, entity))
            cluster_of[extraction.id, entity.name] = place
            if doubtful:
                doubts[place[0], doubtful].add(extraction.id)
    return Clustering(clusters, cluster_of, _log(senses, clusters, doubts))


def definitions_of(entity: Entity) -> list[tuple[str, str]]:
    """Return the (long, short) pairs among the names that a paper declares to be one."""
    names = sorted({entity.name, *entity.aliases} if entity.aliases else set(), key=lambda name: (len(name), name))
    return [(long, short) for short in names[:1] for long in names[1:] if fold(long) != fold(short)]


def _key(entity: Entity, group: str, lexicon: Lexicon, senses: Senses) -> tuple[str, str | None, str | None]:
    """Return the cluster's key of an entity, its curated concept, and the short name whose sense was in doubt."""
    if entity.curated is not None:
        return "=" + entity.curated, entity.curated, None
    names = [fold(name) for name in (entity.name, *entity.aliases)]
    for name in names:
        known = [i for i in lexicon.by_key.get(name, ()) if group_of(lexicon.concepts[i].kind) == group]
        # A text that defines the name otherwise does not mean the curated concept.
        if len(known) == 1 and (len(names) == 1 or _agrees(names, lexicon, known[0])):
            return "=" + known[0], known[0], None
    pairs = definitions_of(entity)
    if pairs:
        long = fold(pairs[0][0])
        return _curated_or(senses.spelling_of.get((group, long), long), group, lexicon)
    key = names[0]
    if (group, key) in senses.several:
        # The paper does not say what it means: the best supported sense, and a line in the log.
        return *_curated_or(senses.several[group, key][0], group, lexicon)[:2], key
    long_form = senses.long_of.get((group, key))
    if long_form is not None:
        return _curated_or(long_form, group, lexicon)
    return senses.spelling_of.get((group, key), key), None, None


def _curated_or(key: str, group: str, lexicon: Lexicon) -> tuple[str, str | None, str | None]:
    known = [i for i in lexicon.by_key.get(key, ()) if group_of(lexicon.concepts[i].kind) == group]
    return ("=" + known[0], known[0], None) if len(known) == 1 else (key, None, None)


def _agrees(names: Sequence[str], lexicon: Lexicon, identifier: str) -> bool:
    """Return whether all names that a paper gives a thing are names of one curated concept, or nearly so."""
    known = {fold(name) for name in lexicon.concepts[identifier].names}
    longest = max(names, key=len)
    return longest in known or any(len(name) > 6 and (name in longest or longest in name) for name in known)


def _log(
    senses: Senses, clusters: Mapping[tuple[str, str], Cluster], doubts: Mapping[tuple[str, str], set[str]]
) -> list[Merge]:
    """Return the log of what was merged by definition and what was kept apart."""
    merges: list[Merge] = []
    for (group, short), long in senses.long_of.items():
        papers = senses.papers[group, short, long]
        merges.append(Merge(long, short, True, "defined in the text: long form and acronym", papers))
    for (group, short), longs in senses.several.items():
        for long in longs:
            papers = senses.papers[group, short, long]
            merges.append(Merge(long, short, False, "the acronym stands for several long forms", papers))
        if undecided := doubts.get((group, short)):
            reason = "undefined here; given to the sense that most papers define"
            merges.append(Merge(longs[0], short, True, reason, tuple(sorted(undecided))))
    for (group, spelling), long in senses.spelling_of.items():
        papers = tuple(
            sorted({p for (g, _, key), ps in senses.papers.items() if (g, key) == (group, spelling) for p in ps})
        )
        merges.append(Merge(long, spelling, True, "a spelling of a long form with the same acronym", papers))
    return merges

"""From clusters to concepts: their kinds, names, identifiers and years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg import vocabulary as v
from kg.lexicon import CuratedConcept, Lexicon
from kg.names import fold, slug
from kg.records import KINDS, Concept, Paper
from kg.resolution.clusters import Cluster, Clustering, Place
from kg.resolution.local import Local, group_of
from kg.resolution.spelling import identity_key


def make_concepts(
    clustering: Clustering, introduced_in: Mapping[Place, Sequence[Paper]], lexicon: Lexicon
) -> tuple[list[Concept], dict[Place, str]]:
    """Return all concepts, the curated ones that no paper names included, and each cluster's identifier.

    Args:
        clustering: who is who.
        introduced_in: the papers that introduce what a cluster is.
        lexicon: the curated concepts.
    """
    clusters = clustering.clusters
    identifiers = _identifiers(clusters, introduced_in, lexicon)
    aliases = _aliases(clustering, lexicon)
    eldest = eldest_children(lexicon)
    concepts: dict[str, Concept] = {}
    for place, found in sorted(clusters.items()):
        curated = lexicon.concepts[found.curated] if found.curated else None
        introducing = introduced_in.get(place, ())
        concepts[identifiers[place]] = (
            _from_curated(curated, found.members, aliases[place], introducing, eldest.get(curated.id))
            if curated
            else _from_papers(identifiers[place], found, aliases[place], introducing)
        )
    for identifier, curated in lexicon.concepts.items():
        if identifier not in concepts:
            concepts[identifier] = _from_curated(curated, (), (), (), None)
    return [concepts[identifier] for identifier in sorted(concepts)], identifiers


def preferred_name(cluster: Cluster) -> str:
    """Return the name that most papers use; ties go to the shorter, then to the first by bytes."""
    names = Counter(local.name for local in cluster.members)
    return min(names, key=lambda name: (-names[name], len(name), name))


def kind_by_vote(members: Sequence[Local]) -> str:
    """Return the kind that most papers mean, each paper's vote weighted by how sure it is."""
    votes: dict[str, float] = defaultdict(float)
    for local in members:
        for kind, score in local.entity.kinds or ((local.entity.type, 1.0),):
            votes[kind] += round(local.entity.confidence * score, 6)
    # The group is settled: a kind outside it has no vote.
    inside = {kind: round(total, 6) for kind, total in votes.items() if group_of(kind) == members[0].group}
    return min(inside, key=lambda kind: (-inside[kind], KINDS.index(kind)))


def eldest_children(lexicon: Lexicon) -> dict[str, int]:
    """Return the year of the eldest curated child of each concept that has a dated one."""
    eldest: dict[str, int] = {}
    for concept in lexicon.concepts.values():
        for parent in concept.based_on if concept.year is not None else ():
            eldest[parent] = min(concept.year or 0, eldest.get(parent, concept.year or 0))
    return eldest


def _from_curated(
    curated: CuratedConcept,
    members: Sequence[Local],
    said: Sequence[str],
    introducing: Sequence[Paper],
    eldest_child: int | None,
) -> Concept:
    year = curated.year if curated.year is not None else _earliest(introducing)
    # A paper younger than what came of the concept did not bring it into the world, whatever was read there.
    if curated.year is None and year is not None and eldest_child is not None and year > eldest_child:
        year = None
    names = _distinct([*curated.names, *said])
    return Concept(
        id=curated.id,
        name=curated.name,
        kind=curated.kind,
        aliases=tuple(sorted(names[1:])),
        curated=True,
        family=curated.family,
        year=year,
        introduced_in=curated.introduced_in,
        broader=curated.broader,
        direction=curated.direction,
        tasks=curated.tasks,
        configurations=_configurations(members),
        definition=curated.definition,
    )


def _from_papers(identifier: str, cluster: Cluster, said: Sequence[str], introducing: Sequence[Paper]) -> Concept:
    names = _distinct([preferred_name(cluster), *said])
    return Concept(
        id=identifier,
        name=names[0],
        kind=kind_by_vote(cluster.members),
        aliases=tuple(sorted(names[1:])),
        year=_earliest(introducing),
        configurations=_configurations(cluster.members),
    )


def _aliases(clustering: Clustering, lexicon: Lexicon) -> dict[Place, list[str]]:
    """Return the names that papers give to each cluster, but for those that are the name of another of its group.

    A name that is known to stand for several things stays with each of them.
    """
    owners: dict[Place, set[Place]] = defaultdict(set)
    for concept in lexicon.concepts.values():
        group = group_of(concept.kind)
        for name in concept.names:
            owners[group, identity_key(name)].add((group, "=" + concept.id))
    counted: dict[Place, Counter[Place]] = defaultdict(Counter)
    for place, found in clustering.clusters.items():
        if found.curated is None:
            owners[place[0], identity_key(preferred_name(found))].add(place)
        for local in found.members:
            counted_keys = {identity_key(name) for name in local.names} - {""}
            for key in counted_keys:
                counted[place[0], key][place] += 1
    for bearer, places in counted.items():
        if bearer not in owners:
            ranked = sorted(places, key=lambda place: (-places[place], place))
            owners[bearer].add(ranked[0])
    kept: dict[Place, list[str]] = {}
    for place, found in clustering.clusters.items():
        said = Counter(name for local in found.members for name in local.names)
        kept[place] = [
            name
            for name in sorted(said, key=lambda name: (-said[name], name))
            if (own := (place[0], identity_key(name))) in clustering.disputed or place in owners[own]
        ]
    return kept


def _identifiers(
    clusters: Mapping[Place, Cluster], introduced_in: Mapping[Place, Sequence[Paper]], lexicon: Lexicon
) -> dict[Place, str]:
    """Return an identifier for each cluster: a curated one's own, else a slug, with a suffix where it is shared."""
    slugs: dict[Place, str] = {}
    # Slugs that differ in their hyphens alone come from one name: "sg-mcmc", "sgmcmc".
    sharing: dict[str, list[Place]] = defaultdict(list)
    for place, found in sorted(clusters.items()):
        if found.curated is None:
            slugs[place] = _readable(found)
            sharing[_joined(slugs[place])].append(place)
    identifiers = {place: found.curated for place, found in clusters.items() if found.curated is not None}
    taken = {_joined(identifier) for identifier in lexicon.concepts}
    for joined, places in sharing.items():
        for place in places:
            if len(places) == 1 and joined not in taken:
                identifiers[place] = slugs[place]
                continue
            papers = [paper.key for paper in introduced_in.get(place, ())]
            first = min(papers or [local.paper for local in clusters[place].members])
            identifiers[place] = f"{slugs[place]}-{v.digest(first, *place, length=6)}"
    return identifiers


def _joined(identifier: str) -> str:
    return identifier.replace("-", "")


def _readable(cluster: Cluster) -> str:
    """Return the slug of the best separated spelling of the preferred name, so that new spellings rarely move it."""
    preferred = fold(preferred_name(cluster))
    slugs = {slug(local.name) for local in cluster.members if fold(local.name) == preferred} - {""}
    if not slugs:
        return "n-" + v.digest(preferred, length=10)
    return max(slugs, key=lambda text: (text.count("-"), [-ord(c) for c in text]))


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names without those that fold to an earlier one."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(fold(name), name)
    by_key.pop("", None) if len(by_key) > 1 else None
    return list(by_key.values())


def _configurations(members: Sequence[Local]) -> tuple[str, ...]:
    return tuple(sorted({name for local in members for name in local.configurations}))


def _earliest(papers: Sequence[Paper]) -> int | None:
    return min((paper.year for paper in papers if paper.year is not None), default=None)

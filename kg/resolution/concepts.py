"""From clusters to concepts: their kinds, names, identifiers and years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg import vocabulary as v
from kg.lexicon import CuratedConcept, Lexicon
from kg.names import fold, slug
from kg.records import KINDS, Concept, Entity, Paper
from kg.resolution.clusters import Cluster, group_of

Place = tuple[str, str]


def make_concepts(
    clusters: Mapping[Place, Cluster], introduced_in: Mapping[Place, Sequence[Paper]], lexicon: Lexicon
) -> tuple[list[Concept], dict[Place, str]]:
    """Return all concepts, the curated ones that no paper names included, and each cluster's identifier.

    Args:
        clusters: by group and key.
        introduced_in: the papers that introduce what a cluster is.
        lexicon: the curated concepts.
    """
    identifiers = _identifiers(clusters, introduced_in, lexicon)
    concepts: dict[str, Concept] = {}
    for place, found in sorted(clusters.items()):
        curated = lexicon.concepts[found.curated] if found.curated else None
        concepts[identifiers[place]] = (
            _from_curated(curated, found, introduced_in.get(place, ()))
            if curated
            else _from_papers(identifiers[place], found, introduced_in.get(place, ()))
        )
    for identifier, curated in lexicon.concepts.items():
        if identifier not in concepts:
            concepts[identifier] = _from_curated(curated, None, ())
    return [concepts[identifier] for identifier in sorted(concepts)], identifiers


def preferred_name(cluster: Cluster) -> str:
    """Return the name that most papers use; ties go to the shorter, then to the first by bytes."""
    names = Counter(entity.name for _, entity in cluster.members)
    return min(names, key=lambda name: (-names[name], len(name), name))


def kind_by_vote(members: Sequence[tuple[str, Entity]]) -> str:
    """Return the kind that most papers mean, each paper's vote weighted by how sure it is."""
    votes: dict[str, float] = defaultdict(float)
    for _, entity in members:
        for kind, score in entity.kinds or ((entity.type, 1.0),):
            votes[kind] += round(entity.confidence * score, 6)
    # The group is settled: a kind outside it has no vote.
    group = group_of(members[0][1].type)
    inside = {kind: round(total, 6) for kind, total in votes.items() if group_of(kind) == group}
    return min(inside, key=lambda kind: (-inside[kind], KINDS.index(kind)))


def _from_curated(curated: CuratedConcept, cluster: Cluster | None, introducing: Sequence[Paper]) -> Concept:
    members = cluster.members if cluster else []
    names = _distinct([*curated.names, *_said(members)])
    return Concept(
        id=curated.id,
        name=curated.name,
        kind=curated.kind,
        aliases=tuple(sorted(names[1:])),
        curated=True,
        family=curated.family,
        year=curated.year if curated.year is not None else _earliest(introducing),
        introduced_in=curated.introduced_in,
        broader=curated.broader,
        direction=curated.direction,
        tasks=curated.tasks,
        configurations=_configurations(members),
        definition=curated.definition,
    )


def _from_papers(identifier: str, cluster: Cluster, introducing: Sequence[Paper]) -> Concept:
    names = _distinct([preferred_name(cluster), *_said(cluster.members)])
    return Concept(
        id=identifier,
        name=names[0],
        kind=kind_by_vote(cluster.members),
        aliases=tuple(sorted(names[1:])),
        year=_earliest(introducing),
        configurations=_configurations(cluster.members),
    )


def _identifiers(
    clusters: Mapping[Place, Cluster], introduced_in: Mapping[Place, Sequence[Paper]], lexicon: Lexicon
) -> dict[Place, str]:
    """Return an identifier for each cluster: a curated one's own, else a slug, with a suffix where it is shared."""
    slugs: dict[Place, str] = {}
    sharing: dict[str, list[Place]] = defaultdict(list)
    for place, found in sorted(clusters.items()):
        if found.curated is None:
            slugs[place] = _readable(found)
            sharing[slugs[place]].append(place)
    identifiers = {place: found.curated for place, found in clusters.items() if found.curated is not None}
    for base, places in sharing.items():
        for place in places:
            if len(places) == 1 and base not in lexicon.concepts:
                identifiers[place] = base
                continue
            papers = [paper.key for paper in introduced_in.get(place, ())]
            first = min(papers or [key for key, _ in clusters[place].members])
            identifiers[place] = f"{base}-{v.digest(first, *place, length=6)}"
    return identifiers


def _readable(cluster: Cluster) -> str:
    """Return the slug of the best separated spelling of the preferred name, so that new spellings rarely move it."""
    preferred = fold(preferred_name(cluster))
    slugs = {slug(entity.name) for _, entity in cluster.members if fold(entity.name) == preferred} - {""}
    if not slugs:
        return "n-" + v.digest(preferred, length=10)
    return max(slugs, key=lambda text: (text.count("-"), [-ord(c) for c in text]))


def _said(members: Sequence[tuple[str, Entity]]) -> list[str]:
    """Return the names that papers give, the most used first."""
    names: Counter[str] = Counter()
    for _, entity in members:
        names.update({entity.name, *entity.aliases})
    return sorted(names, key=lambda name: (-names[name], name))


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names without those that fold to an earlier one."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(fold(name), name)
    by_key.pop("", None) if len(by_key) > 1 else None
    return list(by_key.values())


def _configurations(members: Sequence[tuple[str, Entity]]) -> tuple[str, ...]:
    return tuple(sorted({name for _, entity in members for name in entity.configurations}))


def _earliest(papers: Sequence[Paper]) -> int | None:
    return min((paper.year for paper in papers if paper.year is not None), default=None)

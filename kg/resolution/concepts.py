"""From clusters to concepts: their kinds, names, identifiers and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg import vocabulary as v
from kg.lexicon import CuratedConcept, Lexicon
from kg.names import fold
from kg.records import KINDS, Concept
from kg.resolution.clusters import Cluster, Clustering, Place
from kg.resolution.local import group_of
from kg.resolution.members import UNKNOWN_YEAR, Member
from kg.resolution.spelling import identity_key

_KINDS_OF: Final = {group: tuple(k for k in KINDS if group_of(k) == group) for group in map(group_of, KINDS)}


def make_concepts(clustering: Clustering, lexicon: Lexicon) -> tuple[list[Concept], dict[Place, str]]:
    """Return all concepts, the curated ones that no paper names included, and each cluster's identifier.

    Args:
        clustering: who is who.
        lexicon: the curated concepts.
    """
    clusters = clustering.clusters
    identifiers = _identifiers(clusters, lexicon)
    aliases = _aliases(clustering, lexicon)
    eldest = eldest_children(lexicon)
    concepts: dict[str, Concept] = {}
    for place, found in clusters.items():
        curated = lexicon.concepts[found.curated] if found.curated else None
        concepts[identifiers[place]] = (
            _from_curated(curated, found, aliases.get(place, ()), eldest.get(curated.id))
            if curated
            else _from_papers(identifiers[place], found, aliases.get(place, ()))
        )
    nobody = Cluster("")
    for identifier, curated in lexicon.concepts.items():
        if identifier not in concepts:
            concepts[identifier] = _from_curated(curated, nobody, (), None)
    return [concepts[identifier] for identifier in sorted(concepts)], identifiers


def preferred_name(cluster: Cluster) -> str:
    """Return the name that most papers use; ties go to the shorter, then to the first by bytes."""
    if (lone := cluster.lone) is not None:  # as in most
        return lone.name
    names: Counter[str] = Counter()
    for member in cluster.members:
        names[member.local.name] += len(member.papers)
    return min(names, key=lambda name: (-names[name], len(name), name))


def kind_by_vote(cluster: Cluster) -> str:
    """Return the kind that most papers mean, each paper's vote weighted by how sure it is."""
    # The group is settled: a kind outside it has no vote.
    kinds = _KINDS_OF[cluster.group]
    votes = dict.fromkeys(kinds, 0) if len(kinds) > 1 else {}
    for member in cluster.members if votes else ():
        for kind, vote in zip(member.local.kinds, member.votes, strict=True):
            if kind in votes:
                votes[kind] += vote
    # Of kinds with equal votes the first is meant.
    return max(votes, key=votes.__getitem__) if votes else kinds[0]


def eldest_children(lexicon: Lexicon) -> dict[str, int]:
    """Return the year of the eldest curated child of each concept that has a dated one."""
    eldest: dict[str, int] = {}
    for concept in lexicon.concepts.values():
        for parent in concept.based_on if concept.year is not None else ():
            eldest[parent] = min(concept.year or 0, eldest.get(parent, concept.year or 0))
    return eldest


def _from_curated(
    curated: CuratedConcept,
    cluster: Cluster,
    said: Sequence[str],
    eldest_child: int | None,
) -> Concept:
    year = curated.year if curated.year is not None else _earliest(cluster)
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
        configurations=_configurations(cluster.members),
        definition=curated.definition,
    )


def _from_papers(identifier: str, cluster: Cluster, said: Sequence[str]) -> Concept:
    names = _distinct([preferred_name(cluster), *said])
    return Concept(
        id=identifier,
        name=names[0],
        kind=kind_by_vote(cluster),
        aliases=tuple(sorted(names[1:])),
        year=_earliest(cluster),
        configurations=_configurations(cluster.members),
    )


def _aliases(clustering: Clustering, lexicon: Lexicon) -> dict[Place, list[str]]:
    """Return the names that papers give to each cluster, but for those that are the name of another of its group.

    A name that is known to stand for several things stays with each of them. Clusters that all papers call by one
    name alone are left out.
    """
    owned: set[Place] = set()
    owners: set[tuple[Place, Place]] = set()

    def own(bearer: Place, owner: Place) -> None:
        owned.add(bearer)
        owners.add((bearer, owner))

    for concept in lexicon.concepts.values():
        group = group_of(concept.kind)
        for name in concept.names:
            own((group, identity_key(name)), (group, "=" + concept.id))
    several: dict[Place, Cluster] = {}
    for place, found in clustering.clusters.items():
        lone = found.lone
        if found.curated is None:
            own((place[0], identity_key(preferred_name(found)) if lone is None else lone.key), place)
        if lone is None or found.curated is not None or lone.names != (lone.name,):
            several[place] = found
    counted: dict[Place, dict[Place, int]] = {}
    for place, found in several.items():
        for member in found.members:
            for key in set(member.local.keys):
                if key and (place[0], key) not in owned:
                    bearing = counted.setdefault((place[0], key), {})
                    bearing[place] = bearing.get(place, 0) + len(member.papers)
    for bearer, places in counted.items():
        own(bearer, min(places, key=lambda place: (-places[place], place)))
    kept: dict[Place, list[str]] = {}
    for place, found in several.items():
        keys: dict[str, str] = {}
        said: Counter[str] = Counter()
        for member in found.members:
            for name, key in zip(member.local.names, member.local.keys, strict=True):
                said[name] += len(member.papers)
                keys[name] = key
        banned = clustering.banned.get(place, frozenset())
        kept[place] = [
            name
            for name in sorted(said, key=lambda name: (-said[name], name))
            if (key := keys[name]) not in banned
            and ((place[0], key) in clustering.disputed or ((place[0], key), place) in owners)
        ]
    return kept


def _identifiers(clusters: Mapping[Place, Cluster], lexicon: Lexicon) -> dict[Place, str]:
    """Return an identifier for each cluster: a curated one's own, else a slug, with a suffix where it is shared."""
    slugs: dict[Place, str] = {}
    # Slugs that differ in their hyphens alone come from one name: "sg-mcmc", "sgmcmc".
    sharing: Counter[str] = Counter(map(_joined, lexicon.concepts))
    for place, found in clusters.items():
        if found.curated is None:
            slugs[place] = _readable(found)
    sharing.update(map(_joined, slugs.values()))
    identifiers: dict[Place, str] = {}
    for place, found in clusters.items():
        if found.curated is not None:
            identifiers[place] = found.curated
        elif sharing[_joined(slugs[place])] == 1:
            identifiers[place] = slugs[place]
        else:
            papers = [paper for _, paper in found.introduced_in]
            first = min(papers or (paper.paper for member in found.members for paper in member.papers))
            identifiers[place] = f"{slugs[place]}-{v.digest(first, *place, length=6)}"
    return identifiers


def _joined(identifier: str) -> str:
    return identifier.replace("-", "")


def _readable(cluster: Cluster) -> str:
    """Return the slug of the best separated spelling of the preferred name, so that new spellings rarely move it."""
    if (lone := cluster.lone) is not None and lone.slug:
        return lone.slug
    preferred = fold(preferred_name(cluster))
    spelled = {member.local.name: member.local.slug for member in cluster.members}
    slugs = {slug for name, slug in spelled.items() if fold(name) == preferred} - {""}
    if not slugs:
        return "n-" + v.digest(preferred, length=10)
    return max(slugs, key=lambda text: (text.count("-"), [-ord(c) for c in text]))


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names without those that fold to an earlier one."""
    if len(names) == 1 or (len(names) == 2 and names[0] == names[1]):
        return [names[0]]
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(fold(name), name)
    by_key.pop("", None) if len(by_key) > 1 else None
    return list(by_key.values())


def _configurations(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(sorted({name for member in members for name in member.local.configurations}))


def _earliest(cluster: Cluster) -> int | None:
    year = min((year for year, _ in cluster.introduced_in), default=UNKNOWN_YEAR)
    return None if year == UNKNOWN_YEAR else year

"""Which local entities are one concept: by spelling, by definition, by introduction, by the curated concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.names import fold
from kg.records import Merge
from kg.resolution.contexts import Context, Profile, fitting
from kg.resolution.expansions import expands
from kg.resolution.introductions import Coining, coins_at_head, split_by_introduction
from kg.resolution.local import Anchors, Local, group_of
from kg.resolution.members import Member, gather, year_of
from kg.resolution.said import Contexts, Said
from kg.resolution.senses import Senses, find_senses
from kg.resolution.spelling import identity_key, is_plural_of_initials

Place = tuple[str, str]
"""A group of kinds, and the identity key under which names meet; for a curated concept its identifier behind ``=``."""
Use = tuple[str, Local]
"""The key of a paper, and what it calls a thing."""

SEVERAL_LONG_FORMS = "the acronym stands for several long forms"
SEVERAL_INTRODUCTIONS = "papers of far fields each introduce a thing of this name"
OTHER_INTRODUCTION = "another paper than that of the curated concept introduces a thing of this name"
BY_CONTEXT = "undefined here; its tasks, data sets and neighbours fit this sense"
BY_SUPPORT = "undefined here; given to the sense that most papers mean"
DEFINED = "defined in the text: long form and short form"
SPELLED = "a spelling of a long form with the same short form"
NAMESAKES = "coined short names of one long form are systems of their own"
RULED_OUT = "the text spells the name out as something else"
PLURAL = "written alike but for small letters: one is the plural of two initials"


@dataclass(slots=True)
class Cluster:
    """What is one concept.

    Attributes:
        group: see :func:`group_of`.
        curated: the identifier of the curated concept, if it is one.
        members: what papers call it, in any order.
    """

    group: str
    curated: str | None = None
    members: list[Member] = field(default_factory=list)

    @property
    def introduced_in(self) -> list[tuple[int, str]]:
        """Year (9999 where unknown) and key of each paper that introduces it."""
        return [each for member in self.members for each in member.introduced_in]

    @property
    def lone(self) -> Local | None:
        """The one way in which all papers call it; None where there are several."""
        return self.members[0].local if len(self.members) == 1 else None


@dataclass(frozen=True, slots=True)
class Clustering:
    """All clusters, and the decisions on the way (concept given by place).

    Attributes:
        disputed: names that are known to stand for several things.
        banned: keys of names that people took from a cluster.
    """

    clusters: Mapping[Place, Cluster]
    merges: Sequence[tuple[Place, Merge]]
    disputed: frozenset[Place]
    banned: Mapping[Place, frozenset[str]] = field(default_factory=dict)


class Places:
    """Where each entity of each paper went.

    Args:
        clusters: all of them.
    """

    def __init__(self, clusters: Mapping[Place, Cluster]) -> None:
        self._of_local: dict[int, Place] = {}
        self._of_use: dict[tuple[str, int], Place] = {}
        for place, found in clusters.items():
            for member in found.members:
                # Most wordings mean one thing wherever they stand.
                if self._of_local.setdefault(id(member.local), place) != place:
                    self._of_use.update(((paper.paper, id(member.local)), place) for paper in member.papers)

    def of(self, paper: str, local: Local) -> Place:
        """Return where an entity of a paper went."""
        return self._of_use.get((paper, id(local))) or self._of_local[id(local)]

    def put(self, paper: str, local: Local, place: Place) -> None:
        """Take an entity of a paper to another place."""
        self._of_use[paper, id(local)] = place

    def whole(self) -> set[int]:
        """Return the identities of the wordings that mean one thing in all papers."""
        return self._of_local.keys() - {local for _, local in self._of_use}


def cluster(said: Sequence[Said], contexts: Contexts, anchors: Anchors) -> Clustering:
    """Cluster the entities of all papers; linear in what they say.

    Args:
        said: of all papers.
        contexts: of the same papers.
        anchors: the curated concepts, which anchor identity.
    """
    return _Clusterer(said, contexts, anchors).clustering()


class _Clusterer:
    def __init__(self, said: Sequence[Said], contexts: Contexts, anchors: Anchors) -> None:
        self._anchors = anchors
        self._said = said
        self._read_context = contexts
        self._contexts: dict[str, Context] = {}
        self._everyone = gather(said)
        # Where a wording belongs; and where in papers that mean something else by it.
        self._places: dict[int, Place] = {}
        self._parted: dict[int, dict[str, Place]] = defaultdict(dict)
        self._aliases: Mapping[Place, str] = {}
        self._log: dict[tuple[Place, str, bool, str], set[str]] = defaultdict(set)
        self._disputed: set[Place] = set()

    def clustering(self) -> Clustering:
        defining = [member for member in self._everyone if member.local.pairs]
        senses = find_senses(
            (_keys(member), member.local.group, long, short)
            for member in defining
            for long, short in member.local.pairs
        )
        self._aliases = self._aliases_of_curated(defining)
        pending: dict[Place, list[Member]] = defaultdict(list)
        for member in self._everyone:
            local = member.local
            place = self._place(local, senses)
            if place is None:
                pending[local.group, local.key].append(member)
            else:
                self._places[id(local)] = place
                if local.refused is not None:
                    suggested = self._curated_place(local.refused)
                    self._note(suggested, local.name, False, RULED_OUT, _keys(member))
        self._settle(pending, senses)
        self._split_introduced()
        self._note_senses(senses, defining)
        self._note_plurals()
        self._note_shared(defining)
        return self._gathered()

    def _aliases_of_curated(self, defining: Iterable[Member]) -> dict[Place, str]:
        """Return the long forms that papers give to curated short names, where they give each to one concept."""
        meant: dict[Place, set[str]] = defaultdict(set)
        for member in defining:
            local = member.local
            if local.curated is not None:
                for long, _ in local.pairs:
                    meant[local.group, identity_key(long)].add(local.curated)
        return {place: next(iter(found)) for place, found in meant.items() if len(found) == 1}

    def _place(self, local: Local, senses: Senses) -> Place | None:
        """Return where a wording belongs; None where its name has several senses and it tells none."""
        if local.curated is not None:
            return self._curated_place(local.curated)
        group, key = local.group, local.key
        for long, short in local.pairs:
            sense = senses.of_pair.get((group, identity_key(short), identity_key(long)))
            if sense is not None:
                return self._anchored(group, sense)
        if (group, key) in senses.several and local.refused is None:
            return None
        sense = senses.of_short.get((group, key)) or senses.of_long.get((group, key)) or key
        return self._anchored(group, sense)

    def _place_of(self, use: Use) -> Place:
        paper, local = use
        parted = self._parted.get(id(local))
        return (parted and parted.get(paper)) or self._places[id(local)]

    def _anchored(self, group: str, key: str) -> Place:
        curated = self._anchors.one(key, group) or self._aliases.get((group, key))
        return self._curated_place(curated) if curated is not None else (group, key)

    def _curated_place(self, identifier: str) -> Place:
        return group_of(self._anchors.concepts[identifier].kind), "=" + identifier

    def _settle(self, pending: Mapping[Place, Sequence[Member]], senses: Senses) -> None:
        """Give each mention that defines nothing to the sense that it fits, else to the best supported one."""
        if not pending:
            return
        wanted: dict[Place, list[Place]] = {}
        for group, short in sorted(pending):
            wanted[group, short] = [self._anchored(group, sense) for sense in senses.several[group, short]]
        among = {place for places in wanted.values() for place in places}
        uses: dict[Place, list[Use]] = defaultdict(list)
        for member in self._everyone:
            place = self._places.get(id(member.local))
            if place is not None and place in among:
                uses[place] += _uses(member)
        for (group, short), undecided in sorted(pending.items(), key=lambda item: item[0]):
            places = {f"{place[0]}:{place[1]}": place for place in wanted[group, short]}
            profiles = {sense: self._profile(uses[place]) for sense, place in places.items()}
            best = min(places, key=lambda sense: (-profiles[sense].papers, sense))
            for member in undecided:
                for use in _uses(member):
                    self._choose(use, places, profiles, best)

    def _choose(self, use: Use, places: Mapping[str, Place], profiles: Mapping[str, Profile], best: str) -> None:
        paper, local = use
        fits = fitting(self._context(paper), local.kind, profiles)
        place = places[fits or best]
        self._parted[id(local)][paper] = place
        self._note(place, local.name, True, BY_CONTEXT if fits else BY_SUPPORT, (paper,))

    def _profile(self, uses: Iterable[Use]) -> Profile:
        profile = Profile()
        for paper, local in uses:
            profile.add(self._context(paper), local.kind)
        return profile

    def _context(self, paper: str) -> Context:
        found = self._contexts.get(paper)
        if found is None:
            found = self._contexts[paper] = self._read_context(paper)
        return found

    def _split_introduced(self) -> None:
        """Split the clusters whose name papers of far fields each coin, or another paper than the curated one."""
        splits: dict[Place, dict[str, list[Coining]]] = {}
        for place, found in self._coinings().items():
            if len(found) == 1 and not place[1].startswith("="):
                continue
            contexts = {coining.paper: self._context(coining.paper) for coining in found}
            curated = self._anchors.concepts.get(place[1][1:]) if place[1].startswith("=") else None
            split = split_by_introduction(found, contexts, curated, self._anchors)
            if len(split) > 1:
                splits[place] = split
        if not splits:
            return
        uses: dict[Place, list[Use]] = defaultdict(list)
        for member in self._everyone:
            if id(member.local) in self._parted or self._places[id(member.local)] in splits:
                for use in _uses(member):
                    uses[self._place_of(use)].append(use)
        for place, split in sorted(splits.items(), key=lambda item: item[0]):
            self._part(place, split, uses[place])

    def _coinings(self) -> dict[Place, list[Coining]]:
        found: dict[Place, list[Coining]] = defaultdict(list)
        for paper in self._said:
            for local in paper.locals if paper.introduced else ():
                if coins_at_head(local, paper.head) and local.said in paper.introduced:
                    found[self._place_of((paper.paper, local))].append(Coining(local, paper.paper, year_of(paper)))
        return found

    def _part(self, place: Place, split: Mapping[str, Sequence[Coining]], uses: Sequence[Use]) -> None:
        """Give each sense of a split cluster a place of its own, and each use of its names to one."""
        group = place[0]
        first = next(iter(split))
        name = min(coining.local.key for coinings in split.values() for coining in coinings)
        self._disputed.add((group, name))
        reason = OTHER_INTRODUCTION if place[1].startswith("=") else SEVERAL_INTRODUCTIONS
        places = {sense: place if sense == first else (group, f"{name}@{sense}") for sense in split}
        coined: set[tuple[str, int]] = set()
        for sense, own in places.items():
            for coining in split[sense]:
                coined.add((coining.paper, id(coining.local)))
                self._parted[id(coining.local)][coining.paper] = own
                self._note(own, coining.local.name, False, reason, (coining.paper,))
        if not split[first]:
            # Nothing is known of a curated concept whose own paper is not here: it keeps what defines nothing.
            return
        profiles = {sense: self._profile((each.paper, each.local) for each in split[sense]) for sense in places}
        for paper, local in uses:
            # What bears another of the concept's names is not in dispute.
            if (paper, id(local)) not in coined and local.key == name and not local.pairs:
                self._choose((paper, local), places, profiles, first)

    def _note(self, place: Place, name: str, merged: bool, reason: str, papers: Iterable[str]) -> None:
        self._log[place, name, merged, reason].update(papers)

    def _note_shared(self, defining: Iterable[Member]) -> None:
        """Log short names that texts give to several concepts, curated ones among them."""
        given: dict[Place, dict[Place, set[str]]] = defaultdict(lambda: defaultdict(set))
        written: dict[Place, dict[str, str]] = defaultdict(dict)
        for member in defining:
            local = member.local
            for short in {short for long, short in local.pairs if short == local.name or expands(long, short)}:
                name = local.group, identity_key(short)
                for use in _uses(member):
                    given[name][self._place_of(use)].add(use[0])
                written[name][fold(short)] = min(short, written[name].get(fold(short), short))
        for (group, key), places in given.items():
            bearers = {self._curated_place(i) for i in self._anchors.bearing(key, group)}
            if len(bearers | places.keys()) > 1:
                self._disputed.add((group, key))
                for place, papers in places.items():
                    for short in written[group, key].values():
                        self._note(place, short, False, SEVERAL_LONG_FORMS, papers)

    def _note_plurals(self) -> None:
        """Log initials whose plural is written as another short name is: "LMs" are LM, "LMS" is another."""
        plurals: dict[Place, list[tuple[str, Member]]] = defaultdict(list)
        for member in self._everyone:
            for name in {member.local.name, *member.local.names}:
                if is_plural_of_initials(name):
                    plurals[member.local.group, fold(name)].append((name, member))
        others: dict[Place, list[Member]] = {place: [] for place in plurals}
        for member in self._everyone:
            for key in {member.local.key, *member.local.keys}:
                if (found := others.get((member.local.group, key))) is not None:
                    found.append(member)
        for (group, key), written in plurals.items():
            if others[group, key] or self._anchors.bearing(key, group):
                for name, member in written:
                    for place, part in self._parts(member):
                        self._note(place, name, False, PLURAL, _keys(part))

    def _note_senses(self, senses: Senses, defining: Iterable[Member]) -> None:
        """Log what definitions joined and what they kept apart."""
        said: dict[tuple[str, str, str], dict[Place, set[str]]] = defaultdict(lambda: defaultdict(set))
        for member in defining:
            group = member.local.group
            for long, short in member.local.pairs:
                for use in _uses(member):
                    said[group, identity_key(short), identity_key(long)][self._place_of(use)].add(use[0])
        for (group, short, long), sense in senses.of_pair.items():
            papers = senses.papers[group, short, long]
            place = self._anchored(group, sense)
            if (group, short) not in senses.several:
                self._note(place, senses.surfaces[short], True, DEFINED, papers)
                self._note(place, senses.surfaces[long], True, DEFINED, papers)
            if sense not in (long, short) and "|" not in sense and self._anchored(group, long) == place:
                self._note(place, senses.surfaces[long], True, SPELLED, papers)
        for (group, short), long in senses.namesakes.items():
            self._disputed.add((group, long))
            for place, telling in said[group, short, long].items():
                self._note(place, senses.surfaces[long], False, NAMESAKES, telling)

    def _gathered(self) -> Clustering:
        clusters: dict[Place, Cluster] = {}
        for member in self._everyone:
            for place, part in self._parts(member):
                found = clusters.get(place)
                if found is None:
                    found = clusters[place] = new_cluster(place)
                found.members.append(part)
        merges = [
            (place, Merge("", name, merged, reason, tuple(sorted(papers))))
            for (place, name, merged, reason), papers in self._log.items()
        ]
        return Clustering(clusters, merges, frozenset(self._disputed))

    def _parts(self, member: Member) -> Iterable[tuple[Place, Member]]:
        """Return what belongs to each place of what some papers call alike."""
        if id(member.local) not in self._parted:
            return ((self._places[id(member.local)], member),)
        papers: dict[Place, list[Said]] = defaultdict(list)
        for paper in member.papers:
            papers[self._place_of((paper.paper, member.local))].append(paper)
        return ((place, member.part(found)) for place, found in papers.items())


def new_cluster(place: Place) -> Cluster:
    """Return a cluster for a place, without members."""
    return Cluster(place[0], place[1][1:] if place[1].startswith("=") else None)


def _uses(member: Member) -> list[Use]:
    return [(paper.paper, member.local) for paper in member.papers]


def _keys(member: Member) -> list[str]:
    return [paper.paper for paper in member.papers]

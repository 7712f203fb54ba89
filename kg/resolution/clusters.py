"""Which local entities are one concept: by spelling, by definition, by introduction, by the curated concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.records import Merge
from kg.resolution.contexts import Context, Profile, fitting
from kg.resolution.expansions import expands
from kg.resolution.introductions import Coining, coins_at_head, split_by_introduction
from kg.resolution.local import Anchors, Local, group_of
from kg.resolution.said import Contexts, Said
from kg.resolution.senses import Senses, find_senses
from kg.resolution.spelling import identity_key

Place = tuple[str, str]
"""A group of kinds and the key of a cluster."""

UNKNOWN_YEAR = 9999
SEVERAL_LONG_FORMS = "the acronym stands for several long forms"
SEVERAL_INTRODUCTIONS = "papers of far fields each introduce a thing of this name"
BY_CONTEXT = "undefined here; its tasks, data sets and neighbours fit this sense"
BY_SUPPORT = "undefined here; given to the sense that most papers mean"
DEFINED = "defined in the text: long form and short form"
SPELLED = "a spelling of a long form with the same short form"
NAMESAKES = "coined short names of one long form are systems of their own"
RULED_OUT = "the text spells the name out as something else"


@dataclass(slots=True)
class Cluster:
    """The local entities that are one concept.

    Attributes:
        key: the identity key under which they meet; for a curated concept its identifier behind ``=``.
        group: see :func:`group_of`.
        curated: the identifier of the curated concept, if it is one.
        members: in the order of the papers' keys.
        introduced_in: year (9999 where unknown) and key of each paper that introduces it.
        sense: what tells it from others of its name: its long form or its introducing paper; None for the rest.
    """

    key: str
    group: str
    curated: str | None = None
    members: list[Local] = field(default_factory=list)
    introduced_in: list[tuple[int, str]] = field(default_factory=list)
    sense: str | None = None


@dataclass(frozen=True, slots=True)
class Clustering:
    """All clusters, where each local entity went, and the decisions on the way (concept given by place).

    Attributes:
        disputed: names that are known to stand for several things.
        banned: keys of names that people took from a cluster.
    """

    clusters: Mapping[Place, Cluster]
    place_of: Mapping[tuple[str, str], Place]
    merges: Sequence[tuple[Place, Merge]]
    disputed: frozenset[Place]
    banned: Mapping[Place, frozenset[str]] = field(default_factory=dict)


def cluster(said: Sequence[Said], contexts: Contexts, anchors: Anchors) -> Clustering:
    """Cluster the entities of all papers; linear in what they say.

    Args:
        said: of all papers, sorted by their keys.
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
        self._places: dict[int, Place] = {}
        self._aliases: Mapping[Place, str] = {}
        self._log: dict[tuple[Place, str, bool, str], set[str]] = defaultdict(set)
        self._disputed: set[Place] = set()

    def clustering(self) -> Clustering:
        everyone = [local for paper in self._said for local in paper.locals]
        senses = find_senses(
            [(local.paper, local.group, long, short) for local in everyone for long, short in local.pairs]
        )
        self._aliases = self._aliases_of_curated(everyone)
        pending: dict[Place, list[Local]] = defaultdict(list)
        for local in everyone:
            place = self._place(local, senses)
            if place is None:
                pending[local.group, local.key].append(local)
            else:
                self._places[id(local)] = place
                if local.refused is not None:
                    suggested = self._curated_place(local.refused)
                    self._note(suggested, local.name, False, RULED_OUT, local.paper)
        self._settle(pending, senses, everyone)
        self._split_introduced(everyone)
        self._note_senses(senses)
        self._note_shared(everyone)
        return self._gathered()

    def _aliases_of_curated(self, everyone: Sequence[Local]) -> dict[Place, str]:
        """Return the long forms that papers give to curated short names, where they give each to one concept."""
        meant: dict[Place, set[str]] = defaultdict(set)
        for local in everyone:
            if local.curated is not None:
                for long, _ in local.pairs:
                    meant[local.group, identity_key(long)].add(local.curated)
        return {place: next(iter(found)) for place, found in meant.items() if len(found) == 1}

    def _place(self, local: Local, senses: Senses) -> Place | None:
        """Return where a local entity belongs; None where its name has several senses and it tells none."""
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

    def _anchored(self, group: str, key: str) -> Place:
        curated = self._anchors.one(key, group) or self._aliases.get((group, key))
        return self._curated_place(curated) if curated is not None else (group, key)

    def _curated_place(self, identifier: str) -> Place:
        return group_of(self._anchors.concepts[identifier].kind), "=" + identifier

    def _settle(self, pending: Mapping[Place, Sequence[Local]], senses: Senses, everyone: Sequence[Local]) -> None:
        """Give each mention that defines nothing to the sense that it fits, else to the best supported one."""
        if not pending:
            return
        wanted: dict[Place, list[Place]] = {}
        for group, short in sorted(pending):
            wanted[group, short] = [self._anchored(group, sense) for sense in senses.several[group, short]]
        among = {place for places in wanted.values() for place in places}
        members: dict[Place, list[Local]] = defaultdict(list)
        for local in everyone:
            place = self._places.get(id(local))
            if place in among and place is not None:
                members[place].append(local)
        for (group, short), undecided in sorted(pending.items()):
            places = {f"{place[0]}:{place[1]}": place for place in wanted[group, short]}
            profiles = {sense: self._profile(members[place]) for sense, place in places.items()}
            best = min(places, key=lambda sense: (-profiles[sense].papers, sense))
            for local in undecided:
                self._choose(local, places, profiles, best)

    def _choose(self, local: Local, places: Mapping[str, Place], profiles: Mapping[str, Profile], best: str) -> None:
        fits = fitting(self._context(local.paper), local.kind, profiles)
        place = places[fits or best]
        self._places[id(local)] = place
        self._note(place, local.name, True, BY_CONTEXT if fits else BY_SUPPORT, local.paper)

    def _profile(self, members: Sequence[Local]) -> Profile:
        profile = Profile()
        for local in members:
            profile.add(self._context(local.paper), local.kind)
        return profile

    def _context(self, paper: str) -> Context:
        found = self._contexts.get(paper)
        if found is None:
            found = self._contexts[paper] = self._read_context(paper)
        return found

    def _split_introduced(self, everyone: Sequence[Local]) -> None:
        """Split the clusters whose name papers of far fields each coin."""
        coinings = self._coinings()
        suspects = {place: found for place, found in coinings.items() if len(found) > 1 or place[1].startswith("=")}
        members: dict[Place, list[Local]] = defaultdict(list)
        for local in everyone:
            if self._places[id(local)] in suspects:
                members[self._places[id(local)]].append(local)
        for place, found in sorted(suspects.items()):
            contexts = {coining.local.paper: self._context(coining.local.paper) for coining in found}
            curated = self._anchors.concepts.get(place[1][1:]) if place[1].startswith("=") else None
            split = split_by_introduction(found, contexts, curated, self._anchors)
            if len(split) > 1:
                self._part(place, split, members[place])

    def _coinings(self) -> dict[Place, list[Coining]]:
        found: dict[Place, list[Coining]] = defaultdict(list)
        for paper in self._said:
            for local in paper.locals if paper.introduced else ():
                if local.said in paper.introduced and coins_at_head(local, paper.head):
                    coining = Coining(local, UNKNOWN_YEAR if paper.year is None else paper.year)
                    found[self._places[id(local)]].append(coining)
        return found

    def _part(self, place: Place, split: Mapping[str, Sequence[Local]], members: Sequence[Local]) -> None:
        """Give each sense of a split cluster a place of its own, and each member to one."""
        group = place[0]
        first = next(iter(split))
        name = min(local.key for locals_ in split.values() for local in locals_)
        self._disputed.add((group, name))
        places = {sense: place if sense == first else (group, f"{name}@{sense}") for sense in split}
        coined = {id(local): sense for sense, locals_ in split.items() for local in locals_}
        for sense, own in places.items():
            for local in split[sense]:
                self._places[id(local)] = own
                self._note(own, local.name, False, SEVERAL_INTRODUCTIONS, local.paper)
        profiles = {sense: self._profile(split[sense]) for sense in places}
        for local in members:
            # What bears another of the concept's names is not in dispute.
            if id(local) not in coined and local.key == name and not local.pairs:
                self._choose(local, places, profiles, first)

    def _note(self, place: Place, name: str, merged: bool, reason: str, *papers: str) -> None:
        self._log[place, name, merged, reason].update(papers)

    def _note_shared(self, everyone: Sequence[Local]) -> None:
        """Log short names that texts give to several concepts, curated ones among them."""
        given: dict[Place, dict[Place, set[str]]] = defaultdict(lambda: defaultdict(set))
        written: dict[Place, str] = {}
        for local in everyone:
            for short in {short for long, short in local.pairs if short == local.name or expands(long, short)}:
                name = local.group, identity_key(short)
                given[name][self._places[id(local)]].add(local.paper)
                written[name] = min(short, written.get(name, short))
        for (group, key), places in given.items():
            bearers = {self._curated_place(i) for i in self._anchors.bearing(key, group)}
            if len(bearers | places.keys()) > 1:
                self._disputed.add((group, key))
                for place, papers in places.items():
                    self._note(place, written[group, key], False, SEVERAL_LONG_FORMS, *papers)

    def _note_senses(self, senses: Senses) -> None:
        """Log what definitions joined and what they kept apart."""
        for (group, short, long), sense in senses.of_pair.items():
            papers = senses.papers[group, short, long]
            place = self._anchored(group, sense)
            if (group, short) not in senses.several:
                self._note(place, senses.surfaces[short], True, DEFINED, *papers)
                self._note(place, senses.surfaces[long], True, DEFINED, *papers)
            if sense not in (long, short) and "|" not in sense and self._anchored(group, long) == place:
                self._note(place, senses.surfaces[long], True, SPELLED, *papers)
        for (group, short), long in senses.namesakes.items():
            papers = senses.papers[group, short, long]
            self._disputed.add((group, long))
            place = self._anchored(group, senses.of_pair[group, short, long])
            self._note(place, senses.surfaces[long], False, NAMESAKES, *papers)

    def _gathered(self) -> Clustering:
        clusters: dict[Place, Cluster] = {}
        place_of: dict[tuple[str, str], Place] = {}
        for paper in self._said:
            for local in paper.locals:
                place = self._places[id(local)]
                found = clusters.get(place)
                if found is None:
                    curated = place[1][1:] if place[1].startswith("=") else None
                    sense = place[1] if "@" in place[1] or "|" in place[1] else None
                    found = clusters[place] = Cluster(place[1], place[0], curated, sense=sense)
                found.members.append(local)
                if local.said in paper.introduced:
                    found.introduced_in.append((UNKNOWN_YEAR if paper.year is None else paper.year, paper.paper))
                place_of[local.paper, local.said] = place
        merges = [
            (place, Merge("", name, merged, reason, tuple(sorted(papers))))
            for (place, name, merged, reason), papers in self._log.items()
        ]
        return Clustering(clusters, place_of, merges, frozenset(self._disputed))

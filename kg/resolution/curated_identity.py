"""What people decided on who is who, done to what the papers alone would give: same, different, sense."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.lexicon import CuratedConcept, Lexicon
from kg.lexicon.concepts import index
from kg.records import Merge, Paper
from kg.resolution.clusters import (
    OTHER_INTRODUCTION,
    SEVERAL_INTRODUCTIONS,
    SEVERAL_LONG_FORMS,
    Clustering,
    Place,
    Places,
    new_cluster,
)
from kg.resolution.concepts import make_concepts
from kg.resolution.contexts import Profile, fitting
from kg.resolution.curated_names import Journal, Names
from kg.resolution.curation import Curation, Decision, Reference
from kg.resolution.local import group_of
from kg.resolution.members import Member, papers_of
from kg.resolution.said import Contexts, Said
from kg.resolution.spelling import identity_key

_REASON = "curated: {}"
_SPLITS = frozenset({SEVERAL_LONG_FORMS, SEVERAL_INTRODUCTIONS, OTHER_INTRODUCTION})


def curate_identity(
    clustering: Clustering,
    said: Sequence[Said],
    contexts: Contexts,
    lexicon: Lexicon,
    curation: Curation,
    *,
    named: Mapping[str, Paper],
    journal: Journal,
) -> tuple[Clustering, Lexicon, dict[str, Place]]:
    """Return who is who once people have decided, the curated concepts then, and the places of the identifiers before.

    Args:
        clustering: as the papers and the curated concepts give it; it is used up.
        said: what each paper says.
        contexts: of the same papers.
        lexicon: the curated concepts.
        curation: the decisions.
        named: the papers that they name.
        journal: is told what becomes of them.
    """
    work = _Work(clustering, said, contexts, lexicon, journal)
    parted = list(curation.said("different"))
    work.hear(Reference.of(text).name for decision in parted for text in (decision.subject, decision.object))
    for decision in parted:
        work.part(decision)
    later = [decision for decision in curation.said("same") if not work.join(decision)]
    # An identifier that a decision gave rise to is known only after it.
    for decision in later:
        work.join(decision, last=True)
    work.settle()
    for decision in curation.said("sense"):
        work.tell(decision, named)
    return work.done()


class _Work:
    def __init__(
        self, clustering: Clustering, said: Sequence[Said], contexts: Contexts, lexicon: Lexicon, journal: Journal
    ) -> None:
        concepts, identifiers = make_concepts(clustering, lexicon)
        self._said = {paper.paper: paper for paper in said}
        self._contexts = contexts
        self._clusters = dict(clustering.clusters)
        self._place_of = Places({})
        self._log = list(clustering.merges)
        self._disputed = clustering.disputed
        self._banned: dict[Place, set[str]] = defaultdict(set)
        self._curated: dict[str, CuratedConcept] = dict(lexicon.concepts)
        self._digest = lexicon.digest
        self._journal = journal
        self._names = Names(concepts)
        self._labels = {concept.id: concept.name for concept in concepts}
        self._places: dict[str, Place] = {
            concept.id: (group_of(concept.kind), "=" + concept.id) for concept in concepts if concept.curated
        }
        self._places |= {identifier: place for place, identifier in identifiers.items()}
        self._moved: dict[Place, Place] = {}
        self._saying: dict[str, set[str]] = defaultdict(set)

    def hear(self, names: Iterable[str | None]) -> None:
        """Learn for which concepts papers have some names; one pass over all that they say."""
        wanted = {identity_key(name) for name in names if name is not None}
        for identifier, place in self._places.items() if wanted else ():
            for member in self._clusters[place].members if place in self._clusters else ():
                for key in wanted & member.keys:
                    self._saying[key].add(identifier)

    def part(self, decision: Decision) -> None:
        """Make two concepts of each that bears both names."""
        texts = (decision.subject, decision.object)
        one, other = map(self._key, texts)
        bearing, other_bearing = (set(self._names.bearing(text)) for text in texts)
        kinds = {Reference.of(text).kind for text in texts} - {None}
        both = (bearing & other_bearing) | (self._saying[one] & self._saying[other])
        parted = False
        for identifier in sorted(both) if one != other else ():
            if not kinds or self._names.kinds[identifier] in kinds:
                # What the concept is mainly called stays with it.
                first_leaves = self._names.preferred[identifier] == other
                leaving, staying = (one, other) if first_leaves else (other, one)
                parted |= self._split(identifier, staying, leaving, texts[0 if first_leaves else 1], decision)
        if parted:
            self._journal.used(decision)
            return
        missing = next((text for text in texts if not self._names.find(text)), None)
        self._journal.unused(
            decision, "they are two concepts already" if missing is None else self._names.why_not(missing)
        )

    def _split(self, identifier: str, staying: str, leaving: str, text: str, decision: Decision) -> bool:
        """Take what bears a name out of a concept; return whether anything did."""
        place = self._places[identifier]
        # Where the cluster stands under the name that leaves, that needs another place.
        new: Place = (place[0], leaving if place[1] != leaving else f"{leaving}|{staying}")
        curated, said = self._curated.get(identifier), self._clusters.get(place)
        members = said.members if said is not None else []
        gone = [member for member in members if _bears(member, leaving, staying)]
        if not gone and (curated is None or leaving not in map(identity_key, curated.names)):
            return False
        if curated is not None:
            kept = tuple(name for name in curated.aliases if identity_key(name) != leaving)
            self._curated[identifier] = replace(curated, aliases=kept)
        others = [member for member in members if not _bears(member, leaving, staying)]
        gone += self._fitting(place, gone, others, staying)
        self._move(gone, place, new)
        self._banned[place].add(leaving)
        self._banned[new].add(staying)
        # What was held to be one is not any more.
        self._log = [
            (where, merge)
            for where, merge in self._log
            if not (where == place and merge.merged and identity_key(merge.name) == leaving)
        ]
        self._names.forget(identifier, leaving)
        label = Reference.of(text).name or text
        self._log.append((place, Merge("", label, False, _REASON.format(decision.words), papers_of(gone))))
        if gone:
            found = f"{identifier}|{leaving}"
            self._places[found] = new
            self._names.add(found, self._names.kinds[identifier], label)
            for key in {key for member in gone for key in member.keys} & self._saying.keys():
                self._saying[key].add(found)
        return True

    def _fitting(self, place: Place, gone: Sequence[Member], others: Sequence[Member], staying: str) -> list[Member]:
        """Return the others that have neither name and that fit those gone; where that is not clear, they stay."""
        if not gone:
            return []
        kept = [member for member in others if staying in member.keys]
        profiles = {"gone": self._profile(gone), "kept": self._profile(kept)}
        found: list[Member] = []
        for member in others:
            if staying not in member.keys:
                kind = member.local.kind
                fit = {p.paper for p in member.papers if fitting(self._contexts(p.paper), kind, profiles) == "gone"}
                found += self._taken(place, member, fit)
        return found

    def _taken(self, place: Place, member: Member, papers: Container[str]) -> list[Member]:
        """Return the part of a member of a cluster that is of some papers; it is a member of its own from here on."""
        wanted = [paper for paper in member.papers if paper.paper in papers]
        if len(wanted) in (0, len(member.papers)):
            return [member] if wanted else []
        part, rest = member.part(wanted), member.part(p for p in member.papers if p.paper not in papers)
        members = self._clusters[place].members
        self._clusters[place].members = [each for each in members if each is not member] + [part, rest]
        return [part]

    def _profile(self, members: Iterable[Member]) -> Profile:
        profile = Profile()
        for member in members:
            for paper in member.papers:
                profile.add(self._contexts(paper.paper), member.local.kind)
        return profile

    def join(self, decision: Decision, *, last: bool = False) -> bool:
        """Make one concept of two, or of all senses of one name; return whether there is nothing left to try."""
        texts = (decision.subject, decision.object)
        if Reference.of(texts[0]).key == Reference.of(texts[1]).key:
            found = self._names.bearing(texts[0])
        else:
            ones = [self._names.one(text) for text in texts]
            if None in ones:
                wrong = texts[ones.index(None)]
                if Reference.of(wrong).identifier is not None and not last and self._renumber():
                    return False
                self._journal.unused(decision, self._names.why_not(wrong))
                return True
            found = [each for each in ones if each is not None]
        if len(set(found)) < 2:
            self._journal.unused(decision, "it is one concept already" if found else self._names.why_not(texts[0]))
            return True
        # A curated concept takes the others in; of several the one that is named first.
        into = next((each for each in found if each in self._curated), found[0])
        for each in dict.fromkeys(found):
            if each != into:
                self._merge(each, into, decision)
        self._journal.used(decision)
        return True

    def _merge(self, gone: str, into: str, decision: Decision) -> None:
        old, new = self._places[gone], self._places[into]
        members = list(self._clusters[old].members) if old in self._clusters else []
        self._log.append(
            (new, Merge("", self._labels.get(gone, gone.split("|")[-1]), True, _REASON.format(decision.words),
                        papers_of(members)))
        )  # fmt: skip
        self._move(members, old, new)
        self._moved[old] = new
        self._banned[new] |= self._banned.pop(old, set()) - {self._names.preferred[gone]}
        self._banned[new].discard(self._names.preferred[into])
        if gone in self._curated:
            self._join_curated(gone, into)
        self._names.join(gone, into)
        self._places[gone] = new

    def _join_curated(self, gone: str, into: str) -> None:
        taken = self._curated.pop(gone)

        def links(own: tuple[str, ...], further: tuple[str, ...] = ()) -> tuple[str, ...]:
            return tuple(sorted({into if each == gone else each for each in (*own, *further)}))

        for identifier, concept in self._curated.items():
            further = taken if identifier == into else None
            changed = replace(
                concept,
                broader=links(concept.broader, further.broader if further else ()),
                based_on=links(concept.based_on, further.based_on if further else ()),
                uses=links(concept.uses, further.uses if further else ()),
                tasks=links(concept.tasks, further.tasks if further else ()),
            )
            if further:
                changed = replace(
                    changed,
                    aliases=tuple(sorted({*concept.aliases, *taken.names} - {concept.name})),
                    year=concept.year if concept.year is not None else taken.year,
                    introduced_in=concept.introduced_in or taken.introduced_in,
                    definition=concept.definition or taken.definition,
                    broader=tuple(each for each in changed.broader if each != into),
                    based_on=tuple(each for each in changed.based_on if each != into),
                    uses=tuple(each for each in changed.uses if each != into),
                )
            self._curated[identifier] = changed

    def settle(self) -> None:
        """Learn where everything is, before single uses of names go elsewhere."""
        self._place_of = Places(self._clusters)

    def tell(self, decision: Decision, named: Mapping[str, Paper]) -> None:
        """Let a name in a paper mean a concept."""
        paper = named.get(decision.subject)
        target = self._names.one(decision.object)
        if paper is None or paper.key not in self._said:
            self._journal.unused(decision, f"there is no paper {decision.subject!r}")
            return
        if target is None:
            self._journal.unused(decision, self._names.why_not(decision.object))
            return
        key, place = identity_key(decision.name or ""), self._places[target]
        said = self._said[paper.key]
        told = [local for local in said.locals if key in {local.key, *local.keys} - {""}]
        told = [local for local in told if local.group == place[0]] or told
        if not told:
            self._journal.unused(decision, f"the paper names nothing {decision.name!r}")
            return
        for local in told:
            where = self._place_of.of(paper.key, local)
            if where == place:
                self._journal.unused(decision, "the paper means it already")
                continue
            member = next(each for each in self._clusters[where].members if each.local is local and said in each.papers)
            self._move(self._taken(where, member, {paper.key}), where, place)
            self._place_of.put(paper.key, local, place)
            self._log.append((place, Merge("", local.name, True, _REASON.format(decision.words), (paper.key,))))
            self._journal.used(decision)

    def _move(self, members: Sequence[Member], old: Place, new: Place) -> None:
        """Take members from one cluster to another, made where there is none; an empty one is no more."""
        if not members:
            return
        ids = set(map(id, members))
        source = self._clusters[old]
        source.members = [member for member in source.members if id(member) not in ids]
        target = self._clusters.setdefault(new, new_cluster(new))
        target.members = [*target.members, *members]
        if not source.members:
            del self._clusters[old]

    def _renumber(self) -> bool:
        """Learn the identifiers that the clusters would have now; return whether there are new ones."""
        clustering, lexicon, _ = self.done()
        _, identifiers = make_concepts(clustering, lexicon)
        held = {place: identifier for identifier, place in self._places.items() if identifier in self._names.kinds}
        new = {identifier: place for place, identifier in identifiers.items() if identifier not in self._places}
        for identifier, place in new.items():
            self._places[identifier] = place
            self._names.rename(identifier, held[place])
        return bool(new)

    def done(self) -> tuple[Clustering, Lexicon, dict[str, Place]]:
        """Return what has come of it."""
        log = [(self._where(place), merge) for place, merge in self._log]
        split = defaultdict(set)
        for place, merge in log:
            if not merge.merged and merge.reason in _SPLITS:
                split[place[0], identity_key(merge.name), merge.reason].add(place)
        joined = set(self._moved.values())
        # A name whose senses were all made one is kept apart from nothing.
        log = [
            (place, merge)
            for place, merge in log
            if merge.merged
            or merge.reason not in _SPLITS
            or place not in joined
            or len(split[place[0], identity_key(merge.name), merge.reason]) > 1
        ]
        clustering = Clustering(
            self._clusters,
            log,
            self._disputed,
            {place: frozenset(keys) for place, keys in self._banned.items() if keys},
        )
        return clustering, index(self._curated.values(), digest=self._digest), dict(self._places)

    def _where(self, place: Place) -> Place:
        while place in self._moved:
            place = self._moved[place]
        return place

    def _key(self, text: str) -> str:
        """Return the key of the name that a decision speaks of."""
        reference = Reference.of(text)
        if reference.identifier is not None:
            return self._names.preferred.get(reference.identifier, "")
        return identity_key(reference.name or "")


def _bears(member: Member, leaving: str, staying: str) -> bool:
    """Return whether a member goes with the name that leaves: of two that it has, its own name counts."""
    return member.local.key == leaving or (leaving in member.keys and staying not in member.keys)

"""Who is who: the concepts of a corpus, and which of them each paper means by each of its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import Concept, DecisionUse, Merge, Paper
from kg.resolution.clusters import DEFINED, Clustering, Place, Places, cluster
from kg.resolution.concepts import make_concepts, preferred_name
from kg.resolution.curated_edges import Fetch, decision_uses
from kg.resolution.curated_facts import Curated, curate_facts
from kg.resolution.curated_identity import curate_identity
from kg.resolution.curated_names import Journal
from kg.resolution.curation import Curation
from kg.resolution.drawing import Rules
from kg.resolution.local import Anchors
from kg.resolution.said import Contexts, Said
from kg.resolution.second_looks import look_again


class Meant(Mapping[str, Mapping[str, str]]):
    """What each paper means by its names, worked out where it is asked for: of most papers it is not.

    Args:
        papers: what each paper says.
        clustering: where that belongs.
        kept: the identifiers of the places that are to be.
        confirmed: by paper and name the places of the candidates that count.
    """

    def __init__(
        self,
        papers: Iterable[Said],
        clustering: Clustering,
        kept: Mapping[Place, str],
        confirmed: Mapping[str, Mapping[str, Place]],
    ) -> None:
        self._papers = {paper.paper: paper for paper in papers}
        self._places = Places(clustering.clusters)
        self._kept = kept
        self._confirmed = confirmed

    def __getitem__(self, paper: str) -> dict[str, str]:
        place_of, kept = self._places.of, self._kept
        meant: dict[str, str] = {}
        for local in self._papers[paper].locals:
            concept = kept.get(place_of(paper, local))
            if concept is not None:
                meant[local.said] = concept
        if paper in self._confirmed:
            meant |= {name: kept[place] for name, place in self._confirmed[paper].items() if place in kept}
        return meant

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)

    def teller(self, kinds: Mapping[str, str]) -> Callable[[str], list[str]]:
        """Return what tells in words what a paper means by its names: the same as long as that is the same.

        Args:
            kinds: of the concepts, told too.
        """
        kept, place_of = self._kept, self._places.of

        def words(name: str, place: Place) -> str:
            concept = kept.get(place)
            return name if concept is None else f"{name}\x1e{concept}\x1e{kinds[concept]}"

        whole = self._places.whole()
        known: dict[int, str] = {}

        def tell(paper: str) -> list[str]:
            told = []
            for local in self._papers[paper].locals:
                text = known.get(id(local))
                if text is None:
                    text = words(local.said, place_of(paper, local))
                    if id(local) in whole:
                        known[id(local)] = text
                told.append(text)
            return told + [words(name, place) for name, place in self._confirmed.get(paper, {}).items()]

        return tell


@dataclass(frozen=True, slots=True)
class Decisions:
    """Who is who.

    Attributes:
        concepts: all of them, sorted.
        meant: by paper's key, then by entity's name, the identifier of the concept; names of what people dropped
            have none.
        merges: the merge log, sorted.
        rules: what is known of edges beside the papers.
    """

    concepts: Sequence[Concept]
    meant: Meant
    merges: Sequence[Merge]
    rules: Rules
    _curated: Curated
    _journal: Journal

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of the concepts by identifier."""
        return {concept.id: concept.kind for concept in self.concepts}

    def uses(self, fetch: Fetch) -> tuple[DecisionUse, ...]:
        """Return what became of each decision of a curator.

        Args:
            fetch: gives the extraction of a paper; asked for those alone that may say what a curator rejects.
        """
        return decision_uses(self._curated.open, self.meant, fetch, self._journal)


def decide(
    said: Iterable[Said],
    contexts: Contexts,
    lexicon: Lexicon,
    *,
    curation: Curation | None = None,
    named: Mapping[str, Paper] | None = None,
) -> Decisions:
    """Return who is who; the same set of papers in any order gives the same. Linear in what they say.

    Args:
        said: what each paper says.
        contexts: of the same papers.
        lexicon: the curated concepts.
        curation: what people decided on the graph.
        named: the papers that they name, from :func:`kg.resolution.curated_facts.curated_papers`.
    """
    curation, named = curation or Curation(), named or {}
    journal = Journal(curation)
    papers = sorted(said, key=lambda paper: paper.paper)
    clustering = cluster(papers, contexts, Anchors(lexicon))
    before: Mapping[str, Place] = {}
    if any(curation.said("same", "different", "sense")):
        clustering, lexicon, before = curate_identity(
            clustering, papers, contexts, lexicon, curation, named=named, journal=journal
        )
    concepts, identifiers = make_concepts(clustering, lexicon)
    renamed = {old: identifiers[place] for old, place in before.items() if place in identifiers}
    curated = curate_facts(concepts, lexicon, curation, renamed=renamed, named=named, journal=journal)
    # What was dropped is meant by no name.
    kept = {place: each for place, each in identifiers.items() if each not in curated.dropped}
    return Decisions(
        concepts=curated.concepts,
        meant=Meant(papers, clustering, kept, look_again(papers, clustering, lexicon)),
        merges=list(_merges(clustering, kept, curated.concepts)),
        rules=Rules(curated.lexicon, curated.rules),
        _curated=curated,
        _journal=journal,
    )


def _merges(clustering: Clustering, identifiers: Mapping[Place, str], concepts: Sequence[Concept]) -> Iterator[Merge]:
    """Yield the merge log: identifiers for places, and what spelling and the curated concepts joined."""
    labels = {concept.id: concept.name for concept in concepts}
    log: dict[tuple[str, str, bool, str], set[str]] = defaultdict(set)

    def note(place: Place, name: str, merged: bool, reason: str, papers: Iterable[str]) -> None:
        identifier = identifiers.get(place, place[1][1:] if place[1].startswith("=") else None)
        # That a concept is called by its own name is no decision.
        if identifier in labels and not (merged and fold(name) == fold(labels[identifier]) and reason == DEFINED):
            log[identifier, name, merged, reason].update(papers)

    for place, merge in clustering.merges:
        note(place, merge.name, merge.merged, merge.reason, merge.papers)
    for place, found in clustering.clusters.items():
        if place not in identifiers:
            continue
        if found.lone is not None and not found.curated:
            continue  # all call it by its own name
        own = labels[identifiers[place]] if found.curated else preferred_name(found)
        reason = "a curated alias, or a spelling of one" if found.curated else "spelled alike, or defined as one"
        for member in found.members:
            if member.local.name != own:
                note(place, member.local.name, True, reason, [paper.paper for paper in member.papers])
    for (identifier, name, merged, reason), papers in sorted(log.items(), key=lambda item: item[0]):
        yield Merge(identifier, name, merged, reason, tuple(sorted(papers)))

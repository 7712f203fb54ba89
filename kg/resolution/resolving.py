"""The second half of a build: a pure function of the set of extractions and the curated concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.lexicon import Lexicon
from kg.records import (
    METHOD_KINDS,
    PAPER_AS_SUBJECT,
    Concept,
    Edge,
    Evidence,
    Extraction,
    Merge,
    Paper,
    Proof,
    Resolution,
    Score,
)
from kg.resolution.clusters import Clustering, Place, cluster
from kg.resolution.concepts import eldest_children, make_concepts, preferred_name
from kg.resolution.local import group_of

_CURATED_SOURCE = "curated concepts of methodome"
_Key = tuple[str, str, str]


def resolve(papers: Sequence[Paper], extractions: Mapping[str, Extraction], lexicon: Lexicon) -> Resolution:
    """Return the graph of some papers.

    The result depends on the set of papers alone, never on their order. Linear in what the papers say.

    Args:
        papers: distinct papers.
        extractions: by the paper's key; one for each paper.
        lexicon: the curated concepts.
    """
    papers = sorted(papers, key=lambda paper: paper.key)
    by_key = {paper.key: paper for paper in papers}
    ordered = [extractions[paper.key] for paper in papers]
    clustering = cluster(papers, ordered, lexicon)
    introduced_in: dict[Place, list[Paper]] = defaultdict(list)
    for extraction in ordered:
        for relation in extraction.relations:
            if relation.predicate == "introduces":
                introduced_in[clustering.place_of[extraction.id, relation.object]].append(by_key[extraction.id])
    concepts, identifiers = make_concepts(clustering, introduced_in, lexicon)
    concept_of = {local: identifiers[place] for local, place in clustering.place_of.items()}
    kinds = {concept.id: concept.kind for concept in concepts}
    return Resolution(
        papers=tuple(papers),
        concepts=tuple(concepts),
        edges=tuple(_edges(ordered, concept_of, kinds, lexicon)),
        scores=tuple(_scores(ordered, concept_of, kinds)),
        merges=tuple(_merges(clustering, identifiers, concepts)),
    )


def _edges(
    extractions: Sequence[Extraction],
    concept_of: Mapping[tuple[str, str], str],
    kinds: Mapping[str, str],
    lexicon: Lexicon,
) -> Iterator[Edge]:
    """Yield every edge once with all its proofs, sorted."""
    proofs: dict[_Key, list[Proof]] = defaultdict(list)
    denied = _Denied(lexicon)
    for extraction in extractions:
        for entity in extraction.entities:
            proofs[extraction.id, "mentions", concept_of[extraction.id, entity.name]] = []
        for relation in extraction.relations:
            target = concept_of[extraction.id, relation.object]
            of_paper = relation.subject == PAPER_AS_SUBJECT
            subject = extraction.id if of_paper else concept_of[extraction.id, relation.subject]
            fits = _fits(relation.predicate, None if of_paper else kinds[subject], kinds[target])
            if fits and subject != target and (subject, relation.predicate, target) not in denied:
                proofs[subject, relation.predicate, target].append(Proof(extraction.id, relation.evidence))
    for concept in lexicon.concepts.values():
        source = concept.introduced_in or _CURATED_SOURCE
        for predicate, targets in (("based_on", concept.based_on), ("uses", concept.uses)):
            for target in targets:
                if target in lexicon.concepts:
                    proofs[concept.id, predicate, target].append(Proof(None, source=source))
    for (subject, predicate, target), found in sorted(proofs.items()):
        yield Edge(subject, predicate, target, tuple(sorted(set(found), key=_proof_order)))


class _Denied:
    """The lineage that the curated concepts rule out: a method does not come from a later one, nor from its child."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts = lexicon.concepts
        self._eldest_child = eldest_children(lexicon)

    def __contains__(self, edge: _Key) -> bool:
        child, parent = self._concepts.get(edge[0]), self._concepts.get(edge[2])
        if edge[1] != "based_on" or child is None or parent is None:
            return False
        # What has no year of its own was there when the first of what came of it was.
        year = child.year if child.year is not None else self._eldest_child.get(child.id)
        too_early = year is not None and parent.year is not None and year < parent.year
        return too_early or child.id in parent.based_on


def _fits(predicate: str, subject_kind: str | None, object_kind: str) -> bool:
    """Return whether an edge still fits its predicate once the corpus has voted on the kinds."""
    if subject_kind is not None:
        return subject_kind in METHOD_KINDS and object_kind in METHOD_KINDS
    wanted = {"addresses": "task", "evaluates_on": "dataset"}.get(predicate)
    return wanted is None or object_kind == wanted


def _proof_order(proof: Proof) -> tuple[str, int, int, str]:
    evidence = proof.evidence or Evidence("", 0, 0, "", 0.0)
    return (proof.paper or "", evidence.start, evidence.end, evidence.found_by)


def _scores(
    extractions: Sequence[Extraction], concept_of: Mapping[tuple[str, str], str], kinds: Mapping[str, str]
) -> Iterator[Score]:
    for extraction in extractions:

        def concept(name: str | None, group: str, paper: str = extraction.id) -> str | None:
            found = concept_of[paper, name] if name is not None else None
            return found if found is not None and group_of(kinds[found]) == group else None

        for result in extraction.results:
            method = concept(result.method, "method")
            task = concept(result.task, "method")
            score = Score(
                paper=extraction.id,
                method=method if method and kinds[method] in METHOD_KINDS else None,
                configuration=result.configuration,
                dataset=concept(result.dataset, "dataset"),
                metric=concept(result.metric, "metric"),
                value=result.value,
                number=result.number,
                unit=result.unit,
                task=task if task and kinds[task] == "task" else None,
                evidence=result.evidence,
            )
            if score.method is not None:
                yield score


def _merges(clustering: Clustering, identifiers: Mapping[Place, str], concepts: Sequence[Concept]) -> Iterator[Merge]:
    """Yield the merge log: identifiers for places, and what spelling and the curated concepts joined."""
    labels = {concept.id: concept.name for concept in concepts}
    log: dict[tuple[str, str, bool, str], set[str]] = defaultdict(set)

    def note(place: Place, name: str, merged: bool, reason: str, papers: Iterable[str]) -> None:
        identifier = identifiers.get(place, place[1][1:] if place[1].startswith("=") else None)
        if identifier is not None:
            log[identifier, name, merged, reason].update(papers)

    for place, merge in clustering.merges:
        note(place, merge.name, merge.merged, merge.reason, merge.papers)
    for place, found in clustering.clusters.items():
        own = labels[identifiers[place]] if found.curated else preferred_name(found)
        reason = "a curated alias, or a spelling of one" if found.curated else "spelled alike, or defined as one"
        for local in found.members:
            if local.name != own:
                note(place, local.name, True, reason, (local.paper,))
    for (identifier, name, merged, reason), papers in sorted(log.items()):
        yield Merge(identifier, name, merged, reason, tuple(sorted(papers)))

"""What one paper puts into the graph, once it is known which concepts its names mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import vocabulary as v
from kg.lexicon import Lexicon
from kg.records import METHOD_KINDS, PAPER_AS_SUBJECT, Edge, Evidence, Extraction, Proof, Score
from kg.resolution.concepts import eldest_children
from kg.resolution.curated_edges import EdgeKey, EdgeRules
from kg.resolution.local import group_of

_CURATED_SOURCE = "curated concepts of methodome"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concept that a name of a paper means.

    Attributes:
        concept: its identifier.
        kind: as the corpus has voted.
    """

    concept: str
    kind: str


class Rules:
    """What is known of edges beside the papers: those that curators state, and those that they rule out.

    A method does not come from a later one, nor from its own child, but where people decided so.

    Args:
        lexicon: the curated concepts.
        decided: what people decided on the graph.

    Attributes:
        digest: of all that; where it changes, papers are drawn anew.
    """

    def __init__(self, lexicon: Lexicon, decided: EdgeRules | None = None) -> None:
        self._decided = decided or EdgeRules()
        self._asserted = {(edge.subject, edge.predicate, edge.object) for edge in self._decided.asserted}
        self.digest = v.digest(
            self._decided.digest, repr(self._decided.asserted_results), repr(tuple(lexicon.concepts.values()))
        )
        self._concepts = lexicon.concepts
        self._eldest_child = eldest_children(lexicon)

    def deny(self, edge: EdgeKey) -> bool:
        """Return whether an edge is ruled out."""
        if edge in self._asserted:
            return False
        if self._decided.deny(edge):
            return True
        child, parent = self._concepts.get(edge[0]), self._concepts.get(edge[2])
        if edge[1] != "based_on" or child is None or parent is None:
            return False
        # What has no year of its own was there when the first of what came of it was.
        year = child.year if child.year is not None else self._eldest_child.get(child.id)
        too_early = year is not None and parent.year is not None and year < parent.year
        return too_early or child.id in parent.based_on

    def stated(self) -> Iterator[Edge]:
        """Yield the edges that curators state, each once."""
        proofs: dict[EdgeKey, set[Proof]] = defaultdict(set)
        for concept in self._concepts.values():
            source = concept.introduced_in or _CURATED_SOURCE
            for predicate, targets in (("based_on", concept.based_on), ("uses", concept.uses)):
                for target in targets:
                    if target in self._concepts:
                        proofs[concept.id, predicate, target].add(Proof(None, source=source))
        for edge in self._decided.asserted:
            proofs[edge.subject, edge.predicate, edge.object].update(edge.proofs)
        return joined(proofs)

    def deny_score(self, score: Score) -> bool:
        """Return whether a result is ruled out."""
        return self._decided.deny_score(score)

    def stated_scores(self) -> Sequence[Score]:
        """Return the results that people state."""
        return self._decided.asserted_results


def draw_edges(extraction: Extraction, meant: Mapping[str, Meaning], rules: Rules) -> Iterator[Edge]:
    """Yield the edges of one paper, each once with its proofs from this paper, sorted.

    Args:
        extraction: of the paper.
        meant: what its entities' names mean; those that mean nothing are passed over.
        rules: what is known beside the papers.
    """
    proofs: dict[EdgeKey, set[Proof]] = defaultdict(set)
    # What only a source claims beside the text, the text does not name.
    unsaid = {entity.name for entity in extraction.entities if not entity.mentions}
    for name, named in meant.items():
        if name not in unsaid and not rules.deny(mention := (extraction.id, "mentions", named.concept)):
            proofs[mention] = set()
    for relation in extraction.relations:
        target = meant.get(relation.object)
        of_paper = relation.subject == PAPER_AS_SUBJECT
        subject = None if of_paper else meant.get(relation.subject)
        if target is None or (subject is None and not of_paper):
            continue
        edge = (extraction.id if subject is None else subject.concept, relation.predicate, target.concept)
        fits = _fits(relation.predicate, None if subject is None else subject.kind, target.kind)
        if fits and edge[0] != edge[2] and not rules.deny(edge):
            proofs[edge].add(Proof(extraction.id, relation.evidence))
    return joined(proofs)


def draw_scores(extraction: Extraction, meant: Mapping[str, Meaning], rules: Rules) -> Iterator[Score]:
    """Yield the results that one paper states, in their order; without a method there is none."""

    def find(name: str | None, group: str) -> Meaning | None:
        found = meant.get(name) if name is not None else None
        return found if found is not None and group_of(found.kind) == group else None

    def concept(name: str | None, group: str) -> str | None:
        return None if (found := find(name, group)) is None else found.concept

    for result in extraction.results:
        method, task = find(result.method, "method"), find(result.task, "method")
        if method is None or method.kind not in METHOD_KINDS:
            continue
        score = Score(
            paper=extraction.id,
            method=method.concept,
            configuration=result.configuration,
            dataset=concept(result.dataset, "dataset"),
            metric=concept(result.metric, "metric"),
            value=result.value,
            number=result.number,
            unit=result.unit,
            task=task.concept if task is not None and task.kind == "task" else None,
            evidence=result.evidence,
        )
        if not rules.deny_score(score):
            yield score


def joined(proofs: Mapping[EdgeKey, set[Proof]]) -> Iterator[Edge]:
    """Yield an edge for each key, sorted, with its proofs, sorted."""
    for (subject, predicate, target), found in sorted(proofs.items(), key=lambda item: item[0]):
        yield Edge(subject, predicate, target, tuple(sorted(found, key=_proof_order)))


def _fits(predicate: str, subject_kind: str | None, object_kind: str) -> bool:
    """Return whether an edge still fits its predicate once the corpus has voted on the kinds."""
    if subject_kind is not None:
        return subject_kind in METHOD_KINDS and object_kind in METHOD_KINDS
    wanted = {"addresses": "task", "evaluates_on": "dataset"}.get(predicate)
    return wanted is None or object_kind == wanted


def _proof_order(proof: Proof) -> tuple[str, str, int, int, str]:
    evidence = proof.evidence or Evidence("", 0, 0, "", 0.0)
    return (proof.paper or "", proof.source or "", evidence.start, evidence.end, evidence.found_by)

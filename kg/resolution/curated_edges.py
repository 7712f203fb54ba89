"""What people decided on edges and results, and whether any paper says what they reject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.records import PAPER_AS_SUBJECT, PAPER_PREDICATES, DecisionUse, Edge, Extraction, Score
from kg.resolution.curated_names import Journal
from kg.resolution.curation import Decision

EdgeKey = tuple[str, str, str]
"""Subject, predicate, object of an edge: identifiers of concepts, or the key of a paper."""
Parts = tuple[tuple[str, str], ...]
"""What is known of a result: its parts by name, concepts by identifier."""
Fetch = Callable[[str], Extraction | None]
"""Gives the extraction of a paper by its key."""


@dataclass(frozen=True, slots=True)
class EdgeRules:
    """What people decided on edges and results, in identifiers.

    Attributes:
        rejected: edges that are not to stand.
        introducers: for a concept, the papers that introduce it: no other one does; none where none is here.
        rejected_results: for a paper, what is known of each result that is not to stand.
        asserted: edges that stand.
        asserted_results: results that stand.
        digest: of all that people decided: where it changes, papers are drawn anew.
    """

    rejected: frozenset[EdgeKey] = frozenset()
    introducers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rejected_results: Mapping[str, tuple[Parts, ...]] = field(default_factory=dict)
    asserted: tuple[Edge, ...] = ()
    asserted_results: tuple[Score, ...] = ()
    digest: str = ""

    def deny(self, edge: EdgeKey) -> bool:
        """Return whether an edge is not to stand."""
        if edge in self.rejected:
            return True
        return edge[1] == "introduces" and edge[2] in self.introducers and edge[0] not in self.introducers[edge[2]]

    def deny_score(self, score: Score) -> bool:
        """Return whether a result is not to stand."""
        return any(
            all(getattr(score, name) == value for name, value in known)
            for known in self.rejected_results.get(score.paper, ())
        )


def decision_uses(
    open_decisions: Mapping[Decision, tuple[EdgeKey, Parts]],
    meant: Mapping[str, Mapping[str, str]],
    fetch: Fetch,
    journal: Journal,
) -> tuple[DecisionUse, ...]:
    """Return what became of each decision: those that reject something hit where a paper says it.

    Args:
        open_decisions: of which the papers tell.
        meant: by paper's key, then by entity's name, the identifier of the concept.
        fetch: gives a paper's extraction; asked for those alone that name both ends.
        journal: knows the other decisions.
    """
    wanted = {each for edge, _ in open_decisions.values() for each in (edge[0], edge[2])}
    papers: dict[str, set[str]] = defaultdict(set)
    for paper, names in meant.items() if open_decisions else ():
        for concept in wanted.intersection(names.values()):
            papers[concept].add(paper)
    for decision, (edge, known) in open_decisions.items():
        among = {edge[0]} if edge[1] in PAPER_PREDICATES else papers[edge[0]] & papers[edge[2]]
        if any(_says(fetch(paper), edge, known, meant) for paper in sorted(among)):
            journal.used(decision)
        else:
            journal.unused(decision, "no paper says so")
    return journal.uses


def _says(
    extraction: Extraction | None,
    edge: EdgeKey,
    known: Parts,
    meant: Mapping[str, Mapping[str, str]],
) -> bool:
    if extraction is None:
        return False
    names = meant.get(extraction.id, {})

    def concept(name: str | None) -> str | None:
        if name == PAPER_AS_SUBJECT:
            return extraction.id
        return names.get(name) if name is not None else None

    if edge[1] == "mentions":
        return any(concept(entity.name) == edge[2] for entity in extraction.entities)
    if edge[1] == "reports":
        parts = ({"method": concept(r.method), "dataset": concept(r.dataset), "metric": concept(r.metric),
                  "task": concept(r.task), "configuration": r.configuration, "value": r.value}
                 for r in extraction.results)  # fmt: skip
        return any(all(part[name] == value for name, value in known) for part in parts)
    return any((concept(r.subject), r.predicate, concept(r.object)) == edge for r in extraction.relations)

"""What people decided on concepts, edges and results, done to what papers and curated concepts say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import vocabulary as v
from kg.lexicon import CuratedConcept, Lexicon
from kg.lexicon.concepts import index
from kg.names import fold
from kg.records import (
    METHOD_KINDS,
    PAPER_PREDICATES,
    Concept,
    Edge,
    Paper,
    Proof,
    Score,
)
from kg.resolution.curated_edges import EdgeKey, EdgeRules, Parts
from kg.resolution.curated_names import Journal, Names
from kg.resolution.curation import Curation, Decision, number_in, of_paper

_TOLD_BY = "a curator of this graph"


@dataclass(frozen=True, slots=True)
class Curated:
    """A graph's concepts as people decided on them.

    Attributes:
        concepts: sorted.
        dropped: identifiers of those that are not to be.
        lexicon: the curated concepts, as far as they are to be.
        rules: for edges and results.
        open: for each decision of which the papers alone tell whether it changes anything: the edge, or the paper
            and what is known of the result.
    """

    concepts: Sequence[Concept]
    dropped: frozenset[str]
    lexicon: Lexicon
    rules: EdgeRules
    open: Mapping[Decision, tuple[EdgeKey, Parts]]


def curate_facts(
    concepts: Sequence[Concept],
    lexicon: Lexicon,
    curation: Curation,
    *,
    renamed: Mapping[str, str],
    named: Mapping[str, Paper],
    journal: Journal,
) -> Curated:
    """Return concepts as people decided on them, and the rules for their edges.

    Args:
        concepts: as identity gives them.
        lexicon: the curated concepts.
        curation: the decisions.
        renamed: what identifiers before the decisions on identity stand for now.
        named: the papers that they name, by their words.
        journal: is told what becomes of them.
    """
    if not curation.decisions:
        return Curated(concepts, frozenset(), lexicon, EdgeRules(), {})
    work = _Facts(concepts, lexicon, renamed, named, journal)
    for decision in curation.said("kind", "name", "year", "introduced", "drop"):
        work.tell(decision)
    for decision in curation.said("reject", "assert"):
        (work.tell_result if decision.result else work.tell_edge)(decision)
    return work.done(curation)


class _Facts:
    def __init__(
        self,
        concepts: Sequence[Concept],
        lexicon: Lexicon,
        renamed: Mapping[str, str],
        named: Mapping[str, Paper],
        journal: Journal,
    ) -> None:
        self._concepts = {concept.id: concept for concept in concepts}
        self._names = Names(concepts, renamed)
        self._curated: dict[str, CuratedConcept] = dict(lexicon.concepts)
        self._lexicon_digest = lexicon.digest
        self._named = named
        self._journal = journal
        self._years: set[str] = set()
        self._dropped: set[str] = set()
        self._rejected: set[EdgeKey] = set()
        self._introducers: dict[str, set[str]] = defaultdict(set)
        self._results: dict[str, list[Parts]] = defaultdict(list)
        self._asserted: dict[EdgeKey, set[Proof]] = defaultdict(set)
        self._scores: list[Score] = []
        self._open: dict[Decision, tuple[EdgeKey, Parts]] = {}

    def tell(self, decision: Decision) -> None:
        """Do what is decided on a concept."""
        identifier = self._names.one(decision.subject)
        if identifier is None:
            self._journal.unused(decision, self._names.why_not(decision.subject))
            return
        concept = self._concepts[identifier]
        if decision.verb == "drop":
            self._dropped.add(identifier)
            self._curated.pop(identifier, None)
            self._journal.used(decision)
            return
        changed = getattr(self, f"_{decision.verb}")(concept, decision)
        if changed is None:
            return
        self._concepts[identifier] = changed
        if (curated := self._curated.get(identifier)) is not None:
            self._curated[identifier] = replace(
                curated, kind=changed.kind, year=changed.year if identifier in self._years else curated.year
            )
        if changed == concept and decision.verb != "introduced":
            self._journal.unused(decision, "it is so already")
        else:
            self._journal.used(decision)

    def _kind(self, concept: Concept, decision: Decision) -> Concept:
        kind = decision.object
        return replace(
            concept,
            kind=kind,
            direction=concept.direction if kind == "metric" else None,
            tasks=concept.tasks if kind == "dataset" else (),
        )

    def _name(self, concept: Concept, decision: Decision) -> Concept:
        others = {concept.name, *concept.aliases}
        kept = tuple(sorted(other for other in others if fold(other) != fold(decision.object)))
        return replace(concept, name=decision.object, aliases=kept)

    def _year(self, concept: Concept, decision: Decision) -> Concept:
        self._years.add(concept.id)
        return replace(concept, year=int(decision.object))

    def _introduced(self, concept: Concept, decision: Decision) -> Concept:
        paper = self._named.get(decision.object)
        self._introducers[concept.id]
        if paper is None:
            title = None if decision.object.startswith(v.BASE) else decision.object
            return replace(concept, introduced_in=title or concept.introduced_in)
        self._introducers[concept.id].add(paper.key)
        source = decision.source or _TOLD_BY
        self._asserted[paper.key, "introduces", concept.id].add(Proof(None, source=source))
        known = concept.id in self._years or (
            concept.id in self._curated and self._curated[concept.id].year is not None
        )
        year = concept.year if known or paper.year is None else paper.year
        return replace(concept, introduced_in=paper.title, year=year)

    def tell_edge(self, decision: Decision) -> None:
        """Do what is decided on an edge."""
        edge = self._edge(decision)
        if edge is None:
            return
        if decision.verb == "assert":
            if (wrong := self._misfit(edge)) is not None:
                self._journal.unused(decision, wrong)
                return
            self._asserted[edge].add(Proof(None, source=decision.source))
            self._journal.used(decision)
            return
        self._rejected.add(edge)
        curated = self._curated.get(edge[0])
        if curated is not None and edge[2] in (curated.based_on if edge[1] == "based_on" else curated.uses):
            # What a curator denies is no reason against its opposite either.
            self._curated[edge[0]] = replace(
                curated,
                based_on=tuple(each for each in curated.based_on if (edge[1], each) != ("based_on", edge[2])),
                uses=tuple(each for each in curated.uses if (edge[1], each) != ("uses", edge[2])),
            )
            self._journal.used(decision)
        self._open[decision] = (edge, ())

    def _edge(self, decision: Decision) -> EdgeKey | None:
        if decision.predicate is None:
            return None
        if of_paper(decision):
            paper = self._named.get(decision.subject)
            subject = None if paper is None else paper.key
            why = f"there is no paper {decision.subject!r}"
        else:
            subject, why = self._names.one(decision.subject), self._names.why_not(decision.subject)
        target = self._names.one(decision.object)
        if subject is None or target is None:
            self._journal.unused(decision, why if subject is None else self._names.why_not(decision.object))
            return None
        return subject, decision.predicate, target

    def _misfit(self, edge: EdgeKey) -> str | None:
        """Return why an edge cannot stand, if it cannot."""
        subject, predicate, target = edge
        kinds = {identifier: concept.kind for identifier, concept in self._concepts.items()}
        if subject == target:
            return "nothing has an edge to itself"
        if predicate not in PAPER_PREDICATES:
            wrong = next((each for each in (subject, target) if kinds[each] not in METHOD_KINDS), None)
            return None if wrong is None else f"{predicate} joins methods, and {self._said(wrong)} is a {kinds[wrong]}"
        wanted = {"addresses": "task", "evaluates_on": "dataset"}.get(predicate, kinds[target])
        return None if kinds[target] == wanted else f"{self._said(target)} is a {kinds[target]} and no {wanted}"

    def _said(self, identifier: str) -> str:
        return self._concepts[identifier].name

    def tell_result(self, decision: Decision) -> None:
        """Do what is decided on a result."""
        paper = self._named.get(decision.subject)
        if paper is None:
            self._journal.unused(decision, f"there is no paper {decision.subject!r}")
            return
        known = dict(decision.result)
        for name in ("method", "dataset", "metric", "task"):
            if name in known:
                identifier = self._names.one(known[name])
                if identifier is None:
                    self._journal.unused(decision, self._names.why_not(known[name]))
                    return
                kind = self._concepts[identifier].kind
                if kind != name and not (name == "method" and kind in METHOD_KINDS):
                    self._journal.unused(decision, f"{self._said(identifier)} is a {kind} and no {name}")
                    return
                known[name] = identifier
        if decision.verb == "reject":
            pattern = tuple(known.items())
            self._results[paper.key].append(pattern)
            self._open[decision] = ((paper.key, "reports", ""), pattern)
            return
        number, unit = number_in(known["value"]) or (0.0, None)
        score = Score(paper.key, known["method"], known.get("configuration"), known.get("dataset"), known.get("metric"),
                      known["value"], number, unit, known.get("task"), None, decision.source)  # fmt: skip
        self._scores.append(score)
        self._journal.used(decision)

    def done(self, curation: Curation) -> Curated:
        """Return what has come of it."""
        gone = frozenset(self._dropped)
        kept = [self._without(concept, gone) for concept in self._concepts.values() if concept.id not in gone]
        curated = [
            replace(
                concept,
                broader=_but(concept.broader, gone),
                based_on=_but(concept.based_on, gone),
                uses=_but(concept.uses, gone),
                tasks=_but(concept.tasks, gone),
            )
            for concept in self._curated.values()
        ]
        asserted = tuple(
            Edge(*edge, tuple(sorted(proofs, key=lambda proof: proof.source or "")))
            for edge, proofs in sorted(self._asserted.items(), key=lambda item: item[0])
            if not gone.intersection((edge[0], edge[2]))
        )
        rules = EdgeRules(
            rejected=frozenset(self._rejected),
            introducers={concept: frozenset(papers) for concept, papers in self._introducers.items()},
            rejected_results={paper: tuple(patterns) for paper, patterns in self._results.items()},
            asserted=asserted,
            asserted_results=tuple(_result_but(score, gone) for score in self._scores if score.method not in gone),
        )
        told = (*sorted(rules.rejected), *sorted((c, *sorted(p)) for c, p in rules.introducers.items()),
                *sorted(rules.rejected_results.items()), *asserted)  # fmt: skip
        rules = replace(rules, digest=v.digest(curation.digest, *map(repr, told)))
        return Curated(
            sorted(kept, key=lambda concept: concept.id),
            gone,
            index(curated, digest=self._lexicon_digest),
            rules,
            self._open,
        )

    def _without(self, concept: Concept, gone: frozenset[str]) -> Concept:
        if not gone.intersection((*concept.broader, *concept.tasks)):
            return concept
        return replace(concept, broader=_but(concept.broader, gone), tasks=_but(concept.tasks, gone))


def _result_but(score: Score, gone: frozenset[str]) -> Score:
    dataset, metric, task = (None if each in gone else each for each in (score.dataset, score.metric, score.task))
    return replace(score, dataset=dataset, metric=metric, task=task)


def _but(links: tuple[str, ...], gone: frozenset[str]) -> tuple[str, ...]:
    return tuple(each for each in links if each not in gone)


def curated_papers(papers: Iterable[Paper], curation: Curation) -> dict[str, Paper]:
    """Return the papers that decisions name, by the words in which they do; none where they name none.

    A title that several papers have names none of them.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for text in curation.paper_references:
        wanted[text].append(text)
        if text.startswith((v.paper_iri(""), "paper:")):
            wanted[text.removeprefix(v.paper_iri("")).removeprefix("paper:")].append(text)
        else:
            wanted[f"title {fold(text)}"].append(text)
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers if wanted else ():
        for name in {paper.key, paper.arxiv, paper.doi, f"title {fold(paper.title)}"}:
            for text in wanted.get(name or "", ()):
                found[text].append(paper)
    return {text: papers[0] for text, papers in found.items() if len({paper.key for paper in papers}) == 1}

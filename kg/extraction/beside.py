"""What stands beside a paper's title and abstract: sections of its full text, and claims of sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.names import fold
from kg.records import METHOD_KINDS, PAPER_AS_SUBJECT, Claim, Entity, Evidence, Extraction, Paper, Relation, Result

CLAIM_CONFIDENCE: Final = 0.3
"""What a claim is worth: less than any sentence that a model accepts."""

_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")
_UNIT = re.compile(r"%|\bdB\b|(?<=[0-9])dB\b")


def in_sections(extraction: Extraction, paper: Paper) -> Extraction:
    """Return an extraction whose evidence says in which section of the paper it stands."""
    if not paper.sections:
        return extraction

    def placed(evidence: Evidence) -> Evidence:
        section = paper.section_at(evidence.start)
        return evidence if section is None else replace(evidence, section=section.role)

    return replace(
        extraction,
        relations=tuple(replace(relation, evidence=placed(relation.evidence)) for relation in extraction.relations),
        results=tuple(replace(result, evidence=placed(result.evidence)) for result in extraction.results),
    )


def with_claims(extraction: Extraction, paper: Paper) -> Extraction:
    """Return an extraction with what sources claim of the paper, weak and behind what its text says.

    A claim about a thing that the text names is about that thing; else the thing is an entity without a mention.
    An edge that the text itself proves gets the claim as one more piece of evidence.
    """
    if not paper.claims:
        return extraction
    entities = _Entities(extraction.entities)
    relations: set[Relation] = set()
    results: set[Result] = set()
    for claim in paper.claims:
        evidence = Evidence(claim.statement, 0, 0, claim.found_by, CLAIM_CONFIDENCE)
        if claim.predicate == "reports":
            if (result := _result(claim, evidence, entities.named)) is not None:
                results.add(result)
            continue
        subject = claim.subject if claim.subject == PAPER_AS_SUBJECT else entities.named(claim.subject, "technique")
        aliases = tuple(sorted(value for what, value in claim.about if what == "alias"))
        relation = Relation(subject, claim.predicate, entities.named(claim.object, claim.kind, aliases), evidence)
        if relation.subject != relation.object:
            relations.add(relation)
    return replace(
        extraction,
        entities=entities.all(),
        relations=(*extraction.relations, *sorted(relations, key=_relation_order)),
        results=(*extraction.results, *sorted(results, key=repr)),
    )


_Named = Callable[[str, str], str]


class _Entities:
    """The entities of the text, and those that only claims name."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self._said = entities
        self._claimed: dict[str, Entity] = {}
        self._by_key = {
            (fold(name), _group(entity.type)): entity.name
            for entity in reversed(entities)
            for name in (*entity.aliases, entity.name)
        }
        self._names = {entity.name for entity in entities}

    def named(self, name: str, kind: str, aliases: tuple[str, ...] = ()) -> str:
        """Return by what name of the extraction a thing of a kind goes; one that the text does not name is added."""
        group = _group(kind)
        known = (self._by_key.get((fold(each), group)) for each in (name, *aliases))
        if (found := next((each for each in known if each is not None), None)) is not None:
            return found
        own = name if name not in self._names else f"{name} ({kind})"
        self._names.add(own)
        self._claimed[own] = Entity(own, kind, CLAIM_CONFIDENCE, (), kinds=((kind, 1.0),), aliases=aliases)
        for each in (name, *aliases):
            self._by_key[fold(each), group] = own
        return own

    def all(self) -> tuple[Entity, ...]:
        """Return all entities, those of the text first."""
        return (*self._said, *(self._claimed[name] for name in sorted(self._claimed)))


def _group(kind: str) -> str:
    return "method" if kind in METHOD_KINDS else kind


def _result(claim: Claim, evidence: Evidence, named: _Named) -> Result | None:
    """Return the result that a claim states; None where its value holds no number."""
    hit = _NUMBER.search(claim.object)
    if hit is None or claim.subject == PAPER_AS_SUBJECT:
        return None
    about = dict(claim.about)
    unit = _UNIT.search(claim.object)

    def concept(what: str) -> str | None:
        return named(about[what], what) if what in about else None

    return Result(
        method=named(claim.subject, "technique"),
        configuration=about.get("configuration"),
        dataset=concept("dataset"),
        metric=concept("metric"),
        value=claim.object,
        number=float(hit[0].replace(",", "")),
        unit=unit[0] if unit else None,
        task=concept("task"),
        evidence=evidence,
    )


def _relation_order(relation: Relation) -> tuple[str, str, str, str]:
    return relation.predicate, relation.subject, relation.object, relation.evidence.sentence

"""Relations by rules: what a paper works on and evaluates on, what its methods come from, use and beat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.introductions import find_introductions, main_method
from kg.extraction.reading import Reading, Sentence
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import METHOD_KINDS, PAPER_AS_SUBJECT, Entity, Mention, Relation

_DERIVED = re.compile(
    r"\b(?:based (?:up)?on|buil(?:d|ds|t|ding) (?:up)?on|extend(?:s|ed|ing)?|extensions? (?:of|to)|variants? of"
    r"|versions? of|modif(?:y|ies|ied|ication of)|improv(?:es|ed|ing|e|ement of)|generali[sz]\w+|inspired by"
    r"|deriv\w+ from|adapt(?:s|ed|ing)?|revisit\w*|start\w* from|on top of|reformulat\w+|rethink\w*|enhanc\w+"
    r"|combin(?:es|ing|ation of)|hybrid|unif(?:y|ies)\w*|replac\w+|augment\w*|evolv\w+|instantiat\w+)\b",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|utili[sz]\w+|employ\w*|leverag\w+|adopt\w*|appl(?:y|ies|ied|ying)|via|through|with|by"
    r"|consist\w*|compris\w+|incorporat\w+|integrat\w+|combin\w+|contain\w*|equip\w*|includ\w+|train\w*|optimi[sz]\w+"
    r"|introduc\w+|propos\w+|insert\w*|embed\w*|exploit\w*|design\w*|develop\w*|present\w*|stack\w*|plug\w*|implement\w*"
    r"|perform\w*|add\w*|construct\w*|built|adapt\w*|replac\w+|fus\w+)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|ours|this|it|which|proposed|its|here)\b", re.IGNORECASE)
_BETTER = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|superior (?:\w+ )?(?:to|over)|better \w* ?(?:\w+ )?than"
    r"|improv\w+ (?:up)?on|improv\w+ over|(?:faster|higher|lower|more \w+|stronger|smaller) (?:\w+ ){0,4}than|outdo\w*"
    r"|advantages? over|gains? over|compared (?:to|with))\b",
    re.IGNORECASE,
)
_NOT_BETTER = re.compile(r"\b(?:comparable|on par|competitive|similar)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:however|existing|previous|prior|recent(?:ly)?|traditional|conventional|most|have (?:been|shown|become)"
    r"|suffer\w*|limit\w*|typically|despite|while|although)\b",
    re.IGNORECASE,
)
# A name with one of these right behind it is what another thing is made from.
_HOST_AFTER = re.compile(r"^[-–](?:based|like|style|inspired|type)\b")
_IS_A = re.compile(
    r"^[\s,)\"”:]*(?:\([^)]*\)[\s,]*)?(?:is |, )?(?:which is )?(?:an?|the first|one of the) (?:[\w-]+ ){0,5}$"
)

Span = tuple[Mention, Entity]


def find_relations(reading: Reading, entities: Sequence[Entity], lexicon: Lexicon) -> list[Relation]:
    """Return the relations that the rules find, sorted; a pair of methods has one of ``based_on`` and ``uses``."""
    introductions = find_introductions(reading, entities, lexicon)
    main = main_method(entities, introductions, reading)
    relations = [*introductions, *_of_paper(reading, entities)]
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in (*relations, *_of_methods(reading, entities, introductions, main, lexicon)):
        key = (relation.subject, relation.predicate, relation.object)
        if key not in best or relation.evidence.confidence > best[key].evidence.confidence:
            best[key] = relation
    for subject, predicate, target in sorted(best):
        if predicate == "based_on" and (subject, "uses", target) in best:
            used, based = best[subject, "uses", target], best[subject, predicate, target]
            del best[
                (
                    subject,
                    "uses" if based.evidence.confidence >= used.evidence.confidence else predicate,
                    target,
                )
            ]
    return [best[key] for key in sorted(best)]


def _of_paper(reading: Reading, entities: Sequence[Entity]) -> Iterator[Relation]:
    """Yield ``addresses`` and ``evaluates_on``: nearly every task and data set that an abstract names is meant so."""
    for entity in entities:
        if entity.type == "task":
            place = entity.mentions[0].start
            yield _relation(reading, PAPER_AS_SUBJECT, "addresses", entity.name, place, "rule:task", 0.8)
        elif entity.type == "dataset":
            place = entity.mentions[-1].start
            yield _relation(reading, PAPER_AS_SUBJECT, "evaluates_on", entity.name, place, "rule:dataset", 0.9)


def _of_methods(
    reading: Reading,
    entities: Sequence[Entity],
    introductions: Sequence[Relation],
    main: Entity | None,
    lexicon: Lexicon,
) -> Iterator[Relation]:
    methods = [entity for entity in entities if entity.type in METHOD_KINDS]
    yield from _known(reading, methods, lexicon)
    yield from _by_name(reading, methods)
    if main is None:
        return
    introduced = {relation.object for relation in introductions}
    spans = sorted(((m, e) for e in methods for m in e.mentions), key=lambda span: span[0].start)
    for sentence in reading.sentences:
        inside = [span for span in spans if sentence.start <= span[0].start < sentence.end]
        if inside:
            yield from _in_sentence(reading, sentence, inside, main, introduced)


def _in_sentence(
    reading: Reading, sentence: Sentence, spans: Sequence[Span], main: Entity, introduced: set[str]
) -> Iterator[Relation]:
    text = reading.text
    ours = any(e is main for _, e in spans)
    about_us = ours or bool(_OURS.search(sentence.text))
    better = _BETTER.search(sentence.text)
    if better and about_us and not _NOT_BETTER.search(sentence.text):
        yield from _wins(reading, sentence, spans, main, introduced, sentence.start + better.end())
    if not about_us and sentence.number:
        return
    background = bool(_OTHERS.search(sentence.text)) and not ours
    for mention, entity in spans:
        if entity is main or (better and mention.start > sentence.start + better.start()):
            continue
        before = text[sentence.start : mention.start]
        after = text[mention.end : mention.end + 20]
        last_main = max((m.end for m, e in spans if e is main and m.end <= mention.start), default=None)
        if entity.name not in introduced and last_main is not None and _IS_A.match(text[last_main : mention.start]):
            yield _relation(reading, main.name, "based_on", entity.name, mention.start, "rule:is-a", 0.7)
        elif entity.name not in introduced and entity.type == main.type and _derived(before):
            yield _relation(reading, main.name, "based_on", entity.name, mention.start, "rule:derived", 0.5)
        elif entity.name not in introduced and _HOST_AFTER.match(after) and not background:
            predicate = "based_on" if entity.type == main.type else "uses"
            yield _relation(reading, main.name, predicate, entity.name, mention.start, "rule:x-based", 0.5)
        elif entity.name in introduced and entity.type in {"module", "technique"}:
            yield _relation(reading, main.name, "uses", entity.name, mention.start, "rule:own-part", 0.6)
        elif not background and (_USED.search(before) or sentence.number == 0):
            score = 0.5 if entity.type != "architecture" else 0.35
            if sentence.number == 0 and entity.type == "architecture":
                yield _relation(reading, main.name, "based_on", entity.name, mention.start, "rule:title", 0.4)
            elif score >= 0.5:
                yield _relation(reading, main.name, "uses", entity.name, mention.start, "rule:used", score)


def _derived(before: str) -> bool:
    hits = list(_DERIVED.finditer(before))
    return bool(hits) and len(before) - hits[-1].end() < 60


def _wins(
    reading: Reading,
    sentence: Sentence,
    spans: Sequence[Span],
    main: Entity,
    introduced: set[str],
    behind: int,
) -> Iterator[Relation]:
    """Yield ``outperforms``: the winner stands before the cue, else the paper's own method; losers stand behind."""
    winners = [e for m, e in spans if m.end <= behind and e.name in introduced]
    winner = winners[-1] if winners else main
    for mention, entity in spans:
        if mention.start >= behind and entity is not winner and entity.name not in introduced:
            if entity.type == winner.type or {entity.type, winner.type} <= {"architecture", "technique"}:
                yield _relation(reading, winner.name, "outperforms", entity.name, mention.start, "rule:better", 0.6)


def _known(reading: Reading, methods: Sequence[Entity], lexicon: Lexicon) -> Iterator[Relation]:
    """Yield curated lineage and parts that one sentence of the paper names together."""
    curated = {e.curated: e for e in methods if e.curated}
    for identifier, entity in sorted((i, e) for i, e in curated.items() if i):
        concept = lexicon.concepts[identifier]
        for predicate, targets in (("based_on", concept.based_on), ("uses", concept.uses)):
            for target in targets:
                place = _together(reading, entity, curated[target]) if target in curated else None
                if place is not None:
                    name = curated[target].name
                    yield _relation(reading, entity.name, predicate, name, place, "rule:curated-prior", 0.55)


def _by_name(reading: Reading, methods: Sequence[Entity]) -> Iterator[Relation]:
    """Yield ``based_on`` where one name says it: Deformable DETR is a DETR."""
    for entity in methods:
        for other in methods:
            if entity is other or entity.type != other.type or len(fold(other.name)) < 3:
                continue
            if any(_ends_with(m.text, o.text) for m in entity.mentions for o in other.mentions):
                place = entity.mentions[0].start
                yield _relation(reading, entity.name, "based_on", other.name, place, "rule:name", 0.55)


def _ends_with(longer: str, shorter: str) -> bool:
    head, _, tail = longer.rpartition(" ")
    return bool(head) and fold(tail if " " not in shorter else longer[-len(shorter) :]) == fold(shorter) != fold(longer)


def _together(reading: Reading, one: Entity, other: Entity) -> int | None:
    """Return a place in the first sentence that names both, or None."""
    sentences = {reading.sentence_at(mention.start).number for mention in other.mentions}
    for mention in one.mentions:
        if reading.sentence_at(mention.start).number in sentences:
            return mention.start
    return None


def _relation(
    reading: Reading, subject: str, predicate: str, target: str, place: int, rule: str, confidence: float
) -> Relation:
    return Relation(subject, predicate, target, reading.evidence(place, found_by=rule, confidence=confidence))

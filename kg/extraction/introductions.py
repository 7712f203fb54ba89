"""Which entities a paper introduces, and which of them is its main method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extraction import cues
from kg.extraction.reading import Reading
from kg.extraction.surfaces import is_coined
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import METHOD_KINDS, PAPER_AS_SUBJECT, Entity, Relation

# Confidence of each rule: its precision on the training papers, rounded.
_CERTAIN = 0.98
_TITLE = 0.93
_NAMED = 0.9
_PROPOSED = 0.75
_OURS = 0.6
_WINDOW = 110


def find_introductions(reading: Reading, entities: Sequence[Entity], lexicon: Lexicon) -> list[Relation]:
    """Return the ``introduces`` relations of a paper, one an entity at most."""
    found = (_introduction(reading, entity, lexicon) for entity in entities)
    return [relation for relation in found if relation is not None]


def main_method(entities: Sequence[Entity], introductions: Sequence[Relation], reading: Reading) -> Entity | None:
    """Return the method that a paper is about: introduced, in the title if one is, and the most named."""
    confidence: Mapping[str, float] = {r.object: r.evidence.confidence for r in introductions}
    methods = [e for e in entities if e.name in confidence and e.type in METHOD_KINDS]
    if not methods:
        return None

    def weight(entity: Entity) -> tuple[bool, float, int, int]:
        in_title = entity.mentions[0].start < reading.title_end
        return (in_title, confidence[entity.name], len(entity.mentions), -entity.mentions[0].start)

    return max(methods, key=weight)


def _introduction(reading: Reading, entity: Entity, lexicon: Lexicon) -> Relation | None:
    curated = lexicon.concepts[entity.curated] if entity.curated else None
    if curated is not None and curated.introduced_in:
        if fold(curated.introduced_in) == fold(reading.title):
            return _relation(reading, entity, _best_place(reading, entity), "rule:curated-title", _CERTAIN)
        return None
    if curated is not None and entity.type in {"task", "metric"}:
        return None
    first = entity.mentions[0]
    if first.start == 0 and reading.text[first.end : first.end + 2] == ": ":
        return _relation(reading, entity, _best_place(reading, entity), "rule:title", _TITLE)
    best: tuple[float, int, str] | None = None
    for mention in entity.mentions:
        sentence = reading.sentence_at(mention.start)
        before = reading.text[max(sentence.start, mention.start - _WINDOW) : mention.start]
        if cues.NAMING.search(before):
            score, rule = _NAMED, "rule:named"
        elif cues.PROPOSING.search(before):
            score, rule = _PROPOSED, "rule:proposed"
        elif cues.OURS.search(before) and entity.type in METHOD_KINDS:
            score, rule = _OURS, "rule:ours"
        elif before.endswith("(") and cues.INTRODUCTION.search(before) and _opens(reading, mention.start):
            score, rule = _PROPOSED, "rule:proposed-acronym"
        else:
            continue
        if curated is not None:
            score *= 0.6
        elif not any(is_coined(m.text.split()[0]) for m in entity.mentions):
            score *= 0.85
        if best is None or score > best[0]:
            best = (score, mention.start, rule)
    if best is None or best[0] < 0.5 or entity.type in {"task", "metric"}:
        return None
    return _relation(reading, entity, best[1], best[2], best[0])


def _opens(reading: Reading, place: int) -> bool:
    """Return whether the acronym at a place closes a phrase that the sentence proposes."""
    sentence = reading.sentence_at(place)
    hit = None
    for hit in cues.INTRODUCTION.finditer(reading.text, sentence.start, place):
        pass
    return hit is not None and place - hit.end() < 90 and "," not in reading.text[hit.end() : place - 1]


def _best_place(reading: Reading, entity: Entity) -> int:
    """Return where the abstract introduces an entity that the title already names."""
    for mention in entity.mentions:
        sentence = reading.sentence_at(mention.start)
        if sentence.number and cues.INTRODUCTION.search(sentence.text):
            return mention.start
    abstract = [m.start for m in entity.mentions if m.start > reading.title_end]
    return abstract[0] if abstract else entity.mentions[0].start


def _relation(reading: Reading, entity: Entity, place: int, rule: str, confidence: float) -> Relation:
    evidence = reading.evidence(place, found_by=rule, confidence=confidence)
    return Relation(PAPER_AS_SUBJECT, "introduces", entity.name, evidence)

"""From scores to relations: thresholds, what cannot hold together, and the sentence behind each relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction import cues
from kg.extraction.reading import Reading
from kg.extraction.relation_model import (
    OBJECT_KINDS,
    OF_METHODS,
    OF_PAPER,
    RelationModel,
    Scores,
    load_relation_model,
)
from kg.extraction.scene import Scene
from kg.lexicon import Lexicon
from kg.records import PAPER_AS_SUBJECT, Entity, Relation

_FOUND_BY = "model:relations"
_SURE = 0.5
# Of two methods one may hold in one direction only: neither comes from, uses or beats what does so with it.
_EXCLUSIVE = (frozenset({"based_on", "uses"}), frozenset({"outperforms"}))


def find_relations(scene: Scene, lexicon: Lexicon, *, model: RelationModel | None = None) -> list[Relation]:
    """Return the relations of a paper, sorted; a pair of methods has one of ``based_on`` and ``uses``, one way.

    Args:
        scene: the text with its entities, whose names are unique, and the clues that the model was learned with.
        lexicon: the curated concepts.
        model: that of the shipped fast setting, if none is given.

    Raises:
        KgError: no model is given and none ships.
    """
    model = model or load_relation_model()
    scores = Scores(model, scene, lexicon)
    found = [*_of_paper(scores, model), *_of_methods(scores, model)]
    return sorted(without_borrowed(found), key=lambda r: (r.subject, r.predicate, r.object))


def without_borrowed(relations: Sequence[Relation]) -> list[Relation]:
    """Return relations without doubtful introductions of what a surer introduction of the same paper comes from."""
    introduced = {r.object: r.evidence.confidence for r in relations if r.predicate == "introduces"}
    borrowed = {
        r.object
        for r in relations
        if r.predicate == "based_on" and introduced.get(r.object, 1.0) < min(_SURE, introduced.get(r.subject, 0.0))
    }
    return [r for r in relations if not (r.predicate == "introduces" and r.object in borrowed)]


def _of_paper(scores: Scores, model: RelationModel) -> Iterator[Relation]:
    reading = scores.scene.reading
    for number, entity in enumerate(scores.scene.entities):
        if not scores.scene.spans[number]:
            continue
        for column, predicate in enumerate(OF_PAPER):
            score = float(scores.of_paper[number][column])
            decision = model.decisions[predicate]
            if OBJECT_KINDS[predicate] in (None, entity.type) and score >= decision.threshold:
                said = _proposed_at(reading, entity) if predicate == "introduces" else None
                place = scores.place_of_entity(number, predicate) if said is None else said
                evidence = reading.evidence(place, found_by=_FOUND_BY, confidence=decision.confidence(score))
                yield Relation(PAPER_AS_SUBJECT, predicate, entity.name, evidence)


def _proposed_at(reading: Reading, entity: Entity) -> int | None:
    """Return where the abstract proposes an entity in so many words, if it does: the best sentence to show."""
    for mention in entity.mentions:
        if mention.start > reading.title_end:
            before = reading.text[reading.sentence_at(mention.start).start : mention.start]
            if cues.PROPOSING.search(before) or cues.NAMING.search(before):
                return mention.start
    return None


def _of_methods(scores: Scores, model: RelationModel) -> Iterator[Relation]:
    reading, entities = scores.scene.reading, scores.scene.entities
    for subject, predicate, target, score in consistent(_said(scores, model)):
        place = scores.place_of_pair(subject, target, predicate)
        confidence = model.decisions[predicate].confidence(score)
        evidence = reading.evidence(place, found_by=_FOUND_BY, confidence=confidence)
        yield Relation(entities[subject].name, predicate, entities[target].name, evidence)


def _said(scores: Scores, model: RelationModel) -> Iterator[tuple[float, int, str, int, float]]:
    """Yield what is over its threshold: by how much, subject, predicate, object, score."""
    for (subject, target), row in scores.of_methods.items():
        for column, predicate in enumerate(OF_METHODS):
            margin = float(row[column]) - model.decisions[predicate].threshold
            if margin >= 0:
                yield margin, subject, predicate, target, float(row[column])


def consistent(said: Iterator[tuple[float, int, str, int, float]]) -> list[tuple[int, str, int, float]]:
    """Return what may stand together, the surest first: one kind of lineage a pair, and one direction.

    Args:
        said: the margin by which a relation is believed, its subject, predicate, object and score.

    >>> consistent(iter([(0.5, 0, "uses", 1, 0.1), (0.9, 0, "based_on", 1, 0.7), (0.2, 1, "based_on", 0, 0.3)]))
    [(0, 'based_on', 1, 0.7)]
    """
    kept: list[tuple[int, str, int, float]] = []
    taken: set[tuple[frozenset[int], int]] = set()
    for _, subject, predicate, target, score in sorted(said, key=lambda s: (-s[0], *s[1:])):
        group = next(number for number, names in enumerate(_EXCLUSIVE) if predicate in names)
        if (frozenset({subject, target}), group) not in taken:
            taken.add((frozenset({subject, target}), group))
            kept.append((subject, predicate, target, score))
    return kept

"""From the text of a paper to its entities: the token level, the document level, aliases, names, confidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kg.extraction.aliases import Choice, Group, group_aliases
from kg.extraction.contexts import context_features
from kg.extraction.entity_model import EntityModel
from kg.extraction.features import token_features
from kg.extraction.findings import Finders, Findings, Place
from kg.extraction.forms import Forms, candidate_rows, counts_of, find_forms
from kg.extraction.naming import entity_name
from kg.extraction.reading import Reading
from kg.extraction.surfaces import split_configuration
from kg.extraction.tagger import Floats
from kg.extraction.traits import traits
from kg.extraction.words import WordTable
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import KINDS, METHOD_KINDS, Entity, Mention

# Chosen out of fold on the training papers.
THRESHOLD = 0.32
_LENGTH_BONUS = 0.02


class EntityFinder:
    """Finds the entities of papers.

    Args:
        lexicon: the curated concepts, which give standard names.
        model: what was learned.
        threshold: the least score of a form.
    """

    def __init__(self, lexicon: Lexicon, model: EntityModel, *, threshold: float = THRESHOLD) -> None:
        self._lexicon = lexicon
        self._model = model
        self._threshold = threshold
        self._finders = Finders(lexicon, model.gazetteer)
        self._words = WordTable(model.classes)

    def find(self, reading: Reading) -> list[Entity]:
        """Return the entities of a paper, in the order of their first mention."""
        findings = self._finders.find(reading)
        tokens = findings.tokens
        if not len(tokens):
            return []
        rows = self._words.rows(tokens.words)
        features = token_features(tokens, rows, self._finders.marks(findings))
        marginals = self._model.tagger.marginals(features, np.array(tokens.sentences, np.int64))
        gazetteer = self._model.gazetteer
        forms = find_forms(findings, marginals, gazetteer)
        if not forms.names:
            return []
        known = counts_of(forms, findings, self._lexicon, gazetteer, None)
        asked = candidate_rows(forms, known[0], known[3])
        contexts = self._model.contexts.probabilities(context_features(findings, rows, forms), len(forms.names))
        likely = self._model.trees.probabilities(traits(findings, forms, asked, marginals, known, contexts))
        chosen = choose(forms, findings, asked, np.round(likely, 6), threshold=self._threshold)
        choices = make_choices(chosen, forms, findings)
        groups = group_aliases(choices, findings, self._lexicon, self._model.standard)
        return make_entities(groups, findings, self._lexicon, self._model.calibration)


def choose(
    forms: Forms,
    findings: Findings,
    asked: npt.NDArray[np.int64],
    likely: Floats,
    *,
    threshold: float,
) -> list[tuple[int, tuple[float, ...], list[Place]]]:
    """Return the forms that are taken, each with the score of each kind and the places left to it.

    The surest forms choose their places first; no place is shared.

    Args:
        forms: of the text.
        findings: of the text.
        asked: pairs of form and kind.
        likely: the score of each pair.
        threshold: the least score.
    """
    scores = np.zeros((len(forms.names), len(KINDS)))
    scores[asked[:, 0], asked[:, 1]] = likely
    best = scores.max(axis=1)
    candidates = np.flatnonzero(best >= threshold).tolist()
    length = {number: forms.places[number][0][1] - forms.places[number][0][0] for number in candidates}
    candidates.sort(key=lambda number: (-best[number] - _LENGTH_BONUS * length[number], forms.places[number]))
    taken = bytearray(len(findings.tokens))
    chosen: list[tuple[int, tuple[float, ...], list[Place]]] = []
    for number in candidates:
        free = [(first, last) for first, last in forms.places[number] if not any(taken[first:last])]
        for first, last in free:
            taken[first:last] = b"\1" * (last - first)
        if free:
            chosen.append((number, tuple(scores[number].tolist()), free))
    return chosen


def make_choices(
    chosen: Sequence[tuple[int, tuple[float, ...], list[Place]]], forms: Forms, findings: Findings
) -> list[Choice]:
    """Return the taken forms as choices."""
    concepts = {(first, last): bearers for first, last, bearers in findings.curated}
    choices = []
    for number, kinds, places in chosen:
        bearers = next((concepts[place] for place in forms.places[number] if place in concepts), ())
        surfaces = [findings.tokens.span(*place) for place in places]
        choices.append(Choice(forms.names[number], places, surfaces, kinds, bearers))
    return choices


def make_entities(groups: Sequence[Group], findings: Findings, lexicon: Lexicon, calibration: Floats) -> list[Entity]:
    """Return groups as entities; no two have one name."""
    entities: list[Entity] = []
    taken: set[str] = set()
    for group in groups:
        entity = _entity(group, findings, lexicon, calibration)
        name = entity.name
        if fold(name) in taken:
            name = f"{name} ({entity.type})"
        number = 2
        while fold(name) in taken:
            name = f"{entity.name} ({entity.type} {number})"
            number += 1
        taken.add(fold(name))
        entities.append(entity if name == entity.name else _renamed(entity, name))
    return entities


def _renamed(entity: Entity, name: str) -> Entity:
    from dataclasses import replace

    return replace(entity, name=name)


def _entity(group: Group, findings: Findings, lexicon: Lexicon, calibration: Floats) -> Entity:
    tokens = findings.tokens
    weights = group.kinds
    kind = KINDS[weights.index(max(weights))]
    places = _apart(place for choice in group.choices for place in choice.places)
    mentions = tuple(
        Mention(tokens.starts[first], tokens.ends[last - 1], tokens.span(first, last)) for first, last in places
    )
    surfaces = [mention.text for mention in mentions]
    long = {definition[0] for definition in findings.definitions}
    spelled = set(places)
    # Both sides of a definition are names of the thing, also where only one was found to name it.
    declared = {side for pair in findings.definitions if spelled.intersection(pair) for side in pair}
    longs = sorted({tokens.span(*place) for place in spelled & long})
    curated = _concept(group, kind, lexicon)
    name = lexicon.concepts[curated].name if curated else entity_name(surfaces, longs, kind)
    score = max(max(choice.kinds) for choice in group.choices)
    total = sum(weights)
    scored = sorted(((KINDS[k], round(w / total, 4)) for k, w in enumerate(weights)), key=lambda pair: -pair[1])
    configurations = {s for s in surfaces if kind in METHOD_KINDS and split_configuration(s)[1]}
    return Entity(
        name=name,
        type=kind,
        confidence=confidence(score, calibration),
        mentions=mentions,
        kinds=tuple(pair for pair in scored if pair[1] >= 0.01),
        aliases=tuple(sorted({tokens.span(*place) for place in declared} - {name})),
        curated=curated,
        configurations=tuple(sorted(configurations)),
    )


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places without overlaps, sorted: of two forms of one thing at one place, the shorter names it."""
    kept: list[tuple[int, int]] = []
    for place in sorted(set(places), key=lambda place: (place[1] - place[0], place)):
        if all(place[1] <= other[0] or other[1] <= place[0] for other in kept):
            kept.append(place)
    return sorted(kept)


def confidence(score: float, calibration: Floats) -> float:
    """Return how often entities with a score are right, by interpolation in the calibration."""
    steps = np.linspace(0, 1, len(calibration))
    return round(float(np.interp(score, steps, calibration)), 4)


def _concept(group: Group, kind: str, lexicon: Lexicon) -> str | None:
    """Return the curated concept that a group means: one of its kind, or a method where it is a method."""
    counted: dict[str, int] = {}
    for choice in group.choices:
        for concept in choice.concepts:
            counted[concept] = counted.get(concept, 0) + len(choice.places)
    fitting = []
    for concept, count in counted.items():
        other = lexicon.concepts[concept].kind
        if other == kind or {other, kind} <= METHOD_KINDS:
            fitting.append((other != kind, -count, concept))
    return min(fitting)[2] if fitting else None

"""From the text of a paper to its entities: the token level, the document level, aliases, names, confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from kg.extraction.aliases import Choice, Group, group_aliases
from kg.extraction.clues import Clues
from kg.extraction.contexts import context_features
from kg.extraction.encoder import Encoder
from kg.extraction.entity_model import EntityModel, TokenModel
from kg.extraction.features import token_features
from kg.extraction.findings import Finders, Findings, Place
from kg.extraction.forms import Forms, candidate_rows, counts_of, find_forms
from kg.extraction.heads import tag_marginals
from kg.extraction.naming import entity_name
from kg.extraction.reading import Reading
from kg.extraction.surfaces import split_configuration
from kg.extraction.tagger import Floats
from kg.extraction.traits import traits
from kg.extraction.words import WordTable
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import KINDS, METHOD_KINDS, Entity, Mention

_LENGTH_BONUS = 0.02
# Forms below the threshold are kept for a second look if they score this much, the likeliest of them.
_FLOOR = 0.08
_MOST_DOUBTED = 15

# A form by its number, the score of each kind, and the places that it takes.
Chosen = tuple[int, tuple[float, ...], list[Place]]


@dataclass(frozen=True)
class Found:
    """What a paper names.

    Attributes:
        entities: in the order of their first mention.
        candidates: what scored too low to be one, for a second look; names and places are none of the entities'.
        clues: what the encoder says of the entities, where it was asked.
    """

    entities: Sequence[Entity] = ()
    candidates: Sequence[Entity] = ()
    clues: Clues | None = None


class EntityFinder:
    """Finds the entities of papers.

    Args:
        lexicon: the curated concepts, which give standard names.
        tokens: what was learned of tokens.
        model: what was learned of forms.
        encoder: the second tagger, where the model was learned with it.
    """

    def __init__(
        self, lexicon: Lexicon, tokens: TokenModel, model: EntityModel, *, encoder: Encoder | None = None
    ) -> None:
        self._lexicon = lexicon
        self._tokens = tokens
        self._model = model
        self._encoder = encoder
        self._finders = Finders(lexicon, tokens.gazetteer)
        self._words = WordTable(tokens.classes)

    def find(self, reading: Reading) -> Found:
        """Return what a paper names."""
        findings = self._finders.find(reading)
        if not len(findings.tokens):
            return Found()
        columns = None if self._encoder is None else self._encoder.columns(findings.tokens)
        entities, candidates = self._entities(findings, columns)
        clues = None if columns is None else Clues.of(columns, findings.tokens, entities)
        return Found(entities, candidates, clues)

    def _entities(self, findings: Findings, columns: Floats | None) -> tuple[list[Entity], list[Entity]]:
        tokens, model, lexicon = findings.tokens, self._model, self._lexicon
        rows = self._words.rows(tokens.words)
        features = token_features(tokens, rows, self._finders.marks(findings))
        marginals = self._tokens.tagger.marginals(features, np.array(tokens.sentences, np.int64))
        marginals, opinions = together(marginals, columns)
        gazetteer = self._tokens.gazetteer
        forms = find_forms(findings, marginals, gazetteer)
        if not forms.names:
            return [], []
        known = counts_of(forms, findings, lexicon, gazetteer, None)
        asked = candidate_rows(forms, known[0], known[3])
        contexts = model.contexts.probabilities(context_features(findings, rows, forms), len(forms.names))
        numbers = traits(findings, forms, asked, marginals, known, contexts, opinions, columns)
        likely = np.round(model.trees.probabilities(numbers), 6)
        sure, doubted = choose_twice(forms, findings, asked, likely, threshold=model.threshold)
        groups = group_aliases(make_choices(sure, forms, findings), findings, lexicon, self._tokens.standard)
        entities = make_entities(groups, findings, lexicon, model.calibration)
        free = _undefined(make_choices(doubted, forms, findings), groups, findings)
        others = group_aliases(free, findings, lexicon, self._tokens.standard)
        names = [entity.name for entity in entities]
        return entities, make_entities(others, findings, lexicon, model.calibration, taken=names)


def _undefined(choices: Sequence[Choice], groups: Sequence[Group], findings: Findings) -> list[Choice]:
    """Return the choices that the text does not define as one with an entity: those are names of it."""
    named = {place for group in groups for choice in group.choices for place in choice.places}
    sides = {side for pair in findings.definitions if named.intersection(pair) for side in pair}
    return [choice for choice in choices if sides.isdisjoint(choice.places)]


def together(marginals: Floats, columns: Floats | None) -> tuple[Floats, tuple[Floats, ...]]:
    """Return the mean of what the two taggers say, and what each says; without an encoder the first alone.

    Args:
        marginals: of the tagger, an array (tokens, labels).
        columns: what the encoder says of each token, if it was asked.
    """
    if columns is None:
        return marginals, ()
    encoded = tag_marginals(columns)
    return (marginals + encoded) / 2, (marginals, encoded)


def choose(
    forms: Forms, findings: Findings, asked: npt.NDArray[np.int64], likely: Floats, *, threshold: float
) -> list[Chosen]:
    """Return the forms that are taken, each with the score of each kind and the places left to it.

    The surest forms choose their places first; no place is shared.

    Args:
        forms: of the text.
        findings: of the text.
        asked: pairs of form and kind.
        likely: the score of each pair.
        threshold: the least score.
    """
    return choose_twice(forms, findings, asked, likely, threshold=threshold)[0]


def choose_twice(
    forms: Forms, findings: Findings, asked: npt.NDArray[np.int64], likely: Floats, *, threshold: float
) -> tuple[list[Chosen], list[Chosen]]:
    """Return what :func:`choose` does, and the likeliest of the other forms with the places that are then left."""
    scores = np.zeros((len(forms.names), len(KINDS)))
    scores[asked[:, 0], asked[:, 1]] = likely
    best = scores.max(axis=1)
    taken = bytearray(len(findings.tokens))

    def rank(number: int) -> tuple[float, list[Place]]:
        first, last = forms.places[number][0]
        return -best[number] - _LENGTH_BONUS * (last - first), forms.places[number]

    def chosen(numbers: Iterable[int]) -> Iterator[Chosen]:
        for number in sorted(numbers, key=rank):
            free = [(first, last) for first, last in forms.places[number] if not any(taken[first:last])]
            for first, last in free:
                taken[first:last] = b"\1" * (last - first)
            if free:
                yield number, tuple(scores[number].tolist()), free

    sure = list(chosen(np.flatnonzero(best >= threshold).tolist()))
    doubted = np.flatnonzero((best >= _FLOOR) & (best < threshold)).tolist()
    return sure, list(islice(chosen(doubted), _MOST_DOUBTED))


def make_choices(chosen: Sequence[Chosen], forms: Forms, findings: Findings) -> list[Choice]:
    """Return the taken forms as choices."""
    concepts = {(first, last): bearers for first, last, bearers in findings.curated}
    choices = []
    for number, kinds, places in chosen:
        bearers = next((concepts[place] for place in forms.places[number] if place in concepts), ())
        surfaces = [findings.tokens.span(*place) for place in places]
        choices.append(Choice(forms.names[number], places, surfaces, kinds, bearers))
    return choices


def make_entities(
    groups: Sequence[Group], findings: Findings, lexicon: Lexicon, calibration: Floats, *, taken: Iterable[str] = ()
) -> list[Entity]:
    """Return groups as entities; no two have one name.

    Args:
        groups: forms of one thing each.
        findings: of the text.
        lexicon: the curated concepts.
        calibration: of the scores.
        taken: names that none may have.
    """
    entities: list[Entity] = []
    names = {fold(name) for name in taken}
    for group in groups:
        entity = _entity(group, findings, lexicon, calibration)
        name = entity.name
        if fold(name) in names:
            name = f"{name} ({entity.type})"
        number = 2
        while fold(name) in names:
            name = f"{entity.name} ({entity.type} {number})"
            number += 1
        names.add(fold(name))
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
    taken: set[int] = set()
    for place in sorted(set(places), key=lambda place: (place[1] - place[0], place)):
        if taken.isdisjoint(range(*place)):
            taken.update(range(*place))
            kept.append(place)
    return sorted(kept)


def confidence(score: float, calibration: Floats) -> float:
    """Return how often entities with a score are right, by interpolation in the calibration."""
    return round(float(np.interp(score, _steps(len(calibration)), calibration)), 4)


@lru_cache(maxsize=4)
def _steps(count: int) -> Floats:
    return np.linspace(0, 1, count)


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

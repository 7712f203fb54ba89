"""What the encoder says of the entities of a paper: what each is in it, and how any two are related."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extraction.heads import (
    OBJECT_COLUMNS,
    PREDICATES,
    ROLE_COLUMNS,
    ROLES,
    SPAN_CLASSES,
    SUBJECT_COLUMNS,
    Floats,
    pair_scores,
    place_scores,
)
from kg.extraction.tokens import Tokens
from kg.records import Entity

_NEW = SPAN_CLASSES.index("introduced")
# Log odds beyond these say no more.
_STEPS = np.arange(-6, 6)


@dataclass(frozen=True)
class Clues:
    """Log odds that the encoder gives.

    Attributes:
        roles: of each entity and role, the mean over its tokens: an array (entities, roles).
        strongest: the same of the mention that speaks most for the role.
        spans: of each entity, class of spans: the mention that speaks most for it, an array (entities, classes).
        relations: of each subject, object and predicate: an array (entities, entities, predicates).
    """

    roles: Floats
    strongest: Floats
    spans: Floats
    relations: Floats

    @classmethod
    def of(cls, columns: Floats, tokens: Tokens, entities: Sequence[Entity]) -> Clues:
        """Return the clues of a paper.

        Args:
            columns: what the encoder says of each token.
            tokens: of the text.
            entities: those found in it.
        """
        n = len(entities)
        said = columns[:, : OBJECT_COLUMNS.stop]
        means = np.zeros((n, said.shape[1]))
        strongest = np.full((n, len(ROLES)), float(_STEPS[0]))
        spans = np.full((n, len(SPAN_CLASSES)), float(_STEPS[0]))
        sums = np.concatenate([np.zeros((1, said.shape[1])), np.cumsum(said, axis=0)])
        for number, entity in enumerate(entities):
            count = 0
            places = []
            for mention in entity.mentions:
                first, last = tokens.at_start.get(mention.start), tokens.at_end.get(mention.end)
                if first is not None and last is not None and last > first:
                    added = sums[last] - sums[first]
                    means[number] += added
                    strongest[number] = np.maximum(strongest[number], added[ROLE_COLUMNS] / (last - first))
                    count += last - first
                    places.append((first, last))
            if places:
                spans[number] = place_scores(columns, np.array(places, np.int64)).max(axis=0)
            means[number] /= max(count, 1)
        # Subject by subject: all pairs at once would take a gigabyte where a long text names a thousand things.
        subjects, objects = means[:, SUBJECT_COLUMNS], means[:, OBJECT_COLUMNS]
        relations = np.zeros((n, n, len(PREDICATES)))
        for number in range(n):
            relations[number] = pair_scores(subjects[number : number + 1], objects)
        return cls(
            np.round(means[:, ROLE_COLUMNS], 3),
            np.round(strongest, 3),
            np.round(spans, 3),
            np.round(relations, 3),
        )

    def only(self, kept: Sequence[int]) -> Clues:
        """Return the clues of some of the entities."""
        at = np.array(kept, np.intp)
        return Clues(self.roles[at], self.strongest[at], self.spans[at], self.relations[np.ix_(at, at)])

    def of_entity(self, number: int) -> list[str]:
        """Return the features of an entity as the object of what a paper does with it."""
        found = []
        for role, mean, best in zip(ROLES, self.roles[number].tolist(), self.strongest[number].tolist(), strict=True):
            found += _levels(role, mean)
            found += _levels(role + "!", best)
        return [*found, *_levels("new", float(self.spans[number, _NEW]))]

    def of_pair(self, subject: int, target: int) -> list[str]:
        """Return the features of two methods as a pair."""
        found = []
        for predicate, score in zip(PREDICATES, self.relations[subject, target].tolist(), strict=True):
            found += _levels(predicate, score)
        return found

    def of_side(self, side: str, number: int) -> list[str]:
        """Return the features of a method as the subject (side A) or the object (side B) of whatever relation."""
        found = []
        for role, mean in zip(ROLES, self.roles[number].tolist(), strict=True):
            found += _levels(side + role, mean)
        return [*found, *_levels(side + "new", float(self.spans[number, _NEW]))]


def _levels(name: str, value: float) -> list[str]:
    """Return a feature for each step that a number reaches: a linear model of them bends as it likes."""
    return [f"e:{name}>{step}" for step in range(int(_STEPS[0]), int(_STEPS[-1]) + 1) if value > step]

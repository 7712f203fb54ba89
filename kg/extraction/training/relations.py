"""Learning relations from annotated papers and the entities that the extractor found in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.extraction.clues import Clues
from kg.extraction.decisions import Decision
from kg.extraction.linear import LinearModel, squash
from kg.extraction.paper_features import entity_features
from kg.extraction.priors import Priors
from kg.extraction.reading import Reading
from kg.extraction.relation_model import OBJECT_KINDS, OF_METHODS, OF_PAPER, PairReader, RelationModel, weighed_pairs
from kg.extraction.scene import Scene
from kg.extraction.training.fitting import (
    FOLDS,
    Weights,
    decide,
    feature_ids,
    fit_held_out,
    join_outputs,
    sparse_matrix,
)
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.pairing import relations_between
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import Entity

# Strength of the L2 penalty (inverse) and the least number of examples a feature is kept with, chosen out of fold.
_PAPER_STRENGTH, _PAPER_LEAST = 0.15, 2
_PAIR_STRENGTH, _PAIR_LEAST = 0.05, 3


@dataclass(frozen=True)
class Example:
    """An annotated paper as the extractor reads it: its text, the entities found, and what the encoder says of them."""

    gold: GoldPaper
    reading: Reading
    entities: tuple[Entity, ...]
    clues: Clues | None = None

    @cached_property
    def scene(self) -> Scene:
        """The entities laid out on the text."""
        return Scene(self.reading, self.entities, self.clues)


def learn_priors(papers: Iterable[GoldPaper]) -> Priors:
    """Return what annotated papers say of names, each paper's own share kept apart."""

    def counted(paper: GoldPaper) -> tuple[str, list[tuple[list[str], frozenset[str]]]]:
        roles: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, target in paper.relations:
            roles[target].add(predicate)
            if predicate == "outperforms":
                roles[subject].add("winner")
        return paper.id, [
            (sorted({fold(form) for form in (name, *mentions)}), frozenset(roles[name]))
            for name, _, mentions in paper.entities
        ]

    return Priors.learned(counted(paper) for paper in papers)


@dataclass(frozen=True)
class _Lesson:
    """What both models of the relations are learned from; all members are in the order of the examples."""

    scenes: list[Scene]
    counts: list[list[tuple[int, ...]]]
    said: list[set[tuple[int, str, int]]]
    totals: Counter[str]
    lexicon: Lexicon


@dataclass
class _Outcome:
    """What is known of the predicates learned so far."""

    say: Callable[[str], None]
    decisions: dict[str, Decision] = field(default_factory=dict)
    figures: dict[str, object] = field(default_factory=dict)

    def add(self, predicate: str, held: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_], total: int) -> None:
        self.decisions[predicate], self.figures[predicate] = decide(held, truth, total)
        self.say(f"{predicate}: {self.figures[predicate]}")


def train_relations(
    examples: Sequence[Example], lexicon: Lexicon, *, on_message: Callable[[str], None] | None = None
) -> tuple[RelationModel, list[list[float]]]:
    """Return a model learned from papers with the entities found in them, and what it held introduced out of fold.

    Args:
        examples: in the order of the annotations; the entities must come from models that have not seen the paper.
        lexicon: the curated concepts.
        on_message: called with lines on the progress.
    """
    priors = learn_priors(example.gold for example in examples)
    scenes = [example.scene for example in examples]
    lesson = _Lesson(
        scenes,
        [
            [priors.of(keys, without=example.gold.id) for keys in scene.keys]
            for scene, example in zip(scenes, examples, strict=True)
        ],
        [relations_between(example.gold, example.entities) for example in examples],
        Counter(relation[1] for example in examples for relation in example.gold.relations),
        lexicon,
    )
    outcome = _Outcome(on_message or (lambda _: None))
    of_paper, introduced = _learn_of_paper(lesson, outcome)
    of_methods = _learn_of_methods(lesson, introduced, outcome)
    shipped = Priors(priors.counts)
    return RelationModel(of_paper, of_methods, outcome.decisions, shipped, outcome.figures), introduced


def _learn_of_paper(lesson: _Lesson, outcome: _Outcome) -> tuple[LinearModel, list[list[float]]]:
    """Return the model of what a paper does with its entities, and for each how likely it is introduced."""
    owners = [(paper, number) for paper, scene in enumerate(lesson.scenes) for number in range(len(scene.entities))]
    rows = [
        feature_ids(entity_features(lesson.scenes[paper], number, lesson.counts[paper][number], lesson.lexicon))
        for paper, number in owners
    ]
    matrix, features = sparse_matrix(rows, _PAPER_LEAST)
    folds = np.array([paper % FOLDS for paper, _ in owners])
    models: list[Weights] = []
    introduced = [[0.0] * len(scene.entities) for scene in lesson.scenes]
    for predicate in OF_PAPER:
        kind = OBJECT_KINDS[predicate]
        own = np.array([kind in (None, lesson.scenes[paper].entities[number].type) for paper, number in owners])
        truth = np.array([(-1, predicate, number) in lesson.said[paper] for paper, number in owners])[own]
        held, weights = fit_held_out(matrix[own], truth, folds[own], _PAPER_STRENGTH)
        models.append(weights)
        outcome.add(predicate, held, truth, lesson.totals[predicate])
        if predicate == "introduces":
            for (paper, number), score in zip(owners, held, strict=True):
                introduced[paper][number] = squash(float(score))
    return join_outputs(OF_PAPER, features, models), introduced


def _learn_of_methods(lesson: _Lesson, introduced: Sequence[Sequence[float]], outcome: _Outcome) -> LinearModel:
    """Return the model of what two methods have to do with each other."""
    rows: list[npt.NDArray[np.uint32]] = []
    pairs: list[tuple[int, int, int]] = []
    for paper, scene in enumerate(lesson.scenes):
        reader = PairReader(scene, introduced[paper], lesson.counts[paper], lesson.lexicon)
        for subject, target in weighed_pairs(scene, reader.main):
            groups = (reader.of_object, reader.of_pair, reader.of_sentences, reader.of_sides)
            rows.append(feature_ids(feature for group in groups for feature in group(subject, target)))
            pairs.append((paper, subject, target))
    matrix, features = sparse_matrix(rows, _PAIR_LEAST)
    folds = np.array([paper % FOLDS for paper, _, _ in pairs])
    models: list[Weights] = []
    for predicate in OF_METHODS:
        truth = np.array([(subject, predicate, target) in lesson.said[paper] for paper, subject, target in pairs])
        held, weights = fit_held_out(matrix, truth, folds, _PAIR_STRENGTH)
        models.append(weights)
        outcome.add(predicate, held, truth, lesson.totals[predicate])
    return join_outputs(OF_METHODS, features, models)

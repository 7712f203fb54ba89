"""Learning relations from annotated papers and the entities that the extractor found in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction.linear import LinearModel, squash
from kg.extraction.paper_features import entity_features
from kg.extraction.priors import Priors
from kg.extraction.reading import Reading
from kg.extraction.relation_model import OBJECT_KINDS, OF_METHODS, OF_PAPER, Decision, PairReader, RelationModel
from kg.extraction.scene import Scene
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.pairing import relations_between
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import Entity

FOLDS = 5
# Strength of the L2 penalty (inverse) and the least number of examples a feature is kept with, chosen out of fold.
_PAPER_STRENGTH, _PAPER_LEAST = 0.15, 2
_PAIR_STRENGTH, _PAIR_LEAST = 0.05, 3


Matrix = Any
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """An annotated paper as the extractor reads it: its text, the entities found, and what is annotated of them."""

    gold: GoldPaper
    reading: Reading
    entities: tuple[Entity, ...]


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


def train_relations(
    examples: Sequence[Example], lexicon: Lexicon, *, on_message: Callable[[str], None] | None = None
) -> RelationModel:
    """Return a model learned from papers with the entities found in them, best out of fold.

    Args:
        examples: in the order of the annotations; the entities must come from models that have not seen the paper.
        lexicon: the curated concepts.
        on_message: called with lines on the progress.
    """
    say = on_message or (lambda _: None)
    priors = learn_priors(example.gold for example in examples)
    totals = Counter(relation[1] for example in examples for relation in example.gold.relations)
    scenes = [Scene(example.reading, example.entities) for example in examples]
    counts = [
        [priors.of(keys, without=example.gold.id) for keys in scene.keys]
        for scene, example in zip(scenes, examples, strict=True)
    ]
    said = [relations_between(example.gold, example.entities) for example in examples]
    decisions: dict[str, Decision] = {}
    figures: dict[str, object] = {}

    rows: list[npt.NDArray[np.uint32]] = []
    owners: list[tuple[int, int]] = []
    for paper, scene in enumerate(scenes):
        for number in range(len(scene.entities)):
            rows.append(_ids(entity_features(scene, number, counts[paper][number], lexicon)))
            owners.append((paper, number))
    matrix, features = _matrix(rows, _PAPER_LEAST)
    folds = np.array([paper % FOLDS for paper, _ in owners])
    models: list[tuple[npt.NDArray[np.float64], float]] = []
    introduced = [[0.0] * len(scene.entities) for scene in scenes]
    for predicate in OF_PAPER:
        kind = OBJECT_KINDS[predicate]
        own = np.array([kind in (None, scenes[paper].entities[number].type) for paper, number in owners])
        truth = np.array([(-1, predicate, number) in said[paper] for paper, number in owners])
        held, weights = _fit(matrix[own], truth[own], folds[own], _PAPER_STRENGTH)
        models.append(weights)
        decisions[predicate], figures[predicate] = _decide(held, truth[own], totals[predicate])
        say(f"{predicate}: {figures[predicate]}")
        if predicate == "introduces":
            for (paper, number), score in zip(owners, held, strict=True):
                introduced[paper][number] = squash(float(score))
    of_paper = _model(OF_PAPER, features, models)

    rows, pairs = [], []
    for paper, scene in enumerate(scenes):
        reader = PairReader(scene, introduced[paper], counts[paper], lexicon)
        for target in scene.methods:
            for subject in scene.methods:
                if subject != target:
                    rows.append(
                        _ids(
                            [
                                *reader.of_object(subject, target),
                                *reader.of_pair(subject, target),
                                *reader.of_sentences(subject, target),
                            ]
                        )
                    )
                    pairs.append((paper, subject, target))
    matrix, features = _matrix(rows, _PAIR_LEAST)
    folds = np.array([paper % FOLDS for paper, _, _ in pairs])
    models = []
    for predicate in OF_METHODS:
        truth = np.array([(subject, predicate, target) in said[paper] for paper, subject, target in pairs])
        held, weights = _fit(matrix, truth, folds, _PAIR_STRENGTH)
        models.append(weights)
        decisions[predicate], figures[predicate] = _decide(held, truth, totals[predicate])
        say(f"{predicate}: {figures[predicate]}")
    return RelationModel(of_paper, _model(OF_METHODS, features, models), decisions, Priors(priors.counts), figures)


def _ids(features: Iterable[str]) -> npt.NDArray[np.uint32]:
    return np.array(sorted({crc32(feature.encode()) for feature in features}), dtype=np.uint32)


def _matrix(rows: Sequence[npt.NDArray[np.uint32]], least: int) -> tuple[Matrix, npt.NDArray[np.uint32]]:
    """Return examples as a sparse matrix over the features that enough of them have, and those, ascending."""
    from scipy.sparse import csr_matrix

    everything = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
    features, column, count = np.unique(everything, return_inverse=True, return_counts=True)
    keep = count >= least
    renumbered = np.cumsum(keep) - 1
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    chosen = keep[column]
    shape = (len(rows), int(keep.sum()))
    return csr_matrix((np.ones(int(chosen.sum())), (owner[chosen], renumbered[column[chosen]])), shape=shape), features[
        keep
    ]


def _fit(
    matrix: Matrix, truth: npt.NDArray[np.bool_], folds: npt.NDArray[np.int64], strength: float
) -> tuple[Scores, tuple[npt.NDArray[np.float64], float]]:
    """Return the scores of all examples by models that have not seen their papers, and the model of all of them."""
    held = np.zeros(len(truth))
    for number in range(FOLDS):
        inside = folds == number
        if inside.any() and truth[~inside].any():
            weights, bias = _regression(matrix[~inside], truth[~inside], strength)
            held[inside] = matrix[inside] @ weights + bias
    return held, _regression(matrix, truth, strength)


def _regression(matrix: Matrix, truth: npt.NDArray[np.bool_], strength: float) -> tuple[npt.NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), 5.0 if truth.all() and len(truth) else -5.0
    found = LogisticRegression(C=strength, solver="liblinear", tol=1e-3, max_iter=200, random_state=0)
    found.fit(matrix, truth)
    return found.coef_[0], float(found.intercept_[0])


def _decide(scores: Scores, truth: npt.NDArray[np.bool_], total: int) -> tuple[Decision, dict[str, float]]:
    """Return the threshold of the best F1 and the calibration, with the figures they reach.

    Args:
        scores: out of fold.
        truth: which examples are annotated.
        total: how many relations are annotated, those included whose ends were not found.
    """
    from sklearn.linear_model import LogisticRegression

    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + max(total, 1))
    best = int(f1.argmax()) if len(order) else 0
    if not truth.any() or truth.all():
        return Decision(0.0), {"f1": 0.0, "precision": 0.0, "recall": 0.0, "annotated": total}
    # Half way to the next score, so that rounding of the shipped weights does not change the choice.
    below = scores[order[min(best + 1, len(order) - 1)]]
    curve = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), truth)
    decision = Decision(
        round(float(scores[order[best]] + below) / 2, 4),
        round(float(curve.coef_[0, 0]), 4),
        round(float(curve.intercept_[0]), 4),
    )
    return decision, {
        "f1": round(float(f1[best]), 4),
        "precision": round(float(hits[best] / (best + 1)), 4),
        "recall": round(float(hits[best] / max(total, 1)), 4),
        "annotated": total,
    }


def _model(
    outputs: tuple[str, ...],
    features: npt.NDArray[np.uint32],
    models: Sequence[tuple[npt.NDArray[np.float64], float]],
) -> LinearModel:
    """Join models over the same features; features that no output weighs are left out."""
    weights = np.stack([weights for weights, _ in models], axis=1)
    keep = np.abs(weights).max(axis=1) > 1e-3
    rows = {int(feature): row for row, feature in enumerate(features[keep])}
    bias = np.array([bias for _, bias in models], dtype=np.float32)
    return LinearModel(outputs, rows, weights[keep].astype(np.float32), bias)

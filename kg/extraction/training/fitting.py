"""Fitting linear models to hashed features, and choosing thresholds and calibrations out of fold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction.decisions import Decision
from kg.extraction.linear import LinearModel

FOLDS: Final = 5
# Of thresholds whose F1 is as good as the best within this, the strictest: a wrong edge costs more than a missing one.
_AS_GOOD = 0.002

Matrix = Any
Weights = tuple[npt.NDArray[np.float64], float]


def feature_ids(features: Iterable[str]) -> npt.NDArray[np.uint32]:
    """Return the numbers of some features, ascending, each once."""
    return np.array(sorted({crc32(feature.encode()) for feature in features}), dtype=np.uint32)


def sparse_matrix(rows: Sequence[npt.NDArray[np.uint32]], least: int) -> tuple[Matrix, npt.NDArray[np.uint32]]:
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


def fit_held_out(
    matrix: Matrix, truth: npt.NDArray[np.bool_], folds: npt.NDArray[np.int64], strength: float
) -> tuple[npt.NDArray[np.float64], Weights]:
    """Return the scores of all examples by models that have not seen their papers, and the model of all of them."""
    held = np.zeros(len(truth))
    for number in range(FOLDS):
        inside = folds == number
        if inside.any() and truth[~inside].any():
            weights, bias = fit(matrix[~inside], truth[~inside], strength)
            held[inside] = matrix[inside] @ weights + bias
    return held, fit(matrix, truth, strength)


def fit(matrix: Matrix, truth: npt.NDArray[np.bool_], strength: float) -> Weights:
    """Return the weights and the bias of a logistic regression with an L2 penalty.

    Args:
        matrix: of shape (examples, features).
        truth: which examples are right.
        strength: the inverse of the penalty's.
    """
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), 5.0 if truth.all() and len(truth) else -5.0
    found = LogisticRegression(C=strength, solver="liblinear", tol=1e-3, max_iter=200, random_state=0)
    found.fit(matrix, truth)
    return found.coef_[0], float(found.intercept_[0])


def decide(
    scores: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_], total: int
) -> tuple[Decision, dict[str, float]]:
    """Return the strictest threshold of the best F1, nearly, and the calibration, with the figures they reach.

    Args:
        scores: out of fold.
        truth: which examples are annotated.
        total: how many relations are annotated, those included whose ends were not found.
    """
    from sklearn.linear_model import LogisticRegression

    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + max(total, 1))
    best = int((f1 >= f1.max() - _AS_GOOD).argmax()) if len(order) else 0
    if not truth.any():
        return Decision(0.0), {"f1": 0.0, "precision": 0.0, "recall": 0.0, "annotated": total}
    # Half way to the next score, so that rounding of the shipped weights does not change the choice.
    below = scores[order[min(best + 1, len(order) - 1)]]
    threshold = float(scores[order[best]] + below) / 2
    slope, intercept = 1.0, 0.0
    # A confidence is only ever told of what is said: the many that are not would bend the curve.
    for said in (scores >= threshold, np.ones(len(scores), bool)):
        if truth[said].any() and not truth[said].all():
            curve = LogisticRegression(C=1e6).fit(scores[said].reshape(-1, 1), truth[said])
            slope, intercept = float(curve.coef_[0, 0]), float(curve.intercept_[0])
            if slope > 0:
                break
    decision = Decision(round(threshold, 4), round(slope, 4), round(intercept, 4))
    return decision, {
        "f1": round(float(f1[best]), 4),
        "precision": round(float(hits[best] / (best + 1)), 4),
        "recall": round(float(hits[best] / max(total, 1)), 4),
        "annotated": total,
    }


def join_outputs(
    outputs: tuple[str, ...],
    features: npt.NDArray[np.uint32],
    models: Sequence[Weights],
) -> LinearModel:
    """Join models over the same features; features that no output weighs are left out."""
    weights = np.stack([weights for weights, _ in models], axis=1)
    keep = np.abs(weights).max(axis=1) > 1e-3
    rows = {int(feature): row for row, feature in enumerate(features[keep])}
    bias = np.array([bias for _, bias in models], dtype=np.float32)
    return LinearModel(outputs, rows, weights[keep].astype(np.float32), bias)

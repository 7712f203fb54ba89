"""Training the document level: the log-linear model of contexts, and the boosted trees over forms and kinds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.chooser import MAX_LEAVES, Trees
from kg.extraction.contexts import BITS, CLASSES, ContextModel
from kg.extraction.tagger import Floats

_LEAST_COUNT = 3


def train_contexts(
    owners: npt.NDArray[np.int64], buckets: npt.NDArray[np.int64], classes: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """Return the kept buckets in ascending order, their weights (buckets, classes), and the bias of each class.

    Args:
        owners: the form of each feature.
        buckets: its bucket.
        classes: the class of each form.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = np.bincount(buckets, minlength=1 << BITS)
    kept = np.flatnonzero(counts >= _LEAST_COUNT)
    column = np.full(1 << BITS, -1)
    column[kept] = np.arange(len(kept))
    use = column[buckets] >= 0
    data = np.ones(int(use.sum()), np.float64)
    matrix = csr_matrix((data, (owners[use], column[buckets[use]])), (len(classes), len(kept)))
    model = LogisticRegression(C=0.08, max_iter=60, tol=1e-3).fit(matrix, classes)
    if len(model.classes_) < len(CLASSES):
        weights, bias = np.zeros((len(kept), len(CLASSES))), np.full(len(CLASSES), -20.0)
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
        return kept, weights, bias
    return kept, model.coef_.T, model.intercept_


def context_model_of(trained: tuple[npt.NDArray[np.int64], Floats, Floats]) -> ContextModel:
    """Return the model with trained weights, rounded as they ship."""
    kept, weights, bias = trained
    return ContextModel.of(kept, weights.astype(np.float16).astype(np.float64), bias)


def train_trees(
    rows: npt.NDArray[np.float32], answers: npt.NDArray[np.bool_], *, count: int = 120, seed: int = 1
) -> Trees:
    """Return boosted trees that tell the rows with a yes from the others."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=count,
        learning_rate=0.12,
        max_leaf_nodes=MAX_LEAVES - 1,
        l2_regularization=5.0,
        min_samples_leaf=50,
        max_features=0.4,
        early_stopping=False,
        random_state=seed,
    ).fit(rows, answers)
    return export_trees(model)


def export_trees(model: Any) -> Trees:
    """Return a fitted gradient-boosting model of scikit-learn as arrays."""
    traits: list[int] = []
    limits: list[float] = []
    masks: list[int] = []
    firsts: list[int] = []
    leaves: list[list[float]] = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        values: list[float] = []
        firsts.append(len(traits))

        def visit(node: int, nodes: Any = nodes, values: list[float] = values) -> tuple[int, int]:
            """Number the leaves below a node from left to right, and write down its tests."""
            row = nodes[node]
            if row["is_leaf"]:
                values.append(float(row["value"]))
                return len(values) - 1, len(values)
            test = len(traits)
            traits.append(int(row["feature_idx"]))
            limits.append(_at_most(float(row["num_threshold"])))
            masks.append(0)
            begin, middle = visit(int(row["left"]))
            _, end = visit(int(row["right"]))
            masks[test] = 0xFFFF & ~sum(1 << leaf for leaf in range(begin, middle))
            return begin, end

        visit(0)
        if firsts[-1] == len(traits):
            traits.append(0)
            limits.append(np.inf)
            masks.append(0xFFFF)
        leaves.append(values + [0.0] * (MAX_LEAVES - len(values)))
    return Trees(
        np.array(traits, np.int64),
        np.array(limits, np.float32)[:, None],
        np.array(masks, np.uint16)[:, None],
        np.array(firsts, np.int64),
        np.array(leaves),
        float(np.ravel(model._baseline_prediction)[0]),
    )


def _at_most(limit: float) -> float:
    """Return a limit as the greatest single-precision number that is no greater."""
    single = np.float32(limit)
    return float(single if single <= limit else np.nextafter(single, np.float32(-np.inf)))

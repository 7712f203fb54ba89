"""Training the tagger: follow-the-regularised-leader with an L1 penalty, batch by batch.

The proximal update (McMahan and others, "Ad click prediction", KDD 2013) keeps most weights at zero, so that the model
stays small; a batch touches only the features that it holds. The same papers in the same order give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.features import BITS
from kg.extraction.tagger import LABELS, Floats, Tagger, chains

_LEAST_COUNT = 2
_BATCH = 24


@dataclass(frozen=True)
class Settings:
    """How the tagger is trained.

    Attributes:
        epochs: how often each paper is seen.
        rate: the size of the steps.
        sparsity: the L1 penalty, on the sum of gradients.
        decay: the L2 penalty, likewise.
    """

    epochs: int = 6
    rate: float = 0.12
    sparsity: float = 2.0
    decay: float = 1.0


@dataclass(frozen=True)
class _Batch:
    matrix: Any
    transposed: Any
    rows: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]


def train_tagger(
    features: Sequence[npt.NDArray[np.int32]],
    labels: Sequence[Sequence[str]],
    sentences: Sequence[Sequence[int]],
    *,
    settings: Settings | None = None,
    on_epoch: Callable[[int, float], None] | None = None,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], Floats]:
    """Return buckets in ascending order, their weights (buckets, labels), and the transitions (before, label).

    Args:
        features: of each paper, an array (tokens, features) of buckets; 0 is absent.
        labels: of each paper, the label of each token.
        sentences: of each paper, the number of the sentence of each token.
        settings: in place of the defaults.
        on_epoch: called with the number of an epoch and the loss a token in it.
    """
    chosen = settings or Settings()
    kept, batches = _batches(features, labels, sentences)
    size = (len(kept), len(LABELS))
    leader = _Leader(size, chosen)
    links = _Leader((len(LABELS), len(LABELS)), chosen)
    rng = np.random.default_rng(1)
    for epoch in range(chosen.epochs):
        loss, count = 0.0, 0
        for number in rng.permutation(len(batches)).tolist():
            batch = batches[number]
            weights = leader.weights(batch.rows)
            transitions = links.weights(None)
            errors, link_errors, lost = _gradient(batch, weights, transitions)
            leader.learn(batch.rows, weights, batch.transposed @ errors.astype(np.float32))
            links.learn(None, transitions, link_errors)
            loss += lost
            count += len(batch.labels)
        if on_epoch is not None:
            on_epoch(epoch + 1, loss / max(count, 1))
    final = leader.weights(None)
    used = np.flatnonzero(np.abs(final).max(axis=1) > 0)
    return kept[used], final[used], links.weights(None).astype(np.float64)


class _Leader:
    """Weights under the proximal follow-the-regularised-leader update."""

    def __init__(self, shape: tuple[int, int], settings: Settings) -> None:
        self._sums = np.zeros(shape, np.float32)
        self._squares = np.zeros(shape, np.float32)
        self._settings = settings

    def weights(self, rows: npt.NDArray[np.int64] | None) -> npt.NDArray[np.float32]:
        """Return the weights of some rows, or of all."""
        sums = self._sums if rows is None else self._sums[rows]
        squares = self._squares if rows is None else self._squares[rows]
        s = self._settings
        shrunk = np.sign(sums) * np.maximum(np.abs(sums) - np.float32(s.sparsity), 0)
        steps = (1 + np.sqrt(squares)) / np.float32(s.rate) + np.float32(s.decay)
        return np.asarray(-shrunk / steps, np.float32)

    def learn(self, rows: npt.NDArray[np.int64] | None, weights: Any, gradient: Any) -> None:
        """Take one step on some rows, whose weights are given, or on all."""
        at: Any = slice(None) if rows is None else rows
        squares = self._squares[at]
        grown = squares + gradient * gradient
        self._sums[at] += gradient - (np.sqrt(grown) - np.sqrt(squares)) / np.float32(self._settings.rate) * weights
        self._squares[at] = grown


def _gradient(
    batch: _Batch, weights: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> tuple[Floats, npt.NDArray[np.float32], float]:
    """Return expected less true counts a token and label, the same of transitions, and the loss."""
    emissions = np.asarray(batch.matrix @ weights, np.float64)
    potentials = np.exp(emissions - emissions.max(axis=1, keepdims=True))
    links = np.exp(transitions.astype(np.float64))
    forward, backward = chains(potentials, links, batch.sentences)
    errors = forward * backward
    errors /= errors.sum(axis=1, keepdims=True)
    within = np.flatnonzero(batch.sentences[1:] == batch.sentences[:-1])
    ahead = potentials[within + 1] * backward[within + 1]
    scale = ((forward[within] @ links) * ahead).sum(axis=1, keepdims=True)
    expected = links * ((forward[within] / scale).T @ ahead)
    places = np.arange(len(batch.labels))
    loss = -float(np.log(np.maximum(errors[places, batch.labels], 1e-12)).sum())
    errors[places, batch.labels] -= 1
    np.subtract.at(expected, (batch.labels[within], batch.labels[within + 1]), 1)
    return errors, expected.astype(np.float32), loss


def _batches(
    features: Sequence[npt.NDArray[np.int32]], labels: Sequence[Sequence[str]], sentences: Sequence[Sequence[int]]
) -> tuple[npt.NDArray[np.int64], list[_Batch]]:
    from scipy.sparse import csr_matrix

    counts = np.zeros(1 << BITS, np.int64)
    for array in features:
        counts += np.bincount(array.ravel(), minlength=1 << BITS)
    counts[0] = 0
    kept = np.flatnonzero(counts >= _LEAST_COUNT)
    row_of = np.full(1 << BITS, -1, np.int64)
    row_of[kept] = np.arange(len(kept))
    number = {label: i for i, label in enumerate(LABELS)}
    batches: list[_Batch] = []
    for begin in range(0, len(features), _BATCH):
        end = min(begin + _BATCH, len(features))
        found = row_of[np.concatenate(features[begin:end])]
        use = found >= 0
        rows, columns = np.unique(found[use], return_inverse=True)
        pointers = np.concatenate([[0], np.cumsum(use.sum(axis=1))])
        shape = (len(found), len(rows))
        matrix = csr_matrix((np.ones(len(columns), np.float32), columns.astype(np.int32), pointers), shape)
        offsets = np.cumsum([0, *(numbers[-1] + 1 if len(numbers) else 0 for numbers in sentences[begin:end])])
        parts = [np.asarray(n, np.int64) + offset for n, offset in zip(sentences[begin:end], offsets, strict=False)]
        said = np.array([number[label] for paper in labels[begin:end] for label in paper], np.int64)
        batches.append(_Batch(matrix, matrix.T.tocsr(), rows, said, np.concatenate(parts)))
    return kept, batches


def tagger_of(trained: tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], Floats]) -> Tagger:
    """Return the tagger with trained weights, rounded as they ship."""
    buckets, weights, transitions = trained
    return Tagger.of(buckets, weights.astype(np.float16).astype(np.float64), transitions)

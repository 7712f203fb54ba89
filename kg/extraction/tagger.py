"""A linear-chain conditional random field over the tokens of each sentence (Lafferty and others, 2001).

The weights come from python-crfsuite (``kg.extraction.training``); reading them needs numpy alone. Sentences are
walked in step, the longest first, so that each step is one operation on all sentences that are still running.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kg.extraction.features import BITS
from kg.records import KINDS

Floats = npt.NDArray[np.float64]
LABELS = ("O", *(f"{position}-{kind}" for kind in KINDS for position in "BI"))
_LONGEST = 12
# Values are brought back to a sum of one at these steps: between them they cannot leave the range of a double.
_NORMALISED_EACH = 4
_LEAST_POTENTIAL = 1e-40


@dataclass(frozen=True)
class Tagger:
    """Weights of a tagger.

    Attributes:
        row_of: the row of a feature's bucket in ``states``; row 0 is all zero.
        states: an array (features, labels).
        transitions: an array (label before, label).
    """

    row_of: npt.NDArray[np.int32]
    states: npt.NDArray[np.float32]
    transitions: Floats

    @classmethod
    def of(
        cls, buckets: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], transitions: npt.NDArray[np.float64]
    ) -> Tagger:
        """Return the tagger with the weights of some buckets, which are in ascending order."""
        row_of = np.zeros(1 << BITS, np.int32)
        row_of[buckets] = np.arange(1, len(buckets) + 1)
        states = np.zeros((len(buckets) + 1, len(LABELS)), np.float32)
        states[1:] = weights
        return cls(row_of, states, np.asarray(transitions, np.float64))

    def marginals(self, features: npt.NDArray[np.int64], sentences: npt.NDArray[np.int64]) -> Floats:
        """Return the probability of each label of each token: an array (tokens, labels).

        Args:
            features: buckets, an array (tokens, features).
            sentences: the number of the sentence of each token, which never falls.
        """
        if not len(features):
            return np.zeros((0, len(LABELS)))
        # Absent and unknown features stay in: their row is all zero, and to leave them out takes longer.
        rows = self.row_of[features].ravel()
        borders = np.arange(0, len(rows) + 1, features.shape[1], dtype=np.int32)
        matrix = csr_matrix((np.ones(len(rows), np.float32), rows, borders), (len(features), len(self.states)))
        emissions = np.asarray(matrix @ self.states, np.float64)
        # The greatest weight of a token is taken off: only ratios count, and no exponential overflows.
        potentials = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        forward, backward = chains(potentials, np.exp(self.transitions), sentences)
        both = forward * backward
        marginals: Floats = both / both.sum(axis=1, keepdims=True)
        return marginals


def chains(potentials: Floats, transitions: Floats, sentences: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the forward and backward values of each token, each up to a factor: two arrays (tokens, labels).

    Both directions are walked at once, the backward one as a forward one over the turned sentence.

    Args:
        potentials: of each token and label, positive and at most 1.
        transitions: from the label before to the label, positive.
        sentences: the number of the sentence of each token, which never falls.
    """
    potentials = np.maximum(potentials, _LEAST_POTENTIAL)
    starts = np.flatnonzero(np.concatenate([[True], sentences[1:] != sentences[:-1]]))
    lengths = np.diff(np.append(starts, len(sentences)))
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    ends = starts + lengths - 1
    running = np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left")
    # Tokens in the order in which the steps come to them: those of a step lie side by side.
    borders = np.concatenate([[0], np.cumsum(running)])
    steps = np.repeat(np.arange(len(running)), running)
    walked = np.arange(len(sentences)) - borders[steps]
    ahead, back = starts[walked] + steps, ends[walked] - steps
    links = np.stack([transitions, transitions.T])
    met = potentials[np.stack([ahead, back])]
    state = met[:, : len(starts)]
    for step, (first, last) in enumerate(pairwise(borders.tolist())):
        if step:
            state = state[:, : last - first] @ links
            state *= met[:, first:last]
            if step % _NORMALISED_EACH == 0:
                state /= state.sum(axis=2, keepdims=True)
            met[:, first:last] = state
    values = np.empty_like(met)
    values[0, ahead], values[1, back] = met
    return values[0], values[1] / potentials


def likely_spans(marginals: Floats, *, least: float) -> Iterator[tuple[int, int, int, float]]:
    """Yield the spans that may be a name as (first token, end, number of the kind, score).

    The score is the weakest of the probabilities that it begins, goes on, and stops there.

    Args:
        marginals: an array (tokens, labels).
        least: the least score.
    """
    n = len(marginals)
    for kind in range(len(KINDS)):
        inside = [*marginals[:, 2 + 2 * kind].tolist(), 0.0]
        begin = marginals[:, 1 + 2 * kind]
        for first in np.flatnonzero(begin > least).tolist():
            weakest = float(begin[first])
            last = first + 1
            while True:
                going_on = inside[last]
                score = min(weakest, 1 - going_on)
                if score > least:
                    yield first, last, kind, score
                if last >= n or last - first >= _LONGEST or going_on < least:
                    break
                weakest = min(weakest, going_on)
                last += 1


def span_scores(marginals: Floats, places: npt.NDArray[np.int64]) -> Floats:
    """Return what :func:`likely_spans` would score some spans: an array (spans, kinds).

    Args:
        marginals: an array (tokens, labels).
        places: an array (spans, 2) of first token and end.
    """
    first, last = places[:, 0], places[:, 1]
    inside = np.concatenate([marginals[:, 2::2], np.zeros((1, len(KINDS)))])
    scores: Floats = np.minimum(marginals[first, 1::2], 1 - inside[last])
    for offset in range(1, int((last - first).max(initial=0))):
        going_on = first + offset < last
        scores[going_on] = np.minimum(scores[going_on], inside[first[going_on] + offset])
    return scores

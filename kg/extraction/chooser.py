"""Boosted trees, evaluated on all rows and all trees at once.

A tree of at most 16 leaves is a set of tests. Each test that fails rules out the leaves of its left side: with a bit a
leaf, the leaf that is reached is the lowest bit that no failed test has cleared (Lucchese and others, "QuickScorer",
SIGIR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extraction.tagger import Floats

MAX_LEAVES = 16
_FULL = np.uint16(0xFFFF)
_LOWEST_BIT = np.zeros(1 << 16, np.uint8)
for _bit in range(15, -1, -1):
    _LOWEST_BIT[1 << _bit :: 1 << (_bit + 1)] = _bit


@dataclass(frozen=True)
class Trees:
    """Boosted trees for one yes-or-no question.

    Attributes:
        traits: the trait that each test looks at, an array (tests); padding tests always hold.
        limits: a test holds where the trait is at most this, an array (tests, 1).
        masks: the leaves that stay where the test fails, an array (tests, 1).
        firsts: where the tests of each tree begin.
        leaves: the value of each leaf, an array (trees, 16).
        bias: what all rows begin with.
    """

    traits: npt.NDArray[np.int64]
    limits: npt.NDArray[np.float32]
    masks: npt.NDArray[np.uint16]
    firsts: npt.NDArray[np.int64]
    leaves: npt.NDArray[np.float64]
    bias: float

    def scores(self, rows: npt.NDArray[np.float32]) -> Floats:
        """Return the log odds of each row.

        Args:
            rows: an array (rows, traits).
        """
        columns = np.ascontiguousarray(rows.T)[self.traits]
        left = np.where(columns <= self.limits, _FULL, self.masks)
        reached = _LOWEST_BIT[np.bitwise_and.reduceat(left, self.firsts, axis=0)]
        values = np.take_along_axis(self.leaves, reached.astype(np.int64), axis=1)
        total: Floats = values.sum(axis=0) + self.bias
        return total

    def probabilities(self, rows: npt.NDArray[np.float32]) -> Floats:
        """Return the probability of each row."""
        if not len(rows):
            return np.zeros(0)
        likely: Floats = 1 / (1 + np.exp(-self.scores(rows)))
        return likely

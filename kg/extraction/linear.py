"""Linear models over hashed features: a sum of weights, a squash, and a calibrated probability."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

# Features by what stands before them: ("AB", ["first=beats", "gap1"]) are the features "ABfirst=beats" and "ABgap1".
Groups = Iterable[tuple[str, Iterable[str]]]


def spelled(groups: Groups) -> list[str]:
    """Return the features of some groups in full.

    >>> spelled([("", ["b"]), ("AB", ["w=beats", "gap1"])])
    ['b', 'ABw=beats', 'ABgap1']
    """
    return [prefix + feature for prefix, features in groups for feature in features]


def feature_id(feature: str) -> int:
    """Return the number under which a feature's weights are kept: no name of a paper stands in a model file.

    >>> feature_id("in title")
    2612517121
    """
    return crc32(feature.encode())


def squash(score: float) -> float:
    """Return the logistic function of a score, whatever its size.

    >>> squash(0.0), squash(-1e9)
    (0.5, 0.0)
    """
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    power = math.exp(max(score, -700.0))
    return power / (1 + power) if score > -700 else 0.0


@dataclass(frozen=True)
class LinearModel:
    """Weights of some outputs that share their features.

    Attributes:
        outputs: names of the outputs, in the order of the columns of ``weights``.
        rows: for each known feature its row of ``weights``.
        weights: an array of shape (features, outputs).
        bias: one number an output.
    """

    outputs: tuple[str, ...]
    rows: Mapping[int, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def sum(self, features: Iterable[str], *, prefix: str = "") -> npt.NDArray[np.float32]:
        """Return the sums of the weights of some features, one an output, without the bias.

        Args:
            features: each once.
            prefix: stands before each of them.
        """
        summed: npt.NDArray[np.float32] = self.sums([self.rows_of([(prefix, features)])])[0]
        return summed

    def sums(self, rows: Sequence[Collection[int]]) -> npt.NDArray[np.float32]:
        """Return the sums of :meth:`sum` for the features of several things: an array (things, outputs).

        Args:
            rows: of each thing, what :meth:`rows_of` gives; none is without any.
        """
        if not rows:
            return np.zeros((0, len(self.bias)), np.float32)
        firsts = [0, *accumulate(map(len, rows[:-1]))]
        weights: npt.NDArray[np.float64] = self._table.take(list(chain.from_iterable(rows)), axis=0)
        # Half-precision weights add up exactly in double precision, so that no order of the features matters.
        total: npt.NDArray[np.float64] = np.add.reduceat(weights, firsts, axis=0)
        return total.astype(np.float32)

    def rows_of(self, groups: Groups) -> list[int]:
        """Return the rows of the features of some groups; what is not known has a row too, of zeros."""
        found: list[int] = [-1]
        for prefix, features in groups:
            found += map(self._behind[prefix].__getitem__, features)
        return found

    @cached_property
    def _table(self) -> npt.NDArray[np.float64]:
        """The weights, and behind them the row of all that is not known."""
        return np.concatenate([self.weights, np.zeros((1, len(self.bias)))], dtype=np.float64)

    @cached_property
    def _behind(self) -> _Prefixes:
        return _Prefixes(self.rows)

    def arrays(self, prefix: str) -> dict[str, npt.NDArray[Any]]:
        """Return the model as named arrays, sorted by feature, for ``numpy.savez``."""
        ids = np.array(sorted(self.rows), dtype=np.uint32)
        order = [self.rows[int(i)] for i in ids]
        return {
            f"{prefix}.outputs": np.array(self.outputs),
            f"{prefix}.ids": ids,
            f"{prefix}.weights": self.weights[order].astype(np.float16),
            f"{prefix}.bias": self.bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> LinearModel:
        """Return the model that :meth:`arrays` wrote."""
        ids: Sequence[int] = arrays[f"{prefix}.ids"].tolist()
        return cls(
            tuple(arrays[f"{prefix}.outputs"].tolist()),
            {feature: row for row, feature in enumerate(ids)},
            arrays[f"{prefix}.weights"].astype(np.float32),
            arrays[f"{prefix}.bias"],
        )


class _Prefixes(dict[str, "_Rows"]):
    """For each prefix the rows of the features that stood behind it so far."""

    def __init__(self, ids: Mapping[int, int]) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, prefix: str) -> _Rows:
        rows = self[prefix] = _Rows(self._ids, crc32(prefix.encode()))
        return rows


class _Rows(dict[str, int]):
    """The rows of features behind one prefix; only those of known features are kept, as many as the model has."""

    def __init__(self, ids: Mapping[int, int], seed: int) -> None:
        super().__init__()
        self._ids = ids
        self._seed = seed

    def __missing__(self, feature: str) -> int:
        row = self._ids.get(crc32(feature.encode(), self._seed), -1)
        if row >= 0:
            self[feature] = row
        return row

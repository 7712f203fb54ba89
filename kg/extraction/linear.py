"""Linear models over hashed features: a sum of weights, a squash, and a calibrated probability."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt


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
        get, seed = self.rows.get, crc32(prefix.encode())
        found = [row for feature in features if (row := get(crc32(feature.encode(), seed))) is not None]
        summed: npt.NDArray[np.float32] = self.weights.take(found, axis=0).sum(axis=0)
        return summed

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

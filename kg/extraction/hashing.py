"""Hashing the values of features into buckets, a whole array at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
# Values that are no value: the feature is absent; the place lies beyond the sentence.
NEVER = -1
EDGE = 0x5EED
# Odd multipliers, one a feature: the hash of a value differs from feature to feature.
_MULTIPLIERS = (
    np.random.default_rng(20_250_101).integers(1, 1 << 62, 200, dtype=np.uint64) << np.uint64(1)
) | np.uint64(1)


def buckets(values: Ints, *, bits: int, first: int = 0) -> Ints:
    """Return the bucket of each value of each feature; 0 where the feature is absent.

    Args:
        values: an array (things, features).
        bits: there are two to the power of this many buckets.
        first: the number of the first of these features; there are at most 200.
    """
    mixed = values.view(np.uint64) + np.uint64(0x9E3779B9)
    mixed *= _MULTIPLIERS[first : first + values.shape[1]]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed >>= np.uint64(64 - bits)
    found: Ints = mixed.view(np.int64)
    np.copyto(found, 0, where=values == NEVER)
    return found


def pair(one: Ints, other: Ints) -> Ints:
    """Return one value for two; it is never ``NEVER``."""
    # The product may overflow: it wraps, which a hash may.
    return (one * 1_000_003 + other * 7_919 + 13) & 0x7FFFFFFFFFFFFFFF

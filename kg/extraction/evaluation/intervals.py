"""How far the figures would move with other papers: bootstrap intervals over papers.

B. Efron, "Bootstrap Methods: Another Look at the Jackknife", The Annals of Statistics 7 (1979); the percentile
interval of papers drawn with replacement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.evaluation.scores import ROWS, Tally


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in the middle share of the draws."""

    low: float
    high: float


def intervals(
    papers: Sequence[Mapping[str, Tally]], *, draws: int = 1_000, share: float = 0.95, seed: int = 7
) -> dict[str, Interval]:
    """Return the interval of each row's F1; the same papers give the same intervals.

    Args:
        papers: the tallies of each paper.
        draws: how many samples of as many papers are drawn, with replacement.
        share: how much of the draws the interval holds.
        seed: of the draws.

    >>> intervals([{"relations": Tally(1, 2, 2)}] * 3)["relations"]
    Interval(low=0.5, high=0.5)
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(papers), np.full(len(papers), 1 / max(len(papers), 1)), size=draws)
    found = {}
    for row in ROWS:
        tallies = [paper.get(row, Tally()) for paper in papers]
        right, said, true = (
            weights @ np.array([getattr(t, part) for t in tallies]) for part in ("right", "said", "true")
        )
        f1 = 2 * right / np.maximum(said + true, 1)
        low, high = np.quantile(f1, [(1 - share) / 2, (1 + share) / 2])
        found[row] = Interval(round(float(low), 4), round(float(high), 4))
    return found

"""Counting how many judged pairs are decided rightly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.identity.corpus import Pair, Text

Find = Callable[[Text, str], frozenset[str]]
"""Returns the concepts that a name means in a paper; none where it is not found there."""


@dataclass
class Judged:
    """Pairs by how they came out: same or different, rightly or wrongly, or not found at all."""

    right_same: list[Pair] = field(default_factory=list)
    right_different: list[Pair] = field(default_factory=list)
    wrong_same: list[Pair] = field(default_factory=list)
    wrong_different: list[Pair] = field(default_factory=list)
    not_found: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """How many of those called the same are."""
        return len(self.right_same) / max(1, len(self.right_same) + len(self.wrong_same))

    @property
    def recall(self) -> float:
        """How many of the same are called so."""
        return len(self.right_same) / max(1, len(self.right_same) + len(self.wrong_different))

    def __str__(self) -> str:
        lines = [
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, not found {len(self.not_found)}",
            *self._groups(),
            *(f"wrongly one: {pair}" for pair in self.wrong_same),
            *(f"wrongly two: {pair}" for pair in self.wrong_different),
            *(f"not found: {pair}" for pair in self.not_found),
        ]
        return "\n".join(lines)

    def _groups(self) -> list[str]:
        rights: dict[str, int] = defaultdict(int)
        totals: dict[str, int] = defaultdict(int)
        for pair in (*self.right_same, *self.right_different):
            rights[pair.kind] += 1
        for pair in (*self.right_same, *self.right_different, *self.wrong_same, *self.wrong_different):
            totals[pair.kind] += 1
        return [f"  {kind}: {rights[kind]} of {totals[kind]}" for kind in sorted(totals)]


def judge(pairs: Sequence[Pair], find: Find) -> Judged:
    """Decide every pair by what its two names mean in their papers."""
    judged = Judged()
    for pair in pairs:
        one, other = find(pair.one_text, pair.one), find(pair.other_text, pair.other)
        if not one or not other:
            judged.not_found.append(pair)
        elif one & other:
            (judged.right_same if pair.same else judged.wrong_same).append(pair)
        else:
            (judged.wrong_different if pair.same else judged.right_different).append(pair)
    return judged

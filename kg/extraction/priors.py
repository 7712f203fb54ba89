"""What other papers say of a name: how often it is introduced, used, built on or beaten there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

# What is counted for a name, the papers that annotate it first.
ROLES = ("seen", "introduces", "addresses", "evaluates_on", "based_on", "uses", "outperforms", "winner")
_NOTHING = (0,) * len(ROLES)


@dataclass
class Priors:
    """Counts of papers by folded name (hashed) and role; a paper's own can be left out.

    Attributes:
        counts: for each hashed name one number a role.
        own: while learning, for each paper what it added; empty in a shipped model.
    """

    counts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    own: Mapping[str, Mapping[int, tuple[int, ...]]] = field(default_factory=dict)

    def of(self, names: Sequence[str], *, without: str | None = None) -> tuple[int, ...]:
        """Return the counts of the name that most papers know among some folded names of one entity.

        Args:
            names: folded names.
            without: the key of a paper that is not to count.
        """
        best = _NOTHING
        own = self.own.get(without, {}) if without else {}
        for name in names:
            key = crc32(name.encode())
            counts = self.counts.get(key)
            if counts is None:
                continue
            if key in own:
                counts = tuple(a - b for a, b in zip(counts, own[key], strict=True))
            if counts[0] > best[0]:
                best = counts
        return best

    @classmethod
    def learned(cls, papers: Iterable[tuple[str, Iterable[tuple[Sequence[str], frozenset[str]]]]]) -> Priors:
        """Count papers: each with its key and its entities, an entity as its folded names and its roles."""
        own: dict[str, dict[int, tuple[int, ...]]] = {}
        total: dict[int, Counter[int]] = {}
        for paper, entities in papers:
            roles_of: dict[int, set[int]] = {}
            for names, roles in entities:
                for name in names:
                    found = roles_of.setdefault(crc32(name.encode()), {0})
                    found.update(ROLES.index(role) for role in roles)
            own[paper] = {key: tuple(int(i in roles) for i in range(len(ROLES))) for key, roles in roles_of.items()}
            for key, numbers in roles_of.items():
                total.setdefault(key, Counter()).update(numbers)
        counts = {key: tuple(counter[i] for i in range(len(ROLES))) for key, counter in total.items()}
        return cls(counts, own)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the counts as named arrays, sorted by name, for ``numpy.savez``; single papers are left out."""
        keys = sorted(self.counts)
        return {
            "priors.ids": np.array(keys, dtype=np.uint32),
            "priors.counts": np.array([self.counts[key] for key in keys], dtype=np.uint16).reshape(-1, len(ROLES)),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Priors:
        """Return the counts that :meth:`arrays` wrote."""
        rows = zip(arrays["priors.ids"].tolist(), arrays["priors.counts"].tolist(), strict=True)
        return cls({key: tuple(counts) for key, counts in rows})

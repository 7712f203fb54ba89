"""What annotated papers call what: of each name, in how many papers it is of which kind, and in how many it stands."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from kg.records import KINDS

NO_KINDS = (0,) * len(KINDS)


@dataclass(frozen=True, slots=True)
class Own:
    """What one annotated paper itself adds to a gazetteer, to be left out when that paper asks.

    Attributes:
        names: kinds (their numbers) by the hash of a name.
        heads: kinds by the hash of a name's last word.
    """

    names: Mapping[int, Set[int]] = field(default_factory=dict)
    heads: Mapping[int, Set[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Gazetteer:
    """Counts of annotated papers, by hashes of folded names.

    Attributes:
        names: by name, the papers in which it is of each kind (in the order of ``KINDS``), and those where it stands.
        heads: by last word, the papers in which it ends a name of each kind.
        prefixes: hashes of the beginnings of the names.
    """

    names: Mapping[int, tuple[int, ...]]
    heads: Mapping[int, tuple[int, ...]]
    prefixes: Set[int]

    def counts(self, name: int, own: Own | None = None) -> tuple[tuple[int, ...], int]:
        """Return the counts of a name by kind, and in how many papers it stands.

        Args:
            name: the hash of the name.
            own: what the asking paper added, where it is one of those that were counted.
        """
        row = self.names.get(name)
        if row is None:
            return NO_KINDS, 0
        kinds, seen = row[:-1], row[-1]
        if own is not None:
            mine = own.names.get(name, frozenset())
            kinds = tuple(count - (number in mine) for number, count in enumerate(kinds))
            if not any(kinds):
                return NO_KINDS, 0
            seen -= 1
        return kinds, max(seen, *kinds)

    def head_counts(self, word: int, own: Own | None = None) -> tuple[int, ...]:
        """Return in how many papers a word ends a name of each kind."""
        kinds = self.heads.get(word, NO_KINDS)
        if own is not None and word in own.heads:
            mine = own.heads[word]
            kinds = tuple(count - (number in mine) for number, count in enumerate(kinds))
        return kinds

"""Short names and what papers say they stand for: one sense, or several that must be kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.resolution.expansions import conflict, expands, is_acronym, spells
from kg.resolution.sizes import is_coined
from kg.resolution.spelling import identity_key

Name = tuple[str, str]
"""A group of kinds and an identity key."""


@dataclass(frozen=True, slots=True)
class Senses:
    """What the short names of a corpus stand for.

    Attributes:
        of_pair: for each (group, short, long) that a text declares, the key of the sense.
        of_long: for a long form, the key of the sense that it names when it stands alone.
        of_short: for a short name with one sense, its key.
        several: for a short name with several senses, their keys, the best supported first.
        papers: for each (group, short, long), the keys of the papers that declare it, sorted.
        namesakes: coined short names that share a long form and are kept apart: (group, short) to that long form.
        surfaces: how the names are written, by their keys.
    """

    of_pair: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    of_long: Mapping[Name, str] = field(default_factory=dict)
    of_short: Mapping[Name, str] = field(default_factory=dict)
    several: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    papers: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    namesakes: Mapping[Name, str] = field(default_factory=dict)
    surfaces: Mapping[str, str] = field(default_factory=dict)


def find_senses(definitions: Iterable[tuple[Iterable[str], str, str, str]]) -> Senses:
    """Return the senses of short names from all definitions of a corpus.

    Args:
        definitions: keys of papers, group of kinds, long form, short form; each as it stands in their text.

    The same set of definitions gives the same senses, in whatever order it comes. Linear in their number, but for
    the senses of one short name, each of which is compared with each.
    """
    papers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    surfaces: dict[str, str] = {}
    longs: dict[Name, set[str]] = defaultdict(set)
    shorts: dict[Name, set[str]] = defaultdict(set)
    for declaring, group, long, short in definitions:
        long_key, short_key = identity_key(long), identity_key(short)
        if long_key and short_key and long_key != short_key:
            papers[group, short_key, long_key].update(declaring)
            longs[group, short_key].add(long_key)
            shorts[group, long_key].add(short_key)
            for key, surface in ((long_key, long), (short_key, short)):
                surfaces[key] = min(surface, surfaces.get(key, surface))
    return _Finder(papers, surfaces, longs, shorts).senses()


class _Finder:
    def __init__(
        self,
        papers: Mapping[tuple[str, str, str], set[str]],
        surfaces: Mapping[str, str],
        longs: Mapping[Name, set[str]],
        shorts: Mapping[Name, set[str]],
    ) -> None:
        self._papers = papers
        self._surfaces = surfaces
        self._longs = longs
        self._shorts = shorts

    def senses(self) -> Senses:
        of_pair: dict[tuple[str, str, str], str] = {}
        of_short: dict[Name, str] = {}
        several: dict[Name, tuple[str, ...]] = {}
        namesakes: dict[Name, str] = {}
        for (group, short), keys in sorted(self._longs.items()):
            leaders = self._leaders(group, short, keys)
            heads = list(dict.fromkeys(leaders.values()))
            for head in heads:
                sense = head
                if self._kept_apart(group, short, head):
                    sense = short if len(heads) == 1 else f"{short}|{head}"
                    namesakes[group, short] = head
                for long, leader in leaders.items():
                    if leader == head:
                        of_pair[group, short, long] = sense
            found = tuple(dict.fromkeys(of_pair[group, short, head] for head in heads))
            if len(found) == 1:
                of_short[group, short] = found[0]
            else:
                several[group, short] = found
        frozen = {pair: tuple(sorted(found)) for pair, found in self._papers.items()}
        return Senses(of_pair, self._of_long(of_pair), of_short, several, frozen, namesakes, self._surfaces)

    def _leaders(self, group: str, short: str, keys: set[str]) -> dict[str, str]:
        """Return for each long form the best supported one that it is a spelling of; in the order of support."""

        def support(key: str) -> tuple[bool, int, str]:
            return (not expands(self._surfaces[key], self._surfaces[short]), -len(self._papers[group, short, key]), key)

        leaders: dict[str, str] = {}
        heads: list[str] = []
        for key in sorted(keys, key=support):
            alike = next((head for head in heads if not self._apart(key, head, short)), None)
            if alike is None:
                heads.append(key)
            leaders[key] = alike or key
        return leaders

    def _apart(self, key: str, head: str, short: str) -> bool:
        """Return whether two long forms conflict; one that does not spell the short name out conflicts with none."""
        surface = self._surfaces[short]
        both_spell = all(spells(self._surfaces[long], surface) for long in (key, head))
        return both_spell and conflict(self._surfaces[key], self._surfaces[head])

    def _kept_apart(self, group: str, short: str, head: str) -> bool:
        """Return whether a short name is coined and other short names share its long form: two systems then."""
        surface = self._surfaces[short]
        long = self._surfaces[head]
        coined = is_coined(surface) and not is_acronym(surface, long) and expands(long, surface)
        return coined and any(is_coined(self._surfaces[other]) for other in self._shorts[group, head] - {short})

    def _of_long(self, of_pair: Mapping[tuple[str, str, str], str]) -> dict[Name, str]:
        found: dict[Name, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (group, short, long), sense in of_pair.items():
            found[group, long][sense] += len(self._papers[group, short, long])
        alone: dict[Name, str] = {}
        for (group, long), counts in found.items():
            if long in counts or len(counts) > 1:
                # The long form's own sense, or, of several, none: it stays a name of its own.
                alone[group, long] = long
            else:
                alone[group, long] = next(iter(counts))
        return alone

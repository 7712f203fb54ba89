"""Short names and what papers say they stand for: one sense, or several that must be kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from kg.names import fold

# Long forms at least this alike (0 to 100) are spellings of one name ("convolution(al) neural network").
_ALIKE = 92.0


@dataclass(frozen=True, slots=True)
class Senses:
    """What the short names of a corpus stand for.

    Attributes:
        long_of: for a short name with one sense, the key of its long form.
        several: for a short name with several senses, the keys of their long forms, the best supported first.
        spelling_of: for a long form that is a spelling of another, the key of that other.
        papers: for each (short, long) pair, the keys of the papers that define it so, sorted.
    """

    long_of: Mapping[tuple[str, str], str] = field(default_factory=dict)
    several: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    spelling_of: Mapping[tuple[str, str], str] = field(default_factory=dict)
    papers: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)


def find_senses(definitions: Sequence[tuple[str, str, str, str]]) -> Senses:
    """Return the senses of short names from all definitions of a corpus.

    Args:
        definitions: paper's key, group of kinds, long form, short form; each as it stands in the text.

    The same set of definitions gives the same senses, in whatever order it comes.
    """
    papers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    longs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paper, group, long, short in definitions:
        long_key, short_key = fold(long), fold(short)
        if long_key and short_key and long_key != short_key:
            papers[group, short_key, long_key].add(paper)
            longs[group, short_key].add(long_key)
    long_of: dict[tuple[str, str], str] = {}
    several: dict[tuple[str, str], tuple[str, ...]] = {}
    spelling_of: dict[tuple[str, str], str] = {}
    for (group, short), keys in sorted(longs.items()):
        ranked = sorted(keys, key=lambda key: (-len(papers[group, short, key]), key))  # noqa: B023 (used at once)
        leaders: list[str] = []
        for key in ranked:
            alike = next((leader for leader in leaders if alike_spellings(key, leader)), None)
            if alike is None:
                leaders.append(key)
            else:
                spelling_of.setdefault((group, key), alike)
        if len(leaders) == 1:
            long_of[group, short] = leaders[0]
        else:
            several[group, short] = tuple(leaders)
    frozen = {pair: tuple(sorted(keys)) for pair, keys in papers.items()}
    return Senses(long_of, several, spelling_of, frozen)


def alike_spellings(one: str, other: str) -> bool:
    """Return whether two folded long forms are spellings of one name; numbers and signs must agree.

    >>> alike_spellings("convolutionalneuralnetwork", "convolutionneuralnetwork")
    True
    >>> alike_spellings("depthwiseconvolution", "depthwiseseparableconvolution")
    False
    """
    signs = [c for c in one if not c.isalpha() or ord(c) > 127]
    return signs == [c for c in other if not c.isalpha() or ord(c) > 127] and ratio(one, other) >= _ALIKE

"""What a word is by itself: hashes of its letters, shape and affixes, its classes, and the cues that it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

_FUNCTION = frozenset(
    """
    a an the of in on for with to by from as at and or but nor so yet is are was were be been being has have had
    do does did this that these those it its we our they their them he she which who whom whose what when where
    while than then thus hence there here not no can could may might will would shall should must such via using
    use uses used based between among across into onto over under through during without within against toward
    towards upon about after before however therefore moreover furthermore although though because since if
    unless also only both either neither each every all any some many most more less few several other another
    same own very too just even still often propose proposed proposes present presents presented introduce
    introduces introduced show shows shown demonstrate demonstrates achieve achieves achieved achieving outperform
    outperforms improve improves improved improving called named termed dubbed compare compared comparing evaluate
    evaluated apply applied study investigate explore obtain obtained perform performs performed provide provides
    enable enables enabling allow allows consist consists include includes including require requires employ
    employs employed utilize utilizes leverage leverages extend extends replace replaces combine combines existing
    recent novel new popular various different standard traditional conventional simple efficient effective state
    art
    """.split()
)
# What a word near a name says of its kind, as bits.
CUES: Mapping[str, int] = {
    word: 1 << bit
    for bit, words in enumerate(
        (
            "propose proposes proposed introduce introduces introducing introduced present presents presented develop"
            " develops developed design designs designed devise",
            "named called dubbed termed coined namely denoted abbreviated",
            "dataset datasets benchmark benchmarks corpus corpora challenge challenges",
            "task tasks problem problems application applications",
            "network networks model models architecture architectures backbone backbones",
            "module modules layer layers block blocks unit units head heads operator",
            "loss method methods algorithm algorithms training framework strategy technique techniques approach"
            " approaches optimizer",
            "accuracy score scores error metric metrics % gain improvement points",
            "achieves achieve achieving achieved obtains reaches evaluate evaluated experiments results",
            "outperforms outperform outperforming surpasses surpassing better than compared",
            "we our ours",
            "such as like including e g",
        )
    )
    for word in words.split()
}
CUE_BITS = 12
UPPER_BITS, DIGIT, OPENS, CLOSES, FUNCTION, SPOKEN, HYPHEN, SMALL = 1, 2, 4, 8, 16, 32, 64, 128
_KEPT_WORDS = 100_000
COLUMNS = ("lower", "shape", "prefix", "suffix2", "suffix3", "suffix4", "coarse", "fine", "flags", "cues")


class WordTable:
    """The rows of words, each worked out once.

    Args:
        classes: the coarse and fine class of a word by the hash of its lower case; 0 is no class.
    """

    def __init__(self, classes: Mapping[int, tuple[int, int]]) -> None:
        self._classes = classes
        self._places: dict[str, int] = {}
        self._table = np.zeros((1024, len(COLUMNS)), np.int64)

    def rows(self, words: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return an array of a row a word and a column for each of ``COLUMNS``."""
        if len(self._places) > _KEPT_WORDS:
            self._places.clear()
        for word in set(words).difference(self._places):
            self._add(word)
        found: npt.NDArray[np.int64] = self._table[list(map(self._places.__getitem__, words))]
        return found

    def _add(self, word: str) -> None:
        place = len(self._places)
        if place == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[place] = self._row(word)
        self._places[word] = place

    def _row(self, word: str) -> tuple[int, ...]:
        lower = word.lower()
        key = crc32(lower.encode())
        coarse, fine = self._classes.get(key, (0, 0))
        flags = (
            (sum(map(str.isupper, word)) > 1) * UPPER_BITS
            | any(map(str.isdigit, word)) * DIGIT
            | (word in '("[') * OPENS
            | (word in ')]",.;:') * CLOSES
            | (lower in _FUNCTION) * FUNCTION
            | word[0].isalnum() * SPOKEN
            | (word in "-–/") * HYPHEN
            | word.islower() * SMALL
        )
        return (
            key,
            crc32(shape(word).encode()),
            *(crc32(lower[part].encode()) for part in (slice(3), slice(-2, None), slice(-3, None), slice(-4, None))),
            coarse,
            fine,
            flags,
            CUES.get(lower, 0),
        )


@lru_cache(maxsize=65_536)
def shape(word: str) -> str:
    """Return the look of a word: X, x and d for capitals, other letters and digits, long runs cut to two.

    >>> shape("DINOv2"), shape("Transformer"), shape("R-CNN")
    ('XXxd', 'Xxx', 'X-XX')
    """
    plain = "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1{2,}", r"\1\1", plain)

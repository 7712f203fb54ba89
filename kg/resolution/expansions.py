"""Long forms: whether one spells out a short name, and whether two of one short name cannot both be right.

The check of letters is akin to that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (Pacific Symposium on Biocomputing, 2003).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from kg.names import singular, strip_latex
from kg.resolution.sizes import is_coined
from kg.resolution.spelling import american, identity_key

# Words that a long form may have or not and still be the same: they say what it is, not which one.
_GENERIC = frozenset(
    """
    a an the of for with and in on to by from via or as at its
    network net neural model module layer block architecture method loss mechanism operation dataset data set benchmark
    task framework algorithm technique unit function deep based approach system strategy scheme learning
    """.split()
)
_SMALL = frozenset("a an the of for with and in on to by from via or as at".split())
_BREAK = re.compile(r"[^\w+^*]+|_")
# What long forms write one way or the other.
_ONE_WORD = {
    "visual": "vision",
    "modality": "modal",
    "multimodality": "multimodal",
    "multiple": "multi",
    "privacy": "private",
    "matrices": "matrix",
    "indices": "index",
    "vertices": "vertex",
    "programming": "program",
    "problem": "program",
}
_SPARE_WORDS = 3
_ALIKE = 80.0
_MISSPELLED = 87.0
_ENDING = re.compile(
    r"(?:ifi(?:cation|er|ed)|i[sz](?:ation|ed|ing|er|e)|ational|ations?|at(?:ed|ing|or|ive|e)|ions?|ically|ally|ical|al|ings?|ed|ers?|ors?"
    r"|ive|able|ible|ly|y|e)$"
)
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
_SHORTEST_STEM = 3
_ALIKE_PREFIX = 5
_CUT_SHORT = 7


@lru_cache(maxsize=65_536)
def expands(long: str, short: str) -> bool:
    """Return whether a long form spells out a short one: its letters in their order, the first one first.

    >>> expands("feature pyramid networks", "FPN"), expands("Vision Transformers", "ViTs"), expands("a net", "FPN")
    (True, True, False)
    """
    return len(_words(long)) >= 2 and may_expand(long, short)


@lru_cache(maxsize=65_536)
def may_expand(long: str, short: str) -> bool:
    """Return as :func:`expands`, where the long form may be a single word.

    >>> may_expand("Autoencoder", "AE"), expands("Autoencoder", "AE")
    (True, False)
    """
    stem = short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short
    letters = "".join(c for c in strip_latex(stem).casefold() if c.isalnum())
    text = strip_latex(long).casefold().lstrip("'\"( ")
    words = [word for word in _BREAK.split(text) if word]
    if len(letters) < 2 or len(text) <= len(stem) + 2 or letters in words:
        return False
    if text.startswith(stem.casefold()) and not text[len(stem)].isalnum():
        return False
    if not any(is_coined(word) for word in stem.split()):
        return False
    rest = iter(text)
    # The letters in their order, the first one first, and most words have a letter: a long phrase holds any letters.
    return text[0] == letters[0] and all(c in rest for c in letters) and len(words) <= len(letters) + _SPARE_WORDS


@lru_cache(maxsize=65_536)
def spells(long: str, short: str) -> bool:
    """Return whether a long form spells a short one out; a single word only where that is an acronym.

    >>> spells("autoregressive", "AR"), spells("autoregressive", "AutoReg"), spells("average recall", "AR")
    (True, False, True)
    """
    return expands(long, short) or (" " not in long and is_acronym(short) and may_expand(long, short))


@lru_cache(maxsize=65_536)
def conflict(one: str, other: str) -> bool:
    """Return whether two long forms of one short name cannot both be right: each has a word that the other lacks.

    >>> conflict("class activation map", "channel attention module")
    True
    >>> conflict("convolutional neural network", "Convolution Networks"), conflict("fusion net", "feature fusion net")
    (False, False)
    """
    if identity_key(one) == identity_key(other):
        return False
    signs = _signs(one), _signs(other)
    if signs[0] != signs[1] and all(signs):
        return True
    first, second = _words(one), _words(other)
    lacking = _lacking(first, second), _lacking(second, first)
    return all(lacking) or (any(lacking) and _letter_by_letter(first, second))


def _letter_by_letter(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether two long forms with the same initials differ in a word before the last.

    Then no word of the one is left out of the other: "deep generative model", "displacement generation module".
    """
    one, other = (tuple(word for word in words if word not in _SMALL) for words in (first, second))
    if len(one) < 3 or [word[0] for word in one] != [word[0] for word in other]:
        return False
    pairs = zip(one[:-1], other[:-1], strict=True)
    return any(not (_alike(a, b) or {a, b} <= _GENERIC) for a, b in pairs)


@lru_cache(maxsize=65_536)
def akin(one: str, other: str) -> bool:
    """Return whether two long forms have the same words, but for their spelling and for generic ones.

    >>> akin("convolutional neural network", "Convolution Networks"), akin("fusion net", "feature fusion net")
    (True, False)
    """
    if identity_key(one) == identity_key(other):
        return True
    first, second = _words(one), _words(other)
    return _signs(one) == _signs(other) and not _lacking(first, second) and not _lacking(second, first)


def initials(long: str) -> frozenset[str]:
    """Return the initials of a long form, with and without those of its small words.

    >>> sorted(initials("mixture of experts")), sorted(initials("self-supervised learning"))
    (['me', 'moe'], ['ssl'])
    """
    words = [word for word in _BREAK.split(strip_latex(long).casefold()) if word]
    return frozenset({"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)})


def is_acronym(short: str, long: str = "") -> bool:
    """Return whether a short name is nothing but initials, so that its long form is its only content.

    >>> is_acronym("GNNs"), is_acronym("MaskGAE"), is_acronym("BnB", "branch and bound")
    (True, False, True)
    """
    stem = short[:-1] if short[-1:] == "s" else short
    if stem.isalpha() and stem.isupper():
        return True
    letters = "".join(c for c in stem if c.isalpha())
    capitals = "".join(c for c in letters if c.isupper())
    return bool({letters.casefold(), capitals.casefold()} & initials(long)) if long else False


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    words = _BREAK.split(american(strip_latex(name)).casefold())
    return tuple(_ONE_WORD.get(word, singular(word)) for word in words if word)


def _lacking(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Return the words with content that have no counterpart; two words may be written as one."""
    stems = {_stem(word) for word in others}
    joined = {_stem(a + b) for a, b in pairwise(others)}
    covered = {part for pair in pairwise(words) if _stem("".join(pair)) in stems for part in pair}
    telling = [word for word in words if word not in _GENERIC]
    lacking = [
        word
        for word in telling
        if word not in covered and _stem(word) not in joined and not any(_alike(word, other) for other in others)
    ]
    if len(lacking) == len(telling):
        # With nothing else in common, letters that fit prove nothing: "deep RL" is no diffusion recovery likelihood.
        return lacking
    abbreviated = _spelled_out(words, others) | set(_abbreviating(words, others))
    return [word for word in lacking if word not in abbreviated]


def _abbreviating(words: tuple[str, ...], others: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the words that are the initials of words that follow each other among the others, with those."""
    runs = [others[start:end] for start in range(len(others)) for end in range(start + 2, len(others) + 1)]
    spelled = {"".join(word[0] for word in run): run for run in runs}
    return {word: spelled[word] for word in words if word in spelled}


def _spelled_out(words: tuple[str, ...], others: tuple[str, ...]) -> set[str]:
    """Return the words that stand for an acronym among the others: "local DP" is local differential privacy."""
    return {word for run in _abbreviating(others, words).values() for word in run}


def _alike(one: str, other: str) -> bool:
    stem = _stem(one)
    if len(stem) >= _SHORTEST_STEM and stem == _stem(other):
        return True
    if min(len(one), len(other)) >= _CUT_SHORT and (one.startswith(other) or other.startswith(one)):
        return True
    likeness = ratio(one, other)
    return likeness >= _MISSPELLED or (one[:_ALIKE_PREFIX] == other[:_ALIKE_PREFIX] and likeness >= _ALIKE)


def _stem(word: str) -> str:
    """Return a word without its ending, as far as spelling alone can tell."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word))


def _signs(name: str) -> list[str]:
    """Return what is neither a Latin letter nor a border: numbers, plus signs, Greek letters."""
    return [c for c in strip_latex(name) if (c.isdigit() or c in "+*^" or (c.isalpha() and not c.isascii()))]

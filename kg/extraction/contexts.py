"""The words in and around a form, as hashed features of the log-linear model that guesses its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction import words as w
from kg.extraction.features import near_cues
from kg.extraction.findings import Findings
from kg.extraction.forms import FLAGS, Forms
from kg.extraction.hashing import EDGE, NEVER, Ints, buckets, pair
from kg.extraction.tagger import Floats
from kg.records import KINDS

BITS = 20
CLASSES = (*KINDS, "none")
_MAX_PLACES = 8
_MAX_INNER = 7
_LOWER, _SHAPE, _PREFIX, _SUFFIX3, _SUFFIX4 = (
    w.COLUMNS.index(name) for name in ("lower", "shape", "prefix", "suffix3", "suffix4")
)
_COARSE, _FINE, _FLAGS, _CUES = (w.COLUMNS.index(name) for name in ("coarse", "fine", "flags", "cues"))
_ARTICLES = frozenset({"a", "an", "the", "our"})
# What ends the noun phrase of an apposition: "X, a graph network built on ...", "X is a loss whose ...".
_APPOSITION_ENDS = frozenset(
    """
    that which who whose where when while for to with without of in on at by from over under between across through
    via as into onto towards and or but is are was were can . , ; : ( ) using based designed
    """.split()
)
_SAYING = frozenset({",", "is", "are", "was", ":", "–", "—"})
_CALLING = frozenset("named called dubbed termed namely coined ,".split())


@dataclass(frozen=True)
class ContextModel:
    """A log-linear model over hashed features.

    Attributes:
        row_of: the row of a bucket in ``weights``; row 0 is all zero.
        weights: an array (features, classes).
        bias: of each class.
    """

    row_of: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    bias: Floats

    @classmethod
    def of(cls, kept: Ints, weights: Floats, bias: Floats) -> ContextModel:
        """Return the model with the weights of some buckets, which are in ascending order."""
        row_of = np.zeros(1 << BITS, np.int32)
        row_of[kept] = np.arange(1, len(kept) + 1)
        table = np.zeros((len(kept) + 1, len(CLASSES)), np.float32)
        table[1:] = weights
        return cls(row_of, table, np.asarray(bias, np.float64))

    def probabilities(self, features: tuple[Ints, Ints], count: int) -> Floats:
        """Return the probability of each class of each form: an array (forms, classes)."""
        owners, found = features
        scores = np.tile(self.bias, (count, 1))
        if count:
            rows = self.weights[self.row_of[found]].astype(np.float64)
            firsts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
            scores[owners[firsts]] += np.add.reduceat(rows, firsts, axis=0)
        scores -= scores.max(axis=1, keepdims=True, initial=-np.inf) if count else 0
        likelihoods = np.exp(scores)
        shares: Floats = likelihoods / likelihoods.sum(axis=1, keepdims=True)
        return shares


def context_features(findings: Findings, rows: Ints, forms: Forms) -> tuple[Ints, Ints]:
    """Return the features of the forms as (number of the form, bucket), sorted, each pair once.

    Args:
        findings: of the text.
        rows: of its words.
        forms: of the text.
    """
    tokens = findings.tokens
    n = len(tokens)
    owners = np.array([f for f, places in enumerate(forms.places) for _ in places[:_MAX_PLACES]], np.int64)
    places = np.array([p for places in forms.places for p in places[:_MAX_PLACES]], np.int64).reshape(-1, 2)
    if not len(places):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first, last = places[:, 0], places[:, 1]
    sentences = np.array(tokens.sentences, np.int64)
    padded = np.concatenate([rows, np.full((1, rows.shape[1]), EDGE, np.int64)])

    def column(at: Ints, number: int) -> Ints:
        values: Ints = padded[np.where((at >= 0) & (at < n), at, n), number]
        return values

    around = [
        column(first - 1, _LOWER),
        column(first - 2, _LOWER),
        column(last, _LOWER),
        column(last + 1, _LOWER),
        column(first - 1, _FINE),
        column(last, _FINE),
        pair(column(first - 1, _LOWER), column(first - 2, _LOWER)),
        pair(column(last, _LOWER), column(last + 1, _LOWER)),
        pair(column(first - 1, _FINE), column(last, _FINE)),
        np.where(first < tokens.title_count, 1, 2),
        *_nouns(findings, places),
        *near_cues(rows[:, _CUES], sentences, first, first, reach=12, ahead=False).T,
        *near_cues(rows[:, _CUES], sentences, first, last, reach=6, ahead=True).T,
    ]
    far = [
        np.concatenate([column(first - 3, _LOWER), column(last + 2, _LOWER)]),
        np.concatenate([column(first - 4, _LOWER), column(last + 3, _LOWER)]),
    ]
    starts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
    inner = _inner(rows, first[starts], last[starts], forms)
    parts = [
        (owners, around, 0),
        (np.concatenate([owners, owners]), far, 70),
        (owners[starts], inner, 80),
        (np.repeat(owners[starts], _MAX_INNER), [_words(rows, first[starts], last[starts])], 118),
    ]
    keys: list[Ints] = []
    for owner, features, offset in parts:
        found = buckets(np.stack(features, axis=1), bits=BITS, first=offset)
        keys.append(((owner[:, None] << BITS) | found)[found > 0])
    title = _behind_title_name(findings, rows, forms)
    if len(title):
        keys.append(title)
    together = np.sort(np.concatenate(keys))
    together = together[np.concatenate([[True], together[1:] != together[:-1]])]
    return together >> BITS, together & ((1 << BITS) - 1)


def _inner(rows: Ints, first: Ints, last: Ints, forms: Forms) -> list[Ints]:
    """Return features of the form itself, read at its first place."""
    size = last - first
    end, front = rows[last - 1], rows[first]
    single = size == 1
    features = [
        end[:, _LOWER],
        end[:, _SUFFIX4],
        end[:, _FINE],
        end[:, _COARSE],
        front[:, _LOWER],
        front[:, _FINE],
        np.minimum(size, 6),
        end[:, _SHAPE],
        front[:, _SHAPE],
        np.where(single, NEVER, pair(end[:, _LOWER], rows[np.maximum(last - 2, first), _LOWER])),
        np.where(single, NEVER, pair(end[:, _FINE], rows[np.maximum(last - 2, first), _FINE])),
        np.where(single, front[:, _SUFFIX3], NEVER),
        np.where(single, front[:, _PREFIX], NEVER),
        np.where(single, front[:, _SUFFIX4], NEVER),
        np.array(forms.names, np.int64),
        forms.phrase_kind + 1,
    ]
    features += [np.where(forms.has(flag), 1, NEVER) for flag in FLAGS]
    return features


def _words(rows: Ints, first: Ints, last: Ints) -> Ints:
    """Return the words of each form one after another, with ``NEVER`` where it has no more."""
    at = first[:, None] + np.arange(_MAX_INNER)
    return np.where(at < last[:, None], rows[np.minimum(at, last[:, None] - 1), _LOWER], NEVER).ravel()


def _nouns(findings: Findings, places: Ints) -> list[Ints]:
    """Return the noun that a form is said to be: "X, a new ... network", "a network called X", "X network"."""
    lower, sentences, n = findings.tokens.lower, findings.tokens.sentences, len(findings.tokens)
    apposition: list[int] = []
    phrase: list[int] = []
    calling: list[int] = []
    for first, last in places.tolist():
        noun = ""
        before = ""
        at = last + 1 if last < n and lower[last] in _SAYING else n
        if at < n and lower[at] in _ARTICLES and sentences[at] == sentences[first]:
            at += 1
            end = min(n, at + 12)
            while at < end and not _ends_phrase(lower, at, n) and sentences[at] == sentences[first]:
                before, noun = noun, lower[at]
                at += 1
        apposition.append(_word_hash(noun))
        phrase.append(_word_hash(f"{before} {noun}" if before else ""))
        noun = ""
        if first > 1 and lower[first - 1] in _CALLING:
            at = first - 2
            while at > 0 and lower[at] in {",", ")", "("}:
                at -= 1
            noun = lower[at]
        elif first > 1 and lower[first - 1] == "(":
            noun = lower[first - 2]
        calling.append(_word_hash(noun))
    return [np.array(found, np.int64) for found in (apposition, phrase, calling)]


def _ends_phrase(lower: Sequence[str], at: int, n: int) -> bool:
    """Return whether a noun phrase ends before a word: a preposition, a relative, or a participle with what follows."""
    word = lower[at]
    if word in _APPOSITION_ENDS:
        return True
    return word.endswith("ed") and at + 1 < n and lower[at + 1] in _APPOSITION_ENDS


def _word_hash(word: str) -> int:
    return crc32(word.encode()) if word else NEVER


def _behind_title_name(findings: Findings, rows: Ints, forms: Forms) -> Ints:
    """Return as keys the words of the title behind the name that it begins with, for the form of that name."""
    place = findings.title_name
    if place is None:
        return np.zeros(0, np.int64)
    numbers = [i for i in np.flatnonzero(forms.has("title")).tolist() if place in forms.places[i]]
    behind = rows[place[1] : findings.tokens.title_count]
    behind = behind[((behind[:, _FLAGS] & w.SPOKEN) > 0) & ((behind[:, _FLAGS] & w.FUNCTION) == 0)]
    if not numbers or not len(behind):
        return np.zeros(0, np.int64)
    values = np.full((len(behind), 2), NEVER, np.int64)
    values[:, 0] = behind[:, _LOWER]
    values[-1, 1] = behind[-1, _LOWER]
    found = buckets(values, bits=BITS, first=120)
    keys: Ints = (numbers[0] << BITS) | found[found > 0]
    return keys

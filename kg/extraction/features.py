"""The features of tokens for the tagger, as numbers of hash buckets, worked out on whole columns at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction import words as w
from kg.extraction.hashing import EDGE, NEVER, Ints, buckets, pair
from kg.extraction.tokens import Tokens

BITS = 22
_COLUMN = {name: number for number, name in enumerate(w.COLUMNS)}
_TITLE_NAME_TOKENS = 5


@dataclass(frozen=True)
class Marks:
    """What other finders say of each token; 0 is nothing.

    Attributes:
        lexicon: of the curated name that it stands in: first or later token, and kinds.
        known: of the annotated name that it stands in: first or later token, and kind.
        trust: how often that name is annotated where it stands, and in how many papers.
        long, short: 1 at the first token of a defined form, 2 at a later one.
        coined: whether it stands in a coined name.
    """

    lexicon: Ints
    known: Ints
    trust: Ints
    long: Ints
    short: Ints
    coined: Ints


def token_features(tokens: Tokens, rows: Ints, marks: Marks) -> npt.NDArray[np.int64]:
    """Return the bucket of each feature of each token: an array (tokens, features); bucket 0 is "absent".

    Args:
        tokens: of one text.
        rows: what :class:`kg.extraction.words.WordTable` gives for them.
        marks: what other finders say.
    """
    n = len(tokens)
    sentences = np.array(tokens.sentences, np.int64)
    columns = np.ascontiguousarray(rows.T)
    column = {name: columns[number] for name, number in _COLUMN.items()}
    lower, flags = column["lower"], column["flags"]
    shifted = _Shifts(sentences)
    first = np.ones(n, bool)
    first[1:] = sentences[1:] != sentences[:-1]
    spaced = np.array(tokens.spaced)
    title = np.arange(n) < tokens.title_count
    chunk, chunk_shape = _chunks(tokens, column, spaced)
    head, behind = _heads(flags, first)
    heads_lower = lower[head]
    behind_lower = np.where(behind < n, lower[np.minimum(behind, n - 1)], EDGE)
    distance = np.minimum(head - np.arange(n), 4)
    lexicon, known, trust = marks.lexicon, marks.known, marks.trust
    own = _repetition(tokens, lower, flags, title)
    features: list[Ints] = [
        np.ones(n, np.int64),
        lower,
        *(column[name] for name in ("shape", "prefix", "suffix2", "suffix3", "suffix4")),
        _absent_zero(column["coarse"]),
        _absent_zero(column["fine"]),
        spaced.astype(np.int64) + 1,
        chunk,
        chunk_shape,
        heads_lower,
        column["suffix4"][head],
        _absent_zero(column["fine"][head]),
        distance * 2 + (flags[head] & w.SPOKEN > 0),
        behind_lower,
        np.where(flags & w.UPPER_BITS, 1, NEVER),
        np.where(first, 1, NEVER),
        np.where(title, 1 + first, NEVER),
        np.minimum(sentences, 4) + 10 * (sentences == sentences[-1]) if n else sentences,
        lexicon,
        known,
        trust,
        _absent_zero(known * 64 + trust),
        lexicon * 4096 + known * 64,
        _absent_zero(marks.long),
        _absent_zero(marks.short),
        _absent_zero(marks.coined),
        _absent_zero(marks.coined * (column["shape"] + 1)),
        *own,
        pair(heads_lower, distance),
        pair(heads_lower, lower),
        pair(column["fine"][head], column["fine"]),
        pair(known, heads_lower),
    ]
    at_two = np.stack([lower, column["shape"], column["suffix3"], column["fine"], lexicon, known])
    at_one = np.stack([column["coarse"], trust, marks.short, marks.long, own[0]])
    words = {}
    for offset in (-3, -2, -1, 1, 2, 3):
        if abs(offset) == 3:
            features.append(shifted(lower, offset))
            continue
        near = shifted(at_two, offset)
        features.extend(near)
        words[offset] = near[0]
        if abs(offset) == 1:
            coarse, trusted, short, long, often = shifted(at_one, offset)
            features += [
                coarse,
                trusted,
                pair(near[0], lower),
                pair(near[0], column["shape"]),
                pair(near[3], column["fine"]),
                _absent_zero(short),
                _absent_zero(long),
                often,
            ]
    features.append(pair(words[-1], words[1]))
    features.append(pair(words[-1], words[-2]))
    features.extend(_cues(column["cues"], sentences))
    return buckets(np.array(features).T, bits=BITS)


def _absent_zero(values: Ints) -> Ints:
    return np.where(values == 0, NEVER, values)


class _Shifts:
    """Columns seen from a token away; beyond the sentence stands the edge."""

    def __init__(self, sentences: Ints) -> None:
        n = len(sentences)
        self._inside: dict[int, npt.NDArray[np.bool_]] = {}
        self._at: dict[int, Ints] = {}
        for offset in range(-3, 4):
            place = np.arange(n) + offset
            at = np.minimum(np.maximum(place, 0), max(n - 1, 0))
            self._at[offset] = at
            self._inside[offset] = (place == at) & (sentences[at] == sentences)

    def __call__(self, values: Ints, offset: int) -> Ints:
        """Return one column or several, the tokens along the last axis."""
        return np.where(self._inside[offset], values[..., self._at[offset]], EDGE)


def _cues(cues: Ints, sentences: Ints) -> list[Ints]:
    """Return for each cue whether it stands among the five tokens before, and among the five behind."""
    places = np.arange(len(cues))
    before = near_cues(cues, sentences, places, places, reach=5, ahead=False)
    behind = near_cues(cues, sentences, places, places + 1, reach=5, ahead=True)
    return [*before.T, *behind.T]


def near_cues(cues: Ints, sentences: Ints, of: Ints, borders: Ints, *, reach: int, ahead: bool) -> Ints:
    """Return for some places and each cue 1 where it stands near in the sentence, else ``NEVER``.

    Args:
        cues: of each token, as bits.
        sentences: the number of the sentence of each token.
        of: a token of each place.
        borders: the token before which, or at which, the place's surroundings begin.
        reach: how many tokens are looked at.
        ahead: whether those behind the place are looked at, or those before it.
    """
    steps = np.arange(reach) if ahead else np.arange(-reach, 0)
    places = borders + steps[:, None]
    at = np.minimum(np.maximum(places, 0), len(cues) - 1)
    inside = (at == places) & (sentences[at] == sentences[of])
    said = np.bitwise_or.reduce(np.where(inside, cues[at], 0), axis=0)
    return np.where((said[:, None] >> np.arange(w.CUE_BITS)) & 1, 1, NEVER)


def _chunks(tokens: Tokens, column: Mapping[str, Ints], spaced: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return hashes of the unbroken string around each token ("ViT-B/16"), and of its shape."""
    flags = column["flags"]
    border = spaced | ((flags & w.CLOSES) > 0)
    border[:1] = True
    border[1:] |= (flags[:-1] & w.OPENS) > 0
    starts = np.flatnonzero(border)
    ends = np.append(starts[1:], len(border))
    lower, shape = column["lower"].copy(), column["shape"].copy()
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        lower[start:end], shape[start:end] = _chunk_hashes("".join(tokens.words[start:end])[:60])
    return lower, shape


@lru_cache(maxsize=65_536)
def _chunk_hashes(chunk: str) -> tuple[int, int]:
    return crc32(chunk.lower().encode()), crc32(w.shape(chunk).encode())


def _heads(flags: Ints, first: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the last token of the run of content words that each token opens, and the token behind that run."""
    n = len(flags)
    places = np.arange(n)
    spoken = (flags & w.SPOKEN) > 0
    stops = first | np.where(spoken, (flags & w.FUNCTION) > 0, (flags & w.HYPHEN) == 0)
    next_stop = np.full(n + 1, n)
    next_stop[:n] = np.where(stops, places, n)
    next_stop = np.minimum.accumulate(next_stop[::-1])[::-1]
    last = np.minimum(next_stop[1:] - 1, places + 6)
    last_spoken = np.maximum.accumulate(np.where(spoken, places, 0)) if n else places
    head = np.maximum(last_spoken[last], places) if n else places
    return head, head + 1


def _repetition(tokens: Tokens, lower: Ints, flags: Ints, title: npt.NDArray[np.bool_]) -> list[Ints]:
    """Return how often a word that is not in small letters stands in the text, and whether the title has it."""
    counts = Counter(tokens.lower)
    small = (flags & w.SMALL) > 0
    often = np.minimum(list(map(counts.__getitem__, tokens.lower)), 4)
    content = ((flags & w.SPOKEN) > 0) & ((flags & w.FUNCTION) == 0)
    in_title = _among(lower, lower[title & content]) & content & ~title
    return [
        np.where((often > 1) & ~small & content, often, NEVER),
        np.where(in_title, 1 + small, NEVER),
        np.where(_title_name(tokens, lower) & content, 1 + title, NEVER),
    ]


def _title_name(tokens: Tokens, lower: Ints) -> npt.NDArray[np.bool_]:
    """Return which tokens are words of the name that a title begins with ("ConViT: ...")."""
    opening: Sequence[str] = tokens.words[: min(_TITLE_NAME_TOKENS, tokens.title_count)]
    if ":" not in opening:
        return np.zeros(len(tokens), bool)
    return _among(lower, lower[: opening.index(":")])


def _among(values: Ints, few: Ints) -> npt.NDArray[np.bool_]:
    """Return which values are among some; for short arrays faster than ``np.isin``."""
    return np.array(list(map(set(few.tolist()).__contains__, values.tolist())), bool)

"""Words as the pieces that the encoder knows: greedy longest-match word pieces over a lower-case vocabulary.

The vocabulary and the rules are those of BERT (Devlin and others, 2019); the words are those of
:class:`kg.extraction.tokens.Tokens`, so that a piece never crosses the border of a token.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extraction.tokens import Tokens

Ints = npt.NDArray[np.int64]
UNKNOWN, OPENING, CLOSING, MASK = "[UNK]", "[CLS]", "[SEP]", "[MASK]"
LOOKS = 12
MARKS = LOOKS * 2 * 2 + 2
_LONGEST_WORD = 100
_CONTINUED = MARKS - 2
_BORDER = MARKS - 1
_KEPT_WORDS = 50_000
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


@dataclass(frozen=True)
class Pieces:
    """The pieces of a text, without the signs that open and close it.

    Attributes:
        numbers: of each piece, its row in the vocabulary.
        marks: of each piece, how its word looks and where it stands, below ``MARKS``.
        firsts: of each token, its first piece.
    """

    numbers: Ints
    marks: Ints
    firsts: Ints


class PieceTable:
    """Cuts words into pieces, each distinct word once.

    Args:
        vocabulary: the row of each piece; one inside a word begins with ``##``.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary[UNKNOWN]
        self._cut: dict[str, tuple[tuple[int, ...], int]] = {}
        self.opening, self.closing = vocabulary[OPENING], vocabulary[CLOSING]

    def pieces(self, tokens: Tokens) -> Pieces:
        """Return the pieces of a text, at least one a token."""
        numbers: list[int] = []
        marks: list[int] = []
        firsts: list[int] = []
        if len(self._cut) > _KEPT_WORDS:
            self._cut.clear()
        for place, (word, spaced) in enumerate(zip(tokens.words, tokens.spaced, strict=True)):
            found = self._cut.get(word)
            if found is None:
                found = self._cut[word] = (self._cut_word(word), look(word))
            rows, seen = found
            firsts.append(len(numbers))
            numbers.extend(rows)
            marks.append(seen * 4 + spaced * 2 + (place < tokens.title_count))
            marks.extend([_CONTINUED] * (len(rows) - 1))
        return Pieces(np.array(numbers, np.int64), np.array(marks, np.int64), np.array(firsts, np.int64))

    def _cut_word(self, word: str) -> tuple[int, ...]:
        plain = _plain(word)
        if not plain or len(plain) > _LONGEST_WORD:
            return (self._unknown,)
        rows: list[int] = []
        for part in _parts(plain):
            cut = self._longest(part)
            if not cut:
                return (self._unknown,)
            rows.extend(cut)
        return tuple(rows)

    def _longest(self, part: str) -> list[int]:
        """Return the pieces of a word, each the longest that fits, or none where one fits nowhere."""
        rows: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                row = self._vocabulary.get(("##" if start else "") + part[start:end])
                if row is not None:
                    rows.append(row)
                    start = end
                    break
            else:
                return []
        return rows


def enclosed(pieces: Pieces, table: PieceTable, first: int, last: int) -> tuple[Ints, Ints]:
    """Return numbers and marks of some pieces between the signs that open and close a text."""
    numbers = np.concatenate([[table.opening], pieces.numbers[first:last], [table.closing]])
    marks = np.concatenate([[_BORDER], pieces.marks[first:last], [_BORDER]])
    return numbers, marks


def windows(firsts: Ints, count: int, *, room: int, overlap: int) -> list[tuple[int, int, int, int]]:
    """Return the windows in which a long text is read, as (first token, end, first token kept, end of those kept).

    Windows begin and end at the borders of tokens; each token is kept from one window, with half an overlap around it.

    Args:
        firsts: of each token, its first piece.
        count: of all pieces.
        room: for how many pieces a window has room.
        overlap: how many pieces two neighbours share, roughly.
    """
    n = len(firsts)
    if count <= room:
        return [(0, n, 0, n)]
    ends = np.append(firsts[1:], count)
    found: list[tuple[int, int, int, int]] = []
    begin = kept = 0
    while True:
        end = int(np.searchsorted(ends, firsts[begin] + room, side="right"))
        end = max(end, begin + 1)
        if end >= n:
            found.append((begin, n, kept, n))
            return found
        following = int(np.searchsorted(firsts, firsts[end] - overlap, side="left"))
        following = min(max(following, begin + 1), end)
        middle = (following + end) // 2
        found.append((begin, end, kept, middle))
        begin, kept = following, middle


def look(word: str) -> int:
    """Return how a word looks, as a number below ``LOOKS``.

    >>> [look(word) for word in ("net", "Net", "NET", "ResNet", "V2", "50", "-", "(")]
    [0, 1, 3, 4, 6, 7, 8, 9]
    """
    if len(word) == 1 and not word.isalnum():
        return 8 if word in "-–/" else 9 if word in "([{" else 10 if word in ")]}" else 11
    if word.isdigit():
        return 7
    if any(map(str.isdigit, word)):
        return 6 if word[:1].isupper() else 5
    if word.islower() or not any(map(str.isupper, word)):
        return 0
    if word.isupper():
        return 2 if len(word) == 1 else 3
    return 1 if word[1:].islower() else 4


def _plain(word: str) -> str:
    """Return a word in lower case without accents and control characters."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cc", "Cf", "Co", "Cn", "Cs"})


def _parts(plain: str) -> Sequence[str]:
    """Return what stands as a word of its own: ``_`` and each ideograph apart from the rest."""
    if plain.isascii() and "_" not in plain:
        return (plain,)
    spaced = "".join(f" {sign} " if sign == "_" or _ideograph(sign) else sign for sign in plain)
    return spaced.split()


def _ideograph(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in _IDEOGRAPHS)

"""Meeting many names in a text in one pass, by the hash of their folded form."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from kg.names import fold, singular

LONGEST = 12
_SILENT = frozenset("-‐‑‒–—_/·${}")


class Piece(NamedTuple):
    """What a token adds to a folded name: inside it, at its end (in the singular), and whether digits meet.

    ``opening`` and ``alone`` are the hashes of what it is at the beginning of a name, and as a name of its own.
    """

    inside: bytes
    ending: bytes
    digit_first: bool
    digit_last: bool
    opening: int
    alone: int


class PieceTable:
    """The pieces of words, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, Piece] = {}

    def pieces(self, words: Sequence[str]) -> list[Piece]:
        """Return the piece of each word."""
        known = self._known
        found: list[Piece] = []
        for word in words:
            piece = known.get(word)
            if piece is None:
                if len(known) > 200_000:
                    known.clear()
                piece = known[word] = _piece(word)
            found.append(piece)
        return found


def name_hash(name: str) -> int:
    """Return the hash by which a name is met: equal for all its spellings.

    >>> name_hash("U-Net") == name_hash("unets"), name_hash("U-Net") == name_hash("U-Net++")
    (True, False)
    """
    return crc32(fold(name).encode())


def walk(
    pieces: Sequence[Piece], names: Container[int], prefixes: Container[int], *, borders: Collection[int] = ()
) -> Iterator[tuple[int, int, int]]:
    """Yield every name among tokens as (first, last, hash), end exclusive, in the order of their first tokens.

    Args:
        pieces: of the tokens.
        names: hashes of the names that are looked for.
        prefixes: hashes of their beginnings at borders of tokens, as :func:`beginnings` gives them.
        borders: tokens that no name may reach over: it begins at one or before the next.
    """
    count = len(pieces)
    # At most tokens no name begins.
    opens = [opening in prefixes or opening in names or alone in names for _, _, _, _, opening, alone in pieces]
    for first in [first for first, open_here in enumerate(opens) if open_here and pieces[first].inside]:
        so_far = 0
        digit = False
        for last in range(first, min(first + LONGEST, count)):
            inside, ending, digit_first, digit_last, _, _ = pieces[last]
            if last > first and last in borders:
                break
            if not inside:
                continue
            if digit and digit_first:
                so_far = crc32(b"-", so_far)
            longer = crc32(inside, so_far)
            if longer in names:
                yield first, last + 1, longer
            elif ending is not inside and (whole := crc32(ending, so_far)) in names:
                yield first, last + 1, whole
            if longer not in prefixes:
                break
            so_far, digit = longer, digit_last


def beginnings(pieces: Iterable[Piece]) -> Iterator[int]:
    """Yield the hashes of the beginnings of a name, the whole name left out."""
    spoken = [piece for piece in pieces if piece.inside]
    so_far = 0
    digit = False
    for piece in spoken[:-1]:
        if digit and piece.digit_first:
            so_far = crc32(b"-", so_far)
        so_far = crc32(piece.inside, so_far)
        digit = piece.digit_last
        yield so_far


def _piece(word: str) -> Piece:
    if word in _SILENT:
        return Piece(b"", b"", False, False, 0, 0)
    # Folding takes a plural off the last word and drops signs at the ends: a word behind keeps this one as it is.
    inside = fold("x " + word + " x")[1:-1].encode() if word.strip(".,;:'\"()[]") else word.encode()
    one = singular(word)
    ending = inside if one == word else fold("x " + one + " x")[1:-1].encode()
    return Piece(inside, ending, word[:1].isdigit(), word[-1:].isdigit(), crc32(inside), crc32(ending))

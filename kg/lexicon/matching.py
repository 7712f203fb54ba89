"""Finding curated names in a text, in one pass, by the folding of ``kg.names``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon.concepts import CuratedConcept, Lexicon
from kg.names import fold, singular

_JOINERS = frozenset("-‐‑‒–—_/·")
_MAX_TOKENS = 14
_KEPT_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """A curated name in a text: token numbers (end exclusive) and the concepts that bear the name."""

    first: int
    last: int
    concepts: tuple[str, ...]


class LexiconMatcher:
    """Finds the longest curated names among tokens; overlaps are resolved from left to right.

    A name is met by its key: hyphens, spaces, case and plural do not matter, except that a name which only its
    capitals tell from ordinary words (FAST, SAM, Based) is met in its own spelling alone.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts = lexicon.by_key
        self._prefixes = {key[:length] for key in lexicon.by_key for length in range(1, len(key) + 1)}
        # Keys whose every spelling needs its capitals, with those spellings.
        self._cased: dict[str, set[str]] = {}
        uncased: set[str] = set()
        for concept in lexicon.concepts.values():
            for name in concept.names:
                if _needs_capitals(name, concept):
                    self._cased.setdefault(fold(name), set()).add(name.replace("-", ""))
                else:
                    uncased.add(fold(name))
        for key in uncased:
            self._cased.pop(key, None)
        self._known: dict[str, tuple[str, str, bool]] = {}

    def find(self, words: Sequence[str]) -> list[LexiconMatch]:
        """Return the matches in a sequence of tokens, in order, without overlap."""
        matches: list[LexiconMatch] = []
        end = 0
        pieces = [self._known.get(word) or self._pieces(word) for word in words]
        for first, (_, _, opens) in enumerate(pieces):
            # At most words no name begins.
            if opens and first >= end and (match := self._longest_at(words, pieces, first)):
                matches.append(match)
                end = match.last
        return matches

    def _longest_at(
        self, words: Sequence[str], pieces: Sequence[tuple[str, str, bool]], first: int
    ) -> LexiconMatch | None:
        key = ""
        best: LexiconMatch | None = None
        for last in range(first, min(first + _MAX_TOKENS, len(words))):
            if words[last] in _JOINERS:
                continue
            piece, one, _ = pieces[last]
            if not piece:
                break
            gap = "-" if key[-1:].isdigit() and piece[0].isdigit() else ""
            longer = key + gap + piece
            # The last word may stand in the plural; a longer name goes on with the word as it is.
            for candidate in (longer,) if one is piece else (key + gap + one, longer):
                ids = self._concepts.get(candidate)
                if ids and self._case_fits(candidate, words[first : last + 1]):
                    best = LexiconMatch(first, last + 1, ids)
                    break
            key = longer
            if key not in self._prefixes:
                break
        return best

    def _pieces(self, word: str) -> tuple[str, str, bool]:
        """Return a word as part of a key: as it stands, in the singular, and whether it may be the first part."""
        singly = singular(word)
        piece = _folded(word)
        one = piece if singly == word else _folded(singly)
        pieces = (piece, one, word not in _JOINERS and not self._prefixes.isdisjoint((piece, one)))
        if len(self._known) < _KEPT_WORDS:
            self._known[word] = pieces
        return pieces

    def _case_fits(self, key: str, words: Sequence[str]) -> bool:
        spellings = self._cased.get(key)
        if spellings is None:
            return True
        surface = "".join(words).replace("-", "")
        return surface in spellings or singular(surface) in spellings or sum(map(str.isupper, surface)) > 2


def _folded(word: str) -> str:
    # Folding takes off a plural; a word behind it keeps the word as it stands.
    return fold(word + " x")[:-1] if word else ""


def _needs_capitals(name: str, concept: CuratedConcept) -> bool:
    """Return whether only its capitals tell a name from ordinary words.

    So it is with acronyms and camel case (FAST, IN-A), and with a model or data set named by a plain word
    (Based, Places); the plain words of modules, techniques and tasks (Dropout) are written small as often.
    """
    letters = name.replace("-", "")
    if not letters.isalpha() or letters == letters.lower():
        return False
    if any(c.isupper() for c in letters[1:]):
        return "-" not in name or len(letters) <= 5
    return concept.kind in {"architecture", "dataset"} and not concept.family

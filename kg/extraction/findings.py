"""What the finders without weights see in a text: curated and annotated names, definitions, coined words, phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extraction.definitions import find_definitions
from kg.extraction.features import Marks
from kg.extraction.gazetteer import Gazetteer, Own
from kg.extraction.phrases import find_phrases
from kg.extraction.reading import Reading
from kg.extraction.surfaces import COINED, is_coined
from kg.extraction.tokens import Tokens
from kg.extraction.walking import Piece, PieceTable, walk
from kg.lexicon import Lexicon
from kg.lexicon.matching import LexiconMatcher
from kg.records import KINDS

# What is hung on a name and is no part of it: "BERT-based", "GAN-like".
_HUNG_ON = re.compile(
    r"[-–](?:based|like|style|free|aware|guided|driven|inspired|level|wise|only|type|trained|pretrained"
    r"|augmented|enhanced|specific|generated|equipped|powered|optimal|hard|complete|invariant|equivariant)$",
    re.IGNORECASE,
)
_KIND_BIT = {kind: 1 << number for number, kind in enumerate(KINDS)}
_LONGEST_TITLE_NAME = 7
Place = tuple[int, int]


@dataclass(frozen=True)
class Findings:
    """What was found in a text; all places are numbers of tokens, the end exclusive.

    Attributes:
        tokens: the tokens.
        pieces: what each adds to a folded name.
        borders: the first tokens of the sentences, which no name reaches over.
        curated: places of curated names with the identifiers of the concepts that bear them; they do not overlap.
        known: places of annotated names with their hashes; they may overlap.
        definitions: places of long and short forms.
        coined: places of words that look coined.
        phrases: places of descriptive phrases with the kind that their last word tells.
        title_name: the place of the name before the colon of the title, if there is one.
    """

    tokens: Tokens
    pieces: list[Piece]
    borders: frozenset[int]
    curated: list[tuple[int, int, tuple[str, ...]]]
    known: list[tuple[int, int, int]]
    definitions: list[tuple[Place, Place]]
    coined: list[Place]
    phrases: list[tuple[int, int, str]]
    title_name: Place | None


class Finders:
    """The finders, made ready once.

    Args:
        lexicon: the curated concepts.
        gazetteer: the annotated names.
    """

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self._matcher = LexiconMatcher(lexicon)
        self._pieces = PieceTable()

    def find(self, reading: Reading) -> Findings:
        """Return what is found in a text."""
        tokens = Tokens.of(reading)
        pieces = self._pieces.pieces(tokens.words)
        numbers = tokens.sentences
        borders = frozenset(i for i in range(1, len(tokens)) if numbers[i] != numbers[i - 1])
        return Findings(
            tokens=tokens,
            pieces=pieces,
            borders=borders,
            curated=list(self._curated(tokens)),
            known=list(walk(pieces, self.gazetteer.names, self.gazetteer.prefixes, borders=borders)),
            definitions=list(_definitions(tokens)),
            coined=list(_coined(tokens)),
            phrases=list(_phrases(tokens)),
            title_name=_title_name(tokens),
        )

    def _curated(self, tokens: Tokens) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for match in self._matcher.find(tokens.words):
            if tokens.sentences[match.first] == tokens.sentences[match.last - 1]:
                yield match.first, match.last, match.concepts

    def marks(self, findings: Findings, own: Own | None = None) -> Marks:
        """Return the findings as a number a token.

        Args:
            findings: of a text.
            own: what the text itself added to the gazetteer, where it is one of those that were counted.
        """
        n = len(findings.tokens)
        lexicon, known, trust, long, short, coined = (np.zeros(n, np.int64) for _ in range(6))
        for first, last, concepts in findings.curated:
            kinds = 0
            for concept in concepts:
                kinds |= _KIND_BIT[self.lexicon.concepts[concept].kind]
            lexicon[first:last] = 2 * kinds + 1
            lexicon[first] = 2 * kinds
        for first, last, (kind, count, share) in _longest(self._trusted(findings.known, own)):
            known[first:last] = 2 * kind + 3
            known[first] = 2 * kind + 2
            trust[first:last] = _trust(count, share)
        for (long_first, long_last), (short_first, short_last) in findings.definitions:
            long[long_first:long_last], long[long_first] = 2, 1
            short[short_first:short_last], short[short_first] = 2, 1
        for first, last in findings.coined:
            coined[first:last], coined[first] = 2, 1
        return Marks(lexicon, known, trust, long, short, coined)

    def _trusted(
        self, known: Iterable[tuple[int, int, int]], own: Own | None
    ) -> Iterator[tuple[int, int, tuple[int, int, float]]]:
        for first, last, name in known:
            kinds, seen = self.gazetteer.counts(name, own)
            count = max(kinds)
            if count:
                yield first, last, (kinds.index(count), count, count / seen)


def _trust(count: int, share: float) -> int:
    often = 0 if count == 1 else 1 if count < 5 else 2 if count < 20 else 3
    return 1 + often * 5 + min(int(share * 5), 4)


def _longest(
    hits: Iterable[tuple[int, int, tuple[int, int, float]]],
) -> Iterator[tuple[int, int, tuple[int, int, float]]]:
    """Yield hits without overlap: from left to right, the longest at each place."""
    end = 0
    for first, last, value in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if first >= end:
            end = last
            yield first, last, value


def _at(tokens: Tokens, start: int, end: int) -> Place | None:
    """Return the tokens that a span of the text consists of, or None where its borders lie inside tokens."""
    first, last = tokens.at_start.get(start), tokens.at_end.get(end)
    return (first, last) if first is not None and last is not None and first < last else None


def _definitions(tokens: Tokens) -> Iterator[tuple[Place, Place]]:
    for definition in find_definitions(tokens.text):
        long = _at(tokens, definition.long_start, definition.long_end)
        short = _at(tokens, definition.short_start, definition.short_end)
        if long and short:
            yield long, short


def _coined(tokens: Tokens) -> Iterator[Place]:
    for hit in COINED.finditer(tokens.text):
        word = hit[0]
        # Most words are plain: in small letters behind the first, with nothing but letters.
        if word[1:].islower() and word.isalpha():
            continue
        word = word.rstrip("^\\{")
        while shorter := _HUNG_ON.search(word):
            word = word[: shorter.start()]
        if is_coined(word) and (place := _at(tokens, hit.start(), hit.start() + len(word))):
            yield place


def _phrases(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    # Title and abstract are read apart, so that no phrase spans both.
    for first, last in ((0, tokens.title_count), (tokens.title_count, len(tokens))):
        for phrase in find_phrases(tokens.words[first:last], tokens.starts[first:last], tokens.ends[first:last]):
            yield first + phrase.first, first + phrase.last, phrase.kind


def _title_name(tokens: Tokens) -> Place | None:
    opening: Sequence[str] = tokens.words[: min(_LONGEST_TITLE_NAME + 1, tokens.title_count)]
    colon = opening.index(":") if ":" in opening else 0
    return (0, colon) if colon else None

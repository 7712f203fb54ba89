"""A paper's text with its entities laid out on it, for the features of relations."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from kg.extraction.clues import Clues
from kg.extraction.reading import Reading
from kg.names import fold
from kg.records import METHOD_KINDS, Entity


class Span(NamedTuple):
    """A mention by its tokens (``last`` exclusive), its sentence's number and its entity's number."""

    first: int
    last: int
    sentence: int
    entity: int


class Scene:
    """Tokens, sentences and mentions of one paper.

    Attributes:
        reading: the text.
        entities: the entities, which all other members name by their place here.
        words: the tokens in lower case.
        sentence_of: for each token the number of its sentence; the title's is 0.
        sentence_tokens: for each sentence its first token and the one behind its last.
        spans: for each entity its mentions in the order of the text.
        methods: the entities that are methods and stand somewhere.
        title_tokens: how many tokens the title has.
        colon: the token that is the title's first colon, or -1.
        clues: what the encoder says of the entities, where it was asked.
    """

    def __init__(self, reading: Reading, entities: Sequence[Entity], clues: Clues | None = None) -> None:
        self.reading = reading
        self.entities = entities
        self.clues = clues
        self.words = [word.lower() for word in reading.words]
        starts = reading.starts
        borders = [bisect_left(starts, sentence.start) for sentence in reading.sentences]
        borders.append(len(starts))
        self.sentence_tokens = list(itertools.pairwise(borders))
        self.sentence_of = [0] * len(starts)
        for number, (first, last) in enumerate(self.sentence_tokens):
            self.sentence_of[first:last] = [number] * (last - first)
        self.spans = [self._spans(number, entity) for number, entity in enumerate(entities)]
        self.methods = [n for n, entity in enumerate(entities) if entity.type in METHOD_KINDS and self.spans[n]]
        self.title_tokens = bisect_left(starts, reading.title_end)
        title = self.words[: self.title_tokens]
        self.colon = title.index(":") if ":" in title else -1

    def _spans(self, number: int, entity: Entity) -> list[Span]:
        starts, spans = self.reading.starts, []
        for mention in entity.mentions:
            first = max(0, bisect_right(starts, mention.start) - 1)
            last = bisect_left(starts, mention.end, first)
            if last > first:
                spans.append(Span(first, last, self.sentence_of[first], number))
        return spans

    @cached_property
    def by_sentence(self) -> dict[int, list[Span]]:
        """The mentions of each sentence that has any, in the order of the text."""
        found: dict[int, list[Span]] = {}
        for span in sorted(span for spans in self.spans for span in spans):
            found.setdefault(span.sentence, []).append(span)
        return found

    @cached_property
    def kin(self) -> dict[str, tuple[list[list[Span]], list[int]]]:
        """For each kind of the entities their first mentions, and how often each is named; both sorted."""
        found: dict[str, list[list[Span]]] = {}
        for entity, spans in zip(self.entities, self.spans, strict=True):
            found.setdefault(entity.type, []).append(spans)
        return {kind: (sorted(s[:1] for s in same), sorted(map(len, same))) for kind, same in found.items()}

    @cached_property
    def rivals(self) -> dict[str, frozenset[int]]:
        """For each kind of the entities those that may stand for one another in a result: of the kind, or methods."""
        methods, kinds = frozenset(self.methods), {entity.type for entity in self.entities}
        found = {kind: frozenset(n for n, e in enumerate(self.entities) if e.type == kind) for kind in kinds}
        return {kind: same | methods if kind in METHOD_KINDS else same for kind, same in found.items()}

    @cached_property
    def rival_kinds(self) -> dict[str, list[tuple[str, int]]]:
        """For each kind of the entities the kinds of its :attr:`rivals`, each with how many of them are of it."""
        return {k: list(Counter(self.entities[n].type for n in same).items()) for k, same in self.rivals.items()}

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """For each entity the folded forms of its name and its mentions, sorted."""
        return [tuple(sorted({fold(n) for n in (e.name, *(m.text for m in e.mentions))})) for e in self.entities]

    @cached_property
    def sentence_words(self) -> list[frozenset[str]]:
        """The set of words of each sentence."""
        return [frozenset(self.words[first:last]) for first, last in self.sentence_tokens]

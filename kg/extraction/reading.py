"""A paper under the reader's eye: its text with tokens, words and sentences, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from kg.extraction.sentences import words_of
from kg.records import Evidence

_ASKED: list[int | str] = ["IDX", "LENGTH", "IS_SPACE", "SPACY", "SENT_START"]


@dataclass(frozen=True)
class Sentence:
    """A sentence: its place in the text (code points, end exclusive) and its number, the title's being 0."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """A text prepared for all rules.

    Attributes:
        text: title, newline, abstract.
        title_end: where the title ends (the newline).
        starts, ends: places of the tokens, in order; white space is no token here.
        words: the tokens' texts.
    """

    text: str
    title_end: int
    starts: list[int]
    ends: list[int]
    words: list[str]
    sentences: list[Sentence]
    _sentence_starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc) -> Reading:
        """Return the reading of a document whose sentence starts are marked."""
        all_words = words_of(doc)
        places, lengths, spaces, followed, opens = doc.to_array(_ASKED).astype(np.int64).T
        text = "".join(
            [word + " " if space else word for word, space in zip(all_words, followed.tolist(), strict=True)]
        )
        borders: list[int] = places[opens == 1].tolist()
        spoken = spaces == 0
        starts: list[int] = places[spoken].tolist()
        ends: list[int] = (places + lengths)[spoken].tolist()
        words = [word for word, said in zip(all_words, spoken.tolist(), strict=True) if said]
        newline = text.find("\n")
        sentences: list[Sentence] = []
        for start, end in pairwise([*borders, len(text)]):
            body = text[start:end].strip()
            if body:
                first = text.index(body, start)
                sentences.append(Sentence(len(sentences), first, first + len(body), body))
        title_end = newline if newline >= 0 else len(text)
        return cls(text, title_end, starts, ends, words, sentences, [s.start for s in sentences])

    @cached_property
    def title(self) -> str:
        """The title."""
        return self.text[: self.title_end]

    def sentence_at(self, place: int) -> Sentence:
        """Return the sentence that covers a place of the text, else the one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, place) - 1)]

    def evidence(self, place: int, *, found_by: str, confidence: float) -> Evidence:
        """Return the sentence at a place as evidence."""
        sentence = self.sentence_at(place)
        return Evidence(sentence.text, sentence.start, sentence.end, found_by, round(confidence, 4))

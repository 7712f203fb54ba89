"""The tokens that the tagger sees: finer than spaCy's, so that a name glued to a full stop or a URL has its borders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.extraction.reading import Reading

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text, each a run of word characters or one other sign.

    Attributes:
        text: the text that they stand in.
        words: the tokens.
        starts, ends: their places (code points, end exclusive).
        sentences: the number of the sentence of each, which never falls; that of the title is 0.
        title_count: how many of them stand in the title.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    title_count: int

    @classmethod
    def of(cls, reading: Reading) -> Tokens:
        """Return the tokens of a text that is split into sentences.

        Text between sentences (there is none but white space) would belong to the sentence before it.
        """
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        numbers: list[int] = []
        borders = [*(s.start for s in reading.sentences[1:]), len(reading.text) + 1]
        number = 0
        title_count = 0
        for hit in _TOKEN.finditer(reading.text):
            start, end = hit.span()
            while start >= borders[number]:
                number += 1
            words.append(hit[0])
            starts.append(start)
            ends.append(end)
            numbers.append(number)
            if start < reading.title_end:
                title_count += 1
        return cls(reading.text, words, starts, ends, numbers, title_count)

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> str:
        """Return the text from one token to before another."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    @cached_property
    def lower(self) -> list[str]:
        """The tokens in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def spaced(self) -> list[bool]:
        """Whether white space (or nothing) stands before each token."""
        return [start > end for start, end in zip(self.starts, [-1, *self.ends], strict=False)]

    @cached_property
    def at_start(self) -> dict[int, int]:
        """The number of the token that starts at a place."""
        return {start: i for i, start in enumerate(self.starts)}

    @cached_property
    def at_end(self) -> dict[int, int]:
        """One more than the number of the token that ends at a place."""
        return {end: i + 1 for i, end in enumerate(self.ends)}

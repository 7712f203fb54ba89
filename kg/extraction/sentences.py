"""Sentence boundaries: a spaCy component for a title, a newline, and an abstract."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

_ENDS = frozenset({".", "!", "?", "。", "…"})
_CLOSERS = frozenset({'"', "'", ")", "]", "”", "’", "''"})
# After these a full stop ends no sentence, whatever follows.
_ABBREVIATIONS = frozenset(
    """
    al e.g i.e eg ie cf vs etc fig figs eq eqs sec tab ref refs resp approx no vol dr prof w.r.t i.i.d st
    """.split()
)


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentence_finder(nlp: Language, name: str) -> SentenceFinder:  # noqa: ARG001 (spaCy's signature)
    """Return the component that marks where sentences start."""
    return SentenceFinder()


def words_of(doc: Doc) -> list[str]:
    """Return the texts of the tokens; asking each token for its own takes several times as long."""
    strings = doc.vocab.strings
    numbers: list[int] = doc.to_array("ORTH").tolist()
    return [strings[number] for number in numbers]


class SentenceFinder:
    """Marks sentence starts: the title is one sentence, and no abbreviation ends one."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``is_sent_start`` on each token."""
        words = words_of(doc)
        starts = [False] * len(words)
        if starts:
            starts[0] = True
        for i in range(len(words) - 1):
            word = words[i]
            if word.isalnum():
                continue
            if "\n" in word:
                starts[i + 1] = True
            elif word in _ENDS or (word[-1] in ".!?" and len(word) > 1):
                j = i + 1
                while j < len(words) and (words[j] in _CLOSERS or words[j] in _ENDS):
                    j += 1
                if j < len(words) and _begins(words[j]) and not _abbreviated(words, i):
                    starts[j] = True
        # All at once: setting token by token asks the whole document each time.
        marks: Any = np.where(starts, 1, -1).astype("int64").view("uint64")
        return doc.from_array(["SENT_START"], marks[:, None]) if words else doc


def _begins(word: str) -> bool:
    """Return whether a word can be a sentence's first: a capital, a digit, an opening sign, or white space."""
    return word[0].isupper() or word[0].isdigit() or word[0] in "$\\([\"“'‘" or not word.strip()


def _abbreviated(words: list[str], i: int) -> bool:
    word = words[i]
    stem = (words[i - 1] if word == "." and i else word).rstrip(".")
    # A lone capital is an initial, unless it is a word or a common sign of its own.
    return stem.casefold() in _ABBREVIATIONS or (len(stem) == 1 and stem.isupper() and stem not in "AKX")

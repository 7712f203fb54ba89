"""Spans of a text that may name a concept, each with the kind that its finder believes in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.phrases import find_phrases
from kg.extraction.reading import Reading
from kg.extraction.surfaces import COINED, is_coined
from kg.lexicon import Lexicon
from kg.lexicon.matching import LexiconMatcher

# What is hung on a name and is no part of it: "BERT-based", "GAN-like".
_HUNG_ON = re.compile(
    r"[-–](?:based|like|style|style|free|aware|guided|driven|inspired|level|wise|only|type|trained|pretrained"
    r"|augmented|enhanced|specific|generated|equipped|powered|optimal|hard|complete|invariant|equivariant)$",
    re.IGNORECASE,
)
_GENERIC_TITLE = re.compile(
    r"^(?:an? |the |on |towards? |how |why |what |when |is |are |do |does |can |learning |improving |survey|review)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name a concept.

    Attributes:
        start, end: its place (code points, end exclusive).
        found_by: ``lexicon``, ``title``, ``coined`` or ``phrase``.
        kind: the kind that the finder believes in, if any.
        concepts: for ``lexicon``, the curated concepts that bear the name.
    """

    start: int
    end: int
    found_by: str
    kind: str | None = None
    concepts: tuple[str, ...] = ()


class CandidateFinder:
    """Finds candidates by the lexicon, the title, coined spellings and descriptive phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._matcher = LexiconMatcher(lexicon)

    def find(self, reading: Reading) -> list[Candidate]:
        """Return the candidates of a text, sorted by place; those of one finder do not overlap."""
        found = [*self._by_lexicon(reading), *_by_title(reading), *_coined(reading), *_described(reading)]
        return sorted(found, key=lambda c: (c.start, -c.end, c.found_by))

    def _by_lexicon(self, reading: Reading) -> Iterator[Candidate]:
        for match in self._matcher.find(reading.words):
            kinds = {self._lexicon.concepts[i].kind for i in match.concepts}
            kind = kinds.pop() if len(kinds) == 1 else None
            start, end = reading.starts[match.first], reading.ends[match.last - 1]
            # A name never reaches from the title into the abstract, nor stands inside a word.
            if start < reading.title_end < end or _inside_word(reading.text, start, end):
                continue
            yield Candidate(start, end, "lexicon", kind, match.concepts)


def _by_title(reading: Reading) -> Iterator[Candidate]:
    """Yield the name before the colon of a title ("ConViT: Improving ...")."""
    head, colon, _ = reading.title.partition(": ")
    words = head.split()
    if not colon or not 1 <= len(words) <= 4 or _GENERIC_TITLE.match(head):
        return
    if len(words) == 1 or any(is_coined(word) for word in words) or head in reading.text[reading.title_end :]:
        start = reading.text.index(head)
        yield Candidate(start, start + len(head), "title")


def _coined(reading: Reading) -> Iterator[Candidate]:
    for hit in COINED.finditer(reading.text):
        word = hit[0].rstrip("^\\{")
        while shorter := _HUNG_ON.search(word):
            word = word[: shorter.start()]
        if is_coined(word) and not _in_url(reading.text, hit.start()):
            yield Candidate(hit.start(), hit.start() + len(word), "coined")


def _described(reading: Reading) -> Iterator[Candidate]:
    # Title and abstract are read apart, so that no phrase spans both.
    border = bisect_left(reading.starts, reading.title_end)
    for first, last in ((0, border), (border, len(reading.words))):
        words, starts, ends = reading.words[first:last], reading.starts[first:last], reading.ends[first:last]
        for phrase in find_phrases(words, starts, ends):
            yield Candidate(starts[phrase.first], ends[phrase.last - 1], "phrase", phrase.kind)


def _inside_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return before.isalnum() or after.isalnum() or after == "+"


def _in_url(text: str, place: int) -> bool:
    space = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place), text.rfind("(", 0, place))
    return "://" in text[space + 1 : place + 8] or text[space + 1 : place].startswith("www.")

"""The forms of a paper that may name concepts, and what the whole paper says of each: the document level.

A form is all spellings of one name in one text; it is decided on once, for all its places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction.findings import Findings, Place
from kg.extraction.gazetteer import Gazetteer, Own
from kg.extraction.tagger import Floats, likely_spans
from kg.extraction.walking import Piece, beginnings, walk
from kg.lexicon import Lexicon
from kg.names import singular
from kg.records import KINDS

LEAST_SCORE = 0.04
_LEAST_SHARE = 0.25
_LONGEST_WHOLE = 9
FLAGS = ("tagged", "curated", "known", "title", "long", "short", "coined", "phrase", "whole")
_BIT = {flag: 1 << number for number, flag in enumerate(FLAGS)}
_METHODS = (0, 1, 2)
_DATASET = KINDS.index("dataset")
_JOINS = frozenset("-–+$^/")


@dataclass(frozen=True)
class Forms:
    """The forms of a text, in the order of their hashes.

    Attributes:
        names: their hashes.
        places: where each stands, sorted.
        flags: which finders found each, as bits of ``FLAGS``.
        spans: places of all likely spans, an array (spans, 2).
        scores: the score of each likely span of each kind, an array (spans, kinds).
        form_of_span: the number of the form of each likely span.
        phrase_kind: the kind that the last word of each tells, -1 where none does.
        partners: numbers of forms that the text defines as one.
    """

    names: list[int]
    places: list[list[Place]]
    flags: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    scores: Floats
    form_of_span: npt.NDArray[np.int64]
    phrase_kind: npt.NDArray[np.int64]
    partners: list[tuple[int, int]]

    def has(self, flag: str) -> npt.NDArray[np.bool_]:
        """Return which forms one finder found."""
        return (self.flags & _BIT[flag]) > 0


def span_hash(pieces: Sequence[Piece], first: int, last: int) -> int:
    """Return the hash of the name that some tokens spell: that of :func:`kg.extraction.walking.name_hash`."""
    while last - 1 > first and not pieces[last - 1].inside:
        last -= 1
    so_far = 0
    digit = False
    for inside, ending, digit_first, digit_last, _, _ in pieces[first:last]:
        if not inside:
            continue
        if digit and digit_first:
            so_far = crc32(b"-", so_far)
        before, so_far, digit = so_far, crc32(inside, so_far), digit_last
        last_ending = ending
    if not so_far:
        return 0
    return crc32(last_ending, before)


def find_forms(findings: Findings, marginals: Floats, gazetteer: Gazetteer, own: Own | None = None) -> Forms:
    """Return the forms of a text.

    Args:
        findings: of the text.
        marginals: the tagger's, an array (tokens, labels).
        gazetteer: the annotated names.
        own: what the text itself added to it, where it is one of those that were counted.
    """
    pieces, tokens = findings.pieces, findings.tokens
    flags: dict[int, int] = defaultdict(int)
    places: dict[int, set[Place]] = defaultdict(set)
    scored: dict[Place, dict[int, float]] = defaultdict(dict)
    hash_of: dict[Place, int] = {}

    def add(first: int, last: int, flag: str) -> int:
        name = hash_of.get((first, last))
        if name is None:
            name = hash_of[first, last] = span_hash(pieces, first, last)
        if name:
            flags[name] |= _BIT[flag]
            places[name].add((first, last))
        return name

    for first, last, kind, score in likely_spans(marginals, least=LEAST_SCORE):
        if tokens.words[last - 1][0].isalnum() or tokens.words[last - 1] in "+*":
            scored[first, last][kind] = score
            add(first, last, "tagged")
    for first, last in list(scored):
        whole = _whole(findings, first, last)
        if whole != (first, last) and whole[1] - whole[0] <= _LONGEST_WHOLE:
            add(*whole, "whole")
    for first, last, _ in findings.curated:
        add(first, last, "curated")
    for first, last, name in findings.known:
        kinds, seen = gazetteer.counts(name, own)
        if max(kinds) and (name in flags or max(kinds) / seen > _LEAST_SHARE):
            add(first, last, "known")
    pairs: list[tuple[int, int]] = []
    for long, short in findings.definitions:
        pairs.append((add(*long, "long"), add(*short, "short")))
    for first, last in findings.coined:
        add(first, last, "coined")
    phrase_kinds: dict[int, int] = {}
    for first, last, kind_name in findings.phrases:
        phrase_kinds[add(first, last, "phrase")] = KINDS.index(kind_name)
    if findings.title_name:
        add(*findings.title_name, "title")
    prefixes = {b for first, last in hash_of for b in beginnings(pieces[first:last])}
    for first, last, name in walk(pieces, flags, prefixes, borders=findings.borders):
        places[name].add((first, last))
    names = sorted(flags)
    number = {name: i for i, name in enumerate(names)}
    spans = sorted(scored)
    scores = np.zeros((len(spans), len(KINDS)))
    for row, span in enumerate(spans):
        for kind, score in scored[span].items():
            scores[row, kind] = score
    return Forms(
        names=names,
        places=[sorted(places[name]) for name in names],
        flags=np.array([flags[name] for name in names], np.int64),
        spans=np.array(spans, np.int64).reshape(-1, 2),
        scores=scores,
        form_of_span=np.array([number[hash_of[span]] for span in spans], np.int64),
        phrase_kind=np.array([phrase_kinds.get(name, -1) for name in names], np.int64),
        partners=[(number[a], number[b]) for a, b in pairs if a in number and b in number],
    )


def _whole(findings: Findings, first: int, last: int) -> Place:
    """Return a span widened to the unbroken string around it: CoMer-L to ViT-CoMer-L."""
    words, spaced = findings.tokens.words, findings.tokens.spaced
    start, end = first, last
    while start > 0 and not spaced[start] and (words[start - 1] in _JOINS or words[start - 1][0].isalnum()):
        start -= 1
    while (
        end < len(words)
        and not spaced[end]
        and (words[end] in _JOINS or (words[end][0].isalnum() and words[end - 1] in _JOINS))
    ):
        end += 1
    while end > last and words[end - 1] in "-–$^/":
        end -= 1
    while start < first and words[start] in "-–^/":
        start += 1
    return start, end


def candidate_rows(forms: Forms, known: npt.NDArray[np.int64], curated: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return which kinds of which forms are worth a decision: an array (rows, 2) of form and kind.

    Args:
        forms: of a text.
        known: annotated papers by form and kind, an array (forms, kinds).
        curated: whether a curated concept of a kind bears the form, likewise.
    """
    n = len(forms.names)
    tagged = np.zeros((n, len(KINDS)))
    np.maximum.at(tagged, forms.form_of_span, forms.scores)
    asked = (tagged > 0) | (known > 0) | curated
    method_like = forms.has("title") | forms.has("coined") | forms.has("long") | forms.has("short")
    asked[:, _METHODS] |= method_like[:, None] | (forms.flags == _BIT["whole"])[:, None]
    asked[:, _DATASET] |= forms.has("coined")
    rows = np.flatnonzero(forms.phrase_kind >= 0)
    asked[rows, forms.phrase_kind[rows]] = True
    return np.argwhere(asked)


def counts_of(
    forms: Forms, findings: Findings, lexicon: Lexicon, gazetteer: Gazetteer, own: Own | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return what is known of each form beforehand.

    Returns:
        Annotated papers by form and kind; those in which the form stands; annotated papers in which the last word
        ends a name of each kind; whether a curated concept of a kind bears the form.
    """
    n = len(forms.names)
    known = np.zeros((n, len(KINDS)), np.int64)
    seen = np.zeros(n, np.int64)
    heads = np.zeros((n, len(KINDS)), np.int64)
    curated = np.zeros((n, len(KINDS)), bool)
    words = findings.tokens.words
    head_of: dict[int, tuple[int, ...]] = {}
    for number, (name, places) in enumerate(zip(forms.names, forms.places, strict=True)):
        known[number], seen[number] = gazetteer.counts(name, own)
        last = places[0][1] - 1
        head = crc32(singular(words[last].lower()).encode())
        if head not in head_of:
            head_of[head] = gazetteer.head_counts(head, own)
        heads[number] = head_of[head]
    number_of = {place: number for number, places in enumerate(forms.places) for place in places}
    for first, last, concepts in findings.curated:
        form = number_of.get((first, last))
        if form is not None:
            for concept in concepts:
                curated[form, KINDS.index(lexicon.concepts[concept].kind)] = True
    return known, seen, heads, curated

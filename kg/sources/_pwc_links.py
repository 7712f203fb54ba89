"""Method pages of Papers with Code: kinds by collection, and what the links of a description say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.names import fold

_LINK = re.compile(
    r"\[([^\[\]]{1,200})\]\(\s*(?:https?://)?(?:www\.)?paperswithcode\.com/(method|dataset|task|sota|lib|paper)/[^()\s]{1,200}\s*\)"
)
_ANY_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()]{0,500}\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\[])|\n\s*\n")
_LINEAGE = re.compile(
    r"\b(?:based (?:up)?on|buil[dt]s? (?:up)?on|extend(?:s|ed|ing)?|extensions?|variants?|variations?|modif\w+"
    r"|improve(?:s|d|ment)?|adapt(?:s|ed|ation)|generali[sz]\w+|inspired by|derived from|(?:type|kind|form|version) of"
    r"|follow-up|successor)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:us(?:e|es|ing|ed)|employ\w*|utili[sz]\w*|consist\w*|compos\w+|contain\w*|compris\w+|combin\w+|includ\w+"
    r"|incorporat\w+|appl(?:y|ies|ied)|followed by|with|via|through|replac\w+|instead of|in place of)\b",
    re.IGNORECASE,
)
_KINDS: Final = (
    (
        "module",
        re.compile(
            r"blocks?$|modules?$|layers?$|convolutions?$|normali[sz]ation$|activation functions?$|attention"
            r"|pooling|skip connections?$|embeddings?$|feature extractors?$|heads?$|units?$|mechanisms?$|upsampling",
            re.IGNORECASE,
        ),
    ),
    (
        "architecture",
        re.compile(r"models?$|networks?$|transformers?$|architectures?$|autoencoders?$|backbones?$", re.IGNORECASE),
    ),
)


def kind_of(collections: Iterable[str]) -> str:
    """Return the kind of a method from the names of the collections that it stands in.

    >>> kind_of(["Convolutional Neural Networks"]), kind_of(["Normalization"]), kind_of(["Stochastic Optimization"])
    ('architecture', 'module', 'technique')
    """
    names = list(collections)
    return next((kind for kind, pattern in _KINDS if any(pattern.search(name) for name in names)), "technique")


def unlinked(text: str) -> str:
    """Return Markdown as text: links as what they show, without stars."""
    return " ".join(_ANY_LINK.sub(lambda hit: hit[1], text).replace("**", "").split())


def linked_methods(name: str, description: str) -> Iterator[tuple[str, str, str]]:
    """Yield predicate, linked method and sentence for the links of a method's description to other methods.

    Words before the link decide, the nearest to it: those of descent ("is based on", "variant of") or those of
    parts ("uses", "consists of"). Without any, a link of the first sentence, which says what a method is, counts
    as descent, and one further on as nothing.

    >>> text = "**A** is a variant of [B](https://paperswithcode.com/method/b). It has [C](https://paperswithcode.com/method/c)."
    >>> [(predicate, other) for predicate, other, _ in linked_methods("A", text)]
    [('based_on', 'B')]
    """
    seen = {fold(name)}
    for number, sentence in enumerate(_SENTENCE_END.split(description)):
        for link in _LINK.finditer(sentence):
            other = unlinked(link[1])
            if link[2] != "method" or not other or fold(other) in seen:
                continue
            before = sentence[: link.start()]
            descent, part = (
                max((hit.start() for hit in words.finditer(before)), default=-1) for words in (_LINEAGE, _PART)
            )
            if descent == part and number:
                continue
            seen.add(fold(other))
            yield ("uses" if part > descent else "based_on"), other, unlinked(sentence)


def _last(words: re.Pattern[str], text: str) -> int:
    return max((hit.start() for hit in words.finditer(text)), default=-1)

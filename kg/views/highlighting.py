"""Where a text names things: the spans to mark in an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

_WORD: Final = re.compile(r"[\w+]+")
_MOST_WORDS: Final = 8


def name_keys(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what :func:`marked` takes from pairs of a name and what it stands for; the first of equals wins.

    >>> name_keys([("U-Net", "n1"), ("unet", "n2")])
    {'unet': 'n1'}
    """
    keys: dict[str, str] = {}
    for name, target in names:
        key = "".join(word.casefold() for word in _WORD.findall(name))
        # A single letter names nothing that a reader could tell from a variable.
        if len(key) > 1:
            keys.setdefault(key, target)
    return keys


def marked(text: str, keys: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Return a text in pieces, each with what it names or None; together they are the text again.

    Letter case, hyphens and spaces do not count, nor does a plural s; of several names at one place the longest
    is taken.

    Args:
        text: what to mark.
        keys: as :func:`name_keys` makes them.

    >>> marked("Our U-Nets beat FCN.", {"unet": "n1", "fcn": "n2"})
    [('Our ', None), ('U-Nets', 'n1'), (' beat ', None), ('FCN', 'n2'), ('.', None)]
    """
    words = [(hit.start(), hit.end(), hit[0].casefold()) for hit in _WORD.finditer(text)]
    pieces: list[tuple[str, str | None]] = []
    done = first = 0
    while first < len(words):
        last, target = _longest(words[first : first + _MOST_WORDS], keys)
        if target is None:
            first += 1
            continue
        start, end = words[first][0], words[first + last][1]
        pieces += [(text[done:start], None), (text[start:end], target)]
        done = end
        first += last + 1
    return [piece for piece in [*pieces, (text[done:], None)] if piece[0]]


def _longest(words: list[tuple[int, int, str]], keys: Mapping[str, str]) -> tuple[int, str | None]:
    """Return the place of the last word of the longest name that the words begin with, and what it stands for."""
    key = ""
    found: tuple[int, str | None] = (0, None)
    for i, (_, _, word) in enumerate(words):
        key += word
        target = keys.get(key) or (keys.get(key[:-1]) if key.endswith("s") else None)
        if target is not None:
            found = (i, target)
    return found

"""Names that a text itself declares to be one: "long form (ACRONYM)" and its kin.

The acronym rule is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (Pacific Symposium on Biocomputing, 2003), with plurals taken off the acronym.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKET = re.compile(r"\(([^()\n]{2,90})\)")
_SHORT = re.compile(r"^[A-Za-z0-9$β-ω][\w$^+\-–/&.]*(?: [A-Z0-9][\w+\-]*)?$")
_WORD = re.compile(r"[^\s\-–/]+")
_STANDS_FOR = re.compile(
    r"(?<!\w)([A-Z][\w+\-]{1,14}),? (?:which |that )?(?:stands|standing|short) for (?:the )?([^.,;:()\n]{4,90})"
)
_STOP_BEFORE = frozenset(
    """
    a an the of for with and or we our by in on to is are via using called named propose proposed as new novel
    """.split()
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A long and a short form of one name, each with its place (code points, end exclusive)."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


def find_definitions(text: str) -> list[Definition]:
    """Return the definitions of a text in the order of their short forms.

    >>> text = "We use a feature pyramid network (FPN)."
    >>> [(text[d.long_start:d.long_end], text[d.short_start:d.short_end]) for d in find_definitions(text)]
    [('feature pyramid network', 'FPN')]
    """
    found: list[Definition] = []
    for hit in _BRACKET.finditer(text):
        inside, start = hit[1].strip(), hit.start(1)
        start += len(hit[1]) - len(hit[1].lstrip())
        short = re.split(r"[,;]| or ", inside)[0].strip()
        if _is_short(short):
            long = _long_before(text, hit.start(), short)
            if long is not None:
                found.append(Definition(*long, start, start + len(short)))
                continue
        reverse = _short_before(text, hit.start(), inside)
        if reverse is not None:
            found.append(Definition(start, start + len(inside), *reverse))
    for hit in _STANDS_FOR.finditer(text):
        offset = _matched(hit[2], hit[1])
        if offset is not None:
            first = hit.start(2) + offset
            last = first + len(_shortest_tail(hit[2][offset:], hit[1]))
            found.append(Definition(first, last, *hit.span(1)))
    return sorted(set(found), key=lambda d: (d.short_start, d.long_start))


def _is_short(short: str) -> bool:
    """Return whether a bracket's text may be an acronym: short, in one or two words, with a capital."""
    if not 2 <= len(short) <= 16 or not _SHORT.match(short):
        return False
    return any(c.isupper() for c in short) and not short.replace(".", "").isdigit()


def _long_before(text: str, end: int, short: str) -> tuple[int, int] | None:
    """Return the place of the long form that ends right before a bracket."""
    stem = short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short
    letters = [c for c in stem.casefold() if c.isalnum()]
    end = len(text[:end].rstrip())
    sentence = max(text.rfind(mark, 0, end) for mark in (". ", "\n", "; ", ": ", "(", ")"))
    words = [hit.start() + sentence + 1 for hit in _WORD.finditer(text[sentence + 1 : end])]
    window = words[-min(len(letters) + 5, len(letters) * 2) :] if words else []
    if not window or not letters:
        return None
    start = _matched(text[window[0] : end], stem)
    if start is None:
        return None
    start += window[0]
    long = text[start:end]
    # One word that merely contains the letters is no long form, nor is one shorter than its acronym.
    if len(long) <= len(short) or long.split()[0].casefold() in _STOP_BEFORE:
        return None
    return start, end


def _matched(long: str, short: str) -> int | None:
    """Return where the long form of an acronym begins, matching letters from the right (Schwartz, Hearst)."""
    letters = [c for c in short.casefold() if c.isalnum()]
    folded = long.casefold()
    if len(folded) != len(long):
        return None
    place = len(folded)
    for index in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= 0 and (
            folded[place] != letters[index] or (index == 0 and place > 0 and folded[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
    return place


def _shortest_tail(long: str, short: str) -> str:
    """Cut what follows the last word that the acronym needs."""
    words = long.split()
    for count in range(1, len(words) + 1):
        candidate = " ".join(words[:count])
        if _matched(candidate, short) == 0 and (count == len(words) or not words[count][0].isupper()):
            return candidate
    return long


def _short_before(text: str, end: int, inside: str) -> tuple[int, int] | None:
    """Return the place of an acronym that a bracket after it spells out: "FPN (feature pyramid network)"."""
    hit = re.search(r"(?<![\w-])([A-Za-z][\w+\-]{1,14})\s*$", text[:end])
    if hit is None or len(inside.split()) < 2 or not _is_short(hit[1]):
        return None
    if sum(c.isupper() for c in hit[1]) < 2 or _matched(inside, hit[1]) != 0:
        return None
    return hit.span(1)

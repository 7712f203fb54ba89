"""Names that a text itself declares to be one: "long form (ACRONYM)" and its kin.

Long forms whose words spell the acronym with their beginnings come first, the nearest before the bracket (as the surest
strategies of Sohn et al., "Abbreviation definition identification based on automatic precision estimates", BMC
Bioinformatics, 2008). Else the letters may stand anywhere in the words, by the rule of Schwartz and Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text" (Pacific Symposium on Biocomputing, 2003), in
what still looks like one name. Markup of LaTeX and Markdown within a name is read over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# A bracket, or what it says before another opens in it: "(OT; Lee (1993))".
_BRACKET = re.compile(r"\((?<!\\left\()([^()\n]{2,90})(?=[()])")
_LISTED = re.compile(r"[,;]| or ")
_FOR_SHORT = re.compile(r" (?:for|in) short$")
_SHORT = re.compile(r"^[A-Za-z0-9β-ω][\w^+\-–/&.]*(?: [A-Z0-9][\w+\-]*)?$")
_SHORT_AT_END = re.compile(r"(?<![\w-])([A-Za-z][\w+\-]{1,14})\s*$")
_BRACE = re.compile(r"[{}]")
# What makes the bracket right behind it a formula's: "O(log n)".
_FUNCTION = re.compile(r"(?:(?<!\w)\w{1,2}|[}$])\Z")
_WORD = re.compile(r"\w[^\s\-–/]*")
_STANDS_FOR = re.compile(
    r"(?<!\w)([A-Z][\w+\-]{1,14}),? (?:which |that )?(?:stands|standing|short) for (?:the )?([^.,;:()\n]{4,90})"
)
_MARKUP = re.compile(
    r"\\(?=[LlOo] )|\\[A-Za-z]+\*?\s*\{|\\[A-Za-z]+\*? ?|\\[^\w\s]|[{}~\"“”]|\$\$?|\*{1,2}|``|''|(?<!\w)_|_(?!\w)"
)
_HAS_MARKUP = re.compile(r"[\\{}~\"“”$*`'_]")
_OPENING = re.compile(rf"{_MARKUP.pattern}|[\s'`‘]")
_CLOSING = " ~$*}_\"”'`’"
# What a name before a bracket does not reach over; "a--b" and "a - b" may be parts of one.
_BORDER = re.compile(r"[.:;] |[\n()—]|---| -- | – ")
# How far before a bracket its long form may begin: in characters, in words.
_REACH = 300
_MOST_WORDS = 24
_SMALL = frozenset("a an and as at by for from in into of on onto or over the to under using via when with".split())
_STOP_BEFORE = frozenset(
    """
    a an the of for with and or we our by in on to is are via using called named propose proposed as new novel
    """.split()
)
# Where the first letters of all words tell, these may be part of the name: "named entity recognition".
_NO_FIRST = _STOP_BEFORE - {"named", "new", "novel", "proposed"}
_IN_NO_NAME = frozenset(
    """
    that which who whose where whereas while when is are was were be been has have had we our it its they their
    called named termed dubbed
    """.split()
)
# What a sign of an acronym may stand for: "P2L" is pond to lake, "XT" explainable tides.
_SPOKEN = {"2": ("to", "two"), "3": ("three",), "4": ("for", "four"), "x": ("ex",)}
_REPEATED = re.compile(r"([a-z])([2-5])(?!\d)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A long and a short form of one name, each with its place (code points, end exclusive)."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


class _Word(NamedTuple):
    """A word of a plain text: where it starts, it and its capitals in small letters, and whether it is joined on."""

    start: int
    text: str
    joined: bool
    capitals: str


def find_definitions(text: str) -> list[Definition]:
    """Return the definitions of a text in the order of their short forms.

    >>> text = "We use a feature pyramid network (FPN)."
    >>> [(text[d.long_start:d.long_end], text[d.short_start:d.short_end]) for d in find_definitions(text)]
    [('feature pyramid network', 'FPN')]
    """
    found: list[Definition] = []
    for hit in _BRACKET.finditer(text):
        definition = _long_and_bracket(text, hit) or _short_and_bracket(text, hit)
        if definition is not None:
            found.append(definition)
    for hit in _STANDS_FOR.finditer(text) if "stand" in text or "short for" in text else ():
        offset = _matched(hit[2], hit[1])
        if offset is not None:
            first = hit.start(2) + offset
            last = first + len(_shortest_tail(hit[2][offset:], hit[1]))
            found.append(Definition(first, last, *hit.span(1)))
    return sorted(set(found), key=lambda d: (d.short_start, d.long_start))


def _long_and_bracket(text: str, bracket: re.Match[str]) -> Definition | None:
    """Return the definition that "long form (SHORT)" is."""
    first, *others = _LISTED.split(bracket[1])
    if text[bracket.end()] == "(" and not others:
        return None
    start, end = _bare(text, bracket.start(1), bracket.start(1) + len(_FOR_SHORT.sub("", first)))
    short, _ = _plain(text, start, end)
    if not _is_short(short):
        return None
    # Several names in a bracket are examples and a bracket at a word a formula's, unless the first letters tell.
    examples = any(_is_short(other) and sum(map(str.isupper, other)) > 1 for other in map(str.strip, others))
    formula = _FUNCTION.search(text, max(0, bracket.start() - 3), bracket.start()) is not None
    long = _long_before(text, bracket.start(), short, spelled_only=examples or formula)
    return Definition(*long, start, end) if long else None


def _short_and_bracket(text: str, bracket: re.Match[str]) -> Definition | None:
    """Return the definition that "SHORT (long form)" is."""
    reach = max(0, bracket.start() - _REACH // 6)
    hit = _SHORT_AT_END.search(text[reach : bracket.start()])
    if hit is None or text[bracket.end()] == "(" or not _is_short(hit[1]) or sum(map(str.isupper, hit[1])) < 2:
        return None
    start, end = _bare(text, *bracket.span(1))
    plain, _ = _plain(text, start, end)
    words = _words(plain)
    whole = words and words[0].start in _spelled(words, hit[1])
    if len(plain.split()) < 2 or not (whole or _matched(plain, hit[1]) == 0):
        return None
    return Definition(start, end, reach + hit.start(1), reach + hit.end(1))


def _is_short(short: str) -> bool:
    """Return whether a bracket's text may be an acronym: short, in one or two words, with a capital."""
    if not 2 <= len(short) <= 16 or not _SHORT.match(short):
        return False
    # "(Non-)Convex" opens a word, "A_i" and "d T" are symbols.
    if short[-1] in "-–" or "_" in short or short[1:2] == " " == short[-2]:
        return False
    return any(c.isupper() for c in short) and not short.replace(".", "").isdigit()


def _long_before(text: str, end: int, short: str, *, spelled_only: bool) -> tuple[int, int] | None:
    """Return the place of the long form that ends right before a bracket."""
    floor = max(0, end - _REACH)
    bare_end = floor + len(text[floor:end].rstrip(_CLOSING + "\n\t"))
    for border in _BORDER.finditer(text, floor, bare_end):
        floor = border.end()
    plain, places = _plain(text, floor, bare_end)
    words = _words(plain)
    start = next((at for at in _spelled(words, short) if _first_word(plain, at) not in _NO_FIRST), None)
    if start is None and not spelled_only:
        start = _loosely_matched(plain, words, short)
    # One word that merely contains the letters is no long form, nor is one shorter than its acronym.
    if start is None or len(plain) - start <= len(short):
        return None
    start = _compound_start(plain, start)
    lowest = places[start - 1] + 1 if start else floor
    return _dressed(text, (lowest, end), (places[start], bare_end))


def _plain(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """Return a stretch of a text without its markup, and the place in the text of each character that is left."""
    if not _HAS_MARKUP.search(text, start, end):
        return text[start:end], range(start, end)
    parts, places, last = list[str](), list[int](), start
    for hit in _MARKUP.finditer(text, start, end):
        # A tie is a blank, and a displayed formula stands by itself.
        blank = hit[0] in ("~", "$$")
        parts.append(text[last : hit.start()] + " " * blank)
        places.extend(range(last, hit.start() + blank))
        last = hit.end()
    return "".join(parts) + text[last:end], [*places, *range(last, end)]


def _words(plain: str) -> list[_Word]:
    words = []
    for hit in list(_WORD.finditer(plain))[-_MOST_WORDS:]:
        start, word = hit.start(), hit[0]
        capitals = "" if word.islower() else "".join(filter(str.isupper, word)).lower()
        joined = start > 0 and plain[start - 1] in "-–/"
        words.append(_Word(start, word.lower().rstrip(",.'’`‘:!?"), joined, capitals))
    return words


def _first_word(plain: str, start: int) -> str:
    return plain[start:].split(maxsplit=1)[0].lower()


def _spelled(words: Sequence[_Word], short: str) -> Iterator[int]:
    """Yield where words begin that spell an acronym with their beginnings or capitals, the nearest to the end first.

    Every word gives its first letters, but for small words and what a hyphen joins to the word before. A number may be
    a word ("I2I": image to image) or repeat a letter ("M2T": multi-modal transformer).
    """
    letters = "".join(c for c in short if c.isalnum())
    folded = letters.lower()
    spellings = [folded]
    if len(letters) > 2 and letters[-1] == "s":
        spellings.append(folded[:-1])
    if _REPEATED.search(folded):
        spellings.append(_REPEATED.sub(lambda hit: hit[1] * int(hit[2]), folded))
    for spelling in spellings:
        yield from _starts(words, spelling)
    yield from _capital_starts(words, folded)


def _starts(words: Sequence[_Word], letters: str) -> Iterator[int]:
    left = {len(letters)}
    for word in reversed(words):
        taken = {at for until in left for at in _before(word.text, letters[:until])}
        if 0 in taken:
            yield word.start
        left = {*taken, *left} if word.joined or word.text in _SMALL else taken
        if not left:
            return


def _capital_starts(words: Sequence[_Word], letters: str) -> Iterator[int]:
    """Yield where words begin whose capitals spell an acronym, some of them within the words: "grAph neTwOrk Mixer"."""
    rest, within = letters, False
    for word in reversed(words):
        if not rest.endswith(word.capitals):
            return
        rest = rest.removesuffix(word.capitals)
        within = within or word.capitals not in ("", word.text[:1])
        if not rest and word.capitals:
            if within and len(letters) > 2:
                yield word.start
            return


def _before(word: str, letters: str) -> Iterator[int]:
    """Yield the lengths of what stands before the beginnings of a word that letters end with."""
    last = letters[-1:]
    for size in range(1, min(len(word), len(letters)) + 1):
        if word[size - 1] == last and letters.endswith(word[:size]):
            yield len(letters) - size
    if letters and word.startswith(_SPOKEN.get(letters[-1], ())):
        yield len(letters) - 1


def _loosely_matched(plain: str, words: Sequence[_Word], short: str) -> int | None:
    """Return where the long form of an acronym begins whose letters stand anywhere in its words."""
    stem = short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short
    count = sum(map(str.isalnum, stem))
    window = words[-min(count + 5, count * 2) :]
    breaks = [i for i, word in enumerate(window) if word.text in _IN_NO_NAME]
    window = window[breaks[-1] + 1 :] if breaks else window
    if not window or window[-1].text in _SMALL:
        return None
    start = _matched(plain[window[0].start :], stem)
    if start is None:
        return None
    start += window[0].start
    if _first_word(plain, start) in _STOP_BEFORE or set(plain[start:]) & set("=<>|^"):
        return None
    return start


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


def _compound_start(plain: str, start: int) -> int:
    """Return where the hyphenated word begins that a place stands in; a sign before a hyphen is left: "1-planar"."""
    first = start
    while first and (plain[first - 1].isalnum() or plain[first - 1] in "-–"):
        first -= 1
    before = plain[first:start]
    return first if before[-1:] in ("-", "–") and "--" not in before and sum(map(str.isalnum, before)) > 1 else start


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a bracket's text without the blanks, quotes and markup around it."""
    if not _HAS_MARKUP.search(text, start, end):
        end = start + len(text[start:end].rstrip())
        return end - len(text[start:end].lstrip()), end
    first, last = start, start + len(text[start:end].rstrip(_CLOSING))
    while hit := _OPENING.match(text, first, last):
        first = hit.end()
    return _dressed(text, (start, end), (first, last))


def _dressed(text: str, room: tuple[int, int], name: tuple[int, int]) -> tuple[int, int]:
    """Return the place of a name with as much of the markup at its sides as belongs to its own markup."""
    if _closed(text[name[0] : name[1]]):
        return name
    starts = [hit.start() for hit in _MARKUP.finditer(text, room[0], name[0])]
    for start in [name[0], *reversed(starts)]:
        for end in range(name[1], room[1] + 1):
            if _closed(text[start:end]):
                return start, end
    return name


def _closed(name: str) -> bool:
    if not _HAS_MARKUP.search(name):
        return True
    depth = 0
    for sign in _BRACE.findall(name):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    bold = name.replace("**", "")
    evenly = name.count("$") % 2 == 0 and (len(name) - len(bold)) % 4 == 0 and bold.count("*") % 2 == 0
    return depth == 0 and evenly


def _shortest_tail(long: str, short: str) -> str:
    """Cut what follows the last word that the acronym needs, which is more than the acronym itself."""
    words = long.split()
    for count in range(1, len(words) + 1):
        candidate = " ".join(words[:count])
        done = _matched(candidate, short) == 0 and candidate.casefold() != short.casefold()
        if done and (count == len(words) or not words[count][0].isupper()):
            return candidate
    return long

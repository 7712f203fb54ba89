"""Names of people as sources write them, one by one or all in one text."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.sources.text import one_line

_FAMILY_FIRST = re.compile(r"([^,]+),\s*([^,]+)(?:,\s*([^,]+))?")
_NAME_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s+and\s+|\s*&\s*")


@lru_cache(maxsize=65_536)
def person(name: str) -> str:
    """Return a person's name as it is spoken, in one line.

    >>> [person(name) for name in ("van der Maaten, Laurens", "Roe, Jr., Max", "Ada  Example", "OpenAI, Inc., Team, X")]
    ['Laurens van der Maaten', 'Max Roe Jr.', 'Ada Example', 'OpenAI, Inc., Team, X']
    """
    name = one_line(name)
    if "," not in name:
        return name
    hit = _FAMILY_FIRST.fullmatch(name)
    if hit is None:
        return name.strip(" ,")
    family, given, last = hit[1].strip(), hit[2].strip(), (hit[3] or "").strip()
    if _NAME_SUFFIX.fullmatch(given):
        given, last = last, given
    elif last and not _NAME_SUFFIX.fullmatch(last):
        return name
    return " ".join(part for part in (given, family, last) if part)


def people(text: str) -> list[str]:
    """Return the names that stand in one text, split at ``;`` or ``|``, at ``and``, or at commas between full names.

    >>> people("Example, Ada; Sample, Bo"), people("Ada Example, Bo Sample and Max Roe"), people("Vaswani, Ashish")
    (['Example, Ada', 'Sample, Bo'], ['Ada Example', 'Bo Sample', 'Max Roe'], ['Vaswani, Ashish'])
    """
    for separator in ";|":
        if separator in text:
            return [name for part in text.split(separator) if (name := " ".join(part.split()))]
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        # "Vaswani, Ashish" is one name, "Ashish Vaswani, Noam Shazeer" are two
        pieces = [" ".join(piece.split()) for piece in part.split(",") if piece.strip()]
        several = len(pieces) > 2 or all(" " in piece for piece in pieces)
        names += pieces if several else [", ".join(pieces)]
    return names

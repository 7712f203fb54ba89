"""How long a label is and where it breaks: an estimate that holds for the fonts of all systems."""

from __future__ import annotations

import re

FONT_SIZE = 13.0
LINE_HEIGHT = 15.0
_LONGEST_LINE = 18
_MOST_LINES = 2
_NARROW = frozenset("fijlrtI.,:;|!'()[]/ -")
_WIDE = frozenset("mwMW@%")
_BREAK = re.compile(r"(?<=[\s\-/])")


def wrap(name: str) -> tuple[str, ...]:
    """Return a name broken into one or two lines; what does not fit ends in an ellipsis.

    >>> wrap("Squeeze-and-Excitation Network"), wrap("ResNet")
    (('Squeeze-and-', 'Excitation Network'), ('ResNet',))
    """
    plain = " ".join(name.split())
    if len(plain) <= _LONGEST_LINE:
        return (plain,)
    lines = [""]
    for part in _BREAK.split(plain):
        if lines[-1] and len((lines[-1] + part).rstrip()) > _LONGEST_LINE:
            lines.append("")
        lines[-1] += part
    kept = [line.strip() for line in lines]
    if len(kept) > _MOST_LINES:
        kept = [*kept[: _MOST_LINES - 1], " ".join(kept[_MOST_LINES - 1 :])]
    return tuple(line if len(line) <= _LONGEST_LINE + 2 else line[: _LONGEST_LINE - 1].rstrip() + "…" for line in kept)


def width(line: str) -> float:
    """Return the width of a line at :data:`FONT_SIZE`, rather too wide than too narrow."""
    return FONT_SIZE * sum(_advance(char) for char in line)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.9
    if ord(char) > 0x2E7F:  # East Asian scripts fill the square
        return 1.05
    return 0.74 if char.isupper() else 0.6

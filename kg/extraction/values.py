"""Numbers of a text that may be scores, each with its unit and its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.extraction.scene import Scene

_NUMBER = re.compile(
    r"(?<![\w.,^_-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\w*\d)"
    r"(?:\s?(?P<unit>\\?%|percent\b|dB\b))?"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it stands in a text.

    Attributes:
        start, end: its place, the unit included (code points, end exclusive).
        first, last: its tokens (``last`` exclusive).
        sentence: the number of its sentence.
        digits: the number as written; ``number`` the same as a number.
        unit: ``%``, ``dB`` or None.
    """

    start: int
    end: int
    first: int
    last: int
    sentence: int
    digits: str
    number: float
    unit: str | None

    @property
    def written(self) -> str:
        """The value as a result states it: the number, with ``%`` where it is one."""
        return self.digits + ("%" if self.unit == "%" else "")


def find_values(scene: Scene) -> list[Value]:
    """Return the numbers of the abstract, in the order of the text; those of the title are parts of names.

    A number inside a word (ResNet-50, top5) is none; a range or a list gives each of its numbers.
    """
    starts = scene.reading.starts
    found = []
    for hit in _NUMBER.finditer(scene.reading.text, scene.reading.title_end):
        first = max(0, bisect_right(starts, hit.start()) - 1)
        last = max(first + 1, bisect_left(starts, hit.end(), first))
        unit = hit["unit"]
        found.append(
            Value(
                start=hit.start(),
                end=hit.end(),
                first=first,
                last=last,
                sentence=scene.sentence_of[first] if first < len(scene.sentence_of) else 0,
                digits=hit["number"],
                number=float(hit["number"].replace(",", "")),
                unit="dB" if unit == "dB" else "%" if unit else None,
            )
        )
    return found

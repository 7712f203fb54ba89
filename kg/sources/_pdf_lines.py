"""The lines of a page of a PDF, with the size of their type."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST_LINES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        size: of most of its letters, in points, to the half.
        is_upright: whether it runs from left to right; the stamp of arXiv runs up the page.
    """

    text: str
    size: float
    is_upright: bool


def lines_of(page: PageObject) -> list[Line]:
    """Return the lines of a page, in the order in which the page draws them."""
    pieces: list[tuple[str, float, bool]] = []

    def note(text: str, user: Sequence[float], matrix: Sequence[float], _font: Any, size: float) -> None:
        a, b, c, d = _product(matrix, user)
        height = math.sqrt(abs(a * d - b * c)) * abs(size)
        pieces.append((text, round(height * 2) / 2 if math.isfinite(height) else 0.0, abs(b) <= abs(a)))

    page.extract_text(visitor_text=note)
    found: list[Line] = []
    text = ""
    sizes: Counter[tuple[float, bool]] = Counter()
    for piece, size, is_upright in [*pieces, ("\n", 0.0, True)]:
        for number, part in enumerate(piece.split("\n")):
            if number:
                if text.strip() and len(found) < _MOST_LINES:
                    (of_most, upright), _ = max(sizes.items(), key=lambda pair: (pair[1], pair[0]))
                    found.append(Line(" ".join(text.split()), of_most, upright))
                text, sizes = "", Counter()
            text += part
            if part.strip():
                sizes[size, is_upright] += len(part.strip())
    return found


def _product(matrix: Sequence[float], user: Sequence[float]) -> tuple[float, float, float, float]:
    """Return the part of two transformations, one after the other, that turns and stretches."""
    a, b, c, d = (float(number) for number in matrix[:4])
    e, f, g, h = (float(number) for number in user[:4])
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h

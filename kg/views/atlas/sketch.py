"""A small drawing of a concept between what it came from and what came of it, with links to their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.views.labels import width
from kg.views.markup import Markup, tag
from kg.views.stacking import clip

_ROW: Final = 25.0
_WIDE: Final = 720.0
_GLYPHS: Final = {
    "architecture": "M0-5a5 5 0 1 0 .001 0Z",
    "module": "M-4.6-4.6h9.2v9.2h-9.2Z",
    "technique": "M0-6l6 6-6 6-6-6Z",
    "dataset": "M-3-5.2h6L6 0 3 5.2h-6L-6 0Z",
    "task": "M0-5.2l5.8 10.4H-5.8Z",
    "metric": "M0-6L1.8-1.9 6-1.5 2.8 1.4l1 4.4L0 3.5l-3.8 2.3 1-4.4L-6-1.5l4.2-.4Z",
    "paper": "M-4-5.6H1.2L4-2.8v8.4H-4Z",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What stands beside the concept."""

    name: str
    kind: str
    year: int | None
    href: str | None


def glyph(kind: str) -> Markup:
    """Return the sign of a kind, as it stands before a name."""
    path = tag("path", d=_GLYPHS.get(kind, _GLYPHS["technique"]))
    return tag("svg", path, class_=f"glyph {kind}", viewBox="-6 -6 12 12", aria_hidden="true")


def sketch(focus: Neighbour, before: Sequence[Neighbour], after: Sequence[Neighbour]) -> Markup:
    """Return the drawing: parents at the left, children at the right, each under its year."""
    rows = max(len(before), len(after), 1)
    height = rows * _ROW + 12
    middle = height / 2
    left, right = 0.30 * _WIDE, 0.70 * _WIDE
    own = width(clip(focus.name)) / 2 + 14
    parts: list[Markup] = []
    for side, others in ((left, before), (right, after)):
        start = middle - (len(others) - 1) * _ROW / 2
        for i, other in enumerate(others):
            y = start + i * _ROW
            inner = side + 12 if side == left else side - 12
            hub = _WIDE / 2 + (-own if side == left else own)
            bend = (inner + hub) / 2
            curve = f"M{inner:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {middle:.1f} {hub:.1f} {middle:.1f}"
            parts.append(tag("path", d=curve, class_="edge"))
            parts.append(_node(other, side, y, anchor="end" if side == left else "start"))
    parts.append(
        tag("text", clip(focus.name), x=_WIDE / 2, y=f"{middle + 4.5:.1f}", text_anchor="middle", class_="focus")
    )
    said = f"{focus.name}: from {_listed(before)}; to {_listed(after)}"
    return tag("svg", parts, viewBox=f"0 0 {_WIDE:g} {height:g}", class_="sketch", role="img", aria_label=said)


def _node(other: Neighbour, x: float, y: float, *, anchor: str) -> Markup:
    away = -12.0 if anchor == "end" else 12.0
    sign = tag("path", d=_GLYPHS.get(other.kind, _GLYPHS["technique"]), class_=f"glyph {other.kind}")
    year = tag("tspan", f" {other.year}", class_="when") if other.year is not None else None
    text = tag("text", clip(other.name), year, x=away, y=4, text_anchor=anchor)
    made = tag("g", sign, text, transform=f"translate({x:.1f} {y:.1f})")
    return tag("a", made, href=other.href) if other.href else made


def _listed(others: Sequence[Neighbour]) -> str:
    return ", ".join(other.name for other in others) or "nothing known"

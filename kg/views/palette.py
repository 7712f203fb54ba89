"""How kinds look: a shape each, beside the colour that ``page.css`` gives them, so that colour is never alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SHAPES: Final[Mapping[str, str]] = {
    "architecture": "dot",
    "module": "square",
    "technique": "diamond",
    "dataset": "hexagon",
    "task": "triangle",
    "metric": "star",
    "paper": "triangleDown",
}

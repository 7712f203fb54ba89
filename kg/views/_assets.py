"""The styles, scripts and templates that ship with the pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "assets"


@cache
def asset(name: str) -> str:
    """Return the text of a shipped file (``page.css``)."""
    return (_FOLDER / name).read_text(encoding="utf-8")

"""HTML and SVG made of parts: whatever is no markup is text, so nothing that a paper says can become a tag."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias


class Markup(str):
    """A string that is markup already, made here from parts that were escaped."""

    __slots__ = ()


Part: TypeAlias = "str | Markup | int | float | Iterable[Part] | None"
_VOID = frozenset({"input", "br", "hr", "meta", "link", "img"})


def tag(name: str, /, *parts: Part, **attributes: object) -> Markup:
    """Return an element.

    Args:
        name: of the element.
        parts: what is in it: markup as it is, all else escaped; None is nothing.
        attributes: underscores become hyphens, one at the end is dropped; None and False leave an attribute out,
            True gives it no value.

    >>> tag("a", "<b>", tag("i", 1), href='"', class_="x", aria_label="y", hidden=True, title=None)
    '<a href="&quot;" class="x" aria-label="y" hidden>&lt;b&gt;<i>1</i></a>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{join(*parts)}</{name}>")


def join(*parts: Part) -> Markup:
    """Return parts one after another.

    >>> join("a<", ["b", None, Markup("<i>")])
    'a&lt;b<i>'
    """
    return Markup("".join(_written(part) for part in parts))


def _written(part: Part) -> str:
    if part is None:
        return ""
    if isinstance(part, Markup):
        return part
    if isinstance(part, str | int | float):
        return escape(str(part))
    return join(*part)

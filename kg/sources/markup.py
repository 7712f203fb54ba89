"""Text out of markup: abstracts as HTML, JATS or MathML to plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from kg.sources.text import MAX_ABSTRACT_CHARS, one_line

# Markup is longer than its text, and what is far longer is no abstract: it must not keep the patterns busy.
_LONGEST: Final = 4 * MAX_ABSTRACT_CHARS

_DRESS = re.compile(r"<!--.{0,2000}?-->|<(/?)([A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>|<!\[CDATA\[|\]\]>", re.DOTALL)
# A section's title inside an abstract ("Abstract") and a formula's second spelling are no text of it
_SILENT = re.compile(
    r"<(?P<tag>(?:\w+:)?(?:title|annotation|tex-math|script|style))(?:\s[^<>]*)?>.{0,1000}?</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE: Final = frozenset(
    "a abbr b bold cite code em ext-link i inline-formula italic kbd mi mn mo mrow msub msubsup msup mtext"
    " named-content roman s sans-serif sc small span strike strong styled-content sub"
    " sup tt u underline var xref".split()
)


def plain(text: str) -> str:
    """Return the text of a piece of HTML or JATS, on one line; what is no markup stays as it is.

    >>> plain("<jats:title>Abstract</jats:title><jats:p>A &amp; B: H<sub>2</sub>O,<br/>p &lt; 0.1</jats:p>")
    'A & B: H2O, p < 0.1'
    >>> plain("for all x < y and y > z")
    'for all x < y and y > z'
    """
    text = text[:_LONGEST]
    if "<" in text:
        text = _DRESS.sub(_space, _SILENT.sub(" ", text))
    if "&" in text:
        text = unescape(text)
    return one_line(text)


def _space(tag: re.Match[str]) -> str:
    """Return what stands in place of a tag: nothing inside of a line, else a space."""
    name = (tag[2] or "").rpartition(":")[2].lower()
    return "" if not name or name in _INLINE else " "

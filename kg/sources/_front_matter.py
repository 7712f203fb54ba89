"""The block of keys and values that stands before a Markdown text, in the plain part of YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_FENCE: Final = "---"
_ENDS: Final = ("---", "...")
_KEY = re.compile(r"([A-Za-z][\w-]{0,40})\s*:(?:\s+(.*)|\s*)$")
_NAME_IN_ITEM = re.compile(r"(?:name|literal|full[-_]?name)\s*:\s*(.*)", re.IGNORECASE)
_LIST_ITEM = re.compile(r"""\s*("[^"]*"|'[^']*'|[^,]+)""")
_COMMENT = re.compile(r"(?<!\S)#.*$")

Value = str | list[str]


def front_matter(lines: Sequence[str]) -> tuple[dict[str, Value], int]:
    """Return the values by key in small letters, and how many lines the block takes; none where there is none.

    Values are texts (quoted, folded over lines, or not) and lists of texts; of a list of persons with several
    keys each, the names. Anything else is passed over.

    Args:
        lines: of the text, from its first on.

    >>> front_matter(["---", "title: 'A: a Study'", "authors:", "  - name: Ada Example", "tags: [a, b]", "---", "# X"])
    ({'title': 'A: a Study', 'authors': ['Ada Example'], 'tags': ['a', 'b']}, 6)
    """
    if not lines or lines[0].strip() != _FENCE:
        return {}, 0
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in _ENDS), 0)
    blocks: list[tuple[str, str, list[str]]] = []
    for line in lines[1:end]:
        hit = _KEY.match(line)
        if hit:
            blocks.append((hit[1].lower(), (hit[2] or "").strip(), []))
        elif blocks:
            blocks[-1][2].append(line)
    return {key: _value(first, more) for key, first, more in blocks}, end + 1 if end else 0


def _value(first: str, more: Sequence[str]) -> Value:
    inner = [line.strip() for line in more if line.strip() and not line.lstrip().startswith("#")]
    if first[:1] in ("|", ">"):
        return "\n".join(line.strip() for line in more).strip()
    if not first and any(line.startswith("-") for line in inner):
        return _items(inner)
    if first.startswith("["):
        text = " ".join([first, *inner]).strip().removeprefix("[").removesuffix("]")
        return [_text(item) for item in _LIST_ITEM.findall(text) if item.strip()]
    return _text(" ".join([first, *inner]))


def _items(inner: Sequence[str]) -> list[str]:
    found = []
    for line in inner:
        bare = line.removeprefix("-").strip()
        named = _NAME_IN_ITEM.match(bare)
        if named:
            found.append(_text(named[1]))
        elif line.startswith("-") and not _KEY.match(bare):
            found.append(_text(bare))
    return found


def _text(value: str) -> str:
    value = value.strip()
    for quote in ("'", '"'):
        if len(value) > 1 and value.startswith(quote) and value.endswith(quote):
            inner = value[1:-1]
            return inner.replace("''", "'") if quote == "'" else re.sub(r"\\([\"\\])", r"\1", inner)
    return _COMMENT.sub("", value).rstrip()

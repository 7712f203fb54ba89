"""What the first bytes of a file tell, for formats to recognise their own; nothing here raises."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, Final

_TAG = re.compile(rb"<([A-Za-z_][\w.\-]*)(?::([A-Za-z_][\w.\-]*))?([^<>]*)>?")
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype(?:[^\[<>]|<[^<>]*>)*(?:\[.*?\]\s*)?>)", re.S | re.I)
_NAMESPACE = re.compile(rb"""\bxmlns(?::([\w.\-]+))?\s*=\s*["']([^"']*)["']""")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_COLON = re.compile(r"\s*:")
_DEEPEST: Final = 3


@lru_cache(maxsize=4)
def xml_root(head: bytes) -> tuple[str, str] | None:
    """Return the namespace ("" for none) and the local name of the first element; None where it is no XML.

    >>> xml_root(b'<?xml version="1.0"?><!-- x --><a:feed xmlns:a="http://www.w3.org/2005/Atom">')
    ('http://www.w3.org/2005/Atom', 'feed')
    """
    at = 0
    while hit := _PROLOG.match(head, at):
        at = hit.end()
    tag = _TAG.match(head, len(head) - len(head[at:].lstrip()))
    if tag is None:
        return None
    prefix, local = (tag[1], tag[2]) if tag[2] else (b"", tag[1])
    namespaces = {hit[1] or b"": hit[2] for hit in _NAMESPACE.finditer(tag[3])}
    return namespaces.get(prefix, b"").decode("utf-8", "replace"), local.decode("utf-8", "replace")


@lru_cache(maxsize=4)
def xml_names(head: bytes) -> frozenset[str]:
    """Return the local names of all elements that are opened in the head of an XML file; none in another file.

    >>> sorted(xml_names(b"<dblp><article key='a'><title>X</title></art"))
    ['article', 'dblp', 'title']
    """
    if xml_root(head) is None:
        return frozenset()
    return frozenset((hit[2] or hit[1]).decode("utf-8", "replace") for hit in _TAG.finditer(head))


@lru_cache(maxsize=4)
def json_keys(head: bytes) -> frozenset[str]:
    """Return the keys of the first object of a JSON text, be it a line, an element of a list, or the whole.

    The keys of what is nested stand behind their path: ``results[].id`` is a key of the first object in the list
    under ``results``, ``meta.count`` one of an object. Of a list at the top, its first object is meant. A text
    that is no JSON has none. The head may be cut off anywhere.

    >>> sorted(json_keys(b'{"meta": {"count": 1}, "results": [{"id": "W1", "title": "Dee'))
    ['meta', 'meta.count', 'results', 'results[].id', 'results[].title']
    """
    text = head.decode("utf-8", "ignore").lstrip()
    if text[:1] == "[":
        text = text[1:].lstrip()
    if text[:1] != "{":
        return frozenset()
    line, _, rest = text.partition("\n")
    for whole in (line, text) if rest else (text,):
        try:
            value, _ = json.JSONDecoder().raw_decode(whole)
        except (ValueError, RecursionError):
            continue
        return frozenset(_paths(value, ""))
    return frozenset(_scanned(text))


def _paths(value: Any, path: str) -> list[str]:
    if path.count(".") > _DEEPEST:
        return []
    if isinstance(value, list):
        first = next((item for item in value if isinstance(item, dict)), None)
        return [] if first is None else _paths(first, f"{path}[]")
    if not isinstance(value, dict):
        return []
    found = []
    for key, inner in value.items():
        name = f"{path}.{key}" if path else key
        found += [name, *_paths(inner, name)]
    return found


def _scanned(text: str) -> set[str]:
    """Return the keys of an object that is cut off, read by its brackets and strings."""
    found: set[str] = set()
    # One frame a bracket: its path (None where its keys do not count), the key read last, and whether it is a list
    frames: list[tuple[str | None, str, bool]] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == '"':
            hit = _STRING.match(text, at)
            if hit is None:
                break
            at = hit.end()
            path, _, is_list = frames[-1] if frames else (None, "", True)
            if path is not None and not is_list and _COLON.match(text, at):
                key = hit[0][1:-1]
                name = f"{path}.{key}" if path else key
                found.add(name)
                frames[-1] = path, name, False
            continue
        if char in "{[":
            frames.append((_inner_path(frames, char), "", char == "["))
        elif char in "}]" and frames:
            frames.pop()
            if not frames:
                break
            if char == "}" and frames[-1][2]:
                # Of a list, the first object counts
                frames[-1] = None, "", True
        at += 1
    return found


def _inner_path(frames: list[tuple[str | None, str, bool]], opener: str) -> str | None:
    if not frames:
        return ""
    path, key, is_list = frames[-1]
    if path is None or len(frames) > 2 * (_DEEPEST + 1):
        return None
    if is_list:
        return path if opener == "{" else None
    return f"{key}[]" if opener == "[" else key

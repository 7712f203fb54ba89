"""The same graph under another base: data IRIs begin with it, the terms of the ontology stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import StoreError

_PARTS: Final = ("concept/", "paper/", "evidence/", "result/")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def checked(base: str) -> str:
    """Return a base that data IRIs can begin with.

    Raises:
        StoreError: it is no absolute http(s) IRI that ends with a slash or a hash.

    >>> checked("https://example.org/methods/")
    'https://example.org/methods/'
    """
    if not _IRI.fullmatch(base):
        raise StoreError(f"{base!r} cannot be the base of IRIs; give an http(s) address that ends with / or #")
    return base


def prefixes(base: str) -> Mapping[str, str]:
    """Return the usual prefixes, with those of data under another base.

    >>> prefixes("https://example.org/m/")["concept"]
    'https://example.org/m/concept/'
    """
    ours = {v.BASE + part for part in _PARTS}
    return {name: base + iri.removeprefix(v.BASE) if iri in ours else iri for name, iri in v.PREFIXES.items()}


def rebased(triples: Iterable[ox.Triple], *, old: str, new: str) -> Iterator[ox.Triple]:
    """Yield triples with the data IRIs of one base under another; literals and all other IRIs stay.

    >>> node = ox.NamedNode(v.concept_iri("resnet"))
    >>> fact = ox.Triple(node, ox.NamedNode(v.PREDICATE_IRIS["uses"]), node)
    >>> next(rebased([fact], old=v.BASE, new="https://example.org/m/")).object.value
    'https://example.org/m/concept/resnet'
    """
    move = _mover(old, new)
    for triple in triples:
        subject, value = triple.subject, triple.object
        yield ox.Triple(
            move(subject) if isinstance(subject, ox.NamedNode) else subject,
            triple.predicate,
            move(value) if isinstance(value, ox.NamedNode) else value,
        )


def _mover(old: str, new: str) -> Callable[[ox.NamedNode], ox.NamedNode]:
    data = tuple(old + part for part in _PARTS)

    # Neighbouring triples share their subjects, and all share the predicates.
    @lru_cache(maxsize=65_536)
    def move(node: ox.NamedNode) -> ox.NamedNode:
        return ox.NamedNode(new + node.value.removeprefix(old)) if node.value.startswith(data) else node

    return move

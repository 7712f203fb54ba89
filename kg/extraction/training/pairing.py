"""Carrying annotated relations over to the entities that were found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.extraction.training.gold import GoldPaper
from kg.records import PAPER_AS_SUBJECT, Entity

_SEPARATORS = re.compile(r"[\s\-‐‑–_/$]+")


def pair_names(gold: GoldPaper, entities: Sequence[Entity], *, typed: bool = True) -> dict[str, str]:
    """Return for found entities the annotated names that they stand for, one to one.

    An entity stands for one of the same kind that shares a surface form with it; more shared forms win.

    Args:
        gold: the annotated paper.
        entities: what was found in it.
        typed: whether the kind counts.
    """
    annotated = [(name, kind, forms((name, *mentions))) for name, kind, mentions in gold.entities]
    names: dict[str, str] = {}
    for entity in entities:
        own = forms((entity.name, *(mention.text for mention in entity.mentions)))
        shared = [
            (len(own & theirs), name)
            for name, kind, theirs in annotated
            if (kind == entity.type or not typed) and own & theirs and name not in names.values()
        ]
        if shared:
            names[entity.name] = max(shared)[1]
    return names


def relations_between(gold: GoldPaper, entities: Sequence[Entity]) -> set[tuple[int, str, int]]:
    """Return the annotated relations whose ends were found, by the places of the entities; -1 is the paper."""
    names = pair_names(gold, entities)
    places: dict[str, list[int]] = defaultdict(list)
    for place, entity in enumerate(entities):
        if entity.name in names:
            places[names[entity.name]].append(place)
    places[PAPER_AS_SUBJECT] = [-1]
    return {
        (subject, predicate, target)
        for one, predicate, other in gold.relations
        for subject in places[one]
        for target in places[other]
    }


def forms(names: Sequence[str]) -> set[str]:
    """Return names folded for comparison: without case, hyphens, plural.

    >>> sorted(forms(("Vision-Transformers", "ViT")))
    ['vision transformer', 'vit']
    """
    return {_fold(name) for name in names} - {""}


def _fold(surface: str) -> str:
    words = _SEPARATORS.sub(" ", surface.casefold()).strip().split(" ")
    last = words[-1]
    if len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        words[-1] = last[:-1]
    return " ".join(words)

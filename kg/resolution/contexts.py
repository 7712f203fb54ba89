"""What stands around a name in its paper, and which of several senses that fits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.records import Paper
from kg.resolution.fields import fields_of
from kg.resolution.local import Anchors, Local
from kg.resolution.spelling import identity_key

# What a neighbour tells of the sense, by its group or kind.
_WEIGHTS = {"task": 3.0, "dataset": 2.0}
_FIELD_WEIGHT = 1.0
_KIND_WEIGHT = 0.5
# The best sense must fit at least so well, and so many times better than the next.
_LEAST = 1.0
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Context:
    """What a paper is about.

    Attributes:
        tasks: keys of its tasks and data sets.
        others: keys of all else that it names, but for broad families.
        fields: the fields that its tasks, data sets and title tell.
        authors: their names.
        title: the identity key of the whole title.
    """

    tasks: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    title: str = ""


def read_context(paper: Paper, found: Sequence[Local], anchors: Anchors) -> Context:
    """Return the context of a paper; linear in what it names."""
    tasks: set[str] = set()
    others: set[str] = set()
    telling: list[str] = [_after_head(paper.title)]
    for local in found:
        key = local.curated or local.key
        concept = anchors.concepts.get(local.curated or "")
        if local.kind == "task" or local.group == "dataset":
            tasks.add(f"{local.group}:{key}")
            telling.append(local.name)
            if concept is not None:
                telling.extend(_names_of(concept.tasks, anchors))
        elif local.group == "method" and not (concept is not None and concept.family):
            others.add(key)
            telling.append(local.name if concept is None else concept.name)
    return Context(
        tasks=frozenset(tasks),
        others=frozenset(others),
        fields=fields_of(telling),
        authors=frozenset(paper.authors),
        title=identity_key(paper.title),
    )


def _names_of(identifiers: Iterable[str], anchors: Anchors) -> list[str]:
    return [anchors.concepts[i].name for i in identifiers if i in anchors.concepts]


def title_head(title: str) -> str:
    """Return the identity key of what stands before the colon of a title.

    >>> title_head("GridNet: Pyramids on a Grid")
    'gridnet'
    """
    return identity_key(title.split(": ", 1)[0])


def _after_head(title: str) -> str:
    return title.split(": ", 1)[-1]


def apart(one: Context, other: Context) -> bool:
    """Return whether two papers work in fields that are surely apart: both known, none shared, nothing in common."""
    if not one.fields or not other.fields or one.fields & other.fields:
        return False
    return not (one.tasks & other.tasks or one.authors & other.authors)


@dataclass(slots=True)
class Profile:
    """What the papers of one sense are about, counted."""

    papers: int = 0
    neighbours: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, context: Context, kind: str) -> None:
        """Count one paper."""
        self.papers += 1
        self.neighbours.update(context.tasks | context.others)
        self.fields.update(context.fields)
        self.kinds[kind] += 1


def fitting(context: Context, kind: str, profiles: Mapping[str, Profile]) -> str | None:
    """Return the sense that a paper's context fits by a clear margin, or None.

    Args:
        context: of the paper that names the thing.
        kind: that the paper means.
        profiles: by sense.
    """
    scores = {sense: _score(context, kind, profile) for sense, profile in profiles.items()}
    ranked = sorted(scores, key=lambda sense: (-scores[sense], sense))
    best = scores[ranked[0]]
    next_best = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if best >= _LEAST and best >= _MARGIN * next_best else None


def _score(context: Context, kind: str, profile: Profile) -> float:
    papers = max(1, profile.papers)
    root = math.sqrt(papers)
    shared = context.tasks | context.others
    total = math.fsum(_weight(key) * min(1.0, profile.neighbours[key] / root) for key in shared)
    total += math.fsum(_FIELD_WEIGHT * profile.fields[name] / papers for name in context.fields)
    return round(total + _KIND_WEIGHT * profile.kinds[kind] / papers, 6)


def _weight(key: str) -> float:
    return _WEIGHTS["dataset" if key.startswith("dataset:") else "task"] if ":" in key else 1.0

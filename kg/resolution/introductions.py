"""One name that two papers introduce: one thing again, or two things of far fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon import CuratedConcept
from kg.resolution.contexts import Context, apart
from kg.resolution.fields import fields_of
from kg.resolution.local import Anchors, Local
from kg.resolution.spelling import identity_key


@dataclass(frozen=True, slots=True)
class Coining:
    """A paper that introduces what it names at the head of its title.

    Attributes:
        local: what is introduced.
        year: of the paper, 9999 where it is unknown.
    """

    local: Local
    year: int

    @property
    def order(self) -> tuple[int, str]:
        """The earliest first."""
        return (self.year, self.local.paper)


def split_by_introduction(
    coinings: Sequence[Coining], contexts: Mapping[str, Context], first: CuratedConcept | None, anchors: Anchors
) -> dict[str, list[Local]]:
    """Return the coinings of one name by sense: the key of the paper that coins it, ``""`` for a curated concept.

    A paper opens a sense of its own only where its field is surely apart from that of every sense before it.

    Args:
        coinings: of one name, in any order.
        contexts: of their papers.
        first: the curated concept of this name, where there is one.
        anchors: the curated concepts.
    """
    senses: dict[str, tuple[Context, list[Local]]] = {}
    if first is not None:
        senses[""] = (_curated_context(first, anchors), [])
    for coining in sorted(coinings, key=lambda coining: coining.order):
        context = contexts[coining.local.paper]
        own = first is not None and first.introduced_in and identity_key(first.introduced_in) == context.title
        for known, members in senses.values():
            if own or not apart(context, known):
                members.append(coining.local)
                break
        else:
            senses[coining.local.paper] = (context, [coining.local])
    return {sense: members for sense, (_, members) in senses.items()}


def coins_at_head(local: Local, head: str) -> bool:
    """Return whether the head of a paper's title is the name of what it introduces."""
    return bool(local.key) and head == local.key


def _curated_context(concept: CuratedConcept, anchors: Anchors) -> Context:
    """Return what is known of the field of a curated concept."""
    linked = (*concept.tasks, *concept.broader)
    telling = [concept.introduced_in or "", concept.definition or ""]
    telling += [anchors.concepts[i].name for i in linked if i in anchors.concepts]
    return Context(fields=fields_of(telling))

"""One name that two papers introduce: one thing again, or two things of far fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from kg.lexicon import CuratedConcept
from kg.resolution.contexts import Context, apart
from kg.resolution.fields import fields_of
from kg.resolution.local import Anchors, Local
from kg.resolution.sizes import is_coined
from kg.resolution.spelling import identity_key

# Titles of two versions of one paper are at least so much alike, those of two papers less (in percent).
_ONE_PAPER = 60.0


@dataclass(frozen=True, slots=True)
class Coining:
    """A paper that introduces what it names at the head of its title.

    Attributes:
        local: what is introduced.
        paper: the key of the paper.
        year: of the paper, 9999 where it is unknown.
    """

    local: Local
    paper: str
    year: int

    @property
    def order(self) -> tuple[int, str]:
        """The earliest first."""
        return (self.year, self.paper)


def split_by_introduction(
    coinings: Sequence[Coining], contexts: Mapping[str, Context], first: CuratedConcept | None, anchors: Anchors
) -> dict[str, list[Coining]]:
    """Return the coinings of one name by sense: the key of the paper that coins it, ``""`` for a curated concept.

    A paper opens a sense of its own only where its field is surely apart from that of every sense before it.

    Args:
        coinings: of one name, in any order.
        contexts: of their papers.
        first: the curated concept of this name, where there is one.
        anchors: the curated concepts.
    """
    senses: dict[str, tuple[Context, list[Coining]]] = {}
    if first is not None:
        senses[""] = (_curated_context(first, anchors), [])
    for coining in sorted(coinings, key=lambda coining: coining.order):
        context = contexts[coining.paper]
        own = first is not None and first.introduced_in and identity_key(first.introduced_in) == context.title
        for sense, (known, members) in senses.items():
            other = not sense and first is not None and _another_paper(first, coining.local, context)
            if own or not (other or apart(context, known)):
                members.append(coining)
                break
        else:
            senses[coining.paper] = (context, [coining])
    return {sense: members for sense, (_, members) in senses.items()}


def coins_at_head(local: Local, head: str) -> bool:
    """Return whether the head of a paper's title is the name of what it introduces."""
    return bool(local.key) and head == local.key


def _another_paper(first: CuratedConcept, local: Local, context: Context) -> bool:
    """Return whether a paper that coins the name of a curated system is surely not the one that introduced it.

    A descriptive name ("Ridge Regression: ...") may head a paper on the thing; a coined one heads that which coins it.
    """
    if first.introduced_in is None or first.family:
        return False
    plain = first.kind == "architecture" and " " not in local.name and "-" not in local.name
    coined = is_coined(local.name) or plain
    return coined and ratio(identity_key(first.introduced_in), context.title) < _ONE_PAPER


def _curated_context(concept: CuratedConcept, anchors: Anchors) -> Context:
    """Return what is known of the field of a curated concept."""
    linked = (*concept.tasks, *concept.broader)
    telling = [concept.introduced_in or "", concept.definition or ""]
    telling += [anchors.concepts[i].name for i in linked if i in anchors.concepts]
    return Context(fields=fields_of(telling))

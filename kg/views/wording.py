"""What pages say of each kind of link, read in the direction in which it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.views.payload import Predicate, Words

# Lineage is drawn in the direction of time, from what was there to what came of it; all else as it is stated.
REVERSED: Final = frozenset({"based_on"})

PREDICATES: Final = {
    each.name: each
    for each in (
        Predicate("introduces", "introduces", incoming="Introduced by", outgoing="Introduces"),
        Predicate("based_on", "lineage", incoming="Based on", outgoing="What came of it"),
        Predicate("uses", "uses", incoming="Used by", outgoing="Uses"),
        Predicate("outperforms", "outperforms", incoming="Outperformed by", outgoing="Outperforms"),
        Predicate("addresses", "works on", incoming="Work on it", outgoing="Works on"),
        Predicate("evaluates_on", "tried on", incoming="Tried on it", outgoing="Tried on"),
        Predicate("mentions", "names", incoming="Named by", outgoing="Names"),
    )
}


def spoken(names: Iterable[str]) -> tuple[Predicate, ...]:
    """Return how to speak of the predicates among some, in a fixed order.

    >>> [predicate.label for predicate in spoken({"uses", "based_on"})]
    ['lineage', 'uses']
    """
    wanted = set(names)
    return tuple(predicate for name, predicate in PREDICATES.items() if name in wanted)


def words_of_concepts(predicates: Iterable[str], *, sized: bool) -> Words:
    """Return what a page on concepts and their links says.

    Args:
        predicates: of the links.
        sized: whether the nodes are of different sizes.
    """
    return Words(
        noun="concept",
        nouns="concepts",
        predicates=spoken(predicates),
        size="papers that name it" if sized else None,
        solid="said by a paper",
        dashed="curated only",
    )


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "paper"), counted(1200, "paper"), counted(2, "branch", "branches")
    ('1 paper', '1,200 papers', '2 branches')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"

"""Names that several concepts of one kind bear, though no decision on names says why: there should be none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.table import Table
from kg.names import fold

if TYPE_CHECKING:
    from kg.graph.concept import Concept
    from kg.graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Namesake:
    """A concept that shares a name with another of its kind.

    Attributes:
        key: the folded name.
        concept: one of those that bear it.
    """

    key: str
    concept: Concept

    def to_json(self) -> dict[str, object]:
        """Return it as what ``json.dumps`` takes."""
        return {"key": self.key, **self.concept.to_json()}


def unexplained_namesakes(graph: Graph) -> Table[Namesake]:
    """Return the concepts of one kind that share a name, but for names that the merge log keeps apart.

    Curated concepts that share a name among themselves are left out: a person told them apart.

    >>> unexplained_namesakes(graph).columns
    ('name', 'concept', 'kind', 'papers')
    """
    kept_apart = {fold(merge.name) for merge in graph.merges() if not merge.merged}
    found: list[Namesake] = []
    for key, iris in sorted(graph.name_keys().items()):
        if len(iris) < 2 or key in kept_apart:
            continue
        of_kind: dict[str, list[Concept]] = defaultdict(list)
        for concept in graph.concepts_of(iris):
            of_kind[concept.kind].append(concept)
        for _, bearers in sorted(of_kind.items()):
            if len(bearers) > 1 and not all(concept.curated for concept in bearers):
                found += [Namesake(key, concept) for concept in bearers]
    return Table(
        found,
        columns={
            "name": lambda row: row.key,
            "concept": lambda row: row.concept.id,
            "kind": lambda row: row.concept.kind,
            "papers": lambda row: row.concept.paper_count,
        },
        title="namesakes",
    )

"""Which of the methods that a paper introduces is its main one."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import METHOD_KINDS, Entity, Relation

# By how much an architecture goes before the parts and the training that it comes with.
_ARCHITECTURE_FIRST = 0.1


def main_method(entities: Sequence[Entity], introductions: Sequence[Relation]) -> Entity | None:
    """Return the method that a paper is about: the one most surely introduced, an architecture before others.

    Args:
        entities: of the paper.
        introductions: its relations ``introduces``.
    """
    confidence = {relation.object: relation.evidence.confidence for relation in introductions}
    methods = [entity for entity in entities if entity.name in confidence and entity.type in METHOD_KINDS]

    def weight(entity: Entity) -> float:
        return confidence[entity.name] + _ARCHITECTURE_FIRST * (entity.type == "architecture")

    return max(methods, key=weight, default=None)

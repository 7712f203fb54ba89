"""What scored too low in its paper to be an entity: kept small, for a second look when other papers are heard."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.records import Entity
from kg.resolution.local import group_of
from kg.resolution.sizes import split_size
from kg.resolution.spelling import identity_key

MILLION: Final = 1_000_000


class Candidate(NamedTuple):
    """What scored too low to be an entity of a paper; papers that call it alike share one.

    Attributes:
        said: its name in the extraction.
        key: the identity key of the name.
        groups: of the kinds that were considered, sorted.
    """

    said: str
    key: str
    groups: tuple[str, ...]


def read_candidate(entity: Entity) -> Candidate:
    """Return what a second look needs of a candidate."""
    kinds = {kind for kind, _ in entity.kinds} | {entity.type}
    own = entity.mentions[0].text if entity.mentions else entity.name
    stem = split_size(own)[0] if group_of(entity.type) == "method" else own
    groups = tuple(sorted(map(group_of, kinds)))
    return Candidate(entity.name, identity_key(stem), tuple(dict.fromkeys(groups)))


def read_doubt(entity: Entity) -> int:
    """Return how sure a paper is that a candidate is an entity, in millionths."""
    return round(entity.confidence * MILLION)

"""methodome: papers in, a graph of machine-learning methods out, with the sentence that proves each edge.

>>> import kg
>>> graph = kg.build("papers.txt", store="graph.kg")  # doctest: +SKIP
>>> graph["FPN"].children  # doctest: +SKIP
"""

from kg.build import build, diff
from kg.build import open_graph as open
from kg.errors import (
    AmbiguousName,
    InputError,
    KgError,
    QueryError,
    StoreError,
    StoreLocked,
    UnknownName,
)

__all__ = [
    "AmbiguousName",
    "InputError",
    "KgError",
    "QueryError",
    "StoreError",
    "StoreLocked",
    "UnknownName",
    "build",
    "diff",
    "open",
]

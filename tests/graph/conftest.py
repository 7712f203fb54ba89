"""The small graph of :mod:`examples`, open; and graphs from nothing but edges."""

from collections.abc import Callable, Iterator

import pytest

from kg.graph import Graph
from kg.records import Concept, Edge, Paper, Proof, Resolution

from .examples import SMALL, said, store_of


@pytest.fixture
def graph() -> Iterator[Graph]:
    with Graph(store_of(SMALL)) as opened:
        yield opened


@pytest.fixture
def methods() -> Callable[..., Graph]:
    """Make a graph of architectures from ``based_on`` edges: child, parent and proofs (one by default)."""

    def make(*edges: tuple[str, str] | tuple[str, str, tuple[Proof, ...]]) -> Graph:
        names = sorted({name for edge in edges for name in edge[:2]})
        papers = tuple(Paper(f"t-{number}", f"Paper {number}") for number in range(1, 4))
        proven = [
            Edge(edge[0], "based_on", edge[1], edge[2] if len(edge) == 3 else (said("t-1", "So it is."),))
            for edge in edges
        ]
        concepts = tuple(Concept(name, name, "architecture") for name in names)
        return Graph(store_of(Resolution(papers=papers, concepts=concepts, edges=tuple(proven))))

    return make

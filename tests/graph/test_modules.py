from kg.graph import Graph
from kg.records import Concept, Edge, Paper, Resolution

from .examples import CURATED, said, store_of


def built(*uses: tuple[str, str]) -> Graph:
    """Make a graph of architectures (name and year as "A2015") that use modules."""
    architectures = sorted({architecture for architecture, _ in uses})
    modules = sorted({module for _, module in uses})
    concepts = [Concept(name, name, "architecture", year=int(name[1:]) if name[1:] else None) for name in architectures]
    concepts += [Concept(name, name, "module", curated=True) for name in modules]
    proof = said("t-1", "It uses it.")
    edges = tuple(Edge(architecture, "uses", module, (proof,)) for architecture, module in sorted(set(uses)))
    return Graph(store_of(Resolution((Paper("t-1", "One"),), tuple(sorted(concepts, key=lambda c: c.id)), edges)))


GRAPH = built(("A2015", "m"), ("B2017", "m"), ("C2016", "m"), ("B2017", "n"), ("D", "n"), ("D", "o"))


def test_a_map_puts_the_most_reused_modules_and_the_earliest_architectures_first() -> None:
    found = GRAPH.module_map()
    assert [module.name for module in found.modules] == ["m", "n", "o"]
    assert [each.name for each in found.architectures] == ["A2015", "C2016", "B2017", "D"]
    assert [[use is not None for use in row] for row in found.grid()] == [
        [True, True, True, False],
        [False, False, True, True],
        [False, False, False, True],
    ]
    assert found.edge(found.uses[0]).proofs[0].sentence == "It uses it."


def test_a_map_is_cut_to_size() -> None:
    found = GRAPH.module_map(modules=2, architectures=1)
    assert [module.name for module in found.modules] == ["m", "n"]
    assert [each.name for each in found.architectures] == ["B2017"]


def test_years_choose_architectures() -> None:
    assert [each.name for each in GRAPH.module_map(since=2016, until=2016).architectures] == ["C2016"]


def test_reuse_grows_by_year(graph: Graph) -> None:
    assert [(row.year, [c.name for c in row.new], row.so_far) for row in GRAPH.reuse("m")] == [
        (2015, ["A2015"], 1),
        (2016, ["C2016"], 2),
        (2017, ["B2017"], 3),
    ]
    assert graph.reuse("Attention") == []


def test_what_papers_are_unsure_of_is_left_out() -> None:
    concepts = (Concept("a", "A", "architecture", year=2020), Concept("b", "B", "architecture", year=2021),
                Concept("m", "M", "module"))  # fmt: skip
    edges = (Edge("a", "uses", "m", (said("t-1", "Perhaps.", 0.2),)), Edge("b", "uses", "m", (CURATED,)))
    graph = Graph(store_of(Resolution((Paper("t-1", "One"),), concepts, edges)))
    assert [use.confidence for use in graph.module_map().uses] == [1.0]
    assert len(graph.module_map(min_confidence=0).uses) == 2
    assert [row.so_far for row in graph.reuse("M", min_confidence=0)] == [1, 2]

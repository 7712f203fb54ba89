from collections.abc import Callable

import pytest

from kg.graph import Graph, UnknownChoice
from kg.records import Concept, Edge, Resolution

from .examples import CURATED, said, store_of


def listed(found):
    return [(each.rank, each.concept.name, each.value) for each in found]


def test_descendants_count_what_came_of_a_method(graph: Graph) -> None:
    assert listed(graph.influence()) == [
        (1, "LeNet", 3.0),
        (2, "AlexNet", 2.0),
        (3, "Attention", 1.0),
        (3, "ResNet", 1.0),
        (3, "Vision Transformer", 1.0),
    ]


def test_a_kind_chooses_what_is_listed_and_top_how_many(graph: Graph) -> None:
    assert listed(graph.influence(kind="module")) == [(1, "Attention", 1.0)]
    assert listed(graph.influence(top=2)) == [(1, "LeNet", 3.0), (2, "AlexNet", 2.0)]
    assert listed(graph.influence(top=3))[2:] == [(3, "Attention", 1.0)]
    assert graph.influence(top=0) == []


def test_families_count_when_asked_for(graph: Graph) -> None:
    assert listed(graph.influence(families=True))[:2] == [(1, "Convolutional Neural Network", 3.0), (1, "LeNet", 3.0)]


def test_papers_count_who_names_a_method(graph: Graph) -> None:
    assert listed(graph.influence(by="papers", top=2)) == [(1, "ResNet", 3.0), (2, "ResNeXt", 2.0)]


def test_pagerank_flows_from_child_to_parent(methods: Callable[..., Graph]) -> None:
    found = methods(("b", "a"), ("c", "a"), ("d", "c")).influence(by="pagerank")
    assert [each.concept.name for each in found] == ["a", "c"]
    assert 0 < found[1].value < found[0].value < 1


def test_betweenness_finds_the_bridge(methods: Callable[..., Graph]) -> None:
    found = methods(("d", "c"), ("c", "b"), ("b", "a"), ("e", "c")).influence(by="betweenness")
    assert [(each.concept.name, each.value) for each in found] == [("c", 0.3333333333), ("b", 0.25)]


def test_a_circle_is_broken_before_it_is_measured(methods: Callable[..., Graph]) -> None:
    twice = (said("t-1", "So."), said("t-2", "So."))
    assert listed(methods(("a", "b"), ("b", "a", twice)).influence()) == [(1, "a", 1.0)]


def test_unsure_edges_count_when_asked_for(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a", (said("t-1", "Perhaps.", 0.3),)))
    assert graph.influence() == []
    assert listed(graph.influence(min_confidence=0)) == [(1, "a", 1.0)]


def test_a_year_shows_who_led_then(graph: Graph) -> None:
    assert listed(graph.influence(until=2012)) == [(1, "LeNet", 1.0)]
    assert listed(graph.influence(by="papers", until=2015, top=1)) == [(1, "AlexNet", 1.0)]


def test_reuse_counts_architectures_that_use_or_extend(graph: Graph) -> None:
    assert listed(graph.influence(by="reuse", kind="module")) == [(1, "Self-Attention", 2.0)]


def test_breadth_spreads_over_the_tasks_of_papers(graph: Graph) -> None:
    assert ("Vision Transformer", 1.0) in [(each.concept.name, each.value) for each in graph.influence(by="breadth")]


def test_citerank_favours_what_leads_somewhere_today() -> None:
    concepts = [Concept("old", "old", "module", year=1980), Concept("new", "new", "module", year=2018)]
    concepts += [Concept(f"a{n}", f"a{n}", "module", year=1985) for n in range(3)]
    concepts += [Concept(f"b{n}", f"b{n}", "module", year=2020) for n in range(2)]
    edges = [Edge(f"a{n}", "based_on", "old", (CURATED,)) for n in range(3)]
    edges += [Edge(f"b{n}", "based_on", "new", (CURATED,)) for n in range(2)]
    graph = Graph(store_of(Resolution(concepts=tuple(sorted(concepts, key=lambda c: c.id)), edges=tuple(edges))))
    assert [each.concept.name for each in graph.influence(by="pagerank")] == ["old", "new"]
    assert [each.concept.name for each in graph.influence(by="citerank")] == ["new", "old"]


def test_influence_towards_a_task_starts_at_what_is_proposed_for_it(graph: Graph) -> None:
    found = graph.influence(by="pagerank", towards="Semantic Segmentation")
    assert [each.concept.name for each in found] == ["Vision Transformer"]
    assert [each.concept.name for each in graph.influence(by="pagerank", towards=["ResNeXt", graph["ResNet"]])] == [
        "ResNet", "AlexNet", "LeNet",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="only pagerank"):
        graph.influence(towards="ResNet")
    with pytest.raises(ValueError, match="nothing of the lineage stands for ImageNet"):
        graph.influence(by="pagerank", towards="ImageNet")


def test_an_engine_that_does_not_exist_names_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match="networkx, rustworkx"):
        graph.influence(engine="igraph")


def test_a_place_is_json(graph: Graph) -> None:
    assert graph.influence(top=1)[0].to_json() == {
        "rank": 1, "name": "LeNet", "kind": "architecture", "year": 1998,
        "iri": "https://w3id.org/methodome/concept/lenet", "descendants": 3.0,
    }  # fmt: skip


def test_a_measure_or_a_kind_that_does_not_exist_names_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(
        UnknownChoice, match="descendants, children, pagerank, citerank, betweenness, h, reuse, breadth, papers"
    ):
        graph.influence(by="fame")
    with pytest.raises(UnknownChoice, match="architecture, module, technique"):
        graph.influence(kind="dataset")

from collections.abc import Callable

import pytest

from kg.graph import Graph, UnknownChoice


def listed(found):
    return [(each.rank, each.concept.name, each.value) for each in found]


def test_descendants_count_what_came_of_a_method(graph: Graph) -> None:
    assert listed(graph.influence()) == [
        (1, "LeNet", 4.0),
        (2, "AlexNet", 3.0),
        (3, "ResNet", 2.0),
        (4, "Attention", 1.0),
        (4, "ResNeXt", 1.0),
        (4, "Vision Transformer", 1.0),
    ]


def test_a_kind_chooses_what_is_listed_and_top_how_many(graph: Graph) -> None:
    assert listed(graph.influence(kind="module")) == [(1, "Attention", 1.0)]
    assert listed(graph.influence(top=2)) == [(1, "LeNet", 4.0), (2, "AlexNet", 3.0)]
    assert listed(graph.influence(top=4))[3:] == [(4, "Attention", 1.0)]
    assert graph.influence(top=0) == []


def test_families_count_when_asked_for(graph: Graph) -> None:
    assert listed(graph.influence(families=True))[:2] == [(1, "Convolutional Neural Network", 4.0), (1, "LeNet", 4.0)]


def test_papers_count_who_names_a_method(graph: Graph) -> None:
    assert listed(graph.influence(by="papers", top=2)) == [(1, "ResNet", 3.0), (2, "ResNeXt", 2.0)]


def test_pagerank_flows_from_child_to_parent(methods: Callable[..., Graph]) -> None:
    found = methods(("b", "a"), ("c", "a"), ("d", "c")).influence(by="pagerank")
    assert [each.concept.name for each in found] == ["a", "c"]
    assert 0 < found[1].value < found[0].value < 1


def test_betweenness_finds_the_bridge(methods: Callable[..., Graph]) -> None:
    found = methods(("d", "c"), ("c", "b"), ("b", "a"), ("e", "c")).influence(by="betweenness")
    assert [(each.concept.name, each.value) for each in found] == [("c", 0.333333333333), ("b", 0.25)]


def test_cycles_do_not_count_a_method_as_its_own_descendant(methods: Callable[..., Graph]) -> None:
    assert listed(methods(("a", "b"), ("b", "a")).influence()) == [(1, "a", 1.0), (1, "b", 1.0)]


def test_a_measure_or_a_kind_that_does_not_exist_names_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match="descendants, pagerank, betweenness, papers"):
        graph.influence(by="fame")
    with pytest.raises(UnknownChoice, match="architecture, module, technique"):
        graph.influence(kind="dataset")

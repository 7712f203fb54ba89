from collections.abc import Callable

import pytest

from kg.graph import Graph, NoLineage

from .examples import CURATED, said


def test_a_timeline_names_the_branch_by_which_each_came(graph: Graph) -> None:
    tree = graph.timeline("CNN")
    assert dict(tree.nodes(data="branch_name")) == {
        "cnn": None, "alexnet": "AlexNet", "resnet": "ResNet", "resnext": "ResNet", "late": "ResNet",
    }  # fmt: skip
    assert dict(tree.nodes(data="descendants"))["alexnet"] == 3


def test_a_timeline_keeps_the_most_influential_and_what_leads_to_them(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "b"), ("d", "c"), ("x", "a"), ("e", "d"), ("y", "x"))
    assert sorted(graph.timeline("a", top=2)) == ["a", "b", "c"]


def test_the_surest_edge_decides_the_branch(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "a"), ("d", "b", (said("t-1", "Maybe.", 0.5),)), ("d", "c", (CURATED,)))
    assert graph.timeline("a").nodes["d"]["branch"] == "c"


def test_generations_go_year_by_year_with_the_undated_last(graph: Graph, methods: Callable[..., Graph]) -> None:
    assert [(row.year, [c.name for c in row.concepts]) for row in graph.generations("ResNet")] == [
        (2014, ["Late"]),
        (2016, ["ResNeXt"]),
    ]
    undated = methods(("b", "a"), ("c", "a")).generations("a")
    assert [(row.year, [c.name for c in row.concepts]) for row in undated] == [(None, ["b", "c"])]


def test_siblings_share_a_parent(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "a"), ("b", "z"), ("d", "z"), ("c", "z"), ("e", "b"))
    assert [(row.concept.name, [p.name for p in row.parents]) for row in graph.siblings("b")] == [
        ("c", ["a", "z"]),
        ("d", ["z"]),
    ]


def test_common_ancestors_are_the_nearest_ones(methods: Callable[..., Graph]) -> None:
    graph = methods(("m", "top"), ("one", "m"), ("other", "m"), ("other", "top"))
    assert [(row.concept.name, row.one_steps, row.other_steps) for row in graph.common_ancestors("one", "other")] == [
        ("m", 1, 1)
    ]
    assert graph.common_ancestors("one", "m")[0].one_steps == 1
    assert graph.common_ancestors("one", "m")[0].other_steps == 0


def test_strangers_have_no_common_ancestor(graph: Graph) -> None:
    assert graph.common_ancestors("ResNet", "SegFormer") == []


def test_a_data_set_has_no_kin(graph: Graph) -> None:
    with pytest.raises(NoLineage, match="'ADE20K' is a dataset"):
        graph.siblings("ADE20K")


def test_of_two_senses_the_method_is_meant(graph: Graph) -> None:
    assert list(graph.lineage("SGD")) == ["sgd"]
    assert graph.lineage("SGD").nodes["sgd"]["kind"] == "technique"

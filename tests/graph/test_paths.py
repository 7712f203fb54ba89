from collections.abc import Callable

import pytest

from kg.graph import Graph, NoPath, UnknownChoice

from .examples import CURATED, said


def test_a_path_goes_back_in_time_with_its_sentences(graph: Graph) -> None:
    path = graph.idea_path("ResNeXt", "AlexNet")
    assert str(path) == "ResNeXt is based on ResNet; ResNet is based on AlexNet"
    assert path.edges[0].proofs[0].sentence == "ResNeXt, a kind of ResNet."
    assert len(path) == 2


def test_a_path_can_go_forward(graph: Graph) -> None:
    path = graph.idea_path("LeNet", "ResNet")
    assert [(step.edge.subject_name, step.forward) for step in path.steps] == [("AlexNet", False), ("ResNet", False)]


def test_a_path_may_turn_once_at_what_both_go_back_to(graph: Graph) -> None:
    assert str(graph.idea_path("SegFormer", "Self-Attention")) == "SegFormer uses Self-Attention"
    assert [str(step) for step in graph.idea_path("Vision Transformer", "SegFormer").steps] == [
        "SegFormer is based on Vision Transformer"
    ]


def test_common_descent_is_nearer_than_a_common_part(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "b"), ("d", "a"))
    assert str(graph.idea_path("c", "d")) == "c is based on b; b is based on a; d is based on a"


def test_a_path_never_turns_twice(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("b", "c"), ("d", "c"))
    with pytest.raises(NoPath, match="no way of based_on and uses leads from 'a' to 'd'; ways through broad families"):
        graph.idea_path("a", "d")


def test_of_two_ways_the_surer_is_taken(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "a", (CURATED,)), ("d", "b"), ("d", "c", (CURATED,)))
    assert str(graph.idea_path("d", "a")) == "d is based on c; c is based on a"


def test_unsure_edges_are_no_way(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a", (said("t-1", "Perhaps.", 0.2),)))
    with pytest.raises(NoPath):
        graph.idea_path("b", "a")
    assert len(graph.idea_path("b", "a", min_confidence=0)) == 1


def test_families_join_only_when_asked_to(methods: Callable[..., Graph], graph: Graph) -> None:
    assert len(graph.idea_path("ResNet", "CNN")) == 1
    with pytest.raises(NoPath):
        graph.idea_path("Late", "Vision Transformer")


def test_a_method_is_no_step_from_itself(graph: Graph) -> None:
    path = graph.idea_path("ResNet", "ResNet")
    assert (path.steps, str(path)) == ((), "ResNet is ResNet")


def test_a_predicate_of_papers_joins_no_methods(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match="based_on, uses, outperforms"):
        graph.idea_path("ResNet", "LeNet", predicates=["mentions"])


def test_a_notebook_shows_the_sentences_as_text(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a", (said("t-1", "b <i>extends</i> a."),)))
    assert "b &lt;i&gt;extends&lt;/i&gt; a." in graph.idea_path("b", "a")._repr_html_()

from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import Graph
from kg.graph.bulk import Link
from kg.graph.cycles import cycle_closing, implied
from kg.graph.descent import descent
from kg.records import Concept, Edge, Paper, Resolution

from .examples import CURATED, said, store_of


def ends(graph: Graph, **choices: object) -> list[tuple[str, str]]:
    tree = descent(graph, **choices)  # type: ignore[arg-type]
    return sorted((child.rsplit("/", 1)[1], parent.rsplit("/", 1)[1]) for child, parent in tree.edges)


def test_a_child_dated_before_its_parent_is_left_out(graph: Graph) -> None:
    assert ends(graph) == [
        ("alexnet", "lenet"), ("resnet", "alexnet"), ("resnext", "resnet"), ("segformer", "vit"),
        ("self-attention", "attention"),
    ]  # fmt: skip


def test_families_count_when_asked_for(graph: Graph) -> None:
    assert ("resnet", "cnn") in ends(graph, families=True)


def test_a_year_shows_the_field_as_it_was(graph: Graph) -> None:
    assert ends(graph, until=2015) == [("alexnet", "lenet"), ("resnet", "alexnet")]


def test_unsure_edges_are_left_out_and_curated_ones_never(methods: Callable[..., Graph]) -> None:
    unsure = methods(("b", "a", (said("t-1", "Perhaps.", 0.3),)), ("c", "a", (CURATED,)))
    assert ends(unsure) == [("c", "a")]
    assert ends(unsure, min_confidence=0.3) == [("b", "a"), ("c", "a")]
    assert ends(unsure, min_confidence=1) == [("c", "a")]
    with pytest.raises(ValueError, match=r"a confidence of 1\.5"):
        descent(unsure, min_confidence=1.5)


def test_a_curated_method_takes_a_parent_only_from_a_sure_paper_or_from_two() -> None:
    concepts = (Concept("a", "a", "module"), *(Concept(name, name, "module", curated=True) for name in "bcd"))
    unsure, sure = said("t-1", "Perhaps.", 0.5), said("t-1", "Surely.", 0.7)
    edges = (Edge("b", "based_on", "a", (unsure,)), Edge("c", "based_on", "a", (sure,)),
             Edge("d", "based_on", "a", (unsure, said("t-2", "Perhaps.", 0.5))))  # fmt: skip
    papers = (Paper("t-1", "One"), Paper("t-2", "Two"))
    graph = Graph(store_of(Resolution(papers=papers, concepts=concepts, edges=edges)))
    assert ends(graph) == [("c", "a"), ("d", "a")]
    assert ends(graph, min_confidence=0.5) == [("b", "a"), ("c", "a"), ("d", "a")]
    assert sorted(graph.lineage("a")) == ["a", "c", "d"]
    assert graph.lineage("a").graph["left_out"] == 1


def test_a_circle_is_broken_at_its_weakest_edge(methods: Callable[..., Graph]) -> None:
    strong = (said("t-1", "So."), said("t-2", "So."))
    assert ends(methods(("a", "b", strong), ("b", "c", strong), ("c", "a"))) == [("a", "b"), ("b", "c")]


def test_what_was_read_is_kept_until_the_graph_is_closed(graph: Graph) -> None:
    assert descent(graph) is descent(graph)
    assert descent(graph) is not descent(graph, families=True)


@settings(deadline=None)
@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20))
def test_no_circle_remains_and_no_edge_too_many_is_taken(pairs: set[tuple[str, str]]) -> None:
    edges = {ends: Link(*ends, 1, 0.5, False) for ends in sorted(pairs)}
    broken = cycle_closing(edges)
    kept = nx.DiGraph(sorted(pairs - broken))
    assert nx.is_directed_acyclic_graph(kept)
    for child, parent in broken:
        assert child == parent or nx.has_path(kept, parent, child)


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda ends: ends[0] > ends[1])))
def test_what_is_implied_can_be_left_out_without_loss(pairs: set[tuple[int, int]]) -> None:
    named = {(str(child), str(parent)) for child, parent in pairs}
    whole, reduced = nx.DiGraph(sorted(named)), nx.DiGraph(sorted(named - implied(named)))
    reduced.add_nodes_from(whole)
    assert all(nx.descendants(whole, node) == nx.descendants(reduced, node) for node in whole)

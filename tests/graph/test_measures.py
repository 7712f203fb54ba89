"""The measures against NetworkX's own, and both engines against each other."""

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import engines, measures

CLOSE = 1e-9


@st.composite
def lineages(draw: st.DrawFn) -> "nx.DiGraph[int]":
    """Draw a graph without cycles: every edge runs from a higher to a lower number."""
    size = draw(st.integers(1, 24))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda ends: ends[0] > ends[1])
    tree: nx.DiGraph[int] = nx.DiGraph()
    tree.add_nodes_from(range(size))
    tree.add_edges_from(draw(st.lists(pairs, max_size=60)) if size > 1 else [])
    return tree


def equal(one: dict[Any, float], other: dict[Any, float]) -> bool:
    return one.keys() == other.keys() and all(abs(one[node] - other[node]) <= CLOSE for node in one)


@settings(deadline=None)
@given(lineages())
def test_descendants_are_those_that_a_search_finds(tree: "nx.DiGraph[int]") -> None:
    assert measures.descendants(tree) == {
        node: float(len(nx.ancestors(tree, node))) for node in tree if tree.in_degree(node)
    }


def test_descendants_are_counted_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = nx.DiGraph((node, other) for node in range(40) for other in (node // 2, node // 3) if node > other)
    whole = measures.descendants(tree)
    monkeypatch.setattr(measures, "_BLOCK", 7)
    assert measures.descendants(tree) == whole


@settings(deadline=None)
@given(lineages())
def test_betweenness_is_that_of_networkx(tree: "nx.DiGraph[int]") -> None:
    linked = tree.subgraph([node for node in tree if tree.degree(node)])
    theirs = nx.betweenness_centrality(linked)
    assert equal(measures.betweenness(tree), {node: share for node, share in theirs.items() if share})


def test_betweenness_is_estimated_where_there_are_many_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = nx.DiGraph((node, node // 2) for node in range(1, 200))
    monkeypatch.setattr(measures, "MOST_VISITS", 100)
    monkeypatch.setattr(measures, "FEWEST_STARTS", 60)
    estimate = measures.betweenness(tree)
    assert estimate == measures.betweenness(tree)
    monkeypatch.undo()
    exact = measures.betweenness(tree)
    assert exact[1] / 2 < estimate[1] < exact[1] * 2


@pytest.mark.parametrize("name", ["descendants", "children", "betweenness", "h"])
@settings(deadline=None)
@given(tree=lineages())
def test_both_engines_measure_the_same(name: str, tree: "nx.DiGraph[int]") -> None:
    pytest.importorskip("rustworkx", reason="the extra fast is not installed")
    assert equal(engines.measure_by(name, "networkx")(tree), engines.measure_by(name, "rustworkx")(tree))


@settings(deadline=None)
@given(lineages(), st.sets(st.integers(0, 23)))
def test_both_engines_walk_alike(tree: "nx.DiGraph[int]", chosen: set[int]) -> None:
    pytest.importorskip("rustworkx", reason="the extra fast is not installed")
    starts = {node: 1.0 for node in sorted(chosen) if node in tree} or None
    for given_starts in (None, starts):
        one, other = (engines.measure_by("pagerank", engine)(tree, starts=given_starts) for engine in engines.ENGINES)
        assert equal(one, other)


def test_pagerank_starts_where_it_is_told() -> None:
    tree = nx.DiGraph([("b", "a"), ("d", "c")])
    assert list(measures.pagerank(tree, starts={"b": 1.0})) == ["a", "c"]
    assert measures.pagerank(tree, starts={"b": 1.0})["c"] == 0.0


def test_the_h_index_asks_for_children_that_have_children() -> None:
    one_lucky_child = nx.DiGraph([("b", "a"), *((f"c{n}", "b") for n in range(9))])
    assert measures.h_index(one_lucky_child) == {"a": 1.0}


@pytest.mark.parametrize("measure", [measures.descendants, measures.pagerank, measures.betweenness, measures.h_index])
def test_an_empty_lineage_has_no_measure(measure: Callable[..., dict[Any, float]]) -> None:
    assert measure(nx.DiGraph()) == {}
    lonely: nx.DiGraph[str] = nx.DiGraph()
    lonely.add_node("a")
    assert measure(lonely) == {}

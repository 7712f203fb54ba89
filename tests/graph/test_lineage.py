from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnknownName
from kg.graph import Graph
from kg.graph.lineage import NoLineage
from kg.records import Concept, Edge, Paper, Resolution

from .examples import CURATED, said, store_of


def depths(tree: "nx.DiGraph[str]") -> dict[str, int]:
    return dict(tree.nodes(data="depth"))


def test_lineage_goes_up_and_down_and_leaves_families_out(graph: Graph) -> None:
    tree = graph.lineage("ResNet")
    assert depths(tree) == {"lenet": -2, "alexnet": -1, "resnet": 0, "resnext": 1, "late": 2}
    assert sorted(tree.edges) == [
        ("alexnet", "lenet"), ("late", "resnext"), ("resnet", "alexnet"), ("resnext", "resnet"),
    ]  # fmt: skip
    assert tree.graph == {"focus": "resnet", "broken": [], "implied": [], "least_confidence": 0.4, "left_out": 0}


def test_nodes_and_edges_say_what_a_page_shows(graph: Graph) -> None:
    tree = graph.lineage("ResNet", down=False, depth=1)
    assert tree.nodes["resnet"] == {
        "id": "resnet", "iri": "https://w3id.org/methodome/concept/resnet", "name": "ResNet", "kind": "architecture",
        "year": 2015, "family": False, "curated": True, "papers": 3, "depth": 0, "focus": True,
    }  # fmt: skip
    attributes = tree.edges["resnet", "alexnet"]
    assert {name: attributes[name] for name in attributes if name != "proofs"} == {
        "predicate": "based_on", "support": 1, "confidence": 1.0, "curated": True, "dated_before_parent": False,
    }  # fmt: skip
    assert [(proof["sentence"], proof["source"]) for proof in attributes["proofs"]] == [
        (None, "the curated concepts"),
        ("ResNets go on from AlexNet.", None),
    ]


def test_lineage_stops_where_it_is_told(graph: Graph) -> None:
    assert depths(graph.lineage("ResNet", up=False)) == {"resnet": 0, "resnext": 1, "late": 2}
    assert depths(graph.lineage("ResNet", down=False)) == {"lenet": -2, "alexnet": -1, "resnet": 0}
    assert depths(graph.lineage("ResNet", depth=1)) == {"alexnet": -1, "resnet": 0, "resnext": 1}
    assert depths(graph.lineage("ResNet", depth=0)) == {"resnet": 0}


def test_families_come_when_asked_for(graph: Graph) -> None:
    assert depths(graph.lineage("ResNet", families=True, down=False))["cnn"] == -1


def test_a_family_shows_its_children(graph: Graph) -> None:
    assert depths(graph.lineage("CNN")) == {"cnn": 0, "alexnet": 1, "resnet": 1, "resnext": 2, "late": 3}


def test_a_child_dated_before_its_parent_is_flagged(graph: Graph) -> None:
    flagged = [ends[:2] for ends in graph.lineage("ResNet").edges(data="dated_before_parent") if ends[2]]
    assert flagged == [("late", "resnext")]


def test_a_concept_that_is_no_method_has_no_lineage(graph: Graph) -> None:
    with pytest.raises(NoLineage, match="'ADE20K' is a dataset"):
        graph.lineage("ADE20K")
    with pytest.raises(UnknownName):
        graph.lineage("nothing like it")
    with pytest.raises(ValueError, match="depth of -1"):
        graph.lineage("ResNet", depth=-1)


def test_a_method_without_relatives_stands_alone(graph: Graph) -> None:
    assert depths(graph.lineage(graph.concept("sgd", kind="technique"))) == {"sgd": 0}


def test_a_cycle_is_broken_at_its_weakest_edge_and_reported(methods: Callable[..., Graph]) -> None:
    weak, strong = (said("t-1", "Weak.", 0.4),), (said("t-1", "Strong.", 0.9),)
    tree = methods(("a", "b", strong), ("b", "c", strong), ("c", "a", weak)).lineage("a")
    assert sorted(tree.edges) == [("a", "b"), ("b", "c")]
    assert tree.graph["broken"] == [{"child": "c", "parent": "a", "support": 1, "confidence": 0.4}]


def test_a_curator_outweighs_papers_and_papers_outweigh_confidence(methods: Callable[..., Graph]) -> None:
    two_papers = (said("t-1", "One.", 0.5), said("t-2", "Two.", 0.5))
    one_paper = (said("t-1", "Sure.", 0.99),)
    assert sorted(methods(("a", "b", two_papers), ("b", "a", one_paper)).lineage("a").edges) == [("a", "b")]
    assert sorted(methods(("a", "b", two_papers), ("b", "a", (CURATED,))).lineage("a").edges) == [("b", "a")]


def test_unsure_edges_are_left_out_and_counted(methods: Callable[..., Graph]) -> None:
    unsure = methods(("b", "a", (said("t-1", "Perhaps.", 0.2),)), ("c", "a"), ("d", "a", (CURATED,)))
    assert sorted(unsure.lineage("a")) == ["a", "c", "d"]
    assert unsure.lineage("a").graph["left_out"] == 1
    assert sorted(unsure.lineage("a", min_confidence=0)) == ["a", "b", "c", "d"]
    assert sorted(unsure.lineage("a", min_confidence=1)) == ["a", "d"]


def test_a_reduced_lineage_leaves_out_what_a_longer_way_says(methods: Callable[..., Graph]) -> None:
    tree = methods(("b", "a"), ("c", "b"), ("c", "a")).lineage("a", reduced=True)
    assert sorted(tree.edges) == [("b", "a"), ("c", "b")]
    assert tree.graph["implied"] == [{"child": "c", "parent": "a", "support": 1, "confidence": 0.9}]
    assert depths(tree) == {"a": 0, "b": 1, "c": 1}


def test_a_concept_based_on_itself_does_not_hang(methods: Callable[..., Graph]) -> None:
    tree = methods(("a", "a"), ("b", "a")).lineage("a")
    assert sorted(tree.edges) == [("b", "a")]
    assert [broken["child"] for broken in tree.graph["broken"]] == ["a"]


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20), st.integers(0, 6))
def test_lineage_of_any_graph_is_acyclic_and_connected_to_its_focus(ends: set[tuple[int, int]], focus: int) -> None:
    concepts = tuple(Concept(f"c{number}", f"c{number}", "module") for number in range(7))
    edges = tuple(Edge(f"c{one}", "based_on", f"c{other}", (said("t-1", "So."),)) for one, other in sorted(ends))
    graph = Graph(store_of(Resolution(papers=(Paper("t-1", "One"),), concepts=concepts, edges=edges)))
    tree = graph.lineage(f"c{focus}")
    assert nx.is_directed_acyclic_graph(tree)
    assert nx.is_weakly_connected(tree)
    whole = nx.DiGraph((f"c{one}", f"c{other}") for one, other in ends)
    whole.add_node(f"c{focus}")
    relatives = nx.descendants(whole, f"c{focus}") | nx.ancestors(whole, f"c{focus}") | {f"c{focus}"}
    assert set(tree) <= relatives
    if not tree.graph["broken"]:
        assert set(tree) == relatives
    for node, depth in tree.nodes(data="depth"):
        path = (node, f"c{focus}") if depth > 0 else (f"c{focus}", node)
        assert nx.shortest_path_length(tree, *path) == abs(depth)

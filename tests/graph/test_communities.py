import os
import subprocess
import sys
from collections.abc import Callable

from kg.graph import Graph


def test_a_community_is_named_after_its_most_influential_member(graph: Graph) -> None:
    found = graph.communities(least=2)
    assert [(row.number, row.name, row.first_year, row.last_year) for row in found] == [
        (1, "LeNet", 1998, 2016),
        (2, "Attention", None, None),
        (3, "Vision Transformer", 2020, 2021),
    ]
    assert [member.name for member in found[0].members] == ["LeNet", "AlexNet", "ResNet", "ResNeXt"]


def test_loose_parts_are_communities_of_their_own(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "a"), ("c", "b"), ("y", "x"), ("z", "x"), ("z", "y"))
    assert [[member.name for member in row.members] for row in graph.communities(least=3)] == [
        ["a", "b", "c"],
        ["x", "y", "z"],
    ]
    assert graph.communities(least=4) == []


def test_communities_are_the_same_in_every_process() -> None:
    code = (
        "import networkx as nx\nfrom kg.graph.communities import community_sets\n"
        "tree = nx.DiGraph((f'n{n}', f'n{n * 7 % n}') for n in range(1, 60))\n"
        "tree.add_edges_from((f'n{n}', f'n{n * n % 17}') for n in range(18, 60))\n"
        "print([sorted(part) for part in community_sets(tree)])"
    )
    seen = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_a_map_joins_what_a_hidden_step_parts(methods: Callable[..., Graph]) -> None:
    graph = methods(("b", "a"), ("c", "b"), ("d", "c"), ("e", "c"), ("f", "c"), ("x", "a"))
    drawn = graph.influence_map(by="children", top=2)
    assert sorted(drawn) == ["a", "c"]
    assert list(drawn.edges(data="through")) == [("c", "a", 1)]
    assert "proofs" not in drawn.edges["c", "a"]


def test_a_map_shows_direct_edges_with_their_proofs(methods: Callable[..., Graph]) -> None:
    drawn = methods(("b", "a"), ("c", "b"), ("c", "a"), ("d", "c")).influence_map(top=3)
    assert list(drawn.edges(data="through")) == [("b", "a", 0), ("c", "b", 0)]
    assert drawn.edges["b", "a"]["proofs"][0]["sentence"] == "So it is."
    assert {(data["rank"], data["community_name"]) for _, data in drawn.nodes(data=True)} == {
        (1, "a"), (2, "a"), (3, "c"),
    }  # fmt: skip

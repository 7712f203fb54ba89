import subprocess
import sys

import pytest

from kg.errors import StoreError
from kg.graph import Graph, UnknownChoice
from kg.records import Resolution

from .examples import SMALL, store_of


def test_stats_count_what_papers_name_and_every_distinct_edge(graph: Graph) -> None:
    stats = graph.stats()
    assert stats.to_json() == {
        "papers": 3,
        "concepts": 11,
        "curated_only": 6,
        "relations": 17,
        "evidence": 21,
        "quads": len(graph.store),
        "results": 2,
        "skipped": 0,
        "concepts_by_kind": {"architecture": 6, "module": 1, "technique": 0, "dataset": 2, "task": 1, "metric": 1},
        "relations_by_predicate": {
            "introduces": 2, "based_on": 8, "uses": 2, "addresses": 1, "evaluates_on": 2, "outperforms": 2,
        },
    }  # fmt: skip


def test_an_empty_graph_has_figures_and_answers() -> None:
    with Graph(store_of(Resolution())) as graph:
        assert graph.stats().quads == 0
        assert graph.concepts() == graph.papers() == graph.find("x") == graph.influence() == []
        assert len(graph.networkx()) == 0


def test_concepts_come_sorted_by_name_of_one_kind_or_all(graph: Graph) -> None:
    assert [each.name for each in graph.concepts("module")] == ["Attention", "Self-Attention"]
    assert len(graph.concepts()) == len(SMALL.concepts)
    assert [each.year for each in graph.papers()] == [2015, 2021, None]


def test_edges_follow_a_pattern(graph: Graph) -> None:
    resnet, alexnet = graph["ResNet"], graph["AlexNet"]
    assert [edge.predicate for edge in graph.edges(subject=resnet, object=alexnet)] == ["based_on", "outperforms"]
    assert len(list(graph.edges(predicate="based_on"))) == 8
    assert [edge.object_name for edge in graph.edges(subject=graph.paper("arxiv-2105.15203"), predicate="addresses")
            ] == ["Semantic Segmentation"]  # fmt: skip
    with pytest.raises(UnknownChoice):
        graph.edges(predicate="likes")


def test_a_closed_graph_says_so_and_lets_go_of_its_snapshot() -> None:
    class Snapshot:
        closed = 0

        def close(self) -> None:
            self.closed += 1

    snapshot = Snapshot()
    graph = Graph(store_of(SMALL), path="graph.kg", snapshot=snapshot)
    resnet = graph["ResNet"]
    assert repr(graph) == "<Graph 'graph.kg' (open)>"
    graph.close()
    graph.close()
    assert snapshot.closed == 1
    with pytest.raises(StoreError, match=r"graph\.kg: is closed"):
        graph["ResNet"]
    with pytest.raises(StoreError, match="is closed"):
        _ = resnet.parents


def test_the_same_triples_are_an_rdflib_dataset(graph: Graph) -> None:
    dataset = graph.rdf
    assert len(dataset) == len(graph.store)
    rows = dataset.query("SELECT ?name { concept:resnet skos:prefLabel ?name }")
    assert [str(row.name) for row in rows] == ["ResNet"]


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "{'networkx', 'rdflib', 'scipy', 'rapidfuzz', 'pandas', 'spacy', 'numpy', 'pyvis'}"
    code = f"import sys, kg.graph; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_one_edge_is_asked_for_by_names(graph: Graph) -> None:
    edge = graph.edge("ResNeXt", "based_on", "Residual Network")
    assert edge is not None
    assert [proof.sentence for proof in edge.proofs] == ["ResNeXt, a kind of ResNet.", "ResNeXt widens ResNet."]
    assert graph.edge("ResNet", "based_on", "ResNeXt") is None
    introduced = graph.edge("Deep Residual Learning for Image Recognition", "introduces", graph["ResNet"])
    assert introduced is not None
    assert introduced.support == 1
    with pytest.raises(UnknownChoice, match="no predicate 'likes'"):
        graph.edge("ResNet", "likes", "ResNeXt")


def test_what_was_made_of_the_whole_graph_is_kept_until_it_is_closed(graph: Graph) -> None:
    made: list[int] = []
    assert graph.keep("answer", lambda: made.append(1) or 42) == 42
    assert graph.keep("answer", lambda: made.append(1) or 43) == 42
    assert made == [1]
    graph.close()
    assert graph.keep("answer", lambda: 44) == 44

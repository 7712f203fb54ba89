import pytest

from kg.errors import UnknownName
from kg.graph import Graph, UnknownChoice

from .examples import RESNET, SEGFORMER


def around(graph: Graph, name: str, **choices: object) -> set[str]:
    found = graph.neighbourhood(name, **choices)  # type: ignore[arg-type]
    return {data["name"] for _, data in found.nodes(data=True)}


def test_a_neighbourhood_holds_what_stands_one_edge_away(graph: Graph) -> None:
    assert around(graph, "ResNet") == {
        "ResNet", "AlexNet", "Convolutional Neural Network", "ResNeXt", "SegFormer",
    }  # fmt: skip
    assert around(graph, "ResNet", depth=0) == {"ResNet"}


def test_edges_between_neighbours_are_shown_too(graph: Graph) -> None:
    found = graph.neighbourhood("ResNet")
    ids = {(found.nodes[one]["id"], key, found.nodes[other]["id"]) for one, other, key in found.edges}
    assert ("alexnet", "based_on", "cnn") in ids
    assert ("resnet", "outperforms", "alexnet") in ids


def test_nodes_say_how_far_away_they_are(graph: Graph) -> None:
    found = graph.neighbourhood("Self-Attention", depth=2, predicates=["uses", "based_on"])
    depths = {data["id"]: data["depth"] for _, data in found.nodes(data=True)}
    assert depths == {"self-attention": 0, "attention": 1, "segformer": 1, "vit": 1}
    assert [data["id"] for _, data in found.nodes(data=True) if data["focus"]] == ["self-attention"]


def test_the_search_does_not_go_on_from_a_family(graph: Graph) -> None:
    assert "AlexNet" in around(graph, "CNN", depth=1)
    assert "ResNet" not in around(graph, "LeNet", depth=2, predicates=["based_on"]) - around(graph, "AlexNet")
    assert "Convolutional Neural Network" not in around(graph, "ResNet", families=False)


def test_filters_choose_neighbours(graph: Graph) -> None:
    assert around(graph, "ResNet", predicates=["outperforms"]) == {"ResNet", "AlexNet", "SegFormer"}
    assert around(graph, "SegFormer", kinds=["module"]) == {"SegFormer", "Self-Attention"}
    assert around(graph, "ResNet", min_support=2, families=False) == {"ResNet", "AlexNet", "ResNeXt"}
    assert "SegFormer" not in around(graph, "ResNet", min_confidence=0.6)
    with pytest.raises(UnknownChoice, match="no predicate 'likes'"):
        graph.neighbourhood("ResNet", predicates=["likes"])
    with pytest.raises(UnknownChoice, match="no kind 'model'"):
        graph.neighbourhood("ResNet", kinds=["model"])


def test_papers_stand_around_too_when_asked_for(graph: Graph) -> None:
    found = graph.neighbourhood("ResNet", papers=True, predicates=["introduces"])
    assert [(data["kind"], data["id"]) for _, data in found.nodes(data=True)][1:] == [("paper", RESNET)]
    assert around(graph, "ADE20K", papers=True) == {"ADE20K", "SegFormer: Simple and Efficient Design"}


def test_a_limit_keeps_the_best_supported_and_says_how_many_it_left_out(graph: Graph) -> None:
    found = graph.neighbourhood("ResNet", limit=2)
    assert [data["id"] for _, data in found.nodes(data=True)] == ["resnet", "alexnet", "resnext"]
    assert found.graph["left_out"] == 2


def test_a_paper_shows_its_own_sentences_alone(graph: Graph) -> None:
    found = graph.paper_graph(RESNET)
    iri = "https://w3id.org/methodome/concept/"
    edge = found.edges[iri + "resnext", iri + "resnet", "based_on"]
    assert [proof["sentence"] for proof in edge["proofs"]] == ["ResNeXt widens ResNet."]
    named = sorted((key, found.nodes[end]["id"]) for start, end, key in found.edges if found.nodes[start]["focus"])
    assert named == [
        ("evaluates_on", "imagenet-1k"), ("introduces", "resnet"), ("mentions", "alexnet"), ("mentions", "resnext"),
    ]  # fmt: skip


def test_a_paper_shows_its_results(graph: Graph) -> None:
    assert [result["value"] for result in graph.paper_graph(SEGFORMER).graph["results"]] == ["42.1%", "51.8%"]
    with pytest.raises(UnknownName):
        graph.paper_graph("No such title at all")

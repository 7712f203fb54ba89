import pytest

from kg.graph import Graph, UnknownChoice


def ends(network):
    return sorted((network.nodes[one]["id"], key, network.nodes[other]["id"]) for one, other, key in network.edges)


def test_a_network_holds_what_relates_methods(graph: Graph) -> None:
    network = graph.networkx()
    assert network.number_of_edges() == 12
    iri = "https://w3id.org/methodome/concept/"
    assert network.nodes[iri + "resnet"] == {
        "id": "resnet", "name": "ResNet", "kind": "architecture", "year": 2015, "curated": True, "family": False,
    }  # fmt: skip
    edge = network.edges[iri + "resnext", iri + "resnet", "based_on"]
    assert (edge["predicate"], edge["support"], edge["confidence"], edge["curated"]) == ("based_on", 2, 0.95, False)
    assert [proof["year"] for proof in edge["proofs"]] == [2021, 2015]


def test_kinds_and_relations_choose(graph: Graph) -> None:
    assert ends(graph.networkx(kinds=["module"])) == [("self-attention", "based_on", "attention")]
    assert ends(graph.networkx(relations=["uses"])) == [
        ("segformer", "uses", "self-attention"), ("vit", "uses", "self-attention"),
    ]  # fmt: skip
    assert ends(graph.networkx(relations=["introduces"])) == [
        ("arxiv-1512.03385", "introduces", "resnet"), ("arxiv-2105.15203", "introduces", "segformer"),
    ]  # fmt: skip
    assert ends(graph.networkx(relations=["introduces"], kinds=["paper"])) == []
    assert len(graph.networkx(relations=["mentions"]).edges) == 14


def test_support_confidence_and_curator_choose(graph: Graph) -> None:
    assert ends(graph.networkx(relations=["based_on"], min_support=2)) == [
        ("resnet", "based_on", "alexnet"), ("resnext", "based_on", "resnet"),
    ]  # fmt: skip
    assert ("segformer", "outperforms", "resnet") not in ends(graph.networkx(min_confidence=0.6))
    assert ends(graph.networkx(relations=["outperforms"], curated=True)) == []
    assert ("alexnet", "based_on", "lenet") not in ends(graph.networkx(curated=False))


def test_years_choose_by_the_subject(graph: Graph) -> None:
    assert ends(graph.networkx(relations=["based_on"], years=(2016, None))) == [
        ("resnext", "based_on", "resnet"), ("segformer", "based_on", "vit"),
    ]  # fmt: skip
    assert ends(graph.networkx(relations=["based_on"], years=(None, 2012))) == [
        ("alexnet", "based_on", "cnn"), ("alexnet", "based_on", "lenet"),
    ]  # fmt: skip


def test_words_that_do_not_exist_name_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match="no relation 'likes'"):
        graph.networkx(relations=["likes"])
    with pytest.raises(UnknownChoice, match=r"no kind 'model'.*paper"):
        graph.networkx(kinds=["model"])

import pytest

from kg.errors import AmbiguousName, UnknownName
from kg.graph import Graph, UnknownChoice
from kg.records import Concept, Resolution

from .examples import store_of


def names(views):
    return [view.name for view in views]


@pytest.mark.parametrize(
    "name", ["ResNet", "res-net", "ResNets", "residual network", "https://w3id.org/methodome/concept/resnet"]
)
def test_a_concept_is_found_by_name_alias_spelling_and_iri(graph: Graph, name: str) -> None:
    assert graph[name].id == "resnet"


def test_a_homograph_lists_how_to_name_each_sense(graph: Graph) -> None:
    with pytest.raises(AmbiguousName) as caught:
        graph["SGD"]
    assert caught.value.senses == ("SGD (dataset)", "SGD (technique)")
    assert [graph[sense].id for sense in caught.value.senses] == ["sgd-dataset", "sgd"]
    assert graph.concept("SGD", kind="dataset").id == "sgd-dataset"
    assert graph.concept("SGD", kind="method").id == "sgd"
    assert graph["sgd (method)"].id == "sgd"


def test_homographs_of_one_kind_are_named_by_their_iris(graph: Graph) -> None:
    with pytest.raises(AmbiguousName) as caught:
        graph["medusa"]
    assert [graph[sense].id for sense in caught.value.senses] == ["medusa-a", "medusa-b"]


def test_a_preferred_name_wins_over_an_alias() -> None:
    concepts = (Concept("a", "DINO", "technique"), Concept("b", "Detection DINO", "technique", ("DINO",)))
    assert Graph(store_of(Resolution(concepts=concepts)))["dino"].id == "a"


def test_a_miss_offers_the_nearest_names(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="nothing in the graph is named 'ResNetx'") as caught:
        graph["ResNetx"]
    assert caught.value.nearest[:2] == ("ResNet", "ResNeXt")


def test_a_miss_by_kind_offers_the_other_senses(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.concept("ADE20K", kind="task")
    assert caught.value.nearest == ("ADE20K (dataset)",)


def test_a_kind_that_does_not_exist_names_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match=r"no kind 'model'; the valid ones are architecture, .*, method"):
        graph.concept("ResNet", kind="model")


@pytest.mark.parametrize(
    "name",
    ["", "   ", "()", "https://example.org/<x>", "urn:x", "\x00", "' } DROP ALL", "\ud800", "http://[", "urn:\udcff"],
)
def test_what_is_no_name_is_a_miss(graph: Graph, name: str) -> None:
    with pytest.raises(UnknownName):
        graph[name]
    with pytest.raises(UnknownName):
        graph.paper(name)


def test_find_gives_the_name_first_then_what_begins_with_it_holds_it_or_is_spelled_like_it(graph: Graph) -> None:
    assert names(graph.find("resne"))[:2] == ["ResNet", "ResNeXt"]
    assert names(graph.find("attention")) == ["Attention", "Self-Attention"]
    assert names(graph.find("vision transfomer"))[0] == "Vision Transformer"
    assert names(graph.find("SGD"))[:2] == ["SGD", "SGD"]
    assert names(graph.find("SGD", kind="dataset"))[0:1] == ["SGD"]
    assert len(graph.find("e", limit=3)) <= 3
    assert graph.find("") == graph.find("resnet", limit=0) == []
    assert graph.find("zzzzqqq") == []


def test_a_paper_is_found_by_title_key_and_iri(graph: Graph) -> None:
    iri = "https://w3id.org/methodome/paper/arxiv-1512.03385"
    titles = ("deep residual learning for image recognition", "arxiv-1512.03385", iri)
    assert {graph.paper(title).iri for title in titles} == {iri}


def test_a_paper_that_is_not_there_offers_the_nearest_titles(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.paper("Deep Residual Learning")
    assert caught.value.nearest[0] == "Deep Residual Learning for Image Recognition"


def test_an_iri_of_a_paper_is_no_concept(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        graph["https://w3id.org/methodome/paper/arxiv-1512.03385"]


def test_in_says_whether_a_name_is_known(graph: Graph) -> None:
    assert "resnet" in graph and "SGD" in graph
    assert "nothing" not in graph and 3 not in graph


def test_of_several_senses_the_one_that_is_curated_is_meant() -> None:
    concepts = (Concept("nerf", "NeRF", "architecture", curated=True), Concept("nerf-1", "NeRF", "architecture"))
    with Graph(store_of(Resolution(concepts=concepts))) as graph:
        assert graph["NeRF"].id == "nerf"
        assert graph[graph["NeRF"].iri.replace("nerf", "nerf-1")].id == "nerf-1"

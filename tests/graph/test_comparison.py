import json

import pytest

from kg.graph import Graph, NoLineage


def test_two_methods_side_by_side(graph: Graph) -> None:
    found = graph.compare("SegFormer", "ResNet")
    assert found.parents.to_json() == {
        "both": [], "only_one": ["Vision Transformer"], "only_other": ["AlexNet", "Convolutional Neural Network"],
    }  # fmt: skip
    assert found.parts.to_json() == {"both": [], "only_one": ["Self-Attention"], "only_other": []}
    assert found.tasks.to_json()["only_one"] == ["Semantic Segmentation"]
    assert found.datasets.to_json() == {"both": [], "only_one": ["ADE20K"], "only_other": ["ImageNet-1K"]}
    assert [(pair.dataset, pair.metric, pair.better) for pair in found.results] == [("ADE20K", "mIoU", "one")]
    assert [edge.proofs[0].sentence for edge in found.wins] == ["SegFormer beats ResNet."]
    assert found.losses == ()
    assert found.path is None


def test_what_both_have_stands_in_the_middle(graph: Graph) -> None:
    found = graph.compare("AlexNet", "ResNet")
    assert [concept.name for concept in found.parents.both] == ["Convolutional Neural Network"]
    assert [each.concept.name for each in found.common_ancestors] == ["AlexNet"]
    assert str(found.path) == "ResNet is based on AlexNet"
    assert len(found.losses) == 1


def test_a_comparison_reads_as_a_table(graph: Graph) -> None:
    assert graph.compare("SegFormer", "Vision Transformer").table().format("csv") == (
        ",only SegFormer,both,only Vision Transformer\n"
        "kind,,architecture,\n"
        "year,2021,,2020\n"
        "based on,Vision Transformer,,\n"
        "came of it,,,SegFormer\n"
        "uses,,Self-Attention,\n"
        "tasks,Semantic Segmentation,,\n"
        "data sets,ADE20K,,\n"
        "both came from,,Vision Transformer,\n"
    )


def test_a_comparison_is_json(graph: Graph) -> None:
    data = json.loads(json.dumps(graph.compare("SegFormer", "ResNet").to_json()))
    assert (data["one"]["name"], data["results"][0]["better"], data["path"]) == ("SegFormer", "one", None)


def test_a_data_set_is_compared_with_no_method(graph: Graph) -> None:
    with pytest.raises(NoLineage):
        graph.compare("ResNet", "ADE20K")

import dataclasses
import json

import pytest

from kg.graph import Graph, UnknownChoice


def names(views):
    return [view.name for view in views]


def test_a_concept_shows_what_it_is(graph: Graph) -> None:
    resnet = graph["ResNet"]
    assert resnet.to_json() == {
        "iri": "https://w3id.org/methodome/concept/resnet",
        "id": "resnet",
        "name": "ResNet",
        "kind": "architecture",
        "aliases": ("Residual Network",),
        "year": 2015,
        "curated": True,
        "family": False,
        "configurations": ("ResNet-50",),
        "direction": None,
        "introduced_in": "Deep Residual Learning for Image Recognition",
        "definition": "A deep network with <shortcuts>.",
    }
    assert graph["mIoU"].direction == "higher"
    assert names(graph["ADE20K"].tasks) == ["Semantic Segmentation"]
    assert names(graph["ImageNet-1K"].broader) == ["ImageNet"]


def test_a_concept_shows_what_stands_around_it(graph: Graph) -> None:
    resnet = graph["ResNet"]
    assert [paper.title for paper in resnet.introduced_by] == ["Deep Residual Learning for Image Recognition"]
    assert names(resnet.parents) == ["AlexNet", "Convolutional Neural Network"]
    assert names(resnet.children) == ["ResNeXt"]
    assert names(graph["ViT"].parts) == ["Self-Attention"]
    assert names(graph["Self-Attention"].used_by) == ["SegFormer", "Vision Transformer"]
    assert [paper.year for paper in resnet.papers] == [2015, 2021, None]
    assert resnet.paper_count == 3


def test_evidence_comes_with_its_paper_or_its_curator_the_surest_first(graph: Graph) -> None:
    edges = graph["ResNet"].evidence("based_on")
    assert [str(edge) for edge in edges] == [
        "ResNet based_on AlexNet",
        "ResNet based_on Convolutional Neural Network",
        "ResNeXt based_on ResNet",
    ]
    first, _, last = edges
    assert (first.support, first.confidence, first.curated) == (1, 1.0, True)
    assert [proof.to_json() for proof in first.proofs] == [
        {"sentence": None, "paper": None, "title": None, "year": None, "confidence": 1.0, "found_by": "curated",
         "source": "the curated concepts", "start": None, "end": None, "section": None},
        {"sentence": "ResNets go on from AlexNet.", "paper": "https://w3id.org/methodome/paper/arxiv-1512.03385",
         "title": "Deep Residual Learning for Image Recognition", "year": 2015, "confidence": 0.8,
         "found_by": "test-rule", "source": None, "start": 0, "end": 27, "section": None},
    ]  # fmt: skip
    assert (last.support, last.confidence, last.curated) == (2, 0.95, False)
    assert [proof.sentence for proof in last.proofs] == ["ResNeXt, a kind of ResNet.", "ResNeXt widens ResNet."]


def test_evidence_without_a_predicate_is_all_that_can_be_proven(graph: Graph) -> None:
    assert [str(edge) for edge in graph["AlexNet"].evidence()] == [
        "AlexNet based_on Convolutional Neural Network",
        "AlexNet based_on LeNet",
        "ResNet based_on AlexNet",
        "ResNet outperforms AlexNet",
    ]
    mentions = graph["AlexNet"].evidence("mentions")
    assert [(edge.subject_name, edge.proofs) for edge in mentions] == [
        ("Deep Residual Learning for Image Recognition", ())
    ]


def test_evidence_for_a_predicate_that_does_not_exist_names_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match=r"no predicate 'basedOn'; the valid ones are introduces, .*based_on"):
        graph["ResNet"].evidence("basedOn")


def test_results_belong_to_method_data_set_metric_and_task(graph: Graph) -> None:
    (result,) = graph["ResNet"].results
    assert (result.method, result.configuration, result.dataset, result.metric, result.value, result.number) == (
        "ResNet", "ResNet-50", "ADE20K", "mIoU", "42.1%", 42.1)  # fmt: skip
    assert (result.unit, result.task, result.year) == ("%", None, 2021)
    assert [proof.sentence for proof in result.proofs] == ["ResNet-50 reaches 42.1% mIoU."]
    assert {each.value for each in graph["ADE20K"].results} == {"42.1%", "51.8%"}
    assert [each.value for each in graph["Semantic Segmentation"].results] == ["51.8%"]


def test_a_concept_is_frozen_and_equal_by_its_iri(graph: Graph) -> None:
    one, same = graph["ResNet"], graph["residual networks"]
    assert one == same and len({one, same}) == 1
    assert one != graph["ResNeXt"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "x"  # type: ignore[misc]


def test_a_concept_shows_itself_shortly_and_escaped(graph: Graph) -> None:
    assert repr(graph["ResNet"]) == "<Concept 'ResNet' (architecture, 2015)>"
    assert repr(graph["CNN"]) == "<Concept 'Convolutional Neural Network' (family)>"
    page = graph["ResNet"]._repr_html_()
    assert "&lt;shortcuts&gt;" in page and "<shortcuts>" not in page
    assert "AlexNet, Convolutional Neural Network" in page


def test_a_paper_shows_what_it_says(graph: Graph) -> None:
    paper = graph.paper("arxiv-1512.03385")
    assert json.loads(json.dumps(paper.to_json())) == {
        "iri": "https://w3id.org/methodome/paper/arxiv-1512.03385",
        "key": "arxiv-1512.03385",
        "title": "Deep Residual Learning for Image Recognition",
        "year": 2015,
        "issued": "2015-12-10",
        "authors": ["Kaiming He", "Jian Sun"],
        "abstract": "We present residual nets.",
        "doi": None,
        "arxiv": "1512.03385",
        "url": None,
        "venue": None,
        "ids": [],
        "sources": ["a.txt"],
    }
    assert names(paper.introduces) == ["ResNet"]
    assert names(paper.concepts) == ["AlexNet", "ImageNet-1K", "ResNet", "ResNeXt"]
    assert names(paper.datasets) == ["ImageNet-1K"]
    segformer = graph.paper("arxiv-2105.15203")
    assert names(segformer.tasks) == ["Semantic Segmentation"]
    assert sorted(result.value for result in segformer.results) == ["42.1%", "51.8%"]
    assert [str(edge) for edge in paper.evidence()][:2] == ["ResNet based_on AlexNet", "ResNeXt based_on ResNet"]


def test_a_hostile_title_is_text(graph: Graph) -> None:
    paper = graph.paper("A <b>Survey</b> of href")
    assert repr(paper) == "<Paper 'A <b>Survey</b> of href'>"
    assert "<b>" not in paper._repr_html_()


def test_a_notebook_shows_what_came_of_a_concept_and_who_introduced_it(graph: Graph) -> None:
    page = graph["ResNet"]._repr_html_()
    for row in ("<th>came of it</th><td>ResNeXt</td>", "<th>named in</th><td>3 papers</td>",
                "<th>introduced in</th><td>Deep Residual Learning for Image Recognition</td>"):  # fmt: skip
        assert row in page

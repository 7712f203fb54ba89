import pytest

from kg.errors import KgError
from kg.extraction.result_model import load_result_model
from kg.extraction.results import find_results
from kg.extraction.scene import Scene
from tests.extraction.scenes import entity, read


def results(sentence: str) -> list[tuple]:
    reading = read("FooNet: A New Network", f"We propose FooNet. {sentence}")
    kinds = {"FooNet": "architecture", "BarSet": "dataset", "QuxSet": "dataset", "top-1 accuracy": "metric",
             "mIoU": "metric"}  # fmt: skip
    entities = [entity(reading, name, kind) for name, kind in kinds.items() if name in reading.text]
    found = find_results(Scene(reading, entities), entities[0])
    return [(r.method, r.dataset, r.metric, r.value) for r in found]


def test_a_score_with_its_metric_and_data_set():
    assert results("FooNet achieves 87.1% top-1 accuracy on BarSet.") == [
        ("FooNet", "BarSet", "top-1 accuracy", "87.1%")
    ]


def test_two_scores_on_two_data_sets():
    assert results("FooNet achieves 87.7% and 85.2% top-1 accuracy on BarSet and QuxSet, respectively.") == [
        ("FooNet", "BarSet", "top-1 accuracy", "87.7%"),
        ("FooNet", "QuxSet", "top-1 accuracy", "85.2%"),
    ]


def test_two_metrics_of_one_sentence():
    assert results("FooNet achieves 87.1% top-1 accuracy on BarSet and 54.3% mIoU on QuxSet.") == [
        ("FooNet", "BarSet", "top-1 accuracy", "87.1%"),
        ("FooNet", "QuxSet", "mIoU", "54.3%"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "FooNet improves top-1 accuracy by 2.3% on BarSet.",
        "FooNet is 3 times faster and has 50% fewer parameters.",
        "FooNet has 24 layers.",
        "There are 1,000 classes in BarSet.",
    ],
)
def test_gains_costs_and_counts_are_no_results(sentence):
    assert results(sentence) == []


def test_evidence_is_the_sentence_of_the_score():
    reading = read("FooNet", "We propose FooNet. FooNet-50 achieves 87.1% top-1 accuracy on BarSet.")
    entities = [entity(reading, "FooNet", "architecture", "FooNet-50"), entity(reading, "BarSet", "dataset"),
                entity(reading, "top-1 accuracy", "metric")]  # fmt: skip
    (result,) = find_results(Scene(reading, entities), entities[0])
    assert (result.number, result.unit, result.configuration) == (87.1, "%", "FooNet-50")
    assert result.evidence.sentence == "FooNet-50 achieves 87.1% top-1 accuracy on BarSet."
    assert result.evidence.found_by == "model:results"


def test_a_folder_without_models_is_refused_by_name(tmp_path):
    with pytest.raises(KgError, match=r"results\.npz"):
        load_result_model(tmp_path)

import numpy as np
import pytest

from kg.extraction.relations import find_relations
from kg.extraction.scene import Scene
from kg.extraction.training.fitting import decide, feature_ids, fit, join_outputs, sparse_matrix
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.gold_results import GoldResult, read_gold_results
from kg.extraction.training.pairing import pair_names, relations_between
from kg.extraction.training.relations import Example, train_relations
from kg.extraction.training.results import ResultExample, train_results
from kg.lexicon.concepts import Lexicon
from tests.extraction.scenes import entity, read


def example(number: int) -> Example:
    name, base, other = f"Foo{number}Net", f"Bar{number}Net", f"Qux{number}Net"
    title = f"{name}: A Network"
    abstract = f"We propose {name}, which extends {base}. It reaches {50 + number}.5% accuracy. {other} is old."
    reading = read(title, abstract)
    kinds = {name: "architecture", base: "architecture", other: "architecture", "accuracy": "metric"}
    gold = GoldPaper(
        f"p{number}",
        title,
        abstract,
        tuple((form, kind, (form,)) for form, kind in kinds.items()),
        (("paper", "introduces", name), (name, "based_on", base)),
    )
    return Example(gold, reading, tuple(entity(reading, form, kind) for form, kind in kinds.items()))


def test_relations_are_learned_from_a_few_papers():
    model, introduced = train_relations([example(number) for number in range(20)], Lexicon())
    assert all(chances[0] > 0.5 > max(chances[1:]) for chances in introduced)
    unseen = example(99)
    found = find_relations(unseen.scene, Lexicon(), model=model)
    assert [(r.subject, r.predicate, r.object) for r in found] == [
        ("Foo99Net", "based_on", "Bar99Net"),
        ("paper", "introduces", "Foo99Net"),
    ]
    assert model.figures["based_on"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "annotated": 20}


def test_results_are_learned_from_a_few_papers():
    examples = []
    for number in range(20):
        one = example(number)
        places = {e.name: place for place, e in enumerate(one.entities)}
        said = GoldResult(one.entities[0].name, None, "accuracy", f"{50 + number}.5%")
        examples.append(ResultExample(Scene(one.reading, one.entities), 0, places, (said,)))
    assert train_results(examples).figures["result"]["f1"] == 1.0


def test_found_entities_stand_for_annotated_ones_of_their_kind():
    reading = read("Vision Transformers (ViTs) and nets", "")
    found = [entity(reading, "ViTs", "architecture"), entity(reading, "nets", "architecture")]
    gold = GoldPaper(
        "p",
        "",
        "",
        (("Vision Transformer", "architecture", ("Vision Transformers", "ViT")), ("Net", "module", ("nets",))),
        (("paper", "introduces", "Vision Transformer"), ("Vision Transformer", "uses", "Net")),
    )
    assert pair_names(gold, found) == {"ViTs": "Vision Transformer"}
    assert relations_between(gold, found) == {(-1, "introduces", 0)}


def test_a_threshold_counts_what_could_not_be_found():
    scores, truth = np.array([3.0, 2.0, 1.0, 0.0]), np.array([True, True, False, False])
    decision, figures = decide(scores, truth, 4)
    assert figures == {"f1": 0.6667, "precision": 1.0, "recall": 0.5, "annotated": 4}
    assert decision.threshold == 1.5
    assert decision.confidence(3.0) > 0.5 > decision.confidence(0.0)


def test_a_confidence_is_that_of_what_is_said_however_much_is_not():
    # Of what scores 1 two in three are right, of what scores 3 nineteen in twenty; the rest is far below, and wrong.
    scores = np.repeat([3.0, 1.0, -3.0], [60, 60, 4000])
    truth = np.concatenate([np.arange(60) % 20 > 0, np.arange(60) % 3 > 0, np.zeros(4000, bool)])
    decision, _ = decide(scores, truth, 100)
    assert -3 < decision.threshold < 1
    assert decision.confidence(3.0) == pytest.approx(19 / 20, abs=0.001)
    assert decision.confidence(1.0) == pytest.approx(2 / 3, abs=0.001)


def test_rare_features_are_left_out_and_nothing_to_learn_is_no_error():
    rows = [feature_ids(["a", "b"]), feature_ids(["a"])]
    matrix, features = sparse_matrix(rows, 2)
    assert features.tolist() == feature_ids(["a"]).tolist()
    weights, bias = fit(matrix, np.array([False, False]), 1.0)
    assert (weights.tolist(), bias) == ([0.0], -5.0)
    assert join_outputs(("x",), features, [(weights, bias)]).rows == {}


def test_annotated_results_are_read_by_paper(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id": "a", "results": [{"method": "N", "dataset": null, "metric": "m", "value": "1%"}]}\n\n{"id": "b"}\n',
        encoding="utf-8",
    )
    assert read_gold_results(path) == {"a": (GoldResult("N", None, "m", "1%"),), "b": ()}

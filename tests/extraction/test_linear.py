import numpy as np
import pytest

from kg.extraction.decisions import Decision
from kg.extraction.linear import LinearModel, feature_id, squash


def model() -> LinearModel:
    rows = {feature_id("one"): 0, feature_id("x:two"): 1}
    return LinearModel(("yes", "no"), rows, np.array([[1, -1], [0.5, 2]], np.float32), np.array([0.25, 0], np.float32))


def test_unknown_features_weigh_nothing():
    assert model().sum(["one", "three"]).tolist() == [1, -1]
    assert model().sum([]).tolist() == [0, 0]


def test_a_prefix_is_the_same_as_a_longer_feature():
    assert model().sum(["two"], prefix="x:").tolist() == model().sum(["x:two"]).tolist() == [0.5, 2]


def test_several_things_are_summed_at_once():
    rows = [model().rows_of([("", ["one"]), ("x:", ["two", "three"])]), model().rows_of([])]
    assert model().sums(rows).tolist() == [[1.5, 1], [0, 0]]
    assert model().sums([]).shape == (0, 2)


def test_a_sum_does_not_depend_on_the_order_of_the_features():
    names = [f"f{number}" for number in range(999)]
    weights = (np.arange(999)[:, None] ** 2 % 977 / 31 - 9).astype(np.float16).astype(np.float32)
    many = LinearModel(("yes",), {feature_id(name): row for row, name in enumerate(names)}, weights, np.zeros(1))
    assert many.sum(names).tolist() == many.sum(names[::-1]).tolist() == many.sum(sorted(names)).tolist()


def test_a_model_goes_to_arrays_and_back():
    arrays = model().arrays("m")
    back = LinearModel.from_arrays(arrays, "m")
    assert back.sum(["one", "x:two"]).tolist() == [1.5, 1]
    assert {name: array.tolist() for name, array in back.arrays("m").items()} == {
        name: array.tolist() for name, array in arrays.items()
    }


def test_arrays_do_not_depend_on_the_order_of_learning():
    turned = LinearModel(
        ("yes", "no"),
        {feature_id("x:two"): 0, feature_id("one"): 1},
        model().weights[::-1],
        model().bias,
    )
    assert turned.arrays("m")["m.weights"].tolist() == model().arrays("m")["m.weights"].tolist()


@pytest.mark.parametrize(("score", "chance"), [(0, 0.5), (-1e9, 0), (1e9, 1), (710, 1)])
def test_squash_takes_any_score(score, chance):
    assert squash(score) == pytest.approx(chance)


def test_a_decision_turns_a_score_into_a_calibrated_chance():
    assert Decision(0, slope=2, intercept=-2).confidence(1) == 0.5

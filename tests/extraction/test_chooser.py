import numpy as np
import pytest

from kg.extraction.chooser import Trees


def test_a_failed_test_rules_out_its_left_side() -> None:
    tree = Trees(
        traits=np.array([0, 1]),
        limits=np.array([[1.0], [5.0]], np.float32),
        # Leaves: 0 where trait 0 is at most 1; else 1 where trait 1 is at most 5; else 2.
        masks=np.array([[0xFFFE], [0xFFFD]], np.uint16),
        firsts=np.array([0]),
        leaves=np.array([[10.0, 20.0, 30.0, *[0.0] * 13]]),
        bias=1.0,
    )
    rows = np.array([[0, 9], [2, 5], [2, 6]], np.float32)
    assert tree.scores(rows).tolist() == [11, 21, 31]
    assert tree.probabilities(np.zeros((0, 2), np.float32)).tolist() == []


def test_exported_trees_say_what_the_library_says() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    from kg.extraction.training.choosing import export_trees

    rng = np.random.default_rng(3)
    rows = rng.normal(size=(600, 5)).round(1).astype(np.float32)
    answers = (rows[:, 0] * rows[:, 1] + rows[:, 2] > 0.2).astype(bool)
    model = ensemble.HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=15, random_state=0).fit(rows, answers)
    np.testing.assert_allclose(export_trees(model).probabilities(rows), model.predict_proba(rows)[:, 1], rtol=1e-9)

import itertools

import numpy as np
import pytest

from kg.extraction.tagger import LABELS, Tagger, likely_spans
from kg.extraction.training.tagging import Settings, train_tagger


def tagger(seed: int = 0) -> Tagger:
    rng = np.random.default_rng(seed)
    size = len(LABELS)
    return Tagger.of(np.array([5, 9]), rng.normal(size=(2, size)), rng.normal(size=(size, size)))


def by_enumeration(model: Tagger, features: list[list[int]]) -> np.ndarray:
    emissions = np.array([sum(model.states[model.row_of[b]] for b in row) for row in features], float)
    totals = np.zeros_like(emissions)
    for path in itertools.product(range(len(LABELS)), repeat=len(features)):
        score = sum(emissions[i, label] for i, label in enumerate(path))
        score += sum(model.transitions[a, b] for a, b in itertools.pairwise(path))
        for i, label in enumerate(path):
            totals[i, label] += np.exp(score)
    return totals / totals.sum(axis=1, keepdims=True)


def test_marginals_are_those_of_all_paths() -> None:
    sentences = [[[5], [9, 5], [0]], [[9]], [[9, 0], [5]]]
    features = np.zeros((6, 2), np.int64)
    for row, buckets in zip(features, itertools.chain(*sentences), strict=True):
        row[: len(buckets)] = buckets
    model = tagger()
    found = model.marginals(features, np.array([0, 0, 0, 1, 2, 2]))
    expected = np.concatenate([by_enumeration(model, sentence) for sentence in sentences])
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_a_long_sentence_stays_in_range() -> None:
    found = tagger().marginals(np.full((5000, 1), 5), np.zeros(5000, np.int64))
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_no_token_is_no_trouble() -> None:
    assert tagger().marginals(np.zeros((0, 3), np.int64), np.zeros(0, np.int64)).shape == (0, len(LABELS))


def test_a_span_scores_as_its_weakest_part() -> None:
    marginals = np.zeros((3, len(LABELS)))
    begin, inside = LABELS.index("B-task"), LABELS.index("I-task")
    marginals[0, begin], marginals[1, inside] = 0.9, 0.75
    spans = {(a, b): round(score, 6) for a, b, _, score in likely_spans(marginals, least=0.05)}
    assert spans == {(0, 1): 0.25, (0, 2): 0.75}


def test_training_learns_what_features_tell_and_is_the_same_each_time() -> None:
    pytest.importorskip("scipy")
    features = [np.array([[1], [2], [3]], np.int32)] * 8
    labels = [["O", "B-task", "I-task"]] * 8
    settings = Settings(epochs=30, sparsity=0.01)
    runs = [train_tagger(features, labels, [[0, 0, 0]] * 8, settings=settings) for _ in range(2)]
    for one, other in zip(*runs, strict=True):
        np.testing.assert_array_equal(one, other)
    model = Tagger.of(runs[0][0], runs[0][1].astype(float), runs[0][2])
    found = model.marginals(features[0].astype(np.int64), np.zeros(3, np.int64)).argmax(axis=1)
    assert [LABELS[i] for i in found] == labels[0]

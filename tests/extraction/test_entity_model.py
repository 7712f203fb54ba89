from pathlib import Path

import numpy as np
import pytest

from kg.errors import KgError
from kg.extraction import Extractor
from kg.extraction.entity_model import load_entity_model, save_entity_model
from kg.extraction.model_files import MODELS


def test_a_missing_model_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such model"):
        Extractor(model=tmp_path)


def test_a_model_is_the_same_file_each_time_it_is_written(tmp_path: Path) -> None:
    arrays = {"b": np.arange(5), "a": np.zeros((2, 3), np.float32)}
    first = save_entity_model(arrays, tmp_path / "one").read_bytes()
    assert save_entity_model(arrays, tmp_path / "two").read_bytes() == first
    with np.load(tmp_path / "one" / "entities.npz") as back:
        np.testing.assert_array_equal(back["b"], arrays["b"])


def test_what_is_written_again_is_read_as_before(tmp_path: Path) -> None:
    with np.load(MODELS / "entities.npz") as arrays:
        save_entity_model({name: arrays[name] for name in arrays.files}, tmp_path)
    one, other = load_entity_model(MODELS), load_entity_model(tmp_path)
    assert one.gazetteer == other.gazetteer
    np.testing.assert_array_equal(one.tagger.states, other.tagger.states)
    np.testing.assert_array_equal(one.trees.leaves, other.trees.leaves)

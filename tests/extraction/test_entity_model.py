from pathlib import Path

import numpy as np
import pytest

from kg.errors import KgError
from kg.extraction import Extractor
from kg.extraction.entity_model import load_entity_model, load_token_model
from kg.extraction.model_files import MODELS, SHIPPED, WORDS
from kg.extraction.training.packing import save_entity_model, save_token_model


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
    with np.load(MODELS / WORDS) as arrays:
        save_token_model(dict(arrays), tmp_path)
    with np.load(SHIPPED / "entities.npz") as arrays:
        save_entity_model(dict(arrays), tmp_path)
    one, other = load_token_model(MODELS), load_token_model(tmp_path)
    assert one.gazetteer == other.gazetteer
    np.testing.assert_array_equal(one.tagger.states, other.tagger.states)
    np.testing.assert_array_equal(load_entity_model().trees.leaves, load_entity_model(tmp_path).trees.leaves)

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError
from kg.extraction import Extractor
from kg.extraction.encoder import Encoder, load_encoder
from kg.extraction.heads import COLUMNS
from kg.extraction.model_files import MODELS
from kg.extraction.tokens import Tokens
from kg.records import Paper
from tests.extraction.scenes import read
from tests.extraction.test_pipeline import TEXTS, check


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(MODELS)


@pytest.fixture(scope="module")
def accurate() -> Extractor:
    return Extractor(model="accurate")


def test_it_speaks_of_every_token_and_of_none_where_there_is_none(encoder: Encoder) -> None:
    tokens = Tokens.of(read("GridNet: A Transformer", "We propose GridNet (ViT-B/16) for 模型."))
    assert encoder.columns(tokens).shape == (len(tokens), COLUMNS)
    assert encoder.columns(Tokens.of(read(""))).shape == (0, COLUMNS)


def test_a_long_text_is_read_in_windows_that_agree_where_they_meet(encoder: Encoder) -> None:
    sentence = "We propose GridNet, a Transformer for object detection that outperforms ResNet on COCO. "
    tokens = Tokens.of(read("GridNet", sentence * 200))
    columns = encoder.columns(tokens)
    names = [place for place, word in enumerate(tokens.words) if word == "COCO"]
    assert len(names) == 200
    assert (columns[names, :13].argmax(axis=1) == columns[names[0], :13].argmax()).mean() > 0.95


def test_the_same_text_gives_the_same_columns_whatever_was_read_before(encoder: Encoder) -> None:
    texts = [Tokens.of(read("GridNet: Grids", "We propose it for COCO. " * n)) for n in (1, 40, 7)]
    forth = [encoder.columns(tokens) for tokens in texts]
    back = [encoder.columns(tokens) for tokens in texts[::-1]][::-1]
    for one, other in zip(forth, back, strict=True):
        np.testing.assert_array_equal(one, other)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(title=TEXTS, abstract=TEXTS)
def test_no_text_breaks_the_accurate_reading(accurate: Extractor, title: str, abstract: str) -> None:
    paper = Paper("t-1", title.replace("\n", " "), abstract)
    check(paper.text, accurate.extract(paper))


@settings(max_examples=20, deadline=None)
@given(words=st.lists(st.sampled_from(["a" * 130, "模" * 90, "_" * 99, "é", "\u0301", "9" * 101]), max_size=30))
def test_words_without_pieces_or_with_many_are_read(encoder: Encoder, words: list[str]) -> None:
    tokens = Tokens.of(read(" ".join(words)))
    assert encoder.columns(tokens).shape == (len(tokens), COLUMNS)


def test_papers_are_read_alike_alone_and_in_any_order(accurate: Extractor) -> None:
    papers = [Paper(f"t-{n}", f"GridNet{n}: Grids for ResNet", "We propose it for COCO. " * n) for n in range(5)]
    alone = [Extractor(model="accurate").extract(paper) for paper in papers]
    assert list(accurate.extract_all(papers[::-1]))[::-1] == alone


def test_the_settings_have_different_digests(accurate: Extractor) -> None:
    paper = Paper("t-1", "GridNet")
    assert accurate.digest(paper) != Extractor(model="fast").digest(paper)


def test_without_onnxruntime_the_other_setting_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(KgError, match=r"needs onnxruntime: .* --model fast"):
        load_encoder(tmp_path)


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"encoder\.onnx"):
        load_encoder(tmp_path)

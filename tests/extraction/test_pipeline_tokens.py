"""The tokeniser without its rules for white space cuts every text as spaCy's own does."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extraction.pipeline import make_pipeline

OURS = make_pipeline(model="fast").tokenizer
THEIRS = spacy.blank("en").tokenizer
PIECES = st.sampled_from(
    [
        "\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\u00a0",
        "\u3000",
        "don't",
        "e.g.",
        "a.m.",
        "\\t",
        "ViT-B/16",
        "(ours)",
        "93.5%",
        ":)",
        "U.S.",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join))
@example("GridNet: A Network\n\nWe can't.\n \n\tIt's 5 p.m. \\n")
def test_each_text_has_the_same_tokens_at_the_same_places(text: str) -> None:
    assert [(token.text, token.idx, token.whitespace_) for token in OURS(text)] == [
        (token.text, token.idx, token.whitespace_) for token in THEIRS(text)
    ]


@pytest.mark.parametrize("times", [1, 3])
def test_a_text_that_was_read_before_is_cut_the_same(times: int) -> None:
    text = "A title of ours\nWe don't re-use (any) words: ViT-B/16, e.g. here."
    expected = [token.text for token in THEIRS(text)]
    for _ in range(times):
        assert [token.text for token in OURS(text)] == expected

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.tokens import Tokens
from tests.extraction.scenes import read


def test_signs_are_tokens_of_their_own() -> None:
    tokens = Tokens.of(read("ViT-B/16: Patches", "On COCO."))
    assert tokens.words == ["ViT", "-", "B", "/", "16", ":", "Patches", "On", "COCO", "."]
    assert tokens.title_count == 7
    assert tokens.sentences == [0] * 7 + [1] * 3


def test_a_name_glued_to_what_follows_has_its_borders() -> None:
    tokens = Tokens.of(read("Title", "See github.com/lab/FooNet.Next"))
    assert "FooNet" in tokens.words


def test_only_white_space_counts_as_space() -> None:
    assert Tokens.of(read("a-b c")).spaced == [True, False, False, True]


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_token_is_where_it_says(title: str, abstract: str) -> None:
    reading = read(title, abstract)
    tokens = Tokens.of(reading)
    assert [reading.text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert tokens.sentences == sorted(tokens.sentences)

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.forms import span_hash
from kg.extraction.walking import PieceTable, beginnings, name_hash, walk


def pieces(text: str):
    return PieceTable().pieces(re.findall(r"\w+|[^\w\s]", text))


def found(text: str, *names: str, borders: tuple[int, ...] = ()) -> list[tuple[int, int, str]]:
    known = {name_hash(name): name for name in names}
    prefixes = {beginning for name in names for beginning in beginnings(pieces(name))}
    return [(a, b, known[name]) for a, b, name in walk(pieces(text), known, prefixes, borders=borders)]


def test_case_hyphens_and_plural_do_not_matter() -> None:
    assert found("Feature-pyramid Networks", "feature pyramid network") == [(0, 4, "feature pyramid network")]


def test_names_within_names_are_all_met() -> None:
    assert found("deep self-attention", "self-attention", "attention") == [
        (1, 4, "self-attention"),
        (3, 4, "attention"),
    ]


def test_a_digit_keeps_two_names_apart() -> None:
    assert found("CIFAR-10 and CIFAR-100", "CIFAR-100") == [(4, 7, "CIFAR-100")]


def test_no_name_reaches_over_a_border() -> None:
    assert found("object detection", "object detection", borders=(1,)) == []


@given(st.lists(st.sampled_from(["self", "-", "Attention", "nets", "3", "10", "U", "+", "Loss", "é"]), min_size=1))
def test_a_span_is_met_by_the_hash_of_its_name(words: list[str]) -> None:
    text = " ".join(words)
    if any(word not in "-+" for word in words) and words[0] not in "-+" and words[-1] not in "-+":
        assert span_hash(PieceTable().pieces(words), 0, len(words)) == name_hash(text)

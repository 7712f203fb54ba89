import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.pieces import LOOKS, MARKS, PieceTable, enclosed, look, windows
from kg.extraction.tokens import Tokens
from tests.extraction.scenes import read

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "res",
    "##net",
    "net",
    "##s",
    "a",
    "-",
    "50",
    "模",
    "_",
    "e",
]
TABLE = PieceTable({piece: row for row, piece in enumerate(VOCABULARY)})


def cut(text: str) -> list[list[str]]:
    """Return the pieces of each token."""
    pieces = TABLE.pieces(Tokens.of(read(text)))
    ends = [*pieces.firsts[1:].tolist(), len(pieces.numbers)]
    return [
        [VOCABULARY[row] for row in pieces.numbers[first:end]]
        for first, end in zip(pieces.firsts.tolist(), ends, strict=True)
    ]


def test_a_word_is_cut_into_the_longest_pieces_in_small_letters() -> None:
    assert cut("a ResNets-50") == [["a"], ["res", "##net", "##s"], ["-"], ["50"]]


def test_what_no_piece_fits_is_unknown_as_a_whole() -> None:
    assert cut("resx Net " + "a" * 101) == [["[UNK]"], ["net"], ["[UNK]"]]


def test_accents_are_taken_off_and_ideographs_and_underscores_stand_alone() -> None:
    assert cut("rés net_net 模模") == [["res"], ["net", "_", "net"], ["模", "模"]]


def test_marks_tell_the_look_of_a_word_the_space_before_it_and_the_title() -> None:
    pieces = TABLE.pieces(Tokens.of(read("Nets", "ResNet-a")))
    title, inside = 1, 2
    assert pieces.marks.tolist() == [
        look("Nets") * 4 + inside + title,
        MARKS - 2,
        look("ResNet") * 4 + inside,
        MARKS - 2,
        look("-") * 4,
        look("a") * 4,
    ]


def test_a_window_is_enclosed_by_its_signs() -> None:
    pieces = TABLE.pieces(Tokens.of(read("a nets - 50")))
    numbers, marks = enclosed(pieces, TABLE, 1, 3)
    assert [VOCABULARY[row] for row in numbers] == ["[CLS]", "net", "##s", "[SEP]"]
    assert marks.tolist() == [MARKS - 1, *pieces.marks[1:3].tolist(), MARKS - 1]


@given(st.text(min_size=1, max_size=12))
def test_every_word_has_a_look(word: str) -> None:
    assert 0 <= look(word) < LOOKS


@given(
    st.lists(st.integers(1, 9), max_size=60),
    st.integers(10, 40),
    st.integers(0, 9),
)
def test_windows_keep_every_token_once_and_have_room_for_their_pieces(
    sizes: list[int], room: int, overlap: int
) -> None:
    firsts = np.cumsum([0, *sizes])[:-1]
    count = sum(sizes)
    ends = np.append(firsts, count)
    found = windows(firsts, count, room=room, overlap=overlap)
    kept = [token for _, _, first, last in found for token in range(first, last)]
    assert kept == list(range(len(sizes)))
    for begin, end, first, last in found:
        assert begin <= first <= last <= end
        assert ends[end] - ends[begin] <= room


@pytest.mark.parametrize("count", [0, 5])
def test_a_short_text_is_one_window(count: int) -> None:
    assert windows(np.arange(count), count, room=10, overlap=4) == [(0, count, 0, count)]

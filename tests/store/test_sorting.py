from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.store._sorting import sorted_lines

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=4))


@given(LINES, st.integers(1, 5))
def test_lines_sorted_in_parts_are_sorted_as_a_whole(lines: list[str], at_once: int) -> None:
    assert list(sorted_lines(iter(lines), at_once=at_once)) == sorted(lines)


def test_nothing_sorted_is_nothing() -> None:
    assert list(sorted_lines([])) == []

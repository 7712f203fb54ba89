"""Which places of a text overlap: all that do, found at a cost that grows as the text does."""

from __future__ import annotations

import tracemalloc

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.traits import overlapping

PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda place: (place[0], sum(place))), max_size=30
)


def array(places: list[tuple[int, int]]) -> npt.NDArray[np.int64]:
    return np.array(places, np.int64).reshape(-1, 2)


@given(PLACES, PLACES)
def test_places_overlap_if_and_only_if_they_share_a_token(
    places: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    numbers, found_others = overlapping(array(places), array(others))
    found = zip(numbers.tolist(), found_others.tolist(), strict=True)
    assert sorted(found) == [
        (i, j)
        for i, place in enumerate(places)
        for j, other in enumerate(others)
        if not set(range(*place)).isdisjoint(range(*other))
    ]


def test_a_text_of_eight_times_the_length_takes_about_eight_times_the_memory() -> None:
    def peak(count: int) -> int:
        starts = np.arange(count)
        places = np.stack([starts, starts + 1 + starts % 5], axis=1)
        tracemalloc.start()
        overlapping(places, places)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(16_000) < 10 * peak(2_000)

"""Several processes at one task: each its own share, a mean that all wait for, and an end to all when one fails."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extraction.training.side_by_side import Side, side_by_side


def meet(side: Side, number: float) -> list[float]:
    side.say(f"{side.number} of {side.count} brings {number}")
    once = side.mean(np.array([number, 1.0], np.float32))
    return [float(value) for value in side.mean(once * (side.number + 1))]


def fail(side: Side, number: int) -> None:
    if number:
        raise ValueError(f"{side.number} has {number}")
    side.mean(np.zeros(1, np.float32))


def test_all_go_on_from_the_mean_of_what_each_brings() -> None:
    told: list[str] = []
    # The mean of 1 and 3 is 2; of 1 x 2 and 2 x 2 it is 3.
    assert side_by_side(meet, [(1.0,), (3.0,)], shared=2, on_message=told.append) == [[3.0, 1.5], [3.0, 1.5]]
    assert sorted(told) == ["0 of 2 brings 1.0", "1 of 2 brings 3.0"]


def test_one_alone_waits_for_nobody() -> None:
    assert Side().mean(np.array([4.0], np.float32)).tolist() == [4.0]


def test_a_failure_stops_those_that_wait_and_is_the_one_that_is_told() -> None:
    with pytest.raises(ValueError, match="1 has 7"):
        side_by_side(fail, [(0,), (7,)], shared=1)

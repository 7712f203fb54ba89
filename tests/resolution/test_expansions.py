from __future__ import annotations

import pytest

from kg.resolution.expansions import akin, conflict, is_acronym


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RL from human feedback", "Reinforcement Learning from Human Feedback"),
        ("local DP", "local differential privacy"),
        ("Raven's Progressive Matrices", "Raven Progressive Matrix"),
        ("Backprop Through Time", "Backpropagation Through Time"),
        ("mixed-integer linear problem", "Mixed Integer Linear Programming"),
        ("channel attention module", "Channel Attention Model"),
        ("differentially private learning", "differential privacy learning"),
        ("Monte Carlo Markov Chain", "Markov Chain Monte Carlo"),
        ("Truncated Signed Distance Field", "truncated signed distance function"),
    ],
)
def test_spellings_of_one_long_form_do_not_conflict(one: str, other: str) -> None:
    assert not conflict(one, other)
    assert not conflict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deep generative model", "Displacement Generation Module"),
        ("class activation map", "channel attention module"),
        ("Offline Imitation Learning", "Online Imitation Learning"),
        ("residual learning from data", "reinforcement learning from data"),
        ("Deep RL", "Diffusion Recovery Likelihood"),
        ("MIP search", "mixed-integer programs"),
    ],
)
def test_long_forms_that_cannot_both_be_right_conflict(one: str, other: str) -> None:
    assert conflict(one, other)
    assert conflict(other, one)


def test_an_acronym_within_a_long_form_is_its_words() -> None:
    assert akin("Hierarchical RL", "hierarchical reinforcement learning")
    assert not akin("Hierarchical RL", "hierarchical representation fields")


@pytest.mark.parametrize(
    ("short", "long", "answer"),
    [
        ("BnB", "branch and bound", True),
        ("BaB", "Branch-and-Bound", True),
        ("B&B", "branch and bound", True),
        ("LoRA", "low-rank adaptation", True),
        ("MaskGAE", "masked graph autoencoder", False),
        ("GFN", "", True),
    ],
)
def test_initials_with_small_letters_between_are_initials(short: str, long: str, answer: bool) -> None:
    assert is_acronym(short, long) is answer

from __future__ import annotations

import pytest

from kg.extraction.definitions import find_definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use a feature pyramid network (FPN).", [("feature pyramid network", "FPN")]),
        ("Convolutional neural networks (CNNs) are used.", [("Convolutional neural networks", "CNNs")]),
        ("We use FPN (feature pyramid network) here.", [("feature pyramid network", "FPN")]),
        ("The Bayesian Optimisation of Grids (BOG) works.", [("Bayesian Optimisation of Grids", "BOG")]),
        ("It is called S3 (short for a search).", []),
        ("It holds (see Fig. 2) and (2021).", []),
        ("The network (GPU) is fast.", []),
    ],
)
def test_long_and_short_forms_are_paired(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[d.long_start : d.long_end], text[d.short_start : d.short_end]) for d in find_definitions(text)]
    assert found == expected


def test_stands_for_is_a_definition() -> None:
    text = "Our method, FPG, which stands for Feature Pyramid Grid, is new."
    found = [(text[d.long_start : d.long_end], text[d.short_start : d.short_end]) for d in find_definitions(text)]
    assert found == [("Feature Pyramid Grid", "FPG")]

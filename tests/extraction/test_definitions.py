from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.definitions import find_definitions


def defined(text: str) -> list[tuple[str, str]]:
    return [(text[d.long_start : d.long_end], text[d.short_start : d.short_end]) for d in find_definitions(text)]


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
    assert defined(text) == expected


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("With low-level lake forecasting (LLF) we plan.", "low-level lake forecasting"),
        ("A storm-aware cloud mixer (ACM) is new.", "storm-aware cloud mixer"),
        ("We train a rain-driven-by-wind model (DWM).", "rain-driven-by-wind model"),
        ("The 1-Sandpile-Lopez (SL) test is weak.", "Sandpile-Lopez"),
        ("A snow/hail forecaster (HF) runs.", "hail forecaster"),
    ],
)
def test_a_long_form_begins_with_its_whole_hyphenated_word(text: str, long: str) -> None:
    assert [found for found, _ in defined(text)] == [long]


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("We propose stacked sunset sorting (SSS).", "stacked sunset sorting"),
        ("It is called Learning from Local Places (LLP).", "Learning from Local Places"),
        ("All is inner and initially driven (IID).", "inner and initially driven"),
        ("On two-tale tents (TTTs) we test.", "two-tale tents"),
        ("It finds the named river routing (NRR) hard.", "named river routing"),
        ("Rivers, Lakes, and Ponds (RLP) is our data.", "Rivers, Lakes, and Ponds"),
        ("We run the slow rOCk sEArcher Net (OCEAN).", "rOCk sEArcher Net"),
        ("In-pond Training (IPT) is old.", "In-pond Training"),
    ],
)
def test_words_that_spell_an_acronym_with_their_beginnings_come_first(text: str, long: str) -> None:
    assert [found for found, _ in defined(text)] == [long]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All river-to-road (R2R) maps are hard.", ("river-to-road", "R2R")),
        ("We do pond-to-lake (P2L) mapping.", ("pond-to-lake", "P2L")),
        ("A rapid recurrent cloud net (R2CN) wins.", ("rapid recurrent cloud net", "R2CN")),
        ("We want explainable tides (XT).", ("explainable tides", "XT")),
        ("We want XTM (explainable tide models).", ("explainable tide models", "XTM")),
        ("We use TMs (tide models).", ("tide models", "TMs")),
    ],
)
def test_numbers_and_x_may_be_said_as_words(text: str, expected: tuple[str, str]) -> None:
    assert defined(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Frequent ponds were told apart by large nets (FROG, PLANET).",
        "Trees grow old that are dry (TOD).",
        "It costs a logarithm as O(log T).",
        "We memorise $N$ lakes with O(N/L) weights.",
        "A network solution for ponds over (Non-)Frozen lakes.",
        "There is access to input (A_i, y_i) here.",
        "It is $\\mathcal{O}(\\log d + \\sqrt{T \\log (d T)})$ at most.",
        "The divergence is $J\\left(\\mathrm{DI}\\right)$ here.",
    ],
)
def test_what_does_not_look_like_one_name_is_no_long_form(text: str) -> None:
    assert defined(text) == []


def test_several_names_in_a_bracket_may_begin_with_a_clear_acronym() -> None:
    assert defined("Graph pond networks (GPNs, FROGs) win.") == [("Graph pond networks", "GPNs")]
    assert defined("Pond theory (PT; Lee and Poe (1993)) is old.") == [("Pond theory", "PT")]
    assert defined("We name it Pond Theory (PT for short).") == [("Pond Theory", "PT")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We run \\textbf{P}ond \\textbf{O}tters (PO).", ("\\textbf{P}ond \\textbf{O}tters", "PO")),
        ("We run $\\textbf{P}$ond $\\textbf{O}$tters (PO).", ("$\\textbf{P}$ond $\\textbf{O}$tters", "PO")),
        ("We run **P**ond **O**tters (**PO**).", ("**P**ond **O**tters", "PO")),
        ("We run \\emph{pond otters} (PO).", ("pond otters", "PO")),
        ("We run \\emph{pond otters (PO)}.", ("pond otters", "PO")),
        ("We run {\\em pond otters} (\\textbf{PO}).", ("pond otters", "PO")),
        ("We run *pond otters* (PO).", ("pond otters", "PO")),
        ("We run ``pond otters'' (PO).", ("pond otters", "PO")),
        ("We run “pond otters” (PO).", ("pond otters", "PO")),
        ("We run pond~otters~(PO).", ("pond~otters", "PO")),
        ("We run $k$-pond otters ($k$PO).", ("$k$-pond otters", "$k$PO")),
        ("We run pond o\\textbf{TT}ers (PTT).", ("pond o\\textbf{TT}ers", "PTT")),
        ("We run $$N < 1$$Pond otters (PO).", ("Pond otters", "PO")),
    ],
)
def test_markup_within_a_name_is_read_over(text: str, expected: tuple[str, str]) -> None:
    assert defined(text) == [expected]


def test_stands_for_is_a_definition() -> None:
    assert defined("Our method, FPG, which stands for Feature Pyramid Grid, is new.") == [
        ("Feature Pyramid Grid", "FPG")
    ]
    assert defined("Pondie, which stands for PONDie Otter Nets, is new.") == [("PONDie Otter Nets", "Pondie")]


@given(st.text("aAbBxX2 ().,-{}$\\*_~'\"\n", max_size=80))
def test_any_text_has_its_definitions_within_it(text: str) -> None:
    for found in find_definitions(text):
        assert 0 <= found.long_start < found.long_end <= len(text)
        assert 0 <= found.short_start < found.short_end <= len(text)
        assert found.long_end <= found.short_start or found.short_end <= found.long_start

"""One annotated paper with what was read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.evaluation.scores import Tally, score_paper
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.gold_results import GoldResult
from kg.records import Extraction


@dataclass(frozen=True)
class Judged:
    """An annotated paper, what was read in it, and how well.

    Attributes:
        gold: the paper with its annotated entities and relations.
        results: its annotated results.
        found: what was read in its text.
        tallies: by the names in :data:`kg.extraction.evaluation.scores.ROWS`.
    """

    gold: GoldPaper
    results: tuple[GoldResult, ...]
    found: Extraction
    tallies: dict[str, Tally]


def judge(gold: GoldPaper, results: Sequence[GoldResult], found: Extraction) -> Judged:
    """Return a paper with its tallies."""
    return Judged(gold, tuple(results), found, score_paper(gold, results, found))

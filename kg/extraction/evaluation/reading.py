"""Annotated papers beside what is read in their texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.extraction.evaluation.judging import Judged, judge
from kg.extraction.pipeline import Extractor
from kg.extraction.training.gold import read_gold
from kg.extraction.training.gold_results import read_gold_results
from kg.records import Paper


def read_papers(
    gold: Path,
    papers: Path,
    *,
    extractor: Extractor | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> list[Judged]:
    """Read the texts of annotated papers and hold what is found against the annotations.

    Args:
        gold: annotated papers, one JSON object a line.
        papers: their texts, a JSON array of objects with ``id``, ``title``, ``abstract``.
        extractor: what reads them; by default the one with the shipped models.
        progress: is told how many papers were read.

    Raises:
        InputError: a file cannot be read, or an annotation's paper is missing.
    """
    extractor = extractor or Extractor()
    annotated, results = read_gold(gold, papers), read_gold_results(gold)
    judged = []
    for done, paper in enumerate(annotated, start=1):
        found = extractor.extract(Paper(paper.id, paper.title, paper.abstract))
        judged.append(judge(paper, results[paper.id], found))
        if progress is not None:
            progress("extracting", done, len(annotated))
    return judged

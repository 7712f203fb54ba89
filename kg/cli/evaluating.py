"""The verb that measures: evaluate."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli._options import JsonOption, QuietOption
from kg.cli._output import put, put_json, put_table
from kg.cli._progress import progress

if TYPE_CHECKING:
    from kg.extraction.evaluation import Interval, Judged, Tally


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated papers, one JSON object a line.")],
    papers: Annotated[Path, typer.Argument(help="Their texts: a JSON array of id, title, abstract.")],
    *,
    model: Annotated[
        str | None, typer.Option("--model", help="fast, accurate (the default), or a folder that kg train made.")
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List the mistakes by their sort, the most frequent first.")
    ] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="With --errors: so many of each sort.")] = 5,
    confidence: Annotated[
        bool, typer.Option("--reliability", help="Show what a confidence is worth: said against right.")
    ] = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Measure how well annotated papers are read. Precision, recall and F1 have 95 % intervals."""
    from kg.extraction import Extractor
    from kg.extraction.evaluation import intervals, read_papers, sum_up

    with progress(quiet=quiet) as tell:
        judged = read_papers(gold, papers, extractor=Extractor(model=model), progress=tell)
    tallies = [paper.tallies for paper in judged]
    total, spread = sum_up(tallies), intervals(tallies)
    if as_json:
        put_json(_as_json(judged, total, spread, errors=errors, confidence=confidence))
        return
    put_table(
        ("", "precision", "recall", "F1", "95 %", "annotated", "found"),
        [
            (name, *(f"{figure:.3f}" for figure in (t.precision, t.recall, t.f1)),
             f"{spread[name].low:.3f} to {spread[name].high:.3f}", t.true, t.said)
            for name, t in total.items()
        ],
    )  # fmt: skip
    if confidence:
        _put_reliability(judged)
    if errors:
        _put_mistakes(judged, most)


def _put_reliability(judged: list[Judged]) -> None:
    from kg.extraction.evaluation import reliability

    for found in reliability(judged):
        put(
            f"\n{found.name}: expected calibration error {found.error:.3f} over {found.cases:,} cases"
            f" ({found.by_chance:.3f} by chance alone)"
        )
        put_table(
            ("cases", "confidence", "right"), [(b.cases, f"{b.confidence:.2f}", f"{b.right:.2f}") for b in found.bins]
        )


def _put_mistakes(judged: list[Judged], most: int) -> None:
    from kg.extraction.evaluation import mistakes

    for sort, group in groupby(mistakes(judged), key=lambda mistake: mistake.sort):
        found = list(group)
        put(f"\n{sort} ({len(found):,})")
        for mistake in found[:most]:
            put(f"  {mistake.what}  [{mistake.paper}]")
            if mistake.sentence:
                put(f"    {mistake.sentence}")


def _as_json(
    judged: list[Judged], total: dict[str, Tally], spread: dict[str, Interval], *, errors: bool, confidence: bool
) -> dict[str, Any]:
    from kg.extraction.evaluation import mistakes, reliability
    from kg.records import to_json

    found: dict[str, Any] = {
        "papers": len(judged),
        "figures": {
            name: {
                "precision": round(t.precision, 4), "recall": round(t.recall, 4), "f1": round(t.f1, 4),
                "low": spread[name].low, "high": spread[name].high, "annotated": t.true, "found": t.said,
            }
            for name, t in total.items()
        },
    }  # fmt: skip
    if errors:
        found["mistakes"] = [to_json(mistake) for mistake in mistakes(judged)]
    if confidence:
        found["reliability"] = [to_json(one) for one in reliability(judged)]
    return found


VERBS = (evaluate,)

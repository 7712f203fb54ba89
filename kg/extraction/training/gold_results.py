"""Results as they are annotated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A score of a method: names are those of the paper's annotated entities, the value is as written."""

    method: str | None
    dataset: str | None
    metric: str | None
    value: str


def read_gold_results(gold: Path) -> dict[str, tuple[GoldResult, ...]]:
    """Return for each annotated paper its results, in the order of the file."""
    found = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.strip():
            said = json.loads(line)
            found[said["id"]] = tuple(
                GoldResult(r["method"], r["dataset"], r["metric"], r["value"]) for r in said.get("results", ())
            )
    return found

"""What a confidence is worth: of what was said with it, the share that is right.

The expected calibration error is that of M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining Well Calibrated
Probabilities Using Bayesian Binning", AAAI 2015, over bins of equal numbers of cases, since few statements are
made with a very low or a very high confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.evaluation.judging import Judged
from kg.extraction.evaluation.scores import digits
from kg.extraction.training.pairing import pair_names
from kg.records import EXTRACTED_PREDICATES, PAPER_AS_SUBJECT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

POOLED = "the rest"
_LEAST_CASES = 100
# With fewer cases in a bin, the error would measure the dice more than the confidence.
_LEAST_IN_BIN = 50
_MOST_BINS = 10
_DRAWS = 400
_SEED = 7


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence.

    Attributes:
        cases: how many there are.
        confidence: their mean confidence.
        right: the share of them that is right.
    """

    cases: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidence and truth agree in one sort of statement.

    Attributes:
        name: a predicate, ``entities``, ``results``, or :data:`POOLED`.
        cases: how many statements were made.
        error: the expected calibration error, from 0 to 1.
        by_chance: the error that confidences which were exactly right would show on average, with so few cases.
        bins: the least sure first.
    """

    name: str
    cases: int
    error: float
    by_chance: float
    bins: tuple[Bin, ...]


def reliability(papers: Iterable[Judged]) -> list[Reliability]:
    """Return how entities, each predicate with a hundred cases or more, and all else pooled, keep what they promise."""
    said: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for paper in papers:
        for name, confidence, right in _statements(paper):
            said[name].append((confidence, right))
    pooled: list[tuple[float, bool]] = []
    found = []
    for name in ("entities", *EXTRACTED_PREDICATES, "results"):
        if len(said[name]) >= _LEAST_CASES:
            found.append(_reliability(name, said[name]))
        else:
            pooled += said[name]
    if pooled:
        found.append(_reliability(POOLED, pooled))
    return found


def _statements(paper: Judged) -> Iterable[tuple[str, float, bool]]:
    names = pair_names(paper.gold, paper.found.entities)
    for entity in paper.found.entities:
        yield "entities", entity.confidence, entity.name in names
    true = set(paper.gold.relations)
    for relation in paper.found.relations:
        subject = relation.subject if relation.subject == PAPER_AS_SUBJECT else names.get(relation.subject)
        right = (subject, relation.predicate, names.get(relation.object)) in true
        yield relation.predicate, relation.evidence.confidence, right
    results = {(r.method, r.dataset, r.metric, digits(r.value)) for r in paper.results}
    for result in paper.found.results:
        ends = tuple(name and names.get(name, "?") for name in (result.method, result.dataset, result.metric))
        yield "results", result.evidence.confidence, (*ends, digits(result.value)) in results


def _reliability(name: str, said: Sequence[tuple[float, bool]]) -> Reliability:
    import numpy as np

    # By confidence alone: sorted by truth too, equal confidences would part into right and wrong bins.
    ordered = np.array(sorted(said, key=lambda one: one[0]), np.float64)
    count = len(ordered)
    bins = max(1, min(_MOST_BINS, count // _LEAST_IN_BIN))
    edges = [round(count * place / bins) for place in range(bins)]
    cases = np.diff([*edges, count])

    def error(right: npt.NDArray[np.float64]) -> float:
        return float(np.abs(np.add.reduceat(ordered[:, 0] - right, edges)).sum() / count)

    rng = np.random.default_rng(_SEED)
    by_chance = np.mean([error((rng.random(count) < ordered[:, 0]).astype(np.float64)) for _ in range(_DRAWS)])
    means = np.add.reduceat(ordered, edges) / cases[:, None]
    made = tuple(
        Bin(int(n), round(float(sure), 4), round(float(right), 4))
        for n, (sure, right) in zip(cases, means, strict=True)
    )
    return Reliability(name, count, round(error(ordered[:, 1]), 4), round(float(by_chance), 4), made)

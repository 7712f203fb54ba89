"""Counting what was found and what should have been, paper by paper.

An entity counts where its kind agrees and one of its names or mentions, folded, is one of the annotated
entity's; a relation where its predicate agrees and both ends count; a result where method, data set, metric and
digits agree. Figures are micro-averages over papers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from kg.extraction.training.gold import GoldPaper, gold_spans
from kg.extraction.training.gold_results import GoldResult
from kg.extraction.training.pairing import pair_names
from kg.records import EXTRACTED_PREDICATES, KINDS, PAPER_AS_SUBJECT, Extraction

ROWS: Final = (
    "spans",
    "entities",
    *(f"entities.{kind}" for kind in KINDS),
    "entities.untyped",
    *(f"relations.{predicate}" for predicate in EXTRACTED_PREDICATES),
    "relations",
    "results",
    "results.loose",
)
_NOT_OF_A_NUMBER = re.compile(r"[^\d.]")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, how many were said, how many are true.

    >>> tally = Tally(3, 4, 6)
    >>> tally.precision, tally.recall, round(tally.f1, 3)
    (0.75, 0.5, 0.6)
    """

    right: int = 0
    said: int = 0
    true: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of both together."""
        return Tally(self.right + other.right, self.said + other.said, self.true + other.true)

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 0 where nothing was said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of what is true that was said; 0 where nothing is true."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.said + self.true) if self.right else 0.0


def score_paper(gold: GoldPaper, results: Sequence[GoldResult], found: Extraction) -> dict[str, Tally]:
    """Return the tallies of one paper by the names in :data:`ROWS`.

    Args:
        gold: the annotated paper.
        results: its annotated results.
        found: what was read in its text.
    """
    spans = set(gold_spans(gold.text, gold.entities))
    said_spans = {(m.start, m.end, e.type) for e in found.entities for m in e.mentions}
    names = pair_names(gold, found.entities)
    tallies = {
        "spans": Tally(len(spans & said_spans), len(said_spans), len(spans)),
        "entities": Tally(len(names), len(found.entities), len(gold.entities)),
        "entities.untyped": Tally(
            len(pair_names(gold, found.entities, typed=False)), len(found.entities), len(gold.entities)
        ),
    }
    for kind in KINDS:
        said = [entity for entity in found.entities if entity.type == kind]
        tallies[f"entities.{kind}"] = Tally(
            sum(entity.name in names for entity in said), len(said), sum(of == kind for _, of, _ in gold.entities)
        )
    relations = related(found, names)
    tallies["relations"] = _agreeing(set(gold.relations), relations)
    for predicate in EXTRACTED_PREDICATES:
        tallies[f"relations.{predicate}"] = _agreeing(
            {r for r in gold.relations if r[1] == predicate}, {r for r in relations if r[1] == predicate}
        )
    said_results = stated(found, names)
    true_results = {(r.method, r.dataset, r.metric, digits(r.value)) for r in results}
    tallies["results"] = _agreeing(true_results, said_results)
    loose = Counter((r[1], r[3]) for r in true_results) & Counter((r[1], r[3]) for r in said_results)
    tallies["results.loose"] = Tally(loose.total(), len(said_results), len(true_results))
    return {row: tallies[row] for row in ROWS}


def sum_up(papers: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Return the tallies of all papers together, by the names in :data:`ROWS`."""
    total = dict.fromkeys(ROWS, Tally())
    for paper in papers:
        for row, tally in paper.items():
            total[row] += tally
    return total


def related(found: Extraction, names: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """Return the relations found, by annotated names; a name that pairs with none is marked, so that it equals none."""

    def of(name: str) -> str:
        return PAPER_AS_SUBJECT if name == PAPER_AS_SUBJECT else names.get(name, "?" + name)

    return {(of(r.subject), r.predicate, of(r.object)) for r in found.relations}


def stated(found: Extraction, names: Mapping[str, str]) -> set[tuple[str | None, str | None, str | None, str]]:
    """Return the results found, by annotated names and digits."""

    def of(name: str | None) -> str | None:
        return name and names.get(name, "?" + name)

    return {(of(r.method), of(r.dataset), of(r.metric), digits(r.value)) for r in found.results}


def digits(value: str) -> str:
    """Return the number in a value as written.

    >>> digits("87.1%"), digits("-3.2 dB.")
    ('87.1', '3.2')
    """
    return _NOT_OF_A_NUMBER.sub("", value).rstrip(".")


def _agreeing(true: Set[object], said: Set[object]) -> Tally:
    return Tally(len(true & said), len(said), len(true))

"""What the field talks about, year by year: use of concepts, what emerges, what fades, and for how long ideas live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph import bulk
from kg.graph.concept import Concept, naming_papers
from kg.graph.influence import naming_papers_by_concept
from kg.graph.kinship import introducing
from kg.graph.lookup import kinds_of
from kg.graph.table import Table
from kg.records import KINDS

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_WINDOW: Final = 3
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Trend:
    """How much a concept was named in a year.

    Attributes:
        papers: how many papers of the year name it.
        share: the share of the year's papers that do, from 0 to 1.

    >>> graph.trends("SegFormer", since=2021)[0].share
    1.0
    """

    concept: Concept
    year: int
    papers: int
    share: float

    def to_json(self) -> dict[str, Any]:
        """Return the figure as what ``json.dumps`` takes, the concept by name and IRI."""
        concept = {"name": self.concept.name, "iri": self.concept.iri}
        return {**concept, "year": self.year, "papers": self.papers, "share": self.share}


@dataclass(frozen=True, slots=True)
class Emergence:
    """How a concept rose or fell.

    Attributes:
        rank: from 1.
        first_year: in which a paper here first names it.
        peak_year: in which the largest share of papers did.
        papers: how many dated papers name it.
        share_before, share_now: the share of papers that name it in the years before the last ones, and in those.
        change: of these shares.
        half_life: after how many years half of the papers that name it had come out.

    >>> graph.emergence(kind="metric", least=1)[0].half_life
    0.5
    """

    rank: int
    concept: Concept
    first_year: int
    peak_year: int
    papers: int
    share_before: float
    share_now: float
    change: float
    half_life: float

    def to_json(self) -> dict[str, Any]:
        """Return the row as what ``json.dumps`` takes, the concept by name, kind and IRI."""
        concept = {"name": self.concept.name, "kind": self.concept.kind, "iri": self.concept.iri}
        rest = ("first_year", "peak_year", "papers", "share_before", "share_now", "change", "half_life")
        return {"rank": self.rank, **concept, **{name: getattr(self, name) for name in rest}}


def trends(
    graph: Graph,
    *names: str | Concept,
    kind: str | None = None,
    top: int = 8,
    since: int | None = None,
    until: int | None = None,
) -> Table[Trend]:
    """Return how many papers name some concepts, year by year, from the first that names one to the last of all.

    Args:
        graph: an open graph.
        names: the concepts, as :meth:`Graph.concept` takes them; without any, those that most papers name.
        kind: among which the latter are chosen: one of the kinds, or ``method``; None for methods.
        top: how many of them.
        since, until: the first and the last year; None for the first in which one is named, and the last of all.

    Returns:
        A row a concept and year, years without a mention among them; papers without a year are left out.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        UnknownChoice: there is no such kind.

    >>> print(trends(graph, "ResNet", since=2020))
    name    year  papers  share
    ------  ----  ------  -----
    ResNet  2020       0      0
    ResNet  2021       1      1
    """
    totals = papers_by_year(graph)
    shown = [name if isinstance(name, Concept) else graph.concept(name) for name in names] or _best_known(
        graph, kind, top
    )
    years = graph.keep("years", lambda: bulk.years(graph.store))
    counted = {
        concept: _count(years, (paper.value for paper in naming_papers(graph.store, NamedNode(concept.iri))))
        for concept in shown
    }
    named = [year for counts in counted.values() for year in counts]
    first = since if since is not None else min(named, default=0)
    last = until if until is not None else max(totals, default=-1)
    rows = []
    for concept, counts in counted.items():
        for year in range(first, last + 1):
            papers = counts.get(year, 0)
            share = round(papers / totals[year], _DIGITS) if totals.get(year) else 0.0
            rows.append(Trend(concept, year, papers, share))
    return Table(
        rows,
        columns={
            "name": lambda row: row.concept.name,
            "year": lambda row: row.year,
            "papers": lambda row: row.papers,
            "share": lambda row: row.share,
        },
        papers=lambda given: introducing(list(dict.fromkeys(row.concept for row in given))),
        title="Use by year",
    )


def emergence(
    graph: Graph,
    *,
    kind: str | None = None,
    rising: bool = True,
    top: int = 20,
    window: int = _WINDOW,
    least: int = 3,
) -> Table[Emergence]:
    """Return the concepts whose share of the papers grew most, or fell most, over the last years of the graph.

    The share of papers that name a concept in the last ``window`` years of the graph's papers is held against that of
    the ``window`` years before: a difference of shares, so that what is rare cannot win by doubling (the "hotness" of
    burst detection without its model of states; Kleinberg 2002). The half-life is the time from the first paper here
    that names a concept until half of all had come out, as the cited half-life of Burton and Kebler (1960): short for
    a fashion, long for what stays.

    Args:
        graph: an open graph.
        kind: one of the kinds, or ``method``; None for all.
        rising: what emerges; False for what fades.
        top: how many.
        window: how many years are the last ones.
        least: leave out what fewer dated papers name.

    Raises:
        UnknownChoice: there is no such kind.
        ValueError: the window is no number of years.

    >>> [(row.concept.name, row.change) for row in emergence(graph, kind="module", least=1)]
    [('Self-Attention', 1.0)]
    """
    if window < 1:
        raise ValueError(f"a window of {window} years cannot be; give 1 or more")
    totals = papers_by_year(graph)
    last = max(totals, default=0)
    now, before = range(last - window + 1, last + 1), range(last - 2 * window + 1, last - window + 1)
    all_now, all_before = (sum(totals.get(year, 0) for year in span) for span in (now, before))
    wanted = kinds_of(kind) or frozenset(KINDS)
    listed = bulk.concepts_of_kinds(graph.store, wanted)
    years = graph.keep("years", lambda: bulk.years(graph.store))
    changes: dict[str, tuple[float, float, float]] = {}
    counted: dict[str, dict[int, int]] = {}
    for iri, papers in naming_papers_by_concept(graph).items():
        counts = _count(years, papers) if iri in listed and len(papers) >= least else {}
        if counts and sum(counts.values()) >= least:
            shares = [sum(counts.get(year, 0) for year in span) / whole if whole else 0.0
                      for span, whole in ((before, all_before), (now, all_now))]  # fmt: skip
            change = round(shares[1] - shares[0], _DIGITS)
            if change > 0 if rising else change < 0:
                changes[iri] = (change, round(shares[0], _DIGITS), round(shares[1], _DIGITS))
                counted[iri] = counts
    chosen = sorted(changes, key=lambda iri: (-abs(changes[iri][0]), iri))[: max(top, 0)]
    views = {view.iri: view for view in graph.concepts_of(chosen)}
    rows = [
        Emergence(
            rank=rank,
            concept=views[iri],
            first_year=min(counted[iri]),
            peak_year=_peak(counted[iri], totals),
            papers=sum(counted[iri].values()),
            share_before=changes[iri][1],
            share_now=changes[iri][2],
            change=changes[iri][0],
            half_life=half_life(counted[iri]),
        )
        for rank, iri in enumerate(chosen, start=1)
    ]
    return Table(
        rows,
        columns={
            "rank": lambda row: row.rank,
            "name": lambda row: row.concept.name,
            "kind": lambda row: row.concept.kind,
            "papers": lambda row: row.papers,
            "before": lambda row: row.share_before,
            "now": lambda row: row.share_now,
            "change": lambda row: row.change,
            "peak": lambda row: row.peak_year,
            "half-life": lambda row: row.half_life,
        },
        papers=lambda given: introducing([row.concept for row in given]),
        title=f"What {'emerges' if rising else 'fades'}: {window} years to {last} against the {window} before",
    )


def half_life(counts: Mapping[int, int]) -> float:
    """Return after how many years, counted from the first, half of the papers had come out.

    Within a year papers are taken to come out evenly.

    >>> half_life({2015: 2, 2016: 2}), half_life({2015: 1, 2017: 3})
    (1.0, 2.33)
    """
    whole, so_far, first = sum(counts.values()), 0.0, min(counts)
    for year, count in sorted(counts.items()):
        if so_far + count >= whole / 2:
            return round(year - first + (whole / 2 - so_far) / count, 2)
        so_far += count
    return 0.0


def papers_by_year(graph: Graph) -> dict[int, int]:
    """Return how many papers there are of each year, sorted by year; those without a year are not counted.

    >>> papers_by_year(graph)
    {2015: 1, 2021: 1}
    """
    years = graph.keep("years", lambda: bulk.years(graph.store))
    return _count(years, (paper.value for paper in read.subjects(graph.store, t.TYPE, t.PAPER)))


def _count(years: Mapping[str, int], papers: Iterable[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for paper in papers:
        if (year := years.get(paper)) is not None:
            counts[year] = counts.get(year, 0) + 1
    return dict(sorted(counts.items()))


def _best_known(graph: Graph, kind: str | None, top: int) -> list[Concept]:
    wanted = kinds_of(kind or "method") or frozenset()
    listed = bulk.concepts_of_kinds(graph.store, wanted).keys() - bulk.families(graph.store)
    naming = naming_papers_by_concept(graph)
    best = sorted(listed & naming.keys(), key=lambda iri: (-len(naming[iri]), iri))[:top]
    places = {iri: place for place, iri in enumerate(best)}
    return sorted(graph.concepts_of(best), key=lambda concept: places[concept.iri])


def _peak(counts: Mapping[int, int], totals: Mapping[int, int]) -> int:
    return max(counts, key=lambda year: (counts[year] / totals[year], -year))

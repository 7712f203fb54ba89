"""The best stated results on a data set, with configuration, paper and sentence, and how the best rose over time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph.concept import Concept
from kg.graph.results import Result, read_results
from kg.graph.sureness import sureness
from kg.graph.table import Cell, Table

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.paper import Paper

HIGHER: Final = "higher"
LOWER: Final = "lower"
# What nearly all who write only the one name are tested on: their numbers stand in one order.
_ONE_TEST: Final[Mapping[str, frozenset[str]]] = {"imagenet": frozenset({"imagenet-1k", "ilsvrc"})}


@dataclass(frozen=True, slots=True)
class Placing:
    """A stated score with its place on a leaderboard.

    Attributes:
        rank: from 1 among the scores by one metric on one data set; equal numbers share the better rank. None where
            the paper states no metric: such scores cannot be compared.
        method, configuration: what scored; None where the paper does not say.
        value: as written; ``number`` the same as a number, ``unit`` its unit.
        metric: its name, None where the paper does not say; ``direction``: ``higher`` or ``lower`` is better.
        dataset: the data set as stated, which may be one right under that of the leaderboard.
        year, title, paper: of the paper that states it first here: year, title, IRI.
        sentence: in which it does; ``confidence``: how sure the whole reading of it is.
        papers: how many papers state the same.
        record: whether it was the best stated one in its year, and better than all before.

    >>> place = graph.leaderboard("ADE20K")[0]
    >>> place.value, place.sentence
    ('51.8%', 'SegFormer reaches 51.8% mIoU.')
    """

    rank: int | None
    method: str | None
    configuration: str | None
    value: str
    number: float
    unit: str | None
    metric: str | None
    direction: str
    dataset: str
    year: int | None
    title: str | None
    paper: str
    sentence: str | None
    confidence: float
    papers: int = 1
    record: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the place as what ``json.dumps`` takes."""
        return asdict(self)


class Leaderboard(Table[Placing]):
    """The results on one data set: a table, with what it shows and what it leaves out.

    Attributes:
        dataset: the data set.
        metrics: the names of its metrics, that of most results first.
        note: what a reader must know: which other data sets are shown with it, what is left out.

    >>> graph.leaderboard("ADE20K").metrics, graph.leaderboard("ADE20K").note
    (('mIoU',), None)
    """

    def __init__(
        self,
        rows: Iterable[Placing],
        *,
        dataset: Concept,
        note: str | None,
        papers: Callable[[Sequence[Placing]], Iterable[Paper]],
    ) -> None:
        super().__init__(rows, columns=_columns(), papers=papers, title=f"Best stated results on {dataset.name}")
        self.dataset = dataset
        self.note = note
        self.metrics = tuple(dict.fromkeys(row.metric for row in self if row.metric is not None))


def leaderboard(
    graph: Graph,
    dataset: str | Concept,
    metric: str | Concept | None = None,
    *,
    task: str | Concept | None = None,
    top: int | None = None,
    min_confidence: float | None = None,
) -> Leaderboard:
    """Return the results that papers state on a data set, or on one right under it (ImageNet-1K under ImageNet).

    Args:
        graph: an open graph.
        dataset: as :meth:`Graph.concept` takes it, among the data sets.
        metric: only scores by this metric; without it those by each, that of most scores first.
        task: only scores for this task.
        top: how many to list of each metric.
        min_confidence: how sure the reading of a score must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.

    Returns:
        The scores on the data set itself, then those on each right under it, in an order of their own, for their
        numbers say something else; those on ImageNet-1K stand among those on ImageNet, by which most papers mean it.
        Within a data set by metric, then by number in the metric's direction (where the graph does not know it,
        higher is taken to be better), then by year. A score that several papers state is one row, with the earliest.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        ValueError: the confidence is no number from 0 to 1.

    >>> for place in leaderboard(graph, "ADE20K"):
    ...     print(place.rank, place.method, place.configuration, place.value, place.metric, place.record)
    1 SegFormer None 51.8% mIoU True
    2 ResNet ResNet-50 42.1% mIoU False
    """
    focus = dataset if isinstance(dataset, Concept) else graph.concept(dataset, kind="dataset")
    by = None if metric is None else metric if isinstance(metric, Concept) else graph.concept(metric, kind="metric")
    on = None if task is None else task if isinstance(task, Concept) else graph.concept(task, kind="task")
    least = sureness(min_confidence).least
    under = list(read.subjects(graph.store, NamedNode(v.SKOS + "broader"), NamedNode(focus.iri)))
    nodes = {
        node
        for each in (NamedNode(focus.iri), *under)
        for node in read.subjects(graph.store, NamedNode(v.DATASET_OF), each)
        if (by is None or read.holds(graph.store, node, NamedNode(v.METRIC_OF), NamedNode(by.iri)))
        and (on is None or read.holds(graph.store, node, NamedNode(v.TASK_OF), NamedNode(on.iri)))
    }
    stated = [result for result in read_results(graph.store, nodes) if result.number is not None]
    sure = [result for result in stated if max((p.confidence for p in result.proofs), default=0.0) >= least]
    one_test = {focus.name, *(each.name for each in graph.concepts_at(under) if each.id in _ONE_TEST.get(focus.id, ()))}
    boards: dict[tuple[str, str | None], list[Placing]] = {}
    for place in _once(graph, sure):
        boards.setdefault(("" if place.dataset in one_test else place.dataset, place.metric), []).append(place)
    order = sorted(boards, key=lambda name: (name[1] is None, name[0], -len(boards[name]), name[1] or ""))
    rows = [place for name in order for place in _ranked(boards[name])[:top]]

    def papers(shown: Sequence[Placing]) -> list[Paper]:
        return graph.papers_at(NamedNode(row.paper) for row in shown)

    note = _note(focus, {row.dataset for row in rows}, left_out=len(stated) - len(sure), least=least)
    return Leaderboard(rows, dataset=focus, note=note, papers=papers)


def direction_of(graph: Graph, result: Result) -> str:
    """Return whether ``higher`` or ``lower`` numbers are better by a result's metric; higher where nobody says.

    >>> direction_of(graph, graph["SegFormer"].results[0])
    'higher'
    """
    for metric in read.objects(graph.store, NamedNode(result.iri), NamedNode(v.METRIC_OF)):
        return read.text(graph.store, metric, NamedNode(v.DIRECTION)) or HIGHER
    return HIGHER


def better_first(direction: str, number: float) -> float:
    """Return what sorts numbers so that the better comes first.

    >>> sorted([1.0, 3.0, 2.0], key=lambda number: better_first("higher", number))
    [3.0, 2.0, 1.0]
    """
    return number if direction == LOWER else -number


def _once(graph: Graph, results: Iterable[Result]) -> Iterator[Placing]:
    """Yield each score once, as the earliest paper states it; results come the earliest first."""
    same: dict[tuple[object, ...], list[Result]] = {}
    for result in results:
        key = (result.dataset, result.metric, result.method, result.configuration, result.number, result.unit)
        same.setdefault(key, []).append(result)
    for stated in same.values():
        first = stated[0]
        proof = first.proofs[0] if first.proofs else None
        yield Placing(
            rank=None,
            method=first.method,
            configuration=first.configuration,
            value=first.value,
            number=first.number or 0.0,
            unit=first.unit,
            metric=first.metric,
            direction=direction_of(graph, first),
            dataset=first.dataset or "",
            year=first.year,
            title=first.title,
            paper=first.paper,
            sentence=proof.sentence if proof is not None else None,
            confidence=proof.confidence if proof is not None else 0.0,
            papers=len({result.paper for result in stated}),
        )


def _ranked(places: list[Placing]) -> list[Placing]:
    if places[0].metric is None:
        return sorted(places, key=lambda place: (place.year or 9999, place.method or "", place.value, place.paper))
    keyed = sorted(
        ((better_first(place.direction, place.number), place) for place in places),
        key=lambda pair: (
            pair[0],
            pair[1].year or 9999,
            pair[1].method or "",
            pair[1].configuration or "",
            pair[1].paper,
        ),
    )
    # The first of each year, since they come the best first; then those that beat all earlier years.
    first_of_year: dict[int, tuple[float, Placing]] = {}
    for key, place in keyed:
        if place.year is not None:
            first_of_year.setdefault(place.year, (key, place))
    records, best = set(), float("inf")
    for _, (key, place) in sorted(first_of_year.items()):
        if key < best:
            best = key
            records.add(id(place))
    keys = [key for key, _ in keyed]
    return [replace(place, rank=1 + bisect_left(keys, key), record=id(place) in records) for key, place in keyed]


def _columns() -> dict[str, Callable[[Placing], Cell]]:
    return {
        "rank": lambda row: row.rank,
        "method": lambda row: row.method,
        "configuration": lambda row: row.configuration,
        "value": lambda row: row.value,
        "metric": lambda row: row.metric,
        "dataset": lambda row: row.dataset,
        "year": lambda row: row.year,
        "paper": lambda row: row.title,
    }


def _note(dataset: Concept, shown: set[str], *, left_out: int, least: float) -> str | None:
    others = sorted(shown - {dataset.name})
    parts = [f"{dataset.name} is shown with {', '.join(others)}"] if others else []
    if left_out:
        parts.append(f"{left_out} result{'' if left_out == 1 else 's'} read with a confidence below {least:g} left out")
    return "; ".join(parts) or None

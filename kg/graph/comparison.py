"""Two methods side by side: where they come from, what they are made of, where they were tried, and who beats whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.concept import Concept
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.kinship import CommonAncestor, common_ancestors
from kg.graph.leaderboard import better_first, direction_of
from kg.graph.lineage import method_named
from kg.graph.paths import IdeaPath, NoPath, idea_path
from kg.graph.results import Result
from kg.graph.table import Table

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.paper import Paper


@dataclass(frozen=True, slots=True)
class Sides:
    """What two methods have in common, and what only one of them has; each sorted by name.

    >>> graph.compare("AlexNet", "ResNet").parents.to_json()["both"]
    ['Convolutional Neural Network']
    """

    both: tuple[Concept, ...]
    only_one: tuple[Concept, ...]
    only_other: tuple[Concept, ...]

    def to_json(self) -> dict[str, list[str]]:
        """Return the names as what ``json.dumps`` takes."""
        return {side: [concept.name for concept in getattr(self, side)] for side in ("both", "only_one", "only_other")}


@dataclass(frozen=True, slots=True)
class PairedResults:
    """What both methods score on one data set by one metric, the best of each first.

    Attributes:
        dataset, metric: names.
        direction: ``higher`` or ``lower`` is better.
        one, other: the scores of each.
        better: ``one`` or ``other``, whose best stated score is better; None where they are equal.

    >>> pair = graph.compare("SegFormer", "ResNet").results[0]
    >>> pair.one[0].value, pair.other[0].value, pair.better
    ('51.8%', '42.1%', 'one')
    """

    dataset: str
    metric: str
    direction: str
    one: tuple[Result, ...]
    other: tuple[Result, ...]
    better: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the pair as what ``json.dumps`` takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two methods side by side.

    Attributes:
        one, other: the methods.
        parents, children, parts: along ``based_on`` up and down, and ``uses``.
        tasks, datasets: of the papers that introduce each.
        common_ancestors: the nearest methods from which both came.
        results: where both are scored on the same data by the same metric.
        wins, losses: edges of ``outperforms`` from one to the other, and the reverse.
        path: the shortest way of ideas between them, if there is one.

    >>> graph.compare("AlexNet", "LeNet").table()[1]
    ('year', '2012', '', '1998')
    """

    one: Concept
    other: Concept
    parents: Sides
    children: Sides
    parts: Sides
    tasks: Sides
    datasets: Sides
    common_ancestors: tuple[CommonAncestor, ...]
    results: tuple[PairedResults, ...]
    wins: tuple[Edge, ...]
    losses: tuple[Edge, ...]
    path: IdeaPath | None

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as what ``json.dumps`` takes."""
        return {
            "one": self.one.to_json(),
            "other": self.other.to_json(),
            **{side: getattr(self, side).to_json() for side in ("parents", "children", "parts", "tasks", "datasets")},
            "common_ancestors": [ancestor.to_json() for ancestor in self.common_ancestors],
            "results": [pair.to_json() for pair in self.results],
            "wins": [edge.to_json() for edge in self.wins],
            "losses": [edge.to_json() for edge in self.losses],
            "path": None if self.path is None else self.path.to_json(),
        }

    def table(self) -> Table[tuple[str, str, str, str]]:
        """Return the comparison as a table: a trait a row, with what one has, both have, and the other has."""
        rows = [
            ("kind", *_apart(self.one.kind, self.other.kind)),
            ("year", *_apart(str(self.one.year or "?"), str(self.other.year or "?"))),
        ]
        for label, sides in (("based on", self.parents), ("came of it", self.children), ("uses", self.parts),
                             ("tasks", self.tasks), ("data sets", self.datasets)):  # fmt: skip
            if sides.both or sides.only_one or sides.only_other:
                rows.append((label, _names(sides.only_one), _names(sides.both), _names(sides.only_other)))
        if self.common_ancestors:
            rows.append(("both came from", "", _names(each.concept for each in self.common_ancestors), ""))
        rows += (
            (
                f"{pair.dataset}, {pair.metric}",
                _score(pair.one[0], best=pair.better == "one"),
                "",
                _score(pair.other[0], best=pair.better == "other"),
            )
            for pair in self.results
        )
        if self.wins or self.losses:
            rows.append(("said to be better", _said(self.wins), "", _said(self.losses)))

        def papers(shown: object) -> list[Paper]:  # noqa: ARG001 (all of them, whatever is shown)
            return [paper for concept in (self.one, self.other) for paper in concept.introduced_by[:1]]

        return Table(
            rows,
            columns={
                "": lambda row: row[0],
                f"only {self.one.name}": lambda row: row[1],
                "both": lambda row: row[2],
                f"only {self.other.name}": lambda row: row[3],
            },
            papers=papers,
            title=f"{self.one.name} and {self.other.name}",
        )

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def compare(graph: Graph, one: str | Concept, other: str | Concept) -> Comparison:
    """Return two methods side by side.

    Args:
        graph: an open graph.
        one, other: as :meth:`Graph.concept` takes them; their edges count whatever their confidence.

    Raises:
        UnknownName, AmbiguousName: as :meth:`Graph.concept`.
        NoLineage: one of them is no method.

    >>> found = compare(graph, "SegFormer", "ResNet")
    >>> [concept.name for concept in found.parts.only_one], [pair.better for pair in found.results], len(found.wins)
    (['Self-Attention'], ['one'], 1)
    """
    first, second = (method_named(graph, each) for each in (one, other))
    reader = EvidenceReader(graph.store)
    try:
        path = idea_path(graph, first, second)
    except NoPath:
        path = None
    return Comparison(
        one=first,
        other=second,
        parents=_sides(first.parents, second.parents),
        children=_sides(first.children, second.children),
        parts=_sides(first.parts, second.parts),
        tasks=_sides(_of_papers(first, "addresses"), _of_papers(second, "addresses")),
        datasets=_sides(_of_papers(first, "evaluates_on"), _of_papers(second, "evaluates_on")),
        common_ancestors=tuple(common_ancestors(graph, first, second)),
        results=tuple(_paired(graph, first, second)),
        wins=_edges(reader, first, second),
        losses=_edges(reader, second, first),
        path=path,
    )


def _sides(one: Iterable[Concept], other: Iterable[Concept]) -> Sides:
    first, second = list(one), list(other)
    return Sides(
        tuple(each for each in first if each in second),
        tuple(each for each in first if each not in second),
        tuple(each for each in second if each not in first),
    )


def _of_papers(concept: Concept, predicate: str) -> list[Concept]:
    """Return what the papers that introduce a concept work on, or test on."""
    store = concept.graph.store
    papers = read.subjects(store, t.PREDICATES["introduces"], NamedNode(concept.iri))
    found = {node for paper in papers for node in read.objects(store, paper, t.PREDICATES[predicate])}
    return concept.graph.concepts_at(found)


def _paired(graph: Graph, one: Concept, other: Concept) -> Iterable[PairedResults]:
    sides: tuple[dict[tuple[str, str], list[Result]], ...] = ({}, {})
    for concept, found in zip((one, other), sides, strict=True):
        for result in concept.results:
            if result.dataset is not None and result.metric is not None and result.number is not None:
                found.setdefault((result.dataset, result.metric), []).append(result)
    for dataset, metric in sorted(sides[0].keys() & sides[1].keys()):
        direction = direction_of(graph, sides[0][dataset, metric][0])
        first, second = (
            tuple(
                sorted(found[dataset, metric], key=lambda each: (better_first(direction, each.number or 0.0), each.iri))
            )
            for found in sides
        )
        keys = [better_first(direction, best.number or 0.0) for best in (first[0], second[0])]
        better = None if keys[0] == keys[1] else "one" if keys[0] < keys[1] else "other"
        yield PairedResults(dataset, metric, direction, first, second, better)


def _edges(reader: EvidenceReader, subject: Concept, value: Concept) -> tuple[Edge, ...]:
    return tuple(reader.edges(subject=NamedNode(subject.iri), predicate="outperforms", value=NamedNode(value.iri)))


def _apart(one: str, other: str) -> tuple[str, str, str]:
    return ("", one, "") if one == other else (one, "", other)


def _names(concepts: Iterable[Concept]) -> str:
    return ", ".join(concept.name for concept in concepts)


def _score(result: Result, *, best: bool) -> str:
    return f"{result.value}{f' ({result.configuration})' if result.configuration else ''}{', better' if best else ''}"


def _said(edges: tuple[Edge, ...]) -> str:
    papers = sum(edge.support for edge in edges)
    return f"by {papers} paper{'' if papers == 1 else 's'}" if edges else ""

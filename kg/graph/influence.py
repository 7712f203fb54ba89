"""Which methods shaped the field: by their lineage, by what uses them, and by the papers that name them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph import bulk, measures
from kg.graph._choices import choose
from kg.graph.concept import Concept
from kg.graph.descent import descent
from kg.graph.engines import ENGINES, measure_by
from kg.graph.kinship import introducing
from kg.graph.lookup import kinds_of
from kg.graph.sureness import Sureness, sureness
from kg.graph.table import Cell, Table
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph

# What makes a walker's start half as likely every three years or so.
_RECENCY_YEARS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Influence:
    """A method's place by one measure.

    Attributes:
        rank: from 1; methods of equal value share the better rank.
        concept: the method.
        by: the measure.
        value: what was measured: a number of methods, papers or tasks, or a share between 0 and 1.

    >>> place = graph.influence(by="children", top=1)[0]
    >>> place.rank, place.concept.name, place.value
    (1, 'AlexNet', 1.0)
    """

    rank: int
    concept: Concept
    by: str
    value: float

    def to_json(self) -> dict[str, Any]:
        """Return the place as what ``json.dumps`` takes, the value under the name of its measure."""
        concept = self.concept
        traits = {"name": concept.name, "kind": concept.kind, "year": concept.year, "iri": concept.iri}
        return {"rank": self.rank, **traits, self.by: self.value}


@dataclass(frozen=True, slots=True)
class _Question:
    """What is measured: a lineage, with the choices that shaped it."""

    graph: Graph
    tree: nx.DiGraph[str]
    engine: str | None
    sure: Sureness
    starts: Mapping[str, float] | None


def influence(
    graph: Graph,
    *,
    kind: str | None = None,
    by: str = "descendants",
    top: int = 20,
    families: bool = False,
    min_confidence: float | None = None,
    until: int | None = None,
    towards: Iterable[str | Concept] | str | Concept | None = None,
    engine: str | None = None,
) -> Table[Influence]:
    """Return the most influential methods, the first first; equal values are sorted by name, then IRI.

    All methods are measured together, on the lineage that :func:`kg.graph.descent.descent` makes; ``kind`` then
    chooses which are listed. Methods of value 0 are not.

    ============== =====================================================================================
    measure        what it counts
    ============== =====================================================================================
    descendants    methods based on it, directly or through others: :func:`kg.graph.measures.descendants`
    children       methods directly based on it: :func:`kg.graph.measures.children`
    pagerank       a walker's time from child to parent: :func:`kg.graph.measures.pagerank`
    citerank       the same, starting at recent methods: what leads somewhere today
                   (:func:`kg.graph.measures.recency`)
    betweenness    lines of descent that run through it: :func:`kg.graph.measures.betweenness`
    h              an h-like index of it: :func:`kg.graph.measures.h_index`
    reuse          architectures that use it, or are based on it: how often a module is built in
    breadth        over how many tasks the papers that name it spread: :func:`breadth`
    papers         papers that name it: how well known it is, rather than what came of it
    ============== =====================================================================================

    Args:
        graph: an open graph.
        kind: ``architecture``, ``module``, ``technique``, or None for all three.
        by: one of :data:`MEASURES`.
        top: how many to list at most.
        families: whether families, and edges to them, count.
        min_confidence: how sure an edge that only papers state must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.
        until: measure the field as it was in this year, without later methods, papers, and what has no year.
        towards: for ``pagerank``, influence upon these: methods, or tasks, which stand for the methods that papers
            on them introduce (personalised PageRank).
        engine: ``networkx`` or ``rustworkx`` (the extra ``fast``), with equal results.

    Raises:
        UnknownChoice: there is no such measure or engine, or the kind is none of methods.
        UnknownName, AmbiguousName: what ``towards`` names is unknown, or may be several.
        ValueError: ``towards`` does not fit the measure, or the confidence is no number from 0 to 1.

    >>> [(each.rank, each.concept.name, each.value) for each in influence(graph, top=2)]
    [(1, 'LeNet', 3.0), (2, 'AlexNet', 2.0)]
    """
    measure = _MEASURES[choose("measure of influence", by, _MEASURES)]
    choose("engine", engine or ENGINES[0], ENGINES)
    if kind is not None:
        choose("kind of method", kind, ("method", *sorted(METHOD_KINDS)))
    if towards is not None and by != "pagerank":
        raise ValueError(f"only pagerank measures influence towards something, and this asks for {by}")
    tree = descent(graph, families=families, min_confidence=min_confidence, until=until)
    starts = None if towards is None else _starts(graph, tree, towards)
    question = _Question(graph, tree, engine, sureness(min_confidence), starts)
    values = {iri: value for iri, value in measure(question, until).items() if value > 0}
    wanted = kinds_of(kind) or METHOD_KINDS
    listed = {iri: value for iri, value in values.items() if tree.nodes[iri]["kind"] in wanted}
    title = f"Influence by {by}" + (f", as of {until}" if until is not None else "")
    return influence_table(ranked(graph, listed, by=by, top=top), by=by, title=title)


def ranked(graph: Graph, values: Mapping[str, float], *, by: str, top: int) -> list[Influence]:
    """Return the concepts of the highest values, equal ones by name; only those that may be listed are read.

    >>> [(row.rank, row.concept.name) for row in ranked(graph, {graph["LeNet"].iri: 2.0}, by="age", top=5)]
    [(1, 'LeNet')]
    """
    ordered = sorted((-value, iri) for iri, value in values.items())
    bar = ordered[min(top, len(ordered)) - 1][0] if ordered and top > 0 else None
    reach = [] if bar is None else [iri for value, iri in ordered if value <= bar]
    views = sorted(graph.concepts_of(reach), key=lambda c: (-values[c.iri], c.name.casefold(), c.iri))[: max(top, 0)]
    falling = [value for value, _ in ordered]
    return [Influence(1 + bisect_left(falling, -values[view.iri]), view, by, values[view.iri]) for view in views]


def influence_table(rows: Iterable[Influence], *, by: str, title: str) -> Table[Influence]:
    """Return places as a table.

    >>> influence_table([], by="papers", title="Nothing").columns
    ('rank', 'name', 'kind', 'year', 'papers')
    """
    columns: dict[str, Callable[[Influence], Cell]] = {
        "rank": lambda row: row.rank,
        "name": lambda row: row.concept.name,
        "kind": lambda row: row.concept.kind,
        "year": lambda row: row.concept.year,
        by: lambda row: row.value,
    }
    papers = lambda shown: introducing([row.concept for row in shown])  # noqa: E731 (one of two arguments)
    return Table(rows, columns=columns, papers=papers, title=title)


def breadth(counts: Iterable[int]) -> float:
    """Return over how many tasks something spreads, of unequal counts: as many equal ones as would be as diverse.

    The exponential of Shannon's entropy, Hill's number of order 1 (Hill 1973): 1 where all papers work on one task.

    >>> breadth([5]), round(breadth([5, 5]), 6), round(breadth([9, 1]), 2), breadth([])
    (1.0, 2.0, 1.38, 0.0)
    """
    import math

    numbers = [count for count in counts if count > 0]
    whole = sum(numbers)
    if not whole:
        return 0.0
    return math.exp(-sum(count / whole * math.log(count / whole) for count in numbers))


def _starts(graph: Graph, tree: nx.DiGraph[str], towards: Iterable[str | Concept] | str | Concept) -> dict[str, float]:
    """Return the methods at which a walker starts: those named, and those that papers on a named task introduce."""
    named = [towards] if isinstance(towards, str | Concept) else list(towards)
    weights: dict[str, float] = {}
    for each in named:
        concept = each if isinstance(each, Concept) else graph.concept(each)
        iris = [concept.iri]
        if concept.kind not in METHOD_KINDS:
            papers = set(read.subjects(graph.store, t.PREDICATES["addresses"], NamedNode(concept.iri)))
            papers |= set(read.subjects(graph.store, t.PREDICATES["evaluates_on"], NamedNode(concept.iri)))
            iris = [
                new.value for paper in papers for new in read.objects(graph.store, paper, t.PREDICATES["introduces"])
            ]
        for iri in sorted(iris):
            if iri in tree:
                weights[iri] = weights.get(iri, 0.0) + 1.0
    if not weights:
        names = ", ".join(each.name if isinstance(each, Concept) else each for each in named)
        raise ValueError(
            f"nothing of the lineage stands for {names}; name methods, or tasks for which some are proposed"
        )
    return weights


def _by_engine(name: str) -> Callable[[_Question, int | None], dict[str, float]]:
    return lambda question, _until: measure_by(name, question.engine)(question.tree)


def _pagerank(question: _Question, _until: int | None) -> dict[str, float]:
    return measure_by("pagerank", question.engine)(question.tree, starts=question.starts)


def _citerank(question: _Question, _until: int | None) -> dict[str, float]:
    years: dict[str, int | None] = {iri: data["year"] for iri, data in question.tree.nodes(data=True)}
    starts = measures.recency(years, question.tree.nodes, scale=_RECENCY_YEARS)
    return measure_by("pagerank", question.engine)(question.tree, starts=starts or None)


def _reuse(question: _Question, _until: int | None) -> dict[str, float]:
    return {iri: float(len(users)) for iri, users in reusers(question.graph, question.tree, question.sure).items()}


def reusers(graph: Graph, tree: nx.DiGraph[str], sure: Sureness) -> dict[str, set[str]]:
    """Return the architectures that use each method or are directly based on it, by IRI.

    >>> users = reusers(graph, descent(graph), sureness(None))
    >>> sorted(iri.rsplit("/", 1)[1] for iri in users[graph["Self-Attention"].iri])
    ['segformer', 'vit']
    """
    users: dict[str, set[str]] = {}
    curated = graph.keep("curated", lambda: bulk.curated(graph.store))
    for link in graph.keep("uses", lambda: bulk.links(graph.store, "uses")):
        if sure.passes(link, from_curated=link.subject in curated):
            users.setdefault(link.object, set()).add(link.subject)
    for child, parent in tree.edges:
        users.setdefault(parent, set()).add(child)
    kinds: dict[str, str] = {iri: data["kind"] for iri, data in tree.nodes(data=True)}
    found = {
        iri: {user for user in users[iri] if kinds.get(user) == "architecture" and user != iri}
        for iri in tree
        if iri in users
    }
    return {iri: those for iri, those in found.items() if those}


def _breadth(question: _Question, until: int | None) -> dict[str, float]:
    tasks_of: dict[str, list[str]] = {}
    for addressing, task in read.pairs(question.graph.store, t.PREDICATES["addresses"]):
        tasks_of.setdefault(addressing.value, []).append(task.value)
    counts: dict[str, dict[str, int]] = {}
    for iri, naming in naming_papers_by_concept(question.graph, until=until).items():
        if iri in question.tree:
            tally = counts.setdefault(iri, {})
            for paper in naming:
                for addressed in tasks_of.get(paper, ()):
                    tally[addressed] = tally.get(addressed, 0) + 1
    return measures.rounded({iri: breadth(sorted(tally.values())) for iri, tally in counts.items()})


def _papers(question: _Question, until: int | None) -> dict[str, float]:
    naming = naming_papers_by_concept(question.graph, until=until)
    return {iri: float(len(papers)) for iri, papers in naming.items() if iri in question.tree}


def naming_papers_by_concept(graph: Graph, *, until: int | None = None) -> dict[str, set[str]]:
    """Return the papers that name each concept, by IRI; with a year, those up to it.

    >>> len(naming_papers_by_concept(graph)[graph["ResNet"].iri])
    3
    """
    if until is None:
        return graph.keep("naming", lambda: bulk.naming_papers(graph.store))
    years = graph.keep("years", lambda: bulk.years(graph.store))
    return {
        concept: early
        for concept, papers in naming_papers_by_concept(graph).items()
        if (early := {paper for paper in papers if years.get(paper, until + 1) <= until})
    }


_MEASURES: Final[Mapping[str, Callable[[_Question, int | None], dict[str, float]]]] = {
    "descendants": _by_engine("descendants"),
    "children": _by_engine("children"),
    "pagerank": _pagerank,
    "citerank": _citerank,
    "betweenness": _by_engine("betweenness"),
    "h": _by_engine("h"),
    "reuse": _reuse,
    "breadth": _breadth,
    "papers": _papers,
}
MEASURES: Final = tuple(_MEASURES)

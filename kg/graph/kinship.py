"""Kinship within the lineage of methods: generations, siblings, common ancestors, and the branches of a family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph.concept import Concept
from kg.graph.cycles import surest_first
from kg.graph.lineage import lineage, method_named
from kg.graph.measures import descendants
from kg.graph.table import Table

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph
    from kg.graph.paper import Paper


@dataclass(frozen=True, slots=True)
class Generation:
    """What came of a method in one year.

    Attributes:
        year: None for what has no year.
        concepts: sorted by name.

    >>> graph.generations("ResNet")[-1].concepts
    (<Concept 'ResNeXt' (architecture, 2016)>,)
    """

    year: int | None
    concepts: tuple[Concept, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the generation as what ``json.dumps`` takes."""
        return {"year": self.year, "concepts": [concept.to_json() for concept in self.concepts]}


@dataclass(frozen=True, slots=True)
class CommonAncestor:
    """A method from which two others both came.

    Attributes:
        concept: the ancestor.
        one_steps, other_steps: how many steps of descent lie between; 0 where it is the method itself.

    >>> graph.common_ancestors("ResNeXt", "AlexNet")[0].one_steps
    2
    """

    concept: Concept
    one_steps: int
    other_steps: int

    def to_json(self) -> dict[str, Any]:
        """Return the ancestor as what ``json.dumps`` takes."""
        return {"concept": self.concept.to_json(), "one_steps": self.one_steps, "other_steps": self.other_steps}


@dataclass(frozen=True, slots=True)
class Sibling:
    """A method with a parent in common.

    Attributes:
        concept: the sibling.
        parents: the parents that both have, sorted by name.

    >>> graph.siblings("AlexNet", families=True)[0].parents
    (<Concept 'Convolutional Neural Network' (family)>,)
    """

    concept: Concept
    parents: tuple[Concept, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the sibling as what ``json.dumps`` takes."""
        return {"concept": self.concept.to_json(), "parents": [parent.to_json() for parent in self.parents]}


def timeline(
    graph: Graph,
    name: str | Concept,
    *,
    depth: int | None = None,
    top: int | None = None,
    families: bool = True,
    min_confidence: float | None = None,
) -> nx.DiGraph[str]:
    """Return what came of a method or a family, each with the branch by which it came.

    Args:
        graph: an open graph.
        name: as :meth:`Graph.concept` takes it.
        depth: how many steps to go; None for all.
        top: keep the most influential so many, and what lies between them and the method.
        families: whether edges to families count: those within a family are what one wants to see.
        min_confidence: as in :func:`kg.graph.lineage.lineage`.

    Returns:
        The lineage downwards, and on its nodes also ``descendants`` (how many came of it here), ``branch`` (the id of
        the child of the focus through which it came, along the surest edges; None for the focus), ``branch_name``,
        and ``by`` (the id of its parent on that way).

    Raises:
        UnknownName, AmbiguousName, NoLineage: as :func:`kg.graph.lineage.lineage`.

    >>> timeline(graph, "CNN").nodes(data="branch_name")["late"]
    'ResNet'
    """
    tree = lineage(graph, name, up=False, depth=depth, families=families, min_confidence=min_confidence)
    counts = descendants(tree)
    focus = tree.graph["focus"]
    by = {node: _surest_parent(tree, node) for node in tree if node != focus}
    if top is not None:
        most = sorted(by, key=lambda node: (-counts.get(node, 0), -tree.nodes[node]["papers"], node))[:top]
        kept = {focus, *(between for node in most for between in _way(by, node))}
        tree.remove_nodes_from([node for node in tree if node not in kept])
    for node, data in tree.nodes(data=True):
        way = _way(by, node)
        branch = way[-1] if way else None
        name_of = None if branch is None else tree.nodes[branch]["name"]
        data |= {"descendants": int(counts.get(node, 0)), "branch": branch, "branch_name": name_of, "by": by.get(node)}
    return tree


def generations(graph: Graph, name: str | Concept, **choices: Any) -> Table[Generation]:
    """Return what came of a method, year by year; what has no year comes last.

    Args:
        graph: an open graph.
        name: as :meth:`Graph.concept` takes it.
        choices: ``depth``, ``families`` and ``min_confidence``, as :func:`kg.graph.lineage.lineage` takes them.

    >>> print(generations(graph, "AlexNet"))
    year  methods  names
    ----  -------  -------
    2014        1  Late
    2015        1  ResNet
    2016        1  ResNeXt
    """
    tree = lineage(graph, name, up=False, **choices)
    by_year: dict[int | None, list[str]] = {}
    for node, data in tree.nodes(data=True):
        if node != tree.graph["focus"]:
            by_year.setdefault(data["year"], []).append(data["iri"])
    rows = [
        Generation(year, tuple(graph.concepts_of(iris)))
        for year, iris in sorted(by_year.items(), key=lambda item: (item[0] is None, item[0] or 0))
    ]
    return Table(
        rows,
        columns={
            "year": lambda row: row.year,
            "methods": lambda row: len(row.concepts),
            "names": lambda row: ", ".join(concept.name for concept in row.concepts),
        },
        papers=lambda shown: introducing([concept for row in shown for concept in row.concepts]),
        title=f"What came of {tree.nodes[tree.graph['focus']]['name']}, by year",
    )


def common_ancestors(
    graph: Graph,
    one: str | Concept,
    other: str | Concept,
    *,
    families: bool = True,
    min_confidence: float | None = None,
) -> Table[CommonAncestor]:
    """Return the methods from which two methods both came, the nearest first; one may have come of the other.

    What is an ancestor of a nearer common ancestor is left out, since both came from it in any case: of two sisters
    the parents are listed, not the grandparents (the lowest common ancestors of a graph without cycles).

    Args:
        graph: an open graph.
        one, other: as :meth:`Graph.concept` takes them.
        families: whether families count.
        min_confidence: as in :func:`kg.graph.lineage.lineage`.

    >>> [(row.concept.name, row.one_steps, row.other_steps) for row in common_ancestors(graph, "Late", "AlexNet")]
    [('AlexNet', 3, 0)]
    """
    import networkx as nx

    trees = [
        lineage(graph, each, down=False, families=families, min_confidence=min_confidence) for each in (one, other)
    ]
    depths: list[dict[str, int]] = [{node: data["depth"] for node, data in tree.nodes(data=True)} for tree in trees]
    shared = depths[0].keys() & depths[1].keys()
    whole = nx.compose(*trees).subgraph(shared)
    lowest = [node for node in shared if not any(True for _ in whole.predecessors(node))]
    found = {concept.id: concept for concept in graph.concepts_of([whole.nodes[node]["iri"] for node in lowest])}
    rows = sorted(
        (CommonAncestor(found[node], -depths[0][node], -depths[1][node]) for node in lowest),
        key=lambda row: (
            row.one_steps + row.other_steps,
            row.concept.family,
            row.concept.name.casefold(),
            row.concept.iri,
        ),
    )
    names = [tree.nodes[tree.graph["focus"]]["name"] for tree in trees]
    return Table(
        rows,
        columns={
            "name": lambda row: row.concept.name,
            "year": lambda row: row.concept.year,
            f"steps to {names[0]}": lambda row: row.one_steps,
            f"steps to {names[1]}": lambda row: row.other_steps,
        },
        papers=lambda shown: introducing([row.concept for row in shown]),
        title=f"From what both {names[0]} and {names[1]} came",
    )


def siblings(
    graph: Graph, name: str | Concept, *, families: bool = False, min_confidence: float | None = None
) -> Table[Sibling]:
    """Return the methods that have a parent in common with a method: those that share most first, then by year.

    >>> [(row.concept.name, [each.name for each in row.parents]) for row in siblings(graph, "ResNet", families=True)]
    [('AlexNet', ['Convolutional Neural Network'])]
    """
    focus = method_named(graph, name)
    choices: dict[str, Any] = {"depth": 1, "families": families, "min_confidence": min_confidence}
    above = lineage(graph, focus, down=False, **choices)
    shared: dict[str, list[str]] = {}
    for parent, node in above.nodes(data=True):
        if parent != above.graph["focus"]:
            iri: str = node["iri"]
            below = lineage(graph, iri, up=False, **choices)
            for child, data in below.nodes(data=True):
                if child != below.graph["focus"] and data["iri"] != focus.iri:
                    shared.setdefault(data["iri"], []).append(iri)
    views = {concept.iri: concept for concept in graph.concepts_of(shared)}
    rows = sorted(
        (Sibling(views[iri], tuple(graph.concepts_of(parents))) for iri, parents in shared.items()),
        key=lambda row: (-len(row.parents), row.concept.year or 9999, row.concept.name.casefold(), row.concept.iri),
    )
    return Table(
        rows,
        columns={
            "name": lambda row: row.concept.name,
            "year": lambda row: row.concept.year,
            "parents": lambda row: ", ".join(parent.name for parent in row.parents),
        },
        papers=lambda shown: introducing([row.concept for row in shown]),
        title=f"Siblings of {focus.name}",
    )


def introducing(concepts: Sequence[Concept]) -> list[Paper]:
    """Return the papers that introduce some concepts, the earliest of each.

    >>> [paper.year for paper in introducing([graph["ResNet"], graph["LeNet"]])]
    [2015]
    """
    return [paper for concept in concepts for paper in concept.introduced_by[:1]]


def _surest_parent(tree: nx.DiGraph[str], node: str) -> str:
    """Return the parent to which the surest edge leads, among those that are nearer to the focus."""
    depth = tree.nodes[node]["depth"]
    nearer = [parent for parent in tree.successors(node) if tree.nodes[parent]["depth"] < depth]
    return min(nearer, key=lambda parent: surest_first((node, parent), _Edge(tree.edges[node, parent])))


class _Edge:
    """The attributes of an edge, as :func:`surest_first` reads them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.curated: bool = data["curated"]
        self.support: int = data["support"]
        self.confidence: float = data["confidence"]


def _way(by: dict[str, str], node: str) -> list[str]:
    """Return the nodes from a node up to a child of the focus; none for the focus."""
    way = []
    while node in by:
        way.append(node)
        node = by[node]
    return way

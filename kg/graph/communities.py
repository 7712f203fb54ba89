"""Parts of the field that hang together, each named after its most influential member, and the map of the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.graph.concept import Concept
from kg.graph.cycles import implied
from kg.graph.descent import descent
from kg.graph.evidence import EvidenceReader
from kg.graph.influence import influence
from kg.graph.kinship import introducing
from kg.graph.lineage import describe, describe_edge
from kg.graph.measures import descendants
from kg.graph.table import Table

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph

_SEED: Final = 0


@dataclass(frozen=True, slots=True)
class Community:
    """A part of the field: methods with more lineage among them than with others.

    Attributes:
        number: from 1, the largest first.
        name: that of its most influential member.
        first_year, last_year: of its dated members; None where none is dated.
        members: those from which most came first.

    >>> graph.communities(least=4)[0].members[0].name
    'LeNet'
    """

    number: int
    name: str
    first_year: int | None
    last_year: int | None
    members: tuple[Concept, ...]

    @property
    def size(self) -> int:
        """How many methods it holds."""
        return len(self.members)

    def to_json(self) -> dict[str, Any]:
        """Return the community as what ``json.dumps`` takes, its members by IRI."""
        years = {"first_year": self.first_year, "last_year": self.last_year}
        return {"number": self.number, "name": self.name, "size": self.size, **years,
                "members": [member.iri for member in self.members]}  # fmt: skip


def communities(
    graph: Graph, *, families: bool = False, min_confidence: float | None = None, least: int = 5
) -> Table[Community]:
    """Return the communities of the lineage of methods, the largest first.

    Found by Louvain's method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) on the undirected lineage, an edge
    weighing as many papers as state it (a curator one more), with a fixed seed: modularity has no single best
    answer, but the same graph always gives the same.

    Args:
        graph: an open graph.
        families: whether families, and edges to them, count: they pull together what shares little else.
        min_confidence: how sure an edge that only papers state must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.
        least: leave out communities of fewer members.

    >>> [(found.name, found.size) for found in communities(graph, least=2)]
    [('LeNet', 4), ('Attention', 2), ('Vision Transformer', 2)]
    """
    tree = descent(graph, families=families, min_confidence=min_confidence)
    parts = [part for part in community_sets(tree) if len(part) >= least]
    counts = descendants(tree)
    rows = []
    for number, part in enumerate(parts, start=1):
        views = sorted(
            graph.concepts_of(part), key=lambda c: (-counts.get(c.iri, 0), c.year or 9999, c.name.casefold(), c.iri)
        )
        years = [view.year for view in views if view.year is not None]
        rows.append(Community(number, views[0].name, min(years, default=None), max(years, default=None), tuple(views)))
    return Table(
        rows,
        columns={
            "number": lambda row: row.number,
            "name": lambda row: row.name,
            "methods": lambda row: row.size,
            "from": lambda row: row.first_year,
            "to": lambda row: row.last_year,
            "among them": lambda row: ", ".join(member.name for member in row.members[1:6]),
        },
        papers=lambda shown: introducing([row.members[0] for row in shown]),
        title="Communities of methods",
    )


def community_sets(tree: nx.DiGraph[str]) -> list[set[str]]:
    """Return the communities of a lineage as sets of nodes, the largest first, then by their first node.

    >>> import networkx as nx
    >>> community_sets(nx.DiGraph([("b", "a"), ("d", "c")])) == [{"a", "b"}, {"c", "d"}]
    True
    """
    import networkx as nx

    nodes = sorted(node for node in tree if tree.degree(node))
    place = {node: number for number, node in enumerate(nodes)}
    # Numbers in place of names: sets of strings come in another order in every process.
    whole: nx.Graph[int] = nx.Graph()
    whole.add_nodes_from(range(len(nodes)))
    whole.add_weighted_edges_from(
        (place[child], place[parent], data.get("support", 1) + bool(data.get("curated")))
        for child, parent, data in tree.edges(data=True)
    )
    found = nx.community.louvain_communities(whole, weight="weight", seed=_SEED)
    parts = [{nodes[number] for number in part} for part in found]
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def influence_map(
    graph: Graph,
    *,
    kind: str | None = None,
    by: str = "descendants",
    top: int = 150,
    families: bool = False,
    min_confidence: float | None = None,
) -> nx.DiGraph[str]:
    """Return the most influential methods with the lineage among them, as a map of the field.

    Where a line of descent runs through methods that are not on the map, its ends are joined by an edge that says
    how many steps it hides; what a longer way on the map says too is left out (transitive reduction).

    Args:
        graph: an open graph.
        kind, by, top, families, min_confidence: as :func:`kg.graph.influence.influence` takes them.

    Returns:
        Nodes are concept ids with the attributes of :func:`kg.graph.lineage.lineage` (``depth`` 0, none in focus),
        ``rank``, ``value``, ``community`` (a number as in :func:`communities`, counted over the map from 1) and
        ``community_name``. Edges run from child to parent, with ``through`` (the hidden steps); where there are
        none, also with what edges of lineage have.

    Raises:
        UnknownChoice: as :func:`kg.graph.influence.influence`.

    >>> drawn = influence_map(graph, top=3)
    >>> list(drawn.nodes), list(drawn.edges(data="through"))
    (['lenet', 'alexnet', 'attention'], [('alexnet', 'lenet', 0)])
    """
    import networkx as nx
    from pyoxigraph import NamedNode

    places = influence(graph, kind=kind, by=by, top=top, families=families, min_confidence=min_confidence)
    tree = descent(graph, families=families, min_confidence=min_confidence)
    views = {place.concept.iri: place.concept for place in places}
    spans = {(child, parent): steps for child in views for parent, steps in _nearest(tree, child, views).items()}
    spared = implied(spans)
    counts = descendants(tree)
    belongs: dict[str, tuple[int, str]] = {}
    seen = (part & views.keys() for part in community_sets(tree))
    for number, part in enumerate((part for part in seen if part), start=1):
        first = min(part, key=lambda iri: (-counts.get(iri, 0), iri))
        belongs |= dict.fromkeys(part, (number, views[first].name))
    result: nx.DiGraph[str] = nx.DiGraph(by=by)
    for place in places:
        number, name = belongs.get(place.concept.iri, (0, ""))
        traits = {"rank": place.rank, "value": place.value, "community": number, "community_name": name}
        result.add_node(place.concept.id, **describe(place.concept, depth=0), **traits)
    reader = EvidenceReader(graph.store)
    for (child, parent), steps in sorted(spans.items()):
        if (child, parent) in spared:
            continue
        attributes: dict[str, Any] = {"through": steps - 1}
        if steps == 1:
            edge = reader.edge(NamedNode(child), "based_on", NamedNode(parent))
            attributes |= describe_edge(edge, views[child].year, views[parent].year)
        result.add_edge(views[child].id, views[parent].id, **attributes)
    return result


def _nearest(tree: nx.DiGraph[str], start: str, shown: dict[str, Concept]) -> dict[str, int]:
    """Return the ancestors on the map that a node reaches without passing another one, with the fewest steps."""
    found: dict[str, int] = {}
    steps, layer, met = 0, [start], {start}
    while layer:
        steps += 1
        ahead = {parent for node in layer for parent in tree.successors(node)} - met
        met |= ahead
        found |= dict.fromkeys(ahead & shown.keys(), steps)
        layer = sorted(ahead - shown.keys())
    return found

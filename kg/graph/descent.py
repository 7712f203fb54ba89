"""The lineage of all methods at once, fit to be measured: sure enough, without circles, no child before its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import bulk
from kg.graph.cycles import cycle_closing
from kg.graph.sureness import Sureness, sureness
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import Graph


def descent(
    graph: Graph, *, families: bool = False, min_confidence: float | None = None, until: int | None = None
) -> nx.DiGraph[str]:
    """Return all methods with their ``based_on`` edges, from child to parent, without cycles.

    Cycles are broken at their weakest edges (:func:`kg.graph.cycles.cycle_closing`), and an edge whose child is
    dated before its parent is left out: one of the two must be wrong. The result is kept with the graph; whoever
    changes it must copy it.

    Args:
        graph: an open graph.
        families: whether families, and edges to them, count.
        min_confidence: how sure an edge that only papers state must be; None for what is usual
            (:mod:`kg.graph.sureness`).
        until: leave out the methods of later years, and those of unknown year: the field as it was then.

    Returns:
        Nodes are IRIs, sorted, those without relatives among them, with ``kind`` and ``year`` (or None); edges have
        ``support``, ``confidence`` and ``curated``.

    Raises:
        ValueError: the confidence is no number from 0 to 1.

    >>> tree = descent(graph)
    >>> len(tree), tree.number_of_edges()
    (12, 5)
    >>> len(descent(graph, until=2012))
    2
    """
    sure = sureness(min_confidence)
    return graph.keep(("descent", families, sure, until), lambda: _descent(graph, families, sure, until))


def _descent(graph: Graph, families: bool, sure: Sureness, until: int | None) -> nx.DiGraph[str]:
    import networkx as nx

    store = graph.store
    years = graph.keep("years", lambda: bulk.years(store))
    kinds = graph.keep("methods", lambda: bulk.concepts_of_kinds(store, METHOD_KINDS))
    broad = set() if families else bulk.families(store)
    curated = graph.keep("curated", lambda: bulk.curated(store))

    def counts(iri: str) -> bool:
        return iri in kinds and iri not in broad and (until is None or years.get(iri, until + 1) <= until)

    edges = {
        (link.subject, link.object): link
        for link in graph.keep("based_on", lambda: bulk.links(store, "based_on"))
        if sure.passes(link, from_curated=link.subject in curated)
        and link.subject != link.object
        and counts(link.subject)
        and counts(link.object)
        and not _is_backwards(years.get(link.subject), years.get(link.object))
    }
    broken = cycle_closing(edges)
    tree: nx.DiGraph[str] = nx.DiGraph()
    tree.add_nodes_from((iri, {"kind": kind, "year": years.get(iri)}) for iri, kind in kinds.items() if counts(iri))
    tree.add_edges_from(
        (*ends, {"support": link.support, "confidence": link.confidence, "curated": link.curated})
        for ends, link in edges.items()
        if ends not in broken
    )
    return tree


def _is_backwards(child: int | None, parent: int | None) -> bool:
    return child is not None and parent is not None and child < parent

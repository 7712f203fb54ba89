"""The pages of an open graph: what ``graph.view`` is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.records import METHOD_KINDS
from kg.views.page import Page

if TYPE_CHECKING:
    from kg.graph import Concept, Graph, Paper

# So many neighbours are read for one page; what a browser draws well, and nobody reads more.
_MOST_NEIGHBOURS: Final = 3_000


class Views:
    """The pages of one graph; each is a :class:`kg.views.Page`, which saves itself and shows itself in a notebook.

    Args:
        graph: an open graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def lineage(
        self,
        name: str | Concept,
        *,
        up: bool = True,
        down: bool = True,
        depth: int | None = None,
        families: bool = False,
        min_confidence: float | None = None,
        reduced: bool = False,
    ) -> Page:
        """Return the page of what a method came from and what came of it.

        Args:
            name, up, down, depth, families, min_confidence, reduced: as :meth:`kg.graph.Graph.lineage` takes them.

        Raises:
            UnknownName, AmbiguousName, NoLineage, ValueError: as :meth:`kg.graph.Graph.lineage`.

        >>> graph.view.lineage("ResNet").save("resnet.html")  # doctest: +SKIP
        PosixPath('resnet.html')
        """
        from kg.views.lineage import lineage_page

        return lineage_page(self._graph.lineage(
            name, up=up, down=down, depth=depth, families=families, min_confidence=min_confidence, reduced=reduced,
        ))  # fmt: skip

    def neighbourhood(self, name: str | Concept, *, depth: int = 1, min_confidence: float = 0.0) -> Page:
        """Return the page of what is linked to a concept, in groups; for a data set its leaderboard over time too.

        Of what is no method, the papers that work on it or are tried on it are shown.

        Args:
            name: as :meth:`kg.graph.Graph.concept` takes it.
            depth: how many links to go; what is further than one is folded away at first.
            min_confidence: leave out links that are less sure.

        Raises:
            UnknownName, AmbiguousName: as :meth:`kg.graph.Graph.concept`.
        """
        from kg.views.neighbourhood import neighbourhood_page
        from kg.views.plots import concept_plots

        concept = self._graph.concept(name) if isinstance(name, str) else name
        found = self._graph.neighbourhood(
            concept,
            depth=depth,
            papers=concept.kind not in METHOD_KINDS,
            min_confidence=min_confidence,
            limit=_MOST_NEIGHBOURS,
        )
        return neighbourhood_page(found, intro=concept_plots(concept))

    def influence(
        self,
        *,
        by: str = "descendants",
        kind: str | None = None,
        top: int = 150,
        families: bool = False,
        min_confidence: float | None = None,
    ) -> Page:
        """Return the map of the most influential methods in time, with the lineage among them.

        Args:
            by, kind, top, families, min_confidence: as :meth:`kg.graph.Graph.influence_map` takes them.

        Raises:
            UnknownChoice: as :meth:`kg.graph.Graph.influence`.
        """
        from kg.views.influence import influence_page

        return influence_page(
            self._graph.influence_map(by=by, kind=kind, top=top, families=families, min_confidence=min_confidence)
        )

    def timeline(
        self,
        name: str | Concept,
        *,
        depth: int | None = None,
        top: int | None = None,
        min_confidence: float | None = None,
    ) -> Page:
        """Return the page of what came of a family or a method, year by year, by branches.

        Args:
            name, depth, top, min_confidence: as :meth:`kg.graph.Graph.timeline` takes them.

        Raises:
            UnknownName, AmbiguousName, NoLineage: as :meth:`kg.graph.Graph.timeline`.
        """
        from kg.views.timeline import timeline_page

        return timeline_page(self._graph.timeline(name, depth=depth, top=top, min_confidence=min_confidence))

    def map(
        self, *, modules: int = 120, architectures: int = 240, since: int | None = None, until: int | None = None,
        min_confidence: float | None = None,
    ) -> Page:  # fmt: skip
        """Return the map of modules and the architectures that use them.

        Args:
            modules, architectures, since, until, min_confidence: as :meth:`kg.graph.Graph.module_map` takes them;
                the page shows the first of them and offers the others.
        """
        from kg.views.gathering import module_graph
        from kg.views.map import map_page

        return map_page(module_graph(self._graph.module_map(
            modules=modules, architectures=architectures, since=since, until=until, min_confidence=min_confidence,
        )))  # fmt: skip

    def paper(self, name: str | Paper) -> Page:
        """Return the page of a paper: its abstract with what it names marked, and what it says of methods.

        Args:
            name: as :meth:`kg.graph.Graph.paper` takes it, or a view of it.

        Raises:
            UnknownName, AmbiguousName: as :meth:`kg.graph.Graph.paper`.
        """
        from kg.views.paper import byline, paper_page

        paper = self._graph.paper(name) if isinstance(name, str) else name
        return paper_page(
            self._graph.paper_graph(paper),
            abstract=paper.abstract,
            byline=byline(paper.authors, paper.year),
            url=paper.url,
            names={concept.iri: concept.aliases for concept in paper.concepts},
        )

    def compare(self, one: str | Concept, other: str | Concept) -> Page:
        """Return the page of two methods side by side.

        Args:
            one, other: as :meth:`kg.graph.Graph.compare` takes them.

        Raises:
            UnknownName, AmbiguousName, NoLineage: as :meth:`kg.graph.Graph.compare`.
        """
        from kg.views.compare import compare_page
        from kg.views.gathering import comparison_graph

        found = self._graph.compare(one, other)
        table = found.table()
        rows = [["" if cell is None else str(cell) for cell in row] for row in table.cells()]
        drawn = comparison_graph(self._graph, found)
        return compare_page(drawn, found.one.iri, found.other.iri, columns=table.columns, rows=rows)

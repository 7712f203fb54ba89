"""What can be asked of a graph as a whole: lineage, influence, comparison, leaderboards, trends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.communities import Community
    from kg.graph.comparison import Comparison
    from kg.graph.concept import Concept
    from kg.graph.graph import Graph
    from kg.graph.influence import Influence
    from kg.graph.kinship import CommonAncestor, Generation, Sibling
    from kg.graph.leaderboard import Leaderboard
    from kg.graph.modules import ModuleMap, Reuse
    from kg.graph.paper import Paper
    from kg.graph.paths import IdeaPath
    from kg.graph.table import Table
    from kg.graph.trends import Emergence, Trend


class Analysis:
    """The methods of :class:`kg.graph.Graph` that measure and compare.

    Each calls one function of this room, loaded when it is first asked for; what it takes, returns and raises stands
    there in full.
    """

    # Lineage

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
    ) -> nx.DiGraph[str]:
        """Return what a method came from and what came of it: :func:`kg.graph.lineage.lineage`.

        >>> sorted(graph.lineage("AlexNet", down=False))
        ['alexnet', 'lenet']
        """
        from kg.graph.lineage import lineage

        return lineage(
            self._graph,
            name,
            up=up,
            down=down,
            depth=depth,
            families=families,
            min_confidence=min_confidence,
            reduced=reduced,
        )

    def timeline(
        self,
        name: str | Concept,
        *,
        depth: int | None = None,
        top: int | None = None,
        families: bool = True,
        min_confidence: float | None = None,
    ) -> nx.DiGraph[str]:
        """Return what came of a method or family, each with its branch: :func:`kg.graph.kinship.timeline`.

        >>> graph.timeline("CNN", top=1).nodes(data="branch")
        NodeDataView({'cnn': None, 'alexnet': 'alexnet'}, data='branch')
        """
        from kg.graph.kinship import timeline

        return timeline(self._graph, name, depth=depth, top=top, families=families, min_confidence=min_confidence)

    def generations(
        self,
        name: str | Concept,
        *,
        depth: int | None = None,
        families: bool = False,
        min_confidence: float | None = None,
    ) -> Table[Generation]:
        """Return what came of a method, year by year: :func:`kg.graph.kinship.generations`.

        >>> [row.year for row in graph.generations("ResNet")]
        [2014, 2016]
        """
        from kg.graph.kinship import generations

        return generations(self._graph, name, depth=depth, families=families, min_confidence=min_confidence)

    def siblings(
        self, name: str | Concept, *, families: bool = False, min_confidence: float | None = None
    ) -> Table[Sibling]:
        """Return the methods with a parent in common: :func:`kg.graph.kinship.siblings`.

        >>> [row.concept.name for row in graph.siblings("AlexNet", families=True)]
        ['ResNet']
        """
        from kg.graph.kinship import siblings

        return siblings(self._graph, name, families=families, min_confidence=min_confidence)

    def common_ancestors(
        self, one: str | Concept, other: str | Concept, *, families: bool = True, min_confidence: float | None = None
    ) -> Table[CommonAncestor]:
        """Return the nearest methods from which both came: :func:`kg.graph.kinship.common_ancestors`.

        >>> [row.concept.name for row in graph.common_ancestors("ResNet", "AlexNet")]
        ['AlexNet']
        """
        from kg.graph.kinship import common_ancestors

        return common_ancestors(self._graph, one, other, families=families, min_confidence=min_confidence)

    def idea_path(
        self,
        start: str | Concept,
        end: str | Concept,
        *,
        predicates: Sequence[str] = ("based_on", "uses"),
        families: bool = False,
        min_confidence: float | None = None,
    ) -> IdeaPath:
        """Return the shortest way of ideas from one method to another: :func:`kg.graph.paths.idea_path`.

        >>> print(graph.idea_path("ResNeXt", "LeNet"))
        ResNeXt is based on ResNet; ResNet is based on AlexNet; AlexNet is based on LeNet
        """
        from kg.graph.paths import idea_path

        return idea_path(
            self._graph, start, end, predicates=predicates, families=families, min_confidence=min_confidence
        )

    # Graphs to look at

    def networkx(
        self,
        *,
        kinds: Iterable[str] | None = None,
        relations: Iterable[str] | None = None,
        min_support: int = 1,
        min_confidence: float = 0.0,
        curated: bool | None = None,
        years: tuple[int | None, int | None] | None = None,
    ) -> nx.MultiDiGraph[str]:
        """Return the edges that pass the filters, and the nodes at their ends: :func:`kg.graph.network.network`.

        >>> graph.networkx(relations=["uses"], curated=True).number_of_edges()
        1
        """
        from kg.graph.network import network

        return network(
            self._graph,
            kinds=kinds,
            relations=relations,
            min_support=min_support,
            min_confidence=min_confidence,
            curated=curated,
            years=years,
        )

    def neighbourhood(
        self,
        name: str | Concept,
        *,
        depth: int = 1,
        predicates: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
        papers: bool = False,
        families: bool = True,
        min_support: int = 1,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> nx.MultiDiGraph[str]:
        """Return what stands within some edges of a concept: :func:`kg.graph.neighbourhood.neighbourhood`.

        >>> len(graph.neighbourhood("Self-Attention"))
        4
        """
        from kg.graph.neighbourhood import neighbourhood

        return neighbourhood(
            self._graph,
            name,
            depth=depth,
            predicates=predicates,
            kinds=kinds,
            papers=papers,
            families=families,
            min_support=min_support,
            min_confidence=min_confidence,
            limit=limit,
        )

    def paper_graph(self, paper: str | Paper) -> nx.MultiDiGraph[str]:
        """Return what one paper says, with its own sentences alone: :func:`kg.graph.neighbourhood.paper_graph`.

        >>> len(graph.paper_graph("arxiv-2105.15203").graph["results"])
        2
        """
        from kg.graph.neighbourhood import paper_graph

        return paper_graph(self._graph, paper)

    def influence_map(
        self,
        *,
        kind: str | None = None,
        by: str = "descendants",
        top: int = 150,
        families: bool = False,
        min_confidence: float | None = None,
    ) -> nx.DiGraph[str]:
        """Return the most influential methods with the lineage among them: :func:`kg.graph.communities.influence_map`.

        >>> len(graph.influence_map(top=3))
        3
        """
        from kg.graph.communities import influence_map

        return influence_map(self._graph, kind=kind, by=by, top=top, families=families, min_confidence=min_confidence)

    # Measures

    def influence(
        self,
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
        """Return the most influential methods by one measure: :func:`kg.graph.influence.influence`.

        >>> [row.concept.name for row in graph.influence(by="reuse", top=1)]
        ['Self-Attention']
        """
        from kg.graph.influence import influence

        return influence(
            self._graph,
            kind=kind,
            by=by,
            top=top,
            families=families,
            min_confidence=min_confidence,
            until=until,
            towards=towards,
            engine=engine,
        )

    def communities(
        self, *, families: bool = False, min_confidence: float | None = None, least: int = 5
    ) -> Table[Community]:
        """Return the parts of the field that hang together: :func:`kg.graph.communities.communities`.

        >>> [row.name for row in graph.communities(least=3)]
        ['LeNet']
        """
        from kg.graph.communities import communities

        return communities(self._graph, families=families, min_confidence=min_confidence, least=least)

    def module_map(
        self,
        *,
        modules: int = 30,
        architectures: int = 60,
        families: bool = False,
        since: int | None = None,
        until: int | None = None,
        min_confidence: float | None = None,
    ) -> ModuleMap:
        """Return the most reused modules against the architectures with them: :func:`kg.graph.modules.module_map`.

        >>> len(graph.module_map().uses)
        2
        """
        from kg.graph.modules import module_map

        return module_map(
            self._graph,
            modules=modules,
            architectures=architectures,
            families=families,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )

    def reuse(self, name: str | Concept, *, min_confidence: float | None = None) -> Table[Reuse]:
        """Return how the reuse of a method grew, year by year: :func:`kg.graph.modules.reuse`.

        >>> graph.reuse("Self-Attention")[-1].so_far
        2
        """
        from kg.graph.modules import reuse

        return reuse(self._graph, name, min_confidence=min_confidence)

    # Results and trends

    def leaderboard(
        self,
        dataset: str | Concept,
        metric: str | Concept | None = None,
        *,
        task: str | Concept | None = None,
        top: int | None = None,
        min_confidence: float | None = None,
    ) -> Leaderboard:
        """Return the best stated results on a data set: :func:`kg.graph.leaderboard.leaderboard`.

        >>> graph.leaderboard("ADE20K", "mIoU")[0].method
        'SegFormer'
        """
        from kg.graph.leaderboard import leaderboard

        return leaderboard(self._graph, dataset, metric, task=task, top=top, min_confidence=min_confidence)

    def compare(self, one: str | Concept, other: str | Concept) -> Comparison:
        """Return two methods side by side: :func:`kg.graph.comparison.compare`.

        >>> [edge.support for edge in graph.compare("SegFormer", "ResNet").wins]
        [1]
        """
        from kg.graph.comparison import compare

        return compare(self._graph, one, other)

    def trends(
        self,
        *names: str | Concept,
        kind: str | None = None,
        top: int = 8,
        since: int | None = None,
        until: int | None = None,
    ) -> Table[Trend]:
        """Return how many papers name some concepts, year by year: :func:`kg.graph.trends.trends`.

        >>> [(row.year, row.papers) for row in graph.trends("ResNet", since=2020)]
        [(2020, 0), (2021, 1)]
        """
        from kg.graph.trends import trends

        return trends(self._graph, *names, kind=kind, top=top, since=since, until=until)

    def emergence(
        self,
        *,
        kind: str | None = None,
        rising: bool = True,
        top: int = 20,
        window: int = 3,
        least: int = 3,
    ) -> Table[Emergence]:
        """Return what emerges or fades in the last years: :func:`kg.graph.trends.emergence`.

        >>> [row.concept.name for row in graph.emergence(kind="task", least=1)]
        ['Semantic Segmentation']
        """
        from kg.graph.trends import emergence

        return emergence(self._graph, kind=kind, rising=rising, top=top, window=window, least=least)

    @property
    def _graph(self) -> Graph:
        return cast("Graph", self)

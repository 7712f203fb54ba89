"""The pages of an open graph: what ``graph.view`` is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.lineage import lineage_page
from kg.views.page import Page

if TYPE_CHECKING:
    from kg.graph import Concept, Graph


class Views:
    """The pages of one graph.

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
    ) -> Page:
        """Return the page of what a method came from and what came of it.

        Args:
            name, up, down, depth, families: as :meth:`kg.graph.Graph.lineage` takes them.

        Raises:
            UnknownName, AmbiguousName, NoLineage, ValueError: as :meth:`kg.graph.Graph.lineage`.

        >>> graph.view.lineage("ResNet").save("resnet.html")  # doctest: +SKIP
        PosixPath('resnet.html')
        """
        return lineage_page(self._graph.lineage(name, up=up, down=down, depth=depth, families=families))

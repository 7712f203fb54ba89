"""The one place that speaks to pyvis: nodes and edges in, the pieces of a drawing page out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.views.palette import SHAPES
from kg.views.payload import PageEdge, PageNode

CONTAINER = "mynetwork"  # the id that pyvis draws into
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.DOTALL)
# Positions are ours and nothing moves; labels are drawn by the page itself, so that they never overlap.
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "dragNodes": False, "selectable": False, "tooltipDelay": 3_600_000},
    "nodes": {"font": {"size": 0}, "fixed": True, "chosen": False},
    "edges": {
        "chosen": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
    },
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pieces of a page that pyvis makes.

    Attributes:
        library: the script of vis-network.
        script: the script that draws into the element :data:`CONTAINER` and sets the globals ``network``,
            ``nodes`` and ``edges``.
    """

    library: str
    script: str


def draw(nodes: Iterable[PageNode], edges: Iterable[PageEdge]) -> Drawing:
    """Return the scripts that draw some nodes at their places, and the edges between them.

    Of pyvis's page only its library and its drawing code are kept; what it loads from elsewhere is left out,
    and no node has a title, since pyvis may set titles as HTML.

    Raises:
        KgError: pyvis is not the release that we know.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node in nodes:
        net.add_node(node.id, label=" ".join(node.lines) or node.id, shape=SHAPES[node.kind],
                     x=node.x, y=node.y, size=node.radius)  # fmt: skip
    for edge in edges:
        net.add_edge(edge.source, edge.target, id=edge.id)
    net.set_options(json.dumps(_OPTIONS))
    scripts = [hit for hit in _SCRIPT.finditer(net.generate_html(notebook=False)) if "src=" not in hit["attributes"]]
    library = [hit["code"] for hit in scripts if "vis-network" in hit["code"][:200]]
    drawing = [hit["code"] for hit in scripts if "function drawGraph()" in hit["code"]]
    if len(library) != 1 or len(drawing) != 1:
        raise KgError("pyvis made a page of an unknown form; install pyvis 0.3.2")
    # The map of the minified source is not shipped; browsers' tools would look for it.
    return Drawing(library=re.sub(r"//# sourceMappingURL=\S*", "", library[0]), script=drawing[0])

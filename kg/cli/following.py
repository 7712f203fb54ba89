"""The verbs that follow ideas: lineage, and the path from one method to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli._options import (
    DEFAULT,
    ConfidenceOption,
    DepthOption,
    DownOption,
    FamiliesOption,
    JsonOption,
    StoreOption,
    UpOption,
)
from kg.cli._output import counted, put, put_json, say

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import Step


def lineage(
    concept: Annotated[str, typer.Argument(help="A method's name, alias or IRI.")],
    *,
    store: StoreOption = DEFAULT,
    up: UpOption = False,
    down: DownOption = False,
    depth: DepthOption = None,
    families: FamiliesOption = False,
    min_confidence: ConfidenceOption = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write a page instead of text.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a method came from and what came of it. Each step has the sentence that proves it."""
    from kg.build import open_graph

    both = not (up or down)
    choices: dict[str, Any] = {"up": up or both, "down": down or both, "depth": depth, "families": families}
    with open_graph(store) as graph:
        if output is not None:
            page = graph.view.lineage(concept, **choices, min_confidence=min_confidence)
            say(f"wrote {page.save(output)}")
            return
        found = graph.lineage(concept, **choices, min_confidence=min_confidence)
    if as_json:
        put_json(_as_data(found))
        return
    focus = found.graph["focus"]
    for title, parents in (("came from", True), ("came of it", False)):
        if (up if parents else down) or both:
            _put_tree(found, focus, title, parents=parents, families=families, depth=depth)
    for edge in found.graph["broken"]:
        names = [found.nodes[edge[end]]["name"] if edge[end] in found else edge[end] for end in ("child", "parent")]
        say(f"left out, since it closes a circle: {names[0]} based on {names[1]}")
    if found.graph["left_out"]:
        number = counted(found.graph["left_out"], "edge")
        say(f"left out: {number} that papers are not sure enough of; --min-confidence 0 shows all")


def _put_tree(
    found: nx.DiGraph[Any], focus: Any, title: str, *, parents: bool, families: bool, depth: int | None
) -> None:
    """Print the ancestors or the descendants as an indented tree; what was printed before is not unfolded again."""
    put(f"{found.nodes[focus]['name']}: {title}")
    seen: set[Any] = set()

    def steps(node: Any) -> list[Any]:
        near = found.successors(node) if parents else found.predecessors(node)
        side = [n for n in near if (found.nodes[n]["depth"] < 0) == parents and n != focus]
        return sorted(side, key=lambda n: (found.nodes[n]["year"] or 9999, found.nodes[n]["name"]))

    def walk(node: Any, indent: int) -> None:
        for other in steps(node):
            data = found.nodes[other]
            child, parent = (node, other) if parents else (other, node)
            edge = found.edges[child, parent]
            year = f" ({data['year']})" if data["year"] else ""
            again = "  (see above)" if other in seen and steps(other) and (depth is None or indent < depth) else ""
            put(f"{'  ' * indent}{data['name']}{year}{again}")
            put(f"{'  ' * indent}    {_proof(edge)}")
            if edge["dated_before_parent"]:
                put(f"{'  ' * indent}    dated before what it is based on: one of the years is wrong, or the edge")
            new = other not in seen
            seen.add(other)
            if new and (depth is None or indent < depth):
                walk(other, indent + 1)

    walk(focus, 1)
    if not seen:
        put("  nothing that the graph knows" + ("" if families else "; --families shows broad families too"))


def _proof(edge: dict[str, Any]) -> str:
    if not edge["proofs"]:
        return "-"
    best = edge["proofs"][0]
    if best.get("sentence"):
        more = f", {edge['support']} papers" if edge["support"] > 1 else ""
        return f'"{best["sentence"]}" [{best["title"]}{more}]'
    return f"curated: {best.get('source')}"


def _as_data(found: nx.DiGraph[Any]) -> dict[str, Any]:
    return {
        "nodes": [dict(data) for _, data in found.nodes(data=True)],
        "edges": [
            {"child": found.nodes[child]["id"], "parent": found.nodes[parent]["id"], **data}
            for child, parent, data in found.edges(data=True)
        ],
        "broken": found.graph["broken"],
        "least_confidence": found.graph["least_confidence"],
        "left_out": found.graph["left_out"],
    }


def path(
    start: Annotated[str, typer.Argument(help="A method's name, alias or IRI.")],
    end: Annotated[str, typer.Argument(help="Another one.")],
    *,
    store: StoreOption = DEFAULT,
    families: FamiliesOption = False,
    min_confidence: ConfidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the shortest chain of ideas between two methods. Each step has its sentence."""
    from kg.build import open_graph

    with open_graph(store) as graph:
        found = graph.idea_path(start, end, families=families, min_confidence=min_confidence)
    if as_json:
        put_json(found)
        return
    put(f"{found.start.name} to {found.end.name}: {counted(len(found), 'step')}")
    for step in found.steps:
        put(f"  {step}")
        put(f"      {_step_proof(step)}")


def _step_proof(step: Step) -> str:
    said = next((proof for proof in step.edge.proofs if proof.sentence is not None), None)
    if said is not None:
        return f'"{said.sentence}" [{said.title}, {said.confidence:.2f}]'
    return f"curated: {step.edge.proofs[0].source}" if step.edge.proofs else "-"


VERBS = (lineage, path)

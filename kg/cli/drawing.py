"""The verbs on lineage and influence, and the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli._options import DEFAULT, FamiliesOption, JsonOption, KindOption, StoreOption
from kg.cli._output import put, put_json, put_table, say

if TYPE_CHECKING:
    import networkx as nx

UpOption = Annotated[bool, typer.Option("--up", help="What it came from (both ways where neither is given).")]
DownOption = Annotated[bool, typer.Option("--down", help="What came of it.")]
DepthOption = Annotated[int | None, typer.Option("--depth", min=1, help="At most so many steps.")]

view = typer.Typer(help="Write an interactive page.", no_args_is_help=True, rich_markup_mode=None)


def lineage(
    concept: Annotated[str, typer.Argument(help="A method's name, alias or IRI.")],
    *,
    store: StoreOption = DEFAULT,
    up: UpOption = False,
    down: DownOption = False,
    depth: DepthOption = None,
    families: FamiliesOption = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write a page instead of text.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a method came from and what came of it, each step with the sentence that proves it."""
    from kg.build import open_graph

    both = not (up or down)
    with open_graph(store) as graph:
        if output is not None:
            page = graph.view.lineage(concept, up=up or both, down=down or both, depth=depth, families=families)
            say(f"wrote {page.save(output)}")
            return
        found = graph.lineage(concept, up=up or both, down=down or both, depth=depth, families=families)
    if as_json:
        put_json(_as_data(found))
        return
    focus = next(node for node, data in found.nodes(data=True) if data["focus"])
    for title, parents in (("came from", True), ("came of it", False)):
        if (up if parents else down) or both:
            _put_tree(found, focus, title, parents=parents, families=families, depth=depth)
    for edge in found.graph.get("broken", ()):
        say(f"left out, since it closes a circle: {edge}")


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
        "broken": [str(edge) for edge in found.graph.get("broken", ())],
    }


def influence(
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    by: Annotated[str, typer.Option("--by", help="descendants, pagerank, betweenness or papers.")] = "descendants",
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many.")] = 20,
    families: FamiliesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rank methods by how much came of them."""
    from kg.build import open_graph

    with open_graph(store) as graph:
        found = graph.influence(kind=kind, by=by, top=top, families=families)
    rows = [(i.rank, i.concept.name, i.concept.kind, i.concept.year, i.value) for i in found]
    columns = ("rank", "name", "kind", "year", by)
    if as_json:
        put_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        put_table(columns, rows)


@view.command("lineage")
def view_lineage(
    concept: Annotated[
        str | None, typer.Argument(help="A method; else the architecture that most papers name.")
    ] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path("lineage.html"),
    store: StoreOption = DEFAULT,
    up: UpOption = False,
    down: DownOption = False,
    depth: DepthOption = None,
    families: FamiliesOption = False,
) -> None:
    """Draw what a method came from and what came of it, time from left to right."""
    from kg.build import open_graph

    both = not (up or down)
    with open_graph(store) as graph:
        if concept is None:
            most = graph.influence(kind="architecture", by="papers", top=1)
            if not most:
                say("kg: the graph holds no lineage yet; name a concept")
                raise typer.Exit(1)
            concept = most[0].concept.iri
        page = graph.view.lineage(concept, up=up or both, down=down or both, depth=depth, families=families)
        say(f"wrote {page.save(output)}: {page.title}")


VERBS = (lineage, influence)

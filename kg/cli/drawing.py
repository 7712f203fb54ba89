"""The verbs that draw: the pages, and the atlas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from kg.cli._options import (
    DEFAULT,
    ConfidenceOption,
    DepthOption,
    DownOption,
    FamiliesOption,
    KindOption,
    QuietOption,
    StoreOption,
    UpOption,
)
from kg.cli._output import counted, say
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.views import Page

view = typer.Typer(help="Write an interactive page.", no_args_is_help=True, rich_markup_mode=None)

OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", help="The page to write; by default named after what it shows.")
]
SinceOption: TypeAlias = Annotated[int | None, typer.Option("--since", help="Only architectures from this year on.")]
UntilOption: TypeAlias = Annotated[int | None, typer.Option("--until", help="Only architectures up to this year.")]


@view.command("lineage")
def view_lineage(
    concept: Annotated[
        str | None, typer.Argument(help="A method; else the architecture that most papers name.")
    ] = None,
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
    up: UpOption = False,
    down: DownOption = False,
    depth: DepthOption = None,
    families: FamiliesOption = False,
    min_confidence: ConfidenceOption = None,
    reduced: Annotated[bool, typer.Option("--reduced", help="Leave out links that longer ways say too.")] = False,
) -> None:
    """Draw what a method came from and what came of it, time from left to right."""
    both = not (up or down)

    def draw(graph: Graph) -> Page:
        return graph.view.lineage(
            concept or _best_known(graph, "architecture"),
            up=up or both,
            down=down or both,
            depth=depth,
            families=families,
            min_confidence=min_confidence,
            reduced=reduced,
        )

    _save(store, output or Path("lineage.html"), draw)


@view.command("neighbourhood")
def view_neighbourhood(
    concept: Annotated[str, typer.Argument(help="A concept's name, alias or IRI.")],
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
    depth: DepthOption = 1,
    min_confidence: ConfidenceOption = 0.0,
) -> None:
    """Draw what is linked to a concept: what it came from and uses, what came of it and uses it."""
    _save(
        store,
        output or Path("neighbourhood.html"),
        lambda graph: graph.view.neighbourhood(concept, depth=depth or 1, min_confidence=min_confidence or 0.0),
    )


@view.command("influence")
def view_influence(
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
    by: Annotated[str, typer.Option("--by", help="The measure, as kg influence takes it.")] = "descendants",
    kind: KindOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many.")] = 150,
    families: FamiliesOption = False,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Draw the most influential methods: the later the further right, the more influential the higher."""
    _save(
        store,
        output or Path("influence.html"),
        lambda graph: graph.view.influence(by=by, kind=kind, top=top, families=families, min_confidence=min_confidence),
    )


@view.command("timeline")
def view_timeline(
    concept: Annotated[str, typer.Argument(help="A family (GAN) or a method.")],
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
    depth: DepthOption = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help="Only the most influential so many.")] = None,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Draw what came of a family, year by year, a band for each branch."""
    _save(
        store,
        output or Path("timeline.html"),
        lambda graph: graph.view.timeline(concept, depth=depth, top=top, min_confidence=min_confidence),
    )


@view.command("map")
def view_map(
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
    modules: Annotated[int, typer.Option("--modules", min=1, help="At most so many modules.")] = 120,
    architectures: Annotated[int, typer.Option("--architectures", min=1, help="At most so many architectures.")] = 240,
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Draw which architectures use which modules."""
    _save(
        store,
        output or Path("map.html"),
        lambda graph: graph.view.map(
            modules=modules, architectures=architectures, since=since, until=until, min_confidence=min_confidence
        ),
    )


@view.command("paper")
def view_paper(
    paper: Annotated[str, typer.Argument(help="A paper's title, key (arxiv-1612.03144) or IRI.")],
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
) -> None:
    """Draw a paper: its abstract with what it names marked, and what it says of methods."""
    _save(store, output or Path("paper.html"), lambda graph: graph.view.paper(paper))


@view.command("compare")
def view_compare(
    one: Annotated[str, typer.Argument(help="A method.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    *,
    output: OutputOption = None,
    store: StoreOption = DEFAULT,
) -> None:
    """Draw two methods side by side: what each has alone, and what both have."""
    _save(store, output or Path("compare.html"), lambda graph: graph.view.compare(one, other))


def atlas(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write.")],
    store: StoreOption = DEFAULT,
    title: Annotated[str, typer.Option("--title", help="What it is called.")] = "Atlas of methods",
    min_confidence: ConfidenceOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a site of linked pages, ready to publish. Each concept and paper has one."""
    from kg.build import open_graph
    from kg.cli._progress import progress
    from kg.views.atlas import write_atlas

    with open_graph(store) as graph, progress(quiet=quiet) as show:
        written = write_atlas(graph, output, title=title, min_confidence=min_confidence, progress=show)
    pages = f"{counted(written.concepts, 'concept')} and {counted(written.papers, 'paper')}"
    if written.renewed:
        say(f"wrote {written.folder / 'index.html'}: {pages}")
    else:
        say(f"{written.folder} is as it should be: {pages}")


VERBS = (atlas,)


def _save(store: str, output: Path, draw: Callable[[Graph], Page]) -> None:
    from kg.build import open_graph

    with open_graph(store) as graph:
        page = draw(graph)
    say(f"wrote {page.save(output)}: {page.title}")


def _best_known(graph: Graph, kind: str) -> str:
    most = graph.influence(kind=kind, by="papers", top=1)
    if not most:
        raise KgError("the graph holds no lineage yet; name a concept")
    return most[0].concept.iri

"""The verbs that measure and compare: influence, compare, leaderboard, trends."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli._options import DEFAULT, ConfidenceOption, FamiliesOption, JsonOption, KindOption, StoreOption
from kg.cli._output import put, put_json, say
from kg.cli._tables import TABLE, PictureOption, TableFormatOption, put_rows

_MEASURES = "descendants, children, pagerank, citerank, betweenness, h, reuse, breadth or papers."


def influence(
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    by: Annotated[str, typer.Option("--by", help=_MEASURES)] = "descendants",
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many.")] = 20,
    families: FamiliesOption = False,
    min_confidence: ConfidenceOption = None,
    until: Annotated[int | None, typer.Option("--until", help="The field as it was in this year.")] = None,
    towards: Annotated[
        list[str] | None, typer.Option("--towards", help="With pagerank: influence on a method or a task.")
    ] = None,
    engine: Annotated[str | None, typer.Option("--engine", help="networkx, or rustworkx (extra `fast`).")] = None,
    form: TableFormatOption = TABLE,
    output: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank methods by what came of them. Other measures of influence are given by --by."""
    from kg.build import open_graph
    from kg.errors import KgError

    with open_graph(store) as graph:
        try:
            found = graph.influence(
                kind=kind,
                by=by,
                top=top,
                families=families,
                min_confidence=min_confidence,
                until=until,
                towards=towards or None,
                engine=engine,
            )
        except ImportError as error:
            raise KgError(str(error)) from error
        except KgError:
            raise
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        put_rows(found, form=form, as_json=as_json, output=output)


def compare(
    one: Annotated[str, typer.Argument(help="A method's name, alias or IRI.")],
    other: Annotated[str, typer.Argument(help="Another one.")],
    *,
    store: StoreOption = DEFAULT,
    form: TableFormatOption = TABLE,
    as_json: JsonOption = False,
) -> None:
    """Show two methods side by side. Parents, parts, tasks, data, results, and who is said to beat whom."""
    from kg.build import open_graph

    with open_graph(store) as graph:
        found = graph.compare(one, other)
        if as_json or form == "json":
            put_json(found)
            return
        put_rows(found.table(), form=form, as_json=False)
        if form != TABLE:
            return
        for edge in (*found.wins, *found.losses):
            for proof in edge.proofs[:1]:
                put(f'\n{edge.subject_name} over {edge.object_name}: "{proof.sentence}" [{proof.title}]')
        if found.path is not None and len(found.path) > 1:
            put(f"\n{found.path}")


def leaderboard(
    dataset: Annotated[str, typer.Argument(help="A data set's name, alias or IRI.")],
    *,
    store: StoreOption = DEFAULT,
    metric: Annotated[str | None, typer.Option("--metric", help="Only scores by this metric.")] = None,
    task: Annotated[str | None, typer.Option("--task", help="Only scores for this task.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many of each metric.")] = 10,
    min_confidence: ConfidenceOption = None,
    form: TableFormatOption = TABLE,
    output: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the best stated results on a data set. JSON has their sentences."""
    from kg.build import open_graph

    with open_graph(store) as graph:
        # A picture shows how the best rose, so it is of all.
        most = None if output is not None else top
        found = graph.leaderboard(dataset, metric, task=task, top=most, min_confidence=min_confidence)
        put_rows(found, form=form, as_json=as_json, output=output)
    if not found:
        say(f"no paper here states a result on {found.dataset.name}")
    if found.note:
        say(found.note)


def trends(
    concepts: Annotated[
        list[str] | None, typer.Argument(help="Names; without any, the methods that most papers name.")
    ] = None,
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many, where no names are given.")] = 8,
    since: Annotated[int | None, typer.Option("--since", help="The first year.")] = None,
    until: Annotated[int | None, typer.Option("--until", help="The last year.")] = None,
    rising: Annotated[bool, typer.Option("--rising", help="What emerges in the last three years instead.")] = False,
    fading: Annotated[bool, typer.Option("--fading", help="What fades in the last three years instead.")] = False,
    form: TableFormatOption = TABLE,
    output: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the use of concepts year by year. Also: what emerges, and what fades."""
    from kg.build import open_graph

    if rising and fading:
        raise typer.BadParameter("--rising and --fading exclude each other")
    if (rising or fading) and (concepts or since or until):
        raise typer.BadParameter("--rising and --fading take --kind and --top, no names and no years")
    with open_graph(store) as graph:
        if rising or fading:
            put_rows(graph.emergence(kind=kind, rising=rising, top=top), form=form, as_json=as_json, output=output)
            return
        names = [graph.concept(name, kind=kind) for name in concepts or ()]
        found = graph.trends(*names, kind=kind, top=top, since=since, until=until)
        put_rows(found, form=form, as_json=as_json, output=output)


VERBS = (influence, compare, leaderboard, trends)

"""The verbs that say what was decided on names, and what changed: merges, diff."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli._options import DEFAULT, JsonOption, KindOption, StoreOption
from kg.cli._output import counted, put, put_json, put_table

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.graph.differences import Change
    from kg.graph.table import Table
    from kg.records import Merge

_SHOWN = 5
_NOUNS = {"paper": "papers", "concept": "concepts", "edge": "edges", "result": "results", "merge": "decisions on names"}


def merges(
    concept: Annotated[str | None, typer.Argument(help="Only decisions on this concept.")] = None,
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    merged: Annotated[bool, typer.Option("--merged", help="Only names that were held to be one.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="Only names that were kept apart.")] = False,
    homographs: Annotated[
        bool, typer.Option("--homographs", help="The names that mean several concepts, with each of them.")
    ] = False,
    unexplained: Annotated[
        bool, typer.Option("--unexplained", help="Names that concepts of one kind share without a reason.")
    ] = False,
    as_json: JsonOption = False,
    form: Annotated[str, typer.Option("--format", help="table, csv, markdown or latex.")] = "table",
) -> None:
    """List why names are one or apart. Each decision has its reason and papers."""
    from kg.build import open_graph

    with open_graph(store) as graph:
        wanted = graph.concept(concept, kind=kind).id if concept is not None else None
        found = [
            merge
            for merge in graph.merges()
            if (wanted is None or merge.concept == wanted) and (merged == refused or merge.merged == merged)
        ]
        if homographs:
            _put(_homographs(graph, found), as_json=as_json, form=form)
            return
        if unexplained:
            from kg.graph.namesakes import unexplained_namesakes

            _put(unexplained_namesakes(graph), as_json=as_json, form=form)
            return
    if as_json:
        put_json(found)
        return
    _put(_decisions(found), as_json=False, form=form)


def _decisions(found: list[Merge]) -> Table[Merge]:
    from kg.graph.table import Table

    return Table(
        found,
        columns={
            "concept": lambda merge: merge.concept,
            "name": lambda merge: merge.name,
            "decision": lambda merge: "merged" if merge.merged else "kept apart",
            "reason": lambda merge: merge.reason,
            "papers": lambda merge: len(merge.papers),
        },
    )


def _homographs(graph: Graph, found: list[Merge]) -> Table[dict[str, Any]]:
    """Return the names that were kept apart from themselves: a row for each of their senses."""
    from kg.graph.table import Table
    from kg.names import fold

    senses: dict[str, dict[str, Merge]] = defaultdict(dict)
    for merge in found:
        if not merge.merged:
            senses[fold(merge.name)].setdefault(merge.concept, merge)
    rows = []
    for key in sorted(key for key, among in senses.items() if len(among) > 1):
        for identifier, merge in sorted(senses[key].items()):
            (meant,) = graph.concepts_of([_iri(identifier)]) or (None,)
            rows.append(
                {
                    "name": merge.name,
                    "concept": identifier,
                    "kind": meant.kind if meant else "",
                    "also called": ", ".join(meant.aliases[:3]) if meant else "",
                    "papers": meant.paper_count if meant else 0,
                    "reason": merge.reason,
                }
            )
    names = ("name", "concept", "kind", "also called", "papers", "reason")
    return Table(rows, columns={name: lambda row, name=name: row[name] for name in names})  # type: ignore[misc]


def _iri(identifier: str) -> str:
    from kg.vocabulary import concept_iri

    return concept_iri(identifier)


def diff(
    older: Annotated[str | None, typer.Argument(help="A store, or a snapshot of one: graph.kg@000002.")] = None,
    newer: Annotated[
        str | None, typer.Argument(help="The same; without it, the last two snapshots of a store are compared.")
    ] = None,
    *,
    store: StoreOption = DEFAULT,
    samples: Annotated[int, typer.Option("--samples", min=0, help="Show at most so many of each.")] = _SHOWN,
    as_json: JsonOption = False,
    form: Annotated[str, typer.Option("--format", help="table, csv, markdown or latex: all that differs.")] = "text",
) -> None:
    """Say what came and went between two graphs. Papers, concepts, edges and decisions on names are compared."""
    from kg.build import last_two, open_graph
    from kg.graph.differences import diff as compare

    names = last_two(older or store) if newer is None else (older or store, newer)
    with open_graph(names[0]) as before, open_graph(names[1]) as after:
        found = compare(before, after)
    if as_json:
        put_json({"from": names[0], "to": names[1], "counts": _counts(found), "changes": found.to_json()})
    elif form != "text":
        _put(found, as_json=False, form=form)
    else:
        put(f"{names[0]} -> {names[1]}")
        _summarise(found, samples)


def _counts(found: Table[Change]) -> dict[str, dict[str, int]]:
    from kg.graph.differences import WHATS

    counts = Counter((change.what, change.change) for change in found)
    return {_NOUNS[what]: {way: counts[what, way] for way in ("came", "went")} for what in WHATS}


def _summarise(found: Table[Change], samples: int) -> None:
    from kg.graph.differences import WHATS

    if not found:
        put("nothing came or went")
    for what in WHATS:
        of_this = [change for change in found if change.what == what]
        if not of_this:
            continue
        for predicate in sorted({change.predicate for change in of_this}):
            for came in (True, False):
                some = [change for change in of_this if (change.predicate, change.came) == (predicate, came)]
                if some:
                    _put_some(some, samples)


def _put_some(some: list[Change], samples: int) -> None:
    first = some[0]
    about = first.predicate.replace("_", " ") if first.what in ("edge", "merge") else ""
    noun = {"edge": "edge", "merge": "name"}.get(first.what, first.what)
    put(f"{counted(len(some), noun)} {f'({about}) ' if about else ''}{first.change}")
    for change in some[:samples]:
        put(f"  {'+' if change.came else '-'} {_line(change)}")
    if len(some) > samples > 0:
        put(f"  ... {len(some) - samples:,} more (--format csv shows all)")


def _line(change: Change) -> str:
    if change.what == "paper":
        return change.subject
    if change.what == "concept":
        return f"{change.subject} ({change.object})"
    said = f"{change.subject} {change.predicate.replace('_', ' ')} {change.object}"
    return f"{said}: {change.note}" if change.note else said


def _put(table: Table[Any], *, as_json: bool, form: str) -> None:
    if as_json:
        put_json(table)
    elif form == "table":
        put_table(table.columns, table.cells())
    else:
        put(table.format(form).rstrip("\n"))


VERBS = (merges, diff)

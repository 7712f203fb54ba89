"""The verb that holds a graph against its ontology: validate."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli._options import DEFAULT, JsonOption, QuietOption, StoreOption
from kg.cli._output import counted, put, put_json, say
from kg.cli._progress import progress

_SHOWN = 50


def validate(
    *,
    store: StoreOption = DEFAULT,
    show_all: Annotated[bool, typer.Option("--all", help=f"Show more than {_SHOWN} complaints.")] = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Hold a graph against the ontology. Its SHACL shapes are asked, and checks of names, edges and evidence."""
    from kg.build import open_graph
    from kg.store.validation import validate as validate_store

    with open_graph(store) as graph, progress(quiet=quiet) as tell:
        found = validate_store(graph.store, progress=tell)
    if as_json:
        put_json(found)
    else:
        shown = found.complaints if show_all else found.complaints[:_SHOWN]
        for complaint in shown:
            put(f"{complaint.node}\n  {complaint.problem} [{complaint.check}]\n  mend: {complaint.mend}")
        if len(found.complaints) > len(shown):
            put(f"... {len(found.complaints) - len(shown):,} more (--all shows them)")
        verdict = counted(len(found.complaints), "complaint") if found.complaints else "nothing wrong"
        say(
            f"{store}: {verdict} in {counted(found.triples, 'triple')}"
            f" ({counted(found.nodes, 'node')}, {counted(len(found.checks), 'check')} and the shapes)"
        )
    if found.complaints:
        raise typer.Exit(1)


VERBS = (validate,)

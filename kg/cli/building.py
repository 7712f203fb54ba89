"""The verbs that write: build, extract, remove."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli._options import (
    DEFAULT,
    JsonOption,
    LimitOption,
    MapOption,
    ModelOption,
    QuietOption,
    SectionsOption,
    SourcesArgument,
    StoreOption,
    StrictOption,
    WorkersOption,
)
from kg.cli._output import counted, put, put_json, say
from kg.cli._progress import progress

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.sources import ReadOptions, Skip

_SHOWN_SKIPS = 10


def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files with papers; folders, archives, or - for standard input. Without any, what is there is built"
            " anew."
        ),
    ] = None,
    *,
    store: StoreOption = DEFAULT,
    columns: MapOption = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Remove what files of these names said before; of a folder, those still in it."),
    ] = False,
    sections: SectionsOption = False,
    limit: LimitOption = None,
    strict: StrictOption = False,
    no_abstracts: Annotated[bool, typer.Option("--no-abstracts", help="Keep abstracts out of the graph.")] = False,
    workers: WorkersOption = None,
    model: ModelOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add papers to a store, and publish the graph of all.

    An empty store holds the curated concepts with their lineage.
    """
    from kg.build import add_papers

    with progress(quiet=quiet) as tell:
        report = add_papers(
            sources or [],
            store=store,
            replace=replace,
            strict=strict,
            abstracts=not no_abstracts,
            workers=workers,
            model=model,
            options=_read_options(columns, limit, sections=sections),
            progress=tell,
        )
    _name_skips(report.skipped)
    _report(report, store, as_json=as_json)


def remove(
    papers: Annotated[list[str], typer.Argument(help="Titles, keys, IRIs, arXiv numbers or DOIs.")],
    *,
    store: StoreOption = DEFAULT,
    no_abstracts: Annotated[bool, typer.Option("--no-abstracts", help="Keep abstracts out of the graph.")] = False,
    workers: WorkersOption = None,
    model: ModelOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Remove papers, with all that only they say."""
    from kg.build import remove_papers

    with progress(quiet=quiet) as tell:
        report = remove_papers(
            papers, store=store, abstracts=not no_abstracts, workers=workers, model=model, progress=tell
        )
    _report(report, store, as_json=as_json)


def extract(
    sources: SourcesArgument,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; else to stdout.")] = None,
    columns: MapOption = None,
    sections: SectionsOption = False,
    limit: LimitOption = None,
    strict: StrictOption = False,
    model: ModelOption = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also show what scored too low to be an entity.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Write what each paper says, as JSON lines. No store is needed."""
    from kg.build import extract as extract_papers
    from kg.records import to_json

    skipped: list[Skip] = []
    with progress(quiet=quiet or output is None) as tell:
        options = _read_options(columns, limit, sections=sections)
        found = extract_papers(
            *sources, strict=strict, model=model, options=options, progress=tell, on_skip=skipped.append
        )
        shown = found if candidates else (replace(extraction, candidates=()) for extraction in found)
        lines = (json.dumps(to_json(extraction), ensure_ascii=False) for extraction in shown)
        if output is None:
            for line in lines:
                put(line)
        else:
            beside = output.with_name(f".{output.name}.part")
            try:
                with beside.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(line + "\n" for line in lines)
                beside.replace(output)
            finally:
                beside.unlink(missing_ok=True)
    _name_skips(skipped)


def _read_options(columns: list[str] | None, limit: list[str] | None, *, sections: bool) -> ReadOptions:
    from kg.sources import ReadOptions, column_map, limits

    return ReadOptions(limits=limits(limit or ()), columns=column_map(columns or ()), sections=sections)


def _report(report: BuildReport, store: str, *, as_json: bool) -> None:
    if as_json:
        put_json(report)
        return
    if report.changed:
        put(f"{store}: {counted(report.papers, 'paper')}, {report.extracted:,} read anew;"
            f" {report.added:,} triples came, {report.removed:,} went")  # fmt: skip
    else:
        put(f"{store}: {counted(report.papers, 'paper')}; nothing changed")


def _name_skips(skipped: list[Skip] | tuple[Skip, ...]) -> None:
    for skip in skipped[:_SHOWN_SKIPS]:
        say(f"skipped {skip}")
    if len(skipped) > _SHOWN_SKIPS:
        say(f"skipped {len(skipped) - _SHOWN_SKIPS:,} more")


VERBS = (build, extract, remove)

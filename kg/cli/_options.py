"""The options that many verbs take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

StoreOption: TypeAlias = Annotated[
    str, typer.Option("--store", envvar="KG_STORE", help="The store's folder, or a SPARQL endpoint to read from.")
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
KindOption: TypeAlias = Annotated[
    str | None, typer.Option("--kind", help="architecture, module, technique, dataset, task or metric.")
]
FamiliesOption: TypeAlias = Annotated[
    bool, typer.Option("--families", help="Include broad families (Transformer, GAN), left out else.")
]
ConfidenceOption: TypeAlias = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0,
        max=1,
        help="How sure a paper's edge must be: by default 0.4, of a curated method 0.7 or two papers; 0 shows all.",
    ),
]
UpOption: TypeAlias = Annotated[
    bool, typer.Option("--up", help="What it came from (both ways where neither is given).")
]
DownOption: TypeAlias = Annotated[bool, typer.Option("--down", help="What came of it.")]
DepthOption: TypeAlias = Annotated[int | None, typer.Option("--depth", min=1, help="At most so many steps.")]
SourcesArgument: TypeAlias = Annotated[
    list[Path],
    typer.Argument(help="Files with papers; folders, archives, or - for standard input.", show_default=False),
]
MapOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--map", help="Columns of a table by what they hold, as in title=Title,abstract=Summary."),
]
LimitOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--limit", help="How much is read at most, as in line=8M, file=1T or ratio=1000.")
]
SectionsOption: TypeAlias = Annotated[
    bool, typer.Option("--sections", help="Of full texts, read introduction, method and experiments too.")
]
StrictOption: TypeAlias = Annotated[bool, typer.Option("--strict", help="A skipped line is an error.")]
WorkersOption: TypeAlias = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that read papers; by default one a core.")
]
ModelOption: TypeAlias = Annotated[
    Path | None, typer.Option("--model", help="fast, accurate (the default), or a folder of models made by `kg train`.")
]
QuietOption: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]

DEFAULT = "graph.kg"

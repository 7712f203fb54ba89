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
SourcesArgument: TypeAlias = Annotated[list[Path], typer.Argument(help="Files with papers.", show_default=False)]
StrictOption: TypeAlias = Annotated[bool, typer.Option("--strict", help="A skipped line is an error.")]
WorkersOption: TypeAlias = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that read papers; by default one a core.")
]
ModelOption: TypeAlias = Annotated[
    Path | None, typer.Option("--model", help="A folder of models made by `kg train`, in place of the shipped ones.")
]
QuietOption: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]

DEFAULT = "graph.kg"

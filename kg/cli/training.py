"""The verb that learns: train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli._output import say


def train(
    gold: Annotated[Path, typer.Argument(help="Annotated papers, one JSON object a line.")],
    papers: Annotated[Path, typer.Argument(help="Their texts: a JSON array of id, title, abstract.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for the models.")],
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts", help="Unannotated papers (JSON lines, may be gzipped): for word classes, and for guesses."
        ),
    ] = None,
    without: Annotated[
        Path | None, typer.Option("--without", help="Annotated papers to be tested on, kept out of these texts.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Learn the fast setting alone, which needs no torch.")] = False,
) -> None:
    """Learn models from annotated papers. They serve `kg build --model FOLDER`; the extra `train` is needed.

    With --texts the encoder first learns what the fast setting guesses of papers that nobody annotated. A training
    that was interrupted goes on from the last round of the encoder that was done.
    """
    from kg.extraction.settings import FAST, SETTINGS
    from kg.extraction.training.run import train_models

    settings = (FAST,) if fast else SETTINGS
    train_models(gold, papers, output, texts=texts, without=without, settings=settings, on_message=say)


VERBS = (train,)

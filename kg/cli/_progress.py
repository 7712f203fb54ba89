"""How far a long job is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.build import Progress
from kg.cli._output import say

# Without a terminal, a line each so many papers keeps a log short.
_LINE_EVERY = 2_000


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Give a callback that shows how far each stage is, on stderr."""
    if quiet:
        yield lambda stage, done, total: None  # noqa: ARG005
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage == "done":
                return
            if stage not in tasks:
                tasks[stage] = int(bar.add_task(stage, total=total))
            bar.update(bar.task_ids[tasks[stage]], completed=done, total=total)

        yield show


def _lines() -> Progress:
    said: dict[str, int] = {}

    def show(stage: str, done: int, total: int | None) -> None:
        if stage == "done":
            return
        if stage not in said:
            said[stage] = done
            say(f"{stage} ..." if total is None else f"{stage}: {total:,} papers ...")
        elif done // _LINE_EVERY > said[stage] // _LINE_EVERY:
            said[stage] = done
            say(f"{stage}: {done:,}" + (f" of {total:,}" if total is not None else ""))

    return show

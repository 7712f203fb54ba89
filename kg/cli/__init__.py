"""The ``kg`` command: each verb a thin call of the API."""

from __future__ import annotations

import os
import sys

import typer

from kg.cli import (
    asking,
    building,
    comparing,
    curating,
    drawing,
    evaluating,
    exchanging,
    following,
    measuring,
    sourcing,
    training,
    validating,
)
from kg.cli._output import hear_the_library, say
from kg.errors import KgError

_INTERRUPTED = 130

app = typer.Typer(
    name="kg",
    help="Papers in, a graph of machine-learning methods out, with the sentence that proves each edge.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# Each module has its verbs; help lists them in this order.
for _module in (
    building,
    sourcing,
    asking,
    following,
    measuring,
    comparing,
    drawing,
    validating,
    exchanging,
    evaluating,
    training,
):
    for _verb in _module.VERBS:
        app.command()(_verb)
# A named query has parameters of its own, which come as options that typer does not know.
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(asking.query)
app.command("import")(exchanging.import_)
app.add_typer(drawing.view, name="view")
app.add_typer(curating.curate, name="curate")


@app.callback(invoke_without_command=True)
def options(*, version: bool = typer.Option(False, "--version", help="Print the version and leave.")) -> None:
    """Papers in, a graph of machine-learning methods out, with the sentence that proves each edge."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"methodome {version_of('methodome')}")
        raise typer.Exit


def main() -> None:
    """Run the command; exit with 0 (done), 1 (input or question at fault), 2 (command line), 130 (interrupted)."""
    hear_the_library()
    try:
        app()
    except KgError as error:
        say(f"kg: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("kg: interrupted; what was read so far is kept for the next run")
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has left: nothing more to say, and nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

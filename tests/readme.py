"""The outputs that README.md shows: run for real, compared by a test, rewritten by ``python -m tests.readme``."""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Callable
from pathlib import Path

import kg

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
LANDMARKS = ROOT / "examples" / "landmarks.jsonl"
_COMMAND = re.compile(r"<!-- output of: kg (?P<words>.+?) -->\n```text\n(?P<output>.*?)```", re.DOTALL)
_SPARQL = re.compile(r"```sparql\n(?P<query>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
_SHOWN_LINES = 16
_WIDTH = 150


def rewritten(text: str, store: Path, run: Callable[[list[str]], str]) -> str:
    """Return the README with every output replaced by what is true of a store of the landmark papers."""

    def command(hit: re.Match[str]) -> str:
        words, output = hit["words"], _cut(run(shlex.split(hit["words"])))
        return f"<!-- output of: kg {words} -->\n```text\n$ kg {words}\n{output}```"

    def sparql(hit: re.Match[str]) -> str:
        with kg.open(store) as graph:
            answer = graph.query(hit["query"]).format("table")
        return f"```sparql\n{hit['query']}```\n\n```text\n{_cut(answer)}```"

    return _SPARQL.sub(sparql, _COMMAND.sub(command, text))


def _cut(output: str) -> str:
    lines = [
        line if len(line) <= _WIDTH else line[: _WIDTH - 1].rstrip() + "…" for line in output.rstrip().splitlines()
    ]
    if len(lines) > _SHOWN_LINES:
        lines = [*lines[: _SHOWN_LINES - 1], "..."]
    return "".join(line.rstrip() + "\n" for line in lines)


def run_in_process(store: Path) -> Callable[[list[str]], str]:
    """Return a function that runs the command on a store and gives what it prints."""
    import contextlib
    import io
    import sys
    from unittest import mock

    from kg.cli import main

    def run(words: list[str]) -> str:
        out = io.StringIO()
        with mock.patch.object(sys, "argv", ["kg", *words, "--store", str(store)]), contextlib.redirect_stdout(out):
            try:
                main()
            except SystemExit as leaving:
                if leaving.code:
                    raise
        return out.getvalue()

    return run


def main() -> None:
    """Rewrite the outputs in README.md."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "graph.kg"
        kg.build(LANDMARKS, store=store).close()
        README.write_text(rewritten(README.read_text(encoding="utf-8"), store, run_in_process(store)), encoding="utf-8")


if __name__ == "__main__":
    main()

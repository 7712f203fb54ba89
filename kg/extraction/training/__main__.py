"""``python -m kg.extraction.training GOLD PAPERS -o FOLDER [--texts FILE]``: make the models of a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.extraction.training.run import train_models


def main() -> None:
    """Read the arguments and train."""
    ask = argparse.ArgumentParser(prog="python -m kg.extraction.training", description=__doc__)
    ask.add_argument("gold", type=Path, help="annotated papers, one JSON object a line")
    ask.add_argument("papers", type=Path, help="their texts: a JSON array of id, title, abstract")
    ask.add_argument("-o", "--out", type=Path, required=True, help="the folder for the models")
    ask.add_argument("--texts", type=Path, help="unannotated papers (JSON lines, gzipped or not) of the field")
    ask.add_argument("--without", type=Path, help="annotated papers whose texts are left out of the unannotated ones")
    told = ask.parse_args()
    train_models(
        told.gold,
        told.papers,
        told.out,
        texts=told.texts,
        without=told.without,
        on_message=_say,
    )


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()

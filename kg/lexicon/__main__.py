"""``python -m kg.lexicon``: write the curated concepts of this checkout in their one form."""

from __future__ import annotations

import sys

from kg._resources import ontology_folder
from kg.lexicon.formatting import format_folder


def main() -> int:
    """Format the files of ``ontology/concepts``; return 0 where nothing was to do, else 1."""
    wrong = format_folder(ontology_folder() / "concepts", write=True)
    for path in wrong:
        print(f"formatted {path.name}", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

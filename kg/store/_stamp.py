"""The stamp of a store's layout: what this version makes, what it still reads, and what it brings up to date."""

from pathlib import Path
from typing import Final

from kg.store._files import write_whole

STAMP: Final = "format"
FORMAT: Final = "methodome store 2\n"
# Graphs of these are read as they are; the next build brings the rest up to date.
_OLDER: Final = ("methodome store 1\n",)


def is_known(stamp: bytes) -> bool:
    """Return whether stores of a stamp can be read."""
    return stamp in {known.encode("ascii") for known in (FORMAT, *_OLDER)}


def put(path: Path) -> None:
    """Stamp a store as one of this version's layout, unless it is."""
    file = path / STAMP
    if not file.is_file() or file.read_bytes() != FORMAT.encode("ascii"):
        write_whole(file, FORMAT.encode("ascii"))

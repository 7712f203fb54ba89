"""Stores that were made from plain RDF: without records, papers can neither come nor go."""

from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.store._files import write_whole

_MARK: Final = "read-only"


def mark_read_only(path: Path, *, source: str) -> None:
    """Make a store refuse to be written to from here on.

    Args:
        path: the store's folder.
        source: the name of the file that it was made from.
    """
    write_whole(path / _MARK, f"{source}\n".encode("utf-8", "backslashreplace"))


def read_only_source(path: Path) -> str | None:
    """Return the name of the RDF file that a store was made from, or None for a store that builds on."""
    try:
        return (path / _MARK).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def refuse_read_only(path: Path) -> None:
    """Raise StoreError where a store was made from plain RDF."""
    source = read_only_source(path)
    if source is not None:
        raise StoreError(
            f"{path}: is read-only: it was imported from {source}, which holds triples and no records, so papers "
            "cannot come or go; build on an archive (kg export --archive) or make a store from the papers"
        )

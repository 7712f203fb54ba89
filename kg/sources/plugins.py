"""Formats that other distributions bring, under the entry point group ``kg.sources``."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from kg.errors import KgError
from kg.sources.formats import SourceFormat

GROUP: Final = "kg.sources"
_WANTED: Final = ("name", "recognise", "read")


class BrokenPlugin(KgError, ImportError):
    """A plug-in that is installed cannot be loaded, or is no source format."""


@lru_cache(maxsize=1)
def plugin_formats() -> tuple[SourceFormat, ...]:
    """Return the formats that plug-ins bring, sorted by the names of their entry points; loaded once.

    Raises:
        BrokenPlugin: one of them cannot be loaded.
    """
    return tuple(_load(entry) for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)))


def _load(entry: EntryPoint) -> SourceFormat:
    said = f"the source format {entry.name!r}{_of(entry)}"
    try:
        found = entry.load()
    except Exception as error:  # whatever a module of others does while it is imported
        raise BrokenPlugin(f"{said} cannot be loaded: {_line(error)}; mend or uninstall it") from error
    lacking = [name for name in _WANTED if not hasattr(found, name)]
    if lacking:
        raise BrokenPlugin(f"{said} is none: {entry.value} has no {', '.join(lacking)}; mend or uninstall it")
    return cast("SourceFormat", found)


def _of(entry: EntryPoint) -> str:
    return f" of {entry.dist.name} {entry.dist.version}" if entry.dist is not None else ""


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())

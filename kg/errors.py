"""Every error that this library raises, under one root.

A message says what happened, names the offending value, and says what would be valid.
"""

from collections.abc import Sequence


class KgError(Exception):
    """The root of all errors of this library."""


class InputError(KgError, ValueError):
    """A source cannot be read, or yields no paper.

    Args:
        path: the file as the user named it.
        problem: what is wrong, and what would mend it.
        line: the line (counted from 1) where it was seen, where there is one.
        unit: what ``line`` counts, where it is not lines: ``record``, ``row``, ``page`` or ``byte``.
    """

    def __init__(self, path: str, problem: str, *, line: int | None = None, unit: str = "line") -> None:
        self.path = path
        self.line = line
        self.problem = problem
        place = path if line is None else f"{path}, {unit} {line:,}"
        super().__init__(f"{place}: {problem}")


class StoreError(KgError, OSError):
    """A folder is not a store, or a store cannot be used as asked."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class UnknownName(KgError, LookupError):
    """No concept or paper of the graph has this name.

    Args:
        name: what was looked for.
        nearest: the names most like it, best first.
    """

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"; the nearest names are {', '.join(nearest)}" if nearest else ""
        super().__init__(f"nothing in the graph is named {name!r}{hint}")


class AmbiguousName(KgError, LookupError):
    """Several concepts of the graph bear this name.

    Args:
        name: what was looked for.
        senses: how to name each of them, sorted.
    """

    def __init__(self, name: str, senses: Sequence[str]) -> None:
        self.name = name
        self.senses = tuple(senses)
        super().__init__(f"{name!r} has several senses; name one of {', '.join(senses)}")


class QueryError(KgError, ValueError):
    """A query cannot be parsed, or lacks a parameter."""

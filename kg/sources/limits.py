"""How much is read at most: what guards memory and disk against packed bombs and lines without an end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import KgError

_MiB: Final = 1024**2
_UNITS: Final = {"": 1, "k": 1024, "m": _MiB, "g": 1024**3, "t": 1024**4}
_NUMBER = re.compile(r"([0-9]+)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_FIELDS: Final = {"line": "line_bytes", "file": "file_bytes", "ratio": "ratio"}
_VARIABLES: Final = {name: f"KG_LIMIT_{name.upper()}" for name in _FIELDS}


class UnknownLimit(KgError, ValueError):
    """A limit was set that does not exist, or to what is no number."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one source.

    Attributes:
        line_bytes: the longest line of a text, or record of another file.
        file_bytes: the most bytes that a file may hold once it is unpacked, all members of an archive together.
        ratio: how many bytes may come out of each packed byte; what is below 64 MiB is never too many.
    """

    line_bytes: int = 4 * _MiB
    file_bytes: int = 256 * 1024**3
    ratio: int = 200


def limits(settings: Iterable[str] = (), *, environ: Mapping[str, str] | None = None) -> Limits:
    """Return the limits that hold: the defaults, then the environment, then some settings.

    Args:
        settings: such as ``line=8M``, ``file=1T`` or ``ratio=1000``.
        environ: where ``KG_LIMIT_LINE``, ``KG_LIMIT_FILE`` and ``KG_LIMIT_RATIO`` stand; else the process's own.

    Raises:
        UnknownLimit: a name or a number that is none.

    >>> limits(["line=8M"], environ={"KG_LIMIT_RATIO": "1000"})
    Limits(line_bytes=8388608, file_bytes=274877906944, ratio=1000)
    """
    environ = os.environ if environ is None else environ
    found = Limits()
    for name, variable in _VARIABLES.items():
        if text := environ.get(variable, "").strip():
            found = replace(found, **{_FIELDS[name]: _number(text, of=variable)})
    for setting in settings:
        name, _, text = setting.partition("=")
        if name.strip() not in _FIELDS:
            raise UnknownLimit(f"there is no limit {name.strip()!r}; there are {', '.join(_FIELDS)} (as in line=8M)")
        found = replace(found, **{_FIELDS[name.strip()]: _number(text, of=name.strip())})
    return found


def how_to_raise(name: str) -> str:
    """Return how a person raises a limit, for the message that it was reached."""
    return f"raise the limit with --limit {name}=... or {_VARIABLES[name]}"


def _number(text: str, *, of: str) -> int:
    hit = _NUMBER.fullmatch(text.strip())
    if hit is None or int(hit[1]) == 0:
        raise UnknownLimit(f"the limit {of} is {text!r}, not a number of bytes such as 500000, 8M or 20G")
    return int(hit[1]) * _UNITS[hit[2].lower()]

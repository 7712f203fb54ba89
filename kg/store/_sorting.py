"""Sorting more lines than memory holds."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO, Final

SORTED_AT_ONCE: Final = 500_000


def sorted_lines(lines: Iterable[str], *, at_once: int = SORTED_AT_ONCE) -> Iterator[str]:
    """Yield lines sorted by code point; more than fit are sorted in parts on the disk, then merged.

    Args:
        lines: without line ends, in them or behind them; repetitions stay.
        at_once: how many are held in memory.

    >>> list(sorted_lines(["b", "c", "a"], at_once=2))
    ['a', 'b', 'c']
    """
    waiting = iter(lines)
    part = sorted(islice(waiting, at_once))
    if len(part) < at_once:
        yield from part
        return
    with ExitStack() as stack:
        parts: list[Iterator[str]] = []
        while part:
            file = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            file.writelines(f"{line}\n" for line in part)
            file.seek(0)
            parts.append(_read(file))
            part.clear()  # before the next is read, so that one part is held and never two
            part = sorted(islice(waiting, at_once))
        yield from heapq.merge(*parts)


def _read(file: IO[str]) -> Iterator[str]:
    # Without its end, as it was sorted: a character below the line end would else change places.
    return (line.removesuffix("\n") for line in file)

"""What became of a concept whose identifier changed as papers came or went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from kg.names import fold

# How many of an old concept's names a new one must bear to be what became of it, when it lacks the preferred one.
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """What must be kept of a concept to find it again under another identifier.

    Attributes:
        group: of its kind: names are compared within one.
        preferred: the key of its name.
        keys: of all its names.
    """

    group: str
    preferred: str
    keys: frozenset[str]

    @classmethod
    def of(cls, group: str, name: str, keys: Iterable[str]) -> Known:
        """Return what is kept of a concept of a name, with the folded forms of all its names."""
        return cls(group, fold(name), frozenset(keys))


def redirects(
    old: Mapping[str, Known],
    new: Mapping[str, Known],
    *,
    before: Mapping[str, tuple[str, ...]] | None = None,
    present: Container[str] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return what identifiers that are gone became: the identifiers of the concepts that took their place, sorted.

    An identifier became one concept where another bears its name, or most of its names; several where its name
    split into senses. One that nothing took over is left out: its papers went. Chains are drawn together, and an
    identifier that is in use again redirects no more. Linear in the number of names.

    Args:
        old: of the graph before; at least the concepts that are gone.
        new: of the graph now; at least the concepts that bear a name of those.
        before: the redirects that held until now.
        present: the identifiers in use now, where ``new`` does not hold them all.

    >>> old, new = {"fp-net": Known("method", "fpnet", frozenset({"fpnet"}))}, {
    ...     "fpnet": Known("method", "fpnet", frozenset({"fpnet", "fp"}))
    ... }
    >>> redirects(old, new)
    {'fp-net': ('fpnet',)}
    >>> b = Known("task", "b", frozenset("b"))
    >>> redirects({"b": b}, {"c": b}, before={"a": ("b",)})
    {'a': ('c',), 'b': ('c',)}
    """
    present = new if present is None else present
    bearing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier, known in new.items():
        for key in known.keys:
            bearing[known.group, key].append(identifier)
    became: dict[str, tuple[str, ...]] = {}
    for identifier, known in old.items():
        if identifier not in present and (heirs := _heirs(known, new, bearing)):
            became[identifier] = heirs
    for identifier, targets in (before or {}).items():
        if identifier in present or identifier in became:
            continue
        followed = {now for target in targets for now in ((target,) if target in present else became.get(target, ()))}
        if followed:
            became[identifier] = tuple(sorted(followed))
    return dict(sorted(became.items()))


def _heirs(known: Known, new: Mapping[str, Known], bearing: Mapping[tuple[str, str], list[str]]) -> tuple[str, ...]:
    """Return the new concepts that prefer the old name; else those that bear it; else that which bears most names."""
    namesakes = sorted(bearing.get((known.group, known.preferred), ()))
    preferring = tuple(identifier for identifier in namesakes if new[identifier].preferred == known.preferred)
    if preferring or namesakes:
        return preferring or tuple(namesakes)
    shared = Counter(identifier for key in known.keys for identifier in bearing.get((known.group, key), ()))
    best = max(shared.values(), default=0)
    if best < _LEAST_SHARE * len(known.keys) or best == 0:
        return ()
    return tuple(sorted(identifier for identifier, count in shared.items() if count == best))

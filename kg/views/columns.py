"""Where in time a node stands: its column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# How far apart two columns are, in pitches: the next year, each further year that has no node (up to a bound,
# so that twenty silent years do not push the rest aside), a child in the year of its parent.
_YEAR = 1.0
_IDLE_YEAR = 0.09
_MOST_IDLE = 0.6
# The room of a year by how many nodes it has, where those with few are to take less.
_CROWDED = (0.25, 0.45, 0.6, 0.8, 1.0)
_SAME_YEAR = 0.8
# What many links leave at once gets room to its right, or they would all run up and down.
_LINK = 0.08
_MOST_LINKS = 10
_DEEPEST = 3
_BESIDE = 2.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Places on the time axis, in pitches.

    Attributes:
        offsets: the place of each dated node.
        years: the place at which each year begins, in order.
    """

    offsets: Mapping[str, float]
    years: tuple[tuple[int, float], ...]


def columns(
    years: Mapping[str, int], edges: Iterable[tuple[str, str]], *, crowd: Mapping[int, int] | None = None
) -> Columns:
    """Return the columns of dated nodes: later years to the right, and in one year children after parents.

    Args:
        years: the dated nodes with their years.
        edges: parent and child.
        crowd: how many nodes of each year count; those with few take less room. None for equal room.

    >>> columns({"a": 2015, "b": 2016, "c": 2016}, [("a", "b"), ("b", "c")])
    Columns(offsets={'a': 0.0, 'b': 1.0, 'c': 1.8}, years=((2015, 0.0), (2016, 1.0)))
    """
    links = list(edges)
    steps = _steps_within_years(years, links)
    children = Counter(parent for parent, child in links if child in years)
    widest = {year: max(children[node] for node in years if years[node] == year) for year in set(years.values())}
    deepest: dict[int, int] = {}
    for node, year in years.items():
        deepest[year] = max(deepest.get(year, 0), steps[node])
    starts: dict[int, float] = {}
    place = 0.0
    last: int | None = None
    for year in sorted(deepest):
        if last is not None:
            room = _YEAR if crowd is None else _CROWDED[min(crowd.get(last, 0), len(_CROWDED) - 1)]
            place += _SAME_YEAR * deepest[last] + room + min(_MOST_IDLE, _IDLE_YEAR * (year - last - 1))
            place += _LINK * min(_MOST_LINKS, max(0, widest[last] - 1))
        starts[year] = place
        last = year
    offsets = {node: starts[year] + _SAME_YEAR * steps[node] for node, year in years.items()}
    return Columns(offsets=offsets, years=tuple(starts.items()))


def depth_places(depths: Mapping[str, int], dated: Mapping[str, float]) -> dict[str, float]:
    """Return a place for each undated node: about the mean of the dated ones of its depth, else to the right of all.

    Args:
        depths: the depth of every node, dated or not, the important first.
        dated: the places of the dated ones.
    """
    known: dict[int, list[float]] = {}
    for node, place in dated.items():
        known.setdefault(depths[node], []).append(place)
    places: dict[int, float] = {}
    for depth in sorted(set(depths.values())):
        here = known.get(depth)
        places[depth] = sum(here) / len(here) if here else max(places.values(), default=-1.0) + 1
    undated: dict[str, float] = {}
    taken: Counter[int] = Counter()
    for node, depth in depths.items():
        if node not in dated:
            # Beside each other rather than in a long column: in the middle, right, left, and again.
            undated[node] = places[depth] + (0.0, _BESIDE, -_BESIDE)[taken[depth] % 3]
            taken[depth] += 1
    return undated


def _steps_within_years(years: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many steps of lineage lie before each node within its own year."""
    parents: dict[str, list[str]] = {node: [] for node in years}
    for parent, child in edges:
        if parent in years and child in years and years[parent] == years[child] and parent != child:
            parents[child].append(parent)
    steps = dict.fromkeys(years, 0)
    # Some rounds of relaxation reach the bound; a cycle, if there were one, ends there too.
    for _ in range(_DEEPEST):
        for child, above in sorted(parents.items()):
            steps[child] = min(_DEEPEST, max((steps[parent] + 1 for parent in above), default=0))
    return steps

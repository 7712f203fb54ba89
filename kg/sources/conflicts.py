"""Where sources contradict each other about a paper: what each says, beside what the paper has been given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.names import fold
from kg.records import Paper, Record
from kg.sources._clusters import family_name, identifiers, year_of
from kg.sources.joining import join_with_records

Saying = tuple[str, tuple[str, ...]]
"""What is said, and the sources that say so, sorted."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which sources disagree.

    Attributes:
        papers: keys of the papers in question: one, or two that share an identifier and are kept apart.
        field: ``title``, ``year``, ``first author``, or the scheme of an identifier.
        sayings: what is said with the sources that say so; what the paper has been given comes first.
        shared: the identifier that two papers share, behind its scheme and a colon.
    """

    papers: tuple[str, ...]
    field: str
    sayings: tuple[Saying, ...]
    shared: str | None = None


def find_conflicts(records: Iterable[Record]) -> list[Conflict]:
    """Return what sources disagree on, sorted by paper and field; a function of the set of records.

    Titles that differ in spelling alone, and years that differ by one, are no conflict. Takes O(n log n) time.

    >>> one = Record("a", "1", "Deep Sets", doi="10.1/a", year=2017)
    >>> said = [one, Record("b", "1", "Sets", doi="10.1/a", year=2020)]
    >>> [(conflict.field, conflict.sayings) for conflict in find_conflicts(said)]
    [('title', (('Deep Sets', ('a',)), ('Sets', ('b',)))), ('year', (('2017', ('a',)), ('2020', ('b',))))]
    """
    joined = join_with_records(records)
    found = [conflict for paper, said in joined if len(said) > 1 for conflict in _within(paper, said)]
    found += _between(joined)
    return sorted(found, key=lambda conflict: (conflict.papers, conflict.field, conflict.shared or ""))


def origins(paper: Paper, records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Return the sources from which a paper has each of its fields, by field; fields that nothing says are left out.

    Args:
        paper: as joining made it.
        records: those that speak of it.
    """
    found = {}
    for name in ("title", "abstract", "date", "authors", "arxiv", "doi", "venue", "url", "sections"):
        if value := getattr(paper, name):
            found[name] = _sources(record for record in records if getattr(record, name) == value)
    if paper.year is not None:
        found["year"] = _sources(record for record in records if year_of(record) == paper.year)
    for scheme, value in paper.ids:
        found[scheme] = _sources(record for record in records if (scheme, value) in record.ids)
    return found


def _sources(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(sorted({record.source for record in records}))


def _within(paper: Paper, records: Sequence[Record]) -> Iterator[Conflict]:
    for field, given, stated, key in _COMPARED:
        chosen = given(paper)
        groups: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        for record in records:
            if said := stated(record):
                groups[key(said)].setdefault(said, set()).add(record.source)
        if len(groups) < 2 or (field == "year" and _are_near(groups)):
            continue
        sayings = []
        for spellings in groups.values():
            shown = chosen if chosen in spellings else min(spellings)
            sayings.append((shown, tuple(sorted(set().union(*spellings.values())))))
        yield Conflict((paper.key,), field, tuple(sorted(sayings, key=lambda saying: (saying[0] != chosen, saying))))


def _are_near(years: Iterable[str]) -> bool:
    found = [int(year) for year in years]
    return max(found) - min(found) <= 1


def _first_author(names: tuple[str, ...]) -> str:
    return names[0] if names else ""


_Compared = tuple[str, Callable[[Paper], str], Callable[[Record], str], Callable[[str], str]]
# A field, what the paper has, what a record says, and what is the same
_COMPARED: Final[tuple[_Compared, ...]] = (
    ("title", lambda paper: paper.title, lambda record: record.title, fold),
    ("year", lambda paper: str(paper.year or ""), lambda record: str(year_of(record) or ""), str),
    ("first author", lambda p: _first_author(p.authors), lambda r: _first_author(r.authors), family_name),
)


def _between(joined: Sequence[tuple[Paper, Sequence[Record]]]) -> Iterator[Conflict]:
    """Yield the papers that share an identifier and are kept apart by another."""
    bearers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (_, records) in enumerate(joined):
        for identifier in {each for record in records for each in identifiers(record)}:
            bearers[identifier].append(place)
    for (scheme, value), places in bearers.items():
        first = joined[places[0]]
        for place in places[1:]:
            other = joined[place]
            theirs = dict(_identities(other[0]))
            for name, ours in _identities(first[0]):
                if theirs.get(name, ours) != ours:
                    sayings = ((ours, _sources(first[1])), (theirs[name], _sources(other[1])))
                    yield Conflict((first[0].key, other[0].key), name, sayings, f"{scheme}:{value}")


def _identities(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "doi", paper.doi
    if paper.arxiv:
        yield "arxiv", paper.arxiv
    yield from paper.ids

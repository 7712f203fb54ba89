"""Sets of records to papers: each field by a fixed rule, and keys that are unique."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final, TypeVar

from kg.names import fold
from kg.records import Paper, Record, Section, to_json
from kg.sources._clusters import family_name, identifiers, year_of
from kg.vocabulary import digest

_KEY_GAP = re.compile(r"[^a-z0-9]+")
_ARXIV_GAP = re.compile(r"[^a-z0-9.]+")
_NO_VENUE: Final = ("arxiv", "corr")
_LEVELS: Final = 3


def papers_of(clusters: Iterable[Sequence[Record]]) -> list[tuple[Paper, Sequence[Record]]]:
    """Return a paper for each set of records, with the records, sorted by key."""
    keyed: dict[str, tuple[Paper, Sequence[Record]]] = {}
    pending: list[tuple[Paper, Sequence[Record]]] = [(_merge(records), records) for records in clusters]
    for level in range(_LEVELS):
        groups: defaultdict[str, list[tuple[Paper, Sequence[Record]]]] = defaultdict(list)
        for paper, records in pending:
            groups[_key(paper, level) if level else paper.key].append((paper, records))
        pending = []
        for key, group in groups.items():
            if len(group) == 1 and key not in keyed:
                keyed[key] = group[0]
            else:
                pending += ((replace(paper, key=""), records) for paper, records in group)
    # Papers that nothing tells apart but the records behind them: numbered in the order of their sources.
    numbers: Counter[str] = Counter()
    for paper, records in sorted(pending, key=lambda pair: (_said(pair[0]), sorted(map(repr, pair[1])))):
        key = _key(paper, _LEVELS - 1)
        keyed[f"{key}-{numbers[key]}"] = paper, records
        numbers[key] += 1
    return [
        (paper if paper.key == key else replace(paper, key=key), records)
        for key, (paper, records) in sorted(keyed.items(), key=itemgetter(0))
    ]


def _key(paper: Paper, level: int) -> str:
    """Return a key of a paper; each level tells apart what the one before it does not."""
    base = first_key(paper.doi, paper.arxiv, paper.title)
    if level == 0:
        return base
    if paper.doi:
        return f"{base}-{digest(paper.doi if level == 1 else _said(paper))}"
    if paper.arxiv:
        return f"{base}-{digest(_said(paper))}"
    title = fold(paper.title) or paper.title
    if level == 1:
        return "t-" + digest(title, str(paper.year), family_name(paper.authors[0]) if paper.authors else "")
    return "t-" + digest(title, _said(paper))


def first_key(doi: str | None, arxiv: str | None, title: str = "") -> str:
    """Return the key of a paper that shares it with no other."""
    if doi:
        return "doi-" + _KEY_GAP.sub("-", doi).strip("-")
    if arxiv:
        return "arxiv-" + _ARXIV_GAP.sub("-", arxiv)
    return "t-" + digest(fold(title) or title)


def _said(paper: Paper) -> str:
    return json.dumps(to_json(paper), sort_keys=True)


def _merge(records: Sequence[Record]) -> Paper:
    """Return the paper that a set of records of one paper makes, with the key that it has if no other has it."""
    if len(records) == 1:
        return _alone(records[0])
    ids = {scheme: value for record in records for scheme, value in identifiers(record)}
    doi, arxiv = ids.pop("doi", None), ids.pop("arxiv", None)
    title = _best(records, "title")
    dates = [record.date for record in records if record.date]
    years = [year for record in records if (year := year_of(record))]
    return Paper(
        key=first_key(doi, arxiv, title),
        title=title,
        abstract=_best(records, "abstract"),
        year=min(years) if years else None,
        # "2017-06" is no earlier than "2017-06-12", only less exact
        date=min(dates, key=lambda date: (date[:7], -len(date), date)) if dates else None,
        authors=_least((r.authors for r in records), lambda names: (-len(names), -sum(map(len, names)), names)) or (),
        arxiv=arxiv,
        doi=doi,
        venue=_least((r.venue for r in records), lambda it: (it.lower().startswith(_NO_VENUE), -len(it), it)),
        url=_least((r.url for r in records), lambda url: (len(url), url)),
        ids=tuple(sorted(ids.items())) if ids else (),
        sources=tuple(sorted({record.source for record in records})),
        references=_union(record.references for record in records),
        sections=_least((record.sections for record in records), _fullest_first) or (),
        claims=tuple(sorted({claim for record in records for claim in record.claims}, key=repr)),
    )


def _alone(record: Record) -> Paper:
    """Return what :func:`_merge` makes of a single record, without the choosing: most papers have but one."""
    return Paper(
        key=first_key(record.doi, record.arxiv, record.title),
        title=record.title,
        abstract=record.abstract,
        year=year_of(record),
        date=record.date,
        authors=record.authors,
        arxiv=record.arxiv,
        doi=record.doi,
        venue=record.venue,
        url=record.url,
        ids=tuple(sorted(dict(record.ids).items())) if record.ids else (),
        sources=(record.source,),
        references=record.references,
        sections=record.sections,
        claims=tuple(sorted(set(record.claims), key=repr)) if record.claims else (),
    )


_Value = TypeVar("_Value")


def _least(values: Iterable[_Value | None], key: Callable[[_Value], Any]) -> _Value | None:
    """Return the value that comes first by a key, among those that say something; None where none does."""
    stated = {value for value in values if value}
    return min(stated, key=key) if len(stated) > 1 else next(iter(stated), None)


def _best(records: Sequence[Record], name: str) -> str:
    return _least((getattr(record, name) for record in records), _longest_first) or ""


def _union(pairs: Iterable[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    stated = [each for each in pairs if each]
    return stated[0] if len(stated) == 1 else tuple(sorted({pair for each in stated for pair in each}))


def _fullest_first(sections: tuple[Section, ...]) -> tuple[int, str]:
    return -sum(len(section.text) for section in sections), repr(sections)


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text

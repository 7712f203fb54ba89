"""Sets of records to papers: each field by a fixed rule, and keys that are unique."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final

from kg.names import fold
from kg.records import Paper, Record, to_json
from kg.sources._clusters import family_name, identifiers, year_of
from kg.vocabulary import digest

_KEY_GAP = re.compile(r"[^a-z0-9]+")
_ARXIV_GAP = re.compile(r"[^a-z0-9.]+")
_NO_VENUE: Final = ("arxiv", "corr")
_LEVELS: Final = 3


def papers_of(clusters: Iterable[Sequence[Record]]) -> list[tuple[Paper, Sequence[Record]]]:
    """Return a paper for each set of records, with the records, sorted by key."""
    keyed: dict[str, tuple[Paper, Sequence[Record]]] = {}
    pending = [(_merge(records), records) for records in clusters]
    for level in range(_LEVELS):
        groups: defaultdict[str, list[tuple[Paper, Sequence[Record]]]] = defaultdict(list)
        for paper, records in pending:
            groups[_key(paper, level)].append((paper, records))
        pending = []
        for key, group in groups.items():
            if len(group) == 1 and key not in keyed:
                keyed[key] = group[0]
            else:
                pending += group
    # Papers that nothing tells apart but the records behind them: numbered in the order of their sources.
    for number, (paper, records) in enumerate(sorted(pending, key=lambda pair: _said(pair[0]))):
        keyed[f"{_key(paper, _LEVELS - 1)}-{number}"] = paper, records
    return [(replace(paper, key=key), records) for key, (paper, records) in sorted(keyed.items(), key=itemgetter(0))]


def _key(paper: Paper, level: int) -> str:
    """Return a key of a paper; each level tells apart what the one before it does not."""
    if paper.doi:
        base = "doi-" + _KEY_GAP.sub("-", paper.doi).strip("-")
        return base if level == 0 else f"{base}-{digest(paper.doi if level == 1 else _said(paper))}"
    if paper.arxiv:
        base = "arxiv-" + _ARXIV_GAP.sub("-", paper.arxiv)
        return base if level == 0 else f"{base}-{digest(_said(paper))}"
    title = fold(paper.title) or paper.title
    if level == 0:
        return "t-" + digest(title)
    if level == 1:
        return "t-" + digest(title, str(paper.year), family_name(paper.authors[0]) if paper.authors else "")
    return "t-" + digest(title, _said(paper))


def _said(paper: Paper) -> str:
    return json.dumps(to_json(paper), sort_keys=True)


def _merge(records: Sequence[Record]) -> Paper:
    """Return the paper that a set of records of one paper makes; its key is still empty."""
    ids = {scheme: value for record in records for scheme, value in identifiers(record)}
    doi, arxiv = ids.pop("doi", None), ids.pop("arxiv", None)
    dates = [record.date for record in records if record.date]
    return Paper(
        key="",
        title=min((record.title for record in records), key=_longest_first),
        abstract=min((record.abstract for record in records), key=_longest_first),
        year=min((year for record in records if (year := year_of(record))), default=None),
        # "2017-06" is no earlier than "2017-06-12", only less exact
        date=min(dates, key=lambda date: (date[:7], -len(date), date), default=None),
        authors=min(
            (record.authors for record in records), key=lambda names: (-len(names), -sum(map(len, names)), names)
        ),
        arxiv=arxiv,
        doi=doi,
        venue=min(
            (record.venue for record in records if record.venue),
            key=lambda venue: (venue.lower().startswith(_NO_VENUE), -len(venue), venue),
            default=None,
        ),
        url=min((r.url for r in records if r.url), key=lambda url: (len(url), url), default=None),
        ids=tuple(sorted(ids.items())),
        sources=tuple(sorted({record.source for record in records})),
    )


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text

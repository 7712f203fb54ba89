"""The archive of Papers with Code: papers, methods, datasets, evaluation tables, links to code.

Anyone could edit the site. What a page states of a paper's concepts becomes claims, which count less than any
text; placeholders for years and rows that are advertisements are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BufferedReader
from typing import Any, Final

from kg.names import fold
from kg.records import Claim, Record
from kg.sources._json_elements import at, elements, has_keys, list_at, text_at
from kg.sources._pwc_claims import (
    claims_of_dataset,
    claims_of_method,
    claims_of_paper,
    claims_of_row,
    name_at,
    rows_of_task,
)
from kg.sources._pwc_spam import spam
from kg.sources.dates import arxiv_month, year_of
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_id
from kg.sources.making import Unfit, make_record
from kg.sources.text import shown
from kg.vocabulary import digest

name: Final = "Papers with Code archive"
about: Final = "the archive of Papers with Code: papers, methods, datasets, evaluation tables, links to code"

_SHAPES: Final = (
    ("paper_url", "title", "url_abs", "abstract"),
    ("paper_url", "repo_url", "paper_title"),
    ("url", "name", "full_name", "introduced_year"),
    ("url", "name", "full_name", "introduced_date"),
    ("task", "datasets", "subtasks"),
)
_MARKS: Final = ("paper_url", "url", "task")
# A task holds all its tables, thousands of rows.
_LARGER: Final = 16
# What stands for a year that nobody knew
_NO_YEARS: Final = frozenset({1900, 1970, 2000})


def recognise(head: bytes) -> bool:
    """Return whether a file begins as one of the archive does.

    >>> recognise(b'[{"url": "u", "name": "A", "full_name": "", "description": "", "introduced_year": 2000}]')
    True
    """
    return any(has_keys(head, *shape) for shape in _SHAPES)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield what a file of the archive says of papers; see :class:`kg.sources.formats.SourceFormat`."""
    limits = replace(options.limits, line_bytes=_LARGER * options.limits.line_bytes)
    larger = replace(options, limits=limits)
    for line, page in elements(stream, marks=_MARKS, skip=skip, options=larger):
        for names, fields in _stated(page):
            if (rule := next((rule for named in names if (rule := spam(named))), None)) is not None:
                skip(line, f"spam: {rule}")
            elif not names[0]:
                skip(line, "the name is missing")
            elif not fields["title"]:
                skip(line, f"no paper is named ({shown(names[0])})")
            else:
                try:
                    yield make_record(source=source, **fields)
                except Unfit as error:
                    skip(line, str(error))


Stated = tuple[list[str], dict[str, Any]]
"""The names that must be no spam, and the fields of a record."""


def _stated(page: Mapping[str, Any]) -> Iterator[Stated]:
    """Yield what a page says of papers: of one, or of one a row of its tables."""
    if "model_name" in page:
        return  # a row out of a damaged table
    if "repo_url" in page:
        yield _links(page)
    elif "paper_url" in page:
        yield _paper(page)
    elif "introduced_year" in page:
        yield _page(page, "method", claims_of_method(page), since=_year(page))
    elif "introduced_date" in page:
        yield _page(page, "dataset", claims_of_dataset(page), since=text_at(page, "introduced_date"))
    else:
        yield from (_row(task, dataset, row) for task, dataset, row in rows_of_task(page))


def _paper(page: Mapping[str, Any]) -> Stated:
    title, number = name_at(page, "title"), arxiv_id(text_at(page, "arxiv_id"))
    return [title], {
        "key": _slug(text_at(page, "paper_url")),
        "title": title,
        "abstract": text_at(page, "abstract"),
        "date": _date(text_at(page, "date"), number),
        "authors": [author for author in list_at(page, "authors") if isinstance(author, str)],
        "arxiv": number,
        "venue": text_at(page, "proceeding") or text_at(page, "conference"),
        "url": text_at(page, "url_abs"),
        "ids": [("openreview", text_at(page, "openreview_id"))],
        "claims": claims_of_paper(page),
    }


def _links(page: Mapping[str, Any]) -> Stated:
    title = name_at(page, "paper_title")
    return [title], {
        "key": f"code-{_slug(text_at(page, 'paper_url'))}",
        "title": title,
        "arxiv": text_at(page, "paper_arxiv_id"),
        "url": text_at(page, "paper_url_abs"),
    }


def _page(page: Mapping[str, Any], what: str, claims: Iterable[Claim], *, since: str) -> Stated:
    """Return what the page of a method or a dataset says of the paper that it comes from."""
    named = name_at(page, "name")
    address = text_at(page, "paper", "url") or text_at(page, "source_url")
    number = arxiv_id(text_at(page, "source_url")) or arxiv_id(address)
    return [named], {
        "key": f"{what}-{_slug(text_at(page, 'url')) or fold(named)}",
        "title": text_at(page, "source_title") or text_at(page, "paper", "title"),
        "date": _date(since, number),
        "arxiv": number,
        "url": address,
        "claims": list(claims),
    }


def _row(task: str, dataset: str, row: Mapping[str, Any]) -> Stated:
    title, model, address = name_at(row, "paper_title"), name_at(row, "model_name"), text_at(row, "paper_url")
    number = arxiv_id(address)
    return [model, title, dataset, task], {
        "key": f"row-{digest(task, dataset, model, title)}",
        "title": title,
        "date": _date(text_at(row, "paper_date"), number),
        "arxiv": number,
        "url": address,
        "claims": claims_of_row(task, dataset, row),
    }


def _slug(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _year(page: Mapping[str, Any]) -> str:
    year = year_of(at(page, "introduced_year"))
    return str(year) if year else ""


def _date(stated: str, number: str | None) -> str | tuple[int, int] | None:
    """Return a date without what was put where none was known: certain years, the first of January."""
    month = arxiv_month(number) if number else None
    of_year_alone = len(stated) == len("2000") or stated.endswith("-01-01")
    year = year_of(stated[:4])
    if year in _NO_YEARS and of_year_alone:
        year = None
    if month is not None and (year is None or year >= month[0]):
        # arXiv's own number knows better, but of a paper that came to arXiv late
        return stated if stated[:7] == f"{month[0]}-{month[1]:02}" else month
    if year is None:
        return None
    return stated[:4] if of_year_alone else stated

"""Which column of a table holds what: told by the user, else by the usual names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from kg.errors import KgError
from kg.records import Record
from kg.sources.making import make_record
from kg.sources.people import people

_IDS: Final = ("acl", "dblp", "mag", "openalex", "openreview", "pmc", "pmid", "s2", "s2paper")
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "primarytitle", "ti"),
    "abstract": ("abstract", "abstracts", "summary", "abstractnote", "description", "paperabstract", "ab"),
    "authors": ("authors", "author", "authornames", "authorsnames", "authorfullnames", "creators", "creator", "au"),
    "year": ("year", "publicationyear", "pubyear", "yearpublished", "py"),
    "date": ("date", "publicationdate", "publisheddate", "published", "datepublished", "submitteddate"),
    "doi": ("doi", "paperdoi", "di"),
    "arxiv": ("arxiv", "arxivid", "arxivnumber", "arxivurl"),
    "venue": ("venue", "journal", "conference", "booktitle", "sourcetitle", "publicationtitle", "publicationname",
              "journaltitle", "containertitle", "so"),
    "url": ("url", "link", "paperurl", "abstracturl", "urlabs", "pageurl"),
    "key": ("id", "key", "paperid", "citekey", "citationkey", "uid", "eid", "corpuskey"),
    "acl": ("acl", "aclid"),
    "dblp": ("dblp", "dblpid", "dblpkey"),
    "mag": ("mag", "magid"),
    "openalex": ("openalex", "openalexid"),
    "openreview": ("openreview", "openreviewid"),
    "pmc": ("pmc", "pmcid"),
    "pmid": ("pmid", "pubmedid", "pubmed"),
    "s2": ("s2", "s2id", "corpusid", "s2corpusid", "semanticscholar"),
    "s2paper": ("s2paper", "s2paperid"),
}  # fmt: skip
FIELDS: Final = tuple(_NAMES)
"""What a column can hold."""

_GAP = re.compile(r"[\W_]+")
_MOST_SHOWN: Final = 30
# What tables say in a cell that has no value
_NOTHING: Final = frozenset({"", "-", "n/a", "na", "nan", "none", "null"})


class UnknownField(KgError, ValueError):
    """A column was named for something that no column can hold."""


class NoColumn(ValueError):
    """A table lacks a column; the message names those that it has."""


def column_map(settings: Iterable[str]) -> dict[str, str]:
    """Return columns by what they hold, from settings with commas between them.

    Raises:
        UnknownField: a setting is not ``field=column``, or there is no such field.

    >>> column_map(["title=Title,abstract=Full Summary", "doi=DOI"])
    {'title': 'Title', 'abstract': 'Full Summary', 'doi': 'DOI'}
    """
    found = {}
    # A comma inside of a column's name is none between settings: what follows it has no "field=".
    for setting in settings:
        for part in re.split(r",(?=\s*[a-z0-9]+\s*=)", setting):
            name, equals, column = part.partition("=")
            if not equals or name.strip() not in FIELDS:
                raise UnknownField(f"{part.strip()!r} names no column for one of {', '.join(FIELDS)} (as title=Title)")
            found[name.strip()] = column.strip()
    return found


def columns_in(header: Sequence[str], mapped: Mapping[str, str]) -> dict[str, int]:
    """Return the places of the columns by what they hold; a column that is not known is passed over.

    Args:
        header: the names of the columns.
        mapped: columns that the user named; they win over the usual names.

    Raises:
        NoColumn: a named column is not there, or none holds titles.

    >>> columns_in(["Paper Title", "Summary", "Year"], {})
    {'title': 0, 'abstract': 1, 'year': 2}
    """
    there = ", ".join(repr(name) for name in header[:_MOST_SHOWN]) + (", ..." if len(header) > _MOST_SHOWN else "")
    exact = {name: place for place, name in reversed(list(enumerate(header)))}
    bare = {_GAP.sub("", name.lower()): place for place, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for name, column in mapped.items():
        place = exact.get(column, bare.get(_GAP.sub("", column.lower())))
        if place is None:
            raise NoColumn(f"there is no column {column!r} for {name}; the columns are {there}")
        found[name] = place
    for name, usual in _NAMES.items():
        place = next((bare[each] for each in usual if each in bare), None)
        if name not in found and place is not None and place not in found.values():
            found[name] = place
    if "title" not in found:
        raise NoColumn(f"no column holds titles; the columns are {there}: name one with --map title=COLUMN")
    return found


def is_header(names: Sequence[str]) -> bool:
    """Return whether the first row of a table is a header with a column of titles."""
    return len(names) > 1 and not {_GAP.sub("", name.lower()) for name in names}.isdisjoint(_NAMES["title"])


def row_reader(columns: Mapping[str, int], *, source: str) -> Callable[[Sequence[Any]], Record]:
    """Return a function that makes the record of a row; it raises ``Unfit`` where the row is no paper."""
    ids = [(scheme, columns[scheme]) for scheme in _IDS if scheme in columns]
    texts = [(name, place) for name, place in columns.items() if name not in _IDS and name not in ("authors", "year")]
    authors_at, year_at = columns.get("authors"), columns.get("year")

    def read(row: Sequence[Any]) -> Record:
        fields: dict[str, Any] = {name: _text(row, place) for name, place in texts}
        return make_record(
            source=source,
            authors=() if authors_at is None else _authors(_cell(row, authors_at)),
            year=None if year_at is None else _cell(row, year_at),
            ids=[(scheme, _text(row, place)) for scheme, place in ids],
            **fields,
        )

    return read


def _cell(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else None


def _text(row: Sequence[Any], place: int) -> str:
    value = _cell(row, place)
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return "" if len(text) < 5 and text.strip().lower() in _NOTHING else text


def _authors(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        named = (each.get("name") or each.get("display_name") if isinstance(each, dict) else each for each in value)
        return [name for name in named if isinstance(name, str)]
    return people(value) if isinstance(value, str) and value.strip().lower() not in _NOTHING else []

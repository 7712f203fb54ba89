"""Works of OpenAlex: JSON lines of its snapshot, pages of its API, or a single work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import at, has_keys, list_at, records, text_at
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import arxiv_id
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain

name: Final = "OpenAlex works"
about: Final = "works of OpenAlex: JSON lines of the snapshot, pages of the API, single works"

_LISTS: Final = (("results",),)
_MARKS: Final = ("authorships", "publication_year", "abstract_inverted_index", "referenced_works", "primary_location")
_MOST_WORDS: Final = 20_000


def recognise(head: bytes) -> bool:
    """Return whether a file begins with a work of OpenAlex.

    >>> recognise(b'{"id": "https://openalex.org/W1", "title": "A", "authorships": []}')
    True
    """
    has = partial(has_keys, head, "id", under=_LISTS)
    return b"openalex.org/" in head and any(has(mark) for mark in _MARKS)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the works of a file; see :class:`kg.sources.formats.SourceFormat`."""
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(work: Mapping[str, Any], *, source: str) -> Record:
    if work.get("is_paratext") is True:
        raise Unfit("not a paper but a cover, a list of contents or the like")
    number = text_at(work, "id").rpartition("/")[2]
    date = text_at(work, "publication_date")
    ids = at(work, "ids")
    return make_record(
        source=source,
        key=number,
        title=plain(text_at(work, "title") or text_at(work, "display_name")),
        abstract=plain(_abstract(at(work, "abstract_inverted_index"))),
        year=at(work, "publication_year"),
        # OpenAlex fills up a date of which only the year is known
        date=date[:4] if date.endswith("-01-01") else date,
        authors=[
            text_at(author, "author", "display_name") or text_at(author, "raw_author_name")
            for author in list_at(work, "authorships")
        ],
        arxiv=_arxiv(work),
        doi=text_at(work, "doi") or text_at(ids, "doi"),
        venue=text_at(work, "primary_location", "source", "display_name")
        or text_at(work, "host_venue", "display_name"),
        url=text_at(work, "primary_location", "landing_page_url"),
        ids=[
            ("openalex", number),
            ("mag", text_at(ids, "mag")),
            ("pmid", text_at(ids, "pmid")),
            ("pmc", text_at(ids, "pmcid")),
        ],
        references=[("openalex", cited) for cited in list_at(work, "referenced_works") if isinstance(cited, str)],
    )


def _abstract(index: object) -> str:
    """Return the text of an inverted index: of each word, the places where it stands."""
    if not isinstance(index, dict):
        return ""
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    ]
    if len(placed) > _MOST_WORDS:
        raise Unfit(f"the abstract has more than {_MOST_WORDS:,} words")
    return " ".join(word for _, word in sorted(placed))


def _arxiv(work: Mapping[str, Any]) -> str | None:
    """Return the arXiv number that one of the places holds where the work can be read."""
    for place in (at(work, "primary_location"), *list_at(work, "locations")):
        for field in ("landing_page_url", "pdf_url"):
            address = text_at(place, field)
            if "arxiv" in address and (number := arxiv_id(address)):
                return number
    return None

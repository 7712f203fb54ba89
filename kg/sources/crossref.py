"""Works of Crossref: pages and single answers of its API, and the files of its public data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from kg.records import Record
from kg.sources._json_elements import has_keys, list_at, records, text_at
from kg.sources.dates import earliest
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain

name: Final = "Crossref works"
about: Final = "works of Crossref: pages and answers of the API, files of the public data, JSON lines"

_LISTS: Final = (("message", "items"), ("items",))
_OWN_KEYS: Final = ("reference-count", "references-count", "is-referenced-by-count", "content-domain", "member")
# The references inside a work have a DOI too
_MARKS: Final = ("type", "title", *_OWN_KEYS)
_DATES: Final = ("issued", "published", "published-online", "published-print", "posted")
# What Crossref registers beside papers: what holds them, and parts of them
_NO_PAPERS: Final = frozenset(
    """book-series book-set component grant journal journal-issue journal-volume peer-review proceedings
    proceedings-series report-series standard-series""".split()
)


def recognise(head: bytes) -> bool:
    """Return whether a file begins with a work of Crossref.

    >>> recognise(b'{"message": {"items": [{"DOI": "10.5555/x", "member": "1", "title": ["A"]}]}}')
    True
    """
    return any(has_keys(head, "DOI", key, under=_LISTS) for key in _OWN_KEYS)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the works of a file; see :class:`kg.sources.formats.SourceFormat`."""
    make = partial(_record, source=source)
    yield from records(stream, make, under=_LISTS, marks=_MARKS, skip=skip, options=options)


def _record(work: Mapping[str, Any], *, source: str) -> Record:
    kind = text_at(work, "type")
    if kind in _NO_PAPERS:
        raise Unfit(f"a {kind.replace('-', ' ')} is no paper")
    own_doi = text_at(work, "DOI")
    return make_record(
        source=source,
        key=own_doi.lower(),
        title=_title(work),
        abstract=plain(text_at(work, "abstract")),
        date=earliest(parts[0] for key in _DATES if (parts := list_at(work, key, "date-parts"))),
        authors=[_name(author) for author in list_at(work, "author")],
        arxiv=_preprint(work),
        doi=own_doi,
        venue=plain(_first(work, "container-title") or text_at(work, "event", "name")),
        url=text_at(work, "URL"),
        references=[("doi", text_at(cited, "DOI")) for cited in list_at(work, "reference")],
    )


def _title(work: Mapping[str, Any]) -> str:
    title, subtitle = plain(_first(work, "title")), plain(_first(work, "subtitle"))
    return title if not subtitle or subtitle.lower() in title.lower() else f"{title.rstrip(':')}: {subtitle}"


def _first(work: Mapping[str, Any], key: str) -> str:
    """Return the first of some texts; citation formats of Crossref have one text in place of a list."""
    return next((text for text in list_at(work, key) if isinstance(text, str)), "") or text_at(work, key)


def _name(author: object) -> str:
    given, family, suffix = (text_at(author, part) for part in ("given", "family", "suffix"))
    return plain(" ".join((given, family, suffix))) or plain(text_at(author, "name") or text_at(author, "literal"))


def _preprint(work: Mapping[str, Any]) -> str | None:
    """Return the arXiv number of the preprint of which the work is the published form."""
    for relation in ("has-preprint", "is-identical-to"):
        for other in list_at(work, "relation", relation):
            if text_at(other, "id-type").lower() == "arxiv":
                return text_at(other, "id")
    return None

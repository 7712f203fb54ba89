"""One JSON object to one record: every field checked, every identifier in its one spelling."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from kg.records import Record
from kg.sources.identifiers import SCHEMES, arxiv_id, doi, find_identifiers, identifier
from kg.sources.making import Unfit
from kg.sources.people import people
from kg.sources.text import MAX_ABSTRACT_CHARS, MAX_TITLE_CHARS, clean, shown
from kg.vocabulary import digest

_OTHER_IDS: Final = tuple(scheme for scheme in SCHEMES if scheme not in ("arxiv", "doi"))
_YEARS: Final = range(1000, 3000)
_DATE = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2})(?:[T ].*)?)?)?")
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
# What tables say in a cell that has no value
_NOTHING: Final = frozenset({"", "-", "n/a", "na", "nan", "none", "null", "unknown"})


def record_of(data: object, *, source: str) -> Record:
    """Return the record that a JSON object states; fields with other names than ours are passed over.

    Args:
        data: what ``json.loads`` made of the object.
        source: the name of the source.

    Raises:
        Unfit: the title is missing, or a field is of a wrong type or cannot be understood.
    """
    if not isinstance(data, Mapping):
        raise Unfit(f"{shown(data)} is not an object with a title")
    title = _text(data, "title", limit=MAX_TITLE_CHARS).strip()
    if "\n" in title or "\r" in title:
        title = _LINE_BREAK.sub(" ", title).strip()
    if not title:
        raise Unfit("the title is missing")
    abstract = _text(data, "abstract", limit=MAX_ABSTRACT_CHARS).strip()
    date, year = _date(data)
    url = _text(data, "url").strip() or None
    arxiv, doi_ = _arxiv_and_doi(data, url or "")
    authors = _authors(data.get("authors"))
    venue = _text(data, "venue").strip() or None
    ids = tuple((scheme, value) for scheme in _OTHER_IDS if scheme in data and (value := _other_id(data, scheme)))
    references = _references(data.get("references"))
    key = _identifier(data, "id")
    if not key:
        said: list[object] = [title, abstract, year, date, authors, arxiv, doi_, venue, url, ids]
        key = digest(json.dumps([*said, references] if references else said))
    return Record(
        source=source,
        key=key,
        title=title,
        abstract=abstract,
        year=year,
        date=date,
        authors=authors,
        arxiv=arxiv,
        doi=doi_,
        venue=venue,
        url=url,
        ids=ids,
        references=references,
    )


def _text(data: Mapping[str, Any], name: str, *, limit: int = MAX_TITLE_CHARS) -> str:
    if (value := data.get(name)) is None:
        return ""
    if not isinstance(value, str):
        raise Unfit(f"the field {name} is {shown(value)}, not a text")
    if len(value) > limit:
        raise Unfit(f"the field {name} is longer than {limit:,} characters")
    return value if value.isprintable() else clean(value)


def _identifier(data: Mapping[str, Any], name: str) -> str:
    """Return an identifier as text: a text, or a whole number."""
    if (value := data.get(name)) is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _text(data, name).strip()
    return "" if text.lower() in _NOTHING else text


def _date(data: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """Return the date (of month or day precision) and the year; the date gives the year where none stands."""
    date, year_of_date = None, None
    text = _text(data, "date").strip()
    if text.lower() not in _NOTHING:
        hit = _DATE.fullmatch(text)
        try:
            if hit is None:
                raise ValueError
            day = datetime.date(int(hit[1]), int(hit[2] or 1), int(hit[3] or 1))
        except ValueError:
            raise Unfit(f"the date {shown(text)} is not YYYY-MM-DD, YYYY-MM or YYYY") from None
        year_of_date = _year(day.year)
        date = day.isoformat() if hit[3] else day.isoformat()[:7] if hit[2] else None
    year = _year(data.get("year"))
    return date, year_of_date if year is None else year


def _year(value: object) -> int | None:
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return None
    number: object = value
    if isinstance(value, str):
        number = int(value) if re.fullmatch(r"\s*[0-9]{4}\s*", value) else None
    elif isinstance(value, float):  # tables make 2021.0 of 2021
        number = int(value) if value.is_integer() else None
    if isinstance(number, bool) or not isinstance(number, int) or number not in _YEARS:
        raise Unfit(f"the year {shown(value)} is not a number of four digits")
    return number


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(name for name in people(clean(value)) if name)
    if not isinstance(value, list):
        raise Unfit(f"the authors are {shown(value)}, not a list of names")
    names = []
    for author in value:
        name = author.get("name") if isinstance(author, dict) else author
        if not isinstance(name, str):
            raise Unfit(f"the author {shown(author)} is neither a name nor an object with a name")
        names.append(" ".join(clean(name).split()))
    return tuple(name for name in names if name)


def _arxiv_and_doi(data: Mapping[str, Any], url: str) -> tuple[str | None, str | None]:
    """Return both identifiers; a DOI that arXiv gave is the arXiv number, and an address may hold either."""
    arxiv = None
    for name in ("arxiv", "arxiv_id"):
        if name not in data:
            continue
        text = _text(data, name).strip()
        if text.lower() in _NOTHING:
            continue
        found = arxiv_id(text)
        if found is None:
            raise Unfit(f"the field {name} is {shown(text)}, not an arXiv number such as 1706.03762")
        arxiv = arxiv or found
    text = _text(data, "doi").strip()
    found_doi = None
    if text.lower() not in _NOTHING:
        found_doi = doi(text)
        if found_doi is None:
            raise Unfit(f"the field doi is {shown(text)}, not a DOI such as 10.1109/cvpr.2016.90")
    elif "doi.org/" in url:
        found_doi = doi(url)
    of_doi = arxiv_id(found_doi) if found_doi and found_doi.startswith("10.48550/") else None
    of_url = arxiv_id(url) if "org/" in url else None
    return arxiv or of_doi or of_url, None if of_doi else found_doi


def _references(value: object) -> tuple[tuple[str, str], ...]:
    """Return the papers that are cited: each an identifier as text, or an object of identifiers by scheme."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unfit(f"the references are {shown(value)}, not a list of identifiers")
    found: set[tuple[str, str]] = set()
    for cited in value:
        if isinstance(cited, str):
            found.update(find_identifiers(cited))
        elif isinstance(cited, dict):
            pairs = ((scheme, identifier(scheme, str(cited[scheme]))) for scheme in SCHEMES if cited.get(scheme))
            found.update((scheme, spelled) for scheme, spelled in pairs if spelled)
        else:
            raise Unfit(f"the reference {shown(cited)} is neither an identifier nor an object of identifiers")
    return tuple(sorted(found))


def _other_id(data: Mapping[str, Any], scheme: str) -> str:
    """Return an identifier of another scheme in its one spelling; of what is none, the last part of an address."""
    value = _identifier(data, scheme)
    if value and (spelled := identifier(scheme, value)):
        return spelled
    return value.rstrip("/").rpartition("/")[2] if value.startswith(("http://", "https://")) else value

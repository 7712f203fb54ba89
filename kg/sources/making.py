"""Raw fields to one record: cleaned, cut to size, and every identifier in its one spelling.

Every format ends here. Sources differ in what they know and in how well they keep it, so a field that cannot be
understood is left out; only a paper without a title is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.records import Claim, Record, Section
from kg.sources.dates import date_and_year
from kg.sources.identifiers import arxiv_id, doi, find_identifiers, identifier
from kg.sources.people import person
from kg.sources.text import MAX_ABSTRACT_CHARS, MAX_SECTION_CHARS, MAX_TITLE_CHARS, clean, one_line
from kg.vocabulary import digest

Identifiers = Iterable[tuple[str, str | None]]

_OF_ARXIV: Final = "10.48550/"
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"{}|\\^`]+")


class Unfit(ValueError):
    """A source states something that is no paper; the message says why."""


def make_record(
    *,
    source: str,
    title: str | None,
    key: object = "",
    abstract: str | None = "",
    year: object = None,
    date: object = None,
    authors: Iterable[str] = (),
    arxiv: str | None = None,
    doi: str | None = None,
    venue: str | None = None,
    url: str | None = None,
    ids: Identifiers = (),
    references: Identifiers = (),
    sections: Sequence[Section] = (),
    claims: Iterable[Claim] = (),
    untitled: bool = False,
) -> Record:
    """Return the record that the raw fields of a source make.

    Args:
        source: the name of the source.
        title: as the source has it; runs of white space become one space.
        key: the paper's own key in the source; else a digest of what is said is made.
        abstract: as the title.
        year: a number or a text; what is no year is left out.
        date: a text in one of the usual ways, or year, month and day; what is no date is left out.
        authors: names; "Family, Given" becomes "Given Family".
        arxiv, doi: in any spelling, or nonsense, which is left out. A DOI that arXiv gave is the arXiv number.
        url: an address; one of arXiv or of DOIs gives the identifier too.
        ids, references: pairs of scheme and identifier in any spelling; nonsense is left out.
        sections: of the full text, in their order.
        claims: what the source states beside the text.
        untitled: whether the title may be missing, since another file of the source has it: such a record says
            something of a paper that another one with the same identifier makes.

    Raises:
        Unfit: there is no title, or title or abstract is far too long.

    >>> record = make_record(source="a", title=" Deep\\n Sets ", doi="10.48550/arXiv.1703.06114", authors=["Roe, Max"])
    >>> record.title, record.arxiv, record.doi, record.authors
    ('Deep Sets', '1703.06114', None, ('Max Roe',))
    """
    title = one_line(title or "")
    if not title and not untitled:
        raise Unfit("the title is missing")
    if len(title) > MAX_TITLE_CHARS:
        raise Unfit(f"the title is longer than {MAX_TITLE_CHARS:,} characters")
    abstract = one_line(abstract or "")
    if len(abstract) > MAX_ABSTRACT_CHARS:
        raise Unfit(f"the abstract is longer than {MAX_ABSTRACT_CHARS:,} characters")
    day, of_year = date_and_year(date, year)
    address = _address(url)
    arxiv_number, found_doi, others = _identities(arxiv, doi, address or "", ids)
    names = tuple([name for author in authors if (name := person(author))])
    where = one_line(venue or "")[:MAX_TITLE_CHARS] or None
    own_key = one_line(str(key)) if key is not None else ""
    if not own_key:
        said = [title, abstract, of_year, day, names, arxiv_number, found_doi, where, address, others]
        own_key = digest(json.dumps(said))
    return Record(
        source=source,
        key=own_key,
        title=title,
        abstract=abstract,
        year=of_year,
        date=day,
        authors=names,
        arxiv=arxiv_number,
        doi=found_doi,
        venue=where,
        url=address,
        ids=others,
        references=tuple(sorted(set(_spelled(references)))) if references else (),
        sections=tuple(map(_section, sections)) if sections else (),
        claims=tuple(sorted(set(claims), key=repr)) if claims else (),
    )


def _identities(
    arxiv: str | None, stated_doi: str | None, url: str, ids: Identifiers
) -> tuple[str | None, str | None, tuple[tuple[str, str], ...]]:
    """Return the arXiv number, the DOI and the other identifiers, of each scheme one."""
    number = arxiv_id(arxiv) if arxiv else None
    found = doi(stated_doi) if stated_doi else None
    others: dict[str, str] = {}
    for scheme, value in sorted(set(_spelled(ids))) if ids else ():
        others.setdefault(scheme, value)
    if url:
        for scheme, value in find_identifiers(url):
            others.setdefault(scheme, value)
    found = found or others.pop("doi", None)
    others.pop("doi", None)
    if found is not None and found.startswith(_OF_ARXIV):
        number, found = number or arxiv_id(found), None
    number = number or others.pop("arxiv", None)
    others.pop("arxiv", None)
    return number, found, tuple(sorted(others.items())) if others else ()


def _spelled(pairs: Identifiers) -> Iterable[tuple[str, str]]:
    for scheme, text in pairs:
        value = identifier(scheme, str(text)) if text else None
        if value is None:
            continue
        number = arxiv_id(value) if scheme == "doi" and value.startswith(_OF_ARXIV) else None
        yield (scheme, value) if number is None else ("arxiv", number)


def _address(url: str | None) -> str | None:
    text = (url or "").strip()
    return clean(text) if len(text) <= MAX_TITLE_CHARS and _ADDRESS.fullmatch(text) else None


def _section(section: Section) -> Section:
    text = "\n".join(line for part in section.text.split("\n") if (line := one_line(part)))
    return Section(one_line(section.heading)[:MAX_TITLE_CHARS], section.role, text[:MAX_SECTION_CHARS])

"""What a web page states of papers for machines: JSON-LD, and the tags that search engines for papers read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kg.sources.identifiers import find_identifiers
from kg.sources.markup import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

Fields = dict[str, Any]
"""What :func:`kg.sources.making.make_record` takes, but for the source."""

_ARTICLES: Final = frozenset({"ScholarlyArticle", "MedicalScholarlyArticle", "Thesis", "Report"})
_MOST_OBJECTS: Final = 2_000_000
_LONGEST_SCRIPT_CHARS: Final = 16 * 1024 * 1024


def by_json_ld(page: _Element) -> Iterator[Fields]:
    """Yield the scholarly articles that the page describes by schema.org in JSON-LD."""
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > _LONGEST_SCRIPT_CHARS:
            continue
        try:
            stated = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _objects(stated):
            kinds = thing.get("@type")
            if _ARTICLES.intersection(kinds if isinstance(kinds, list) and all(map(_is_text, kinds)) else [str(kinds)]):
                yield _of_article(thing)


def by_citation_tags(page: _Element) -> Iterator[Fields]:
    """Yield the paper whose page this is, by its ``citation_`` tags."""
    stated: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        name, content = (tag.get("name") or tag.get("property") or "").lower(), (tag.get("content") or "").strip()
        if content:
            stated.setdefault(name, []).append(content)
    if "citation_title" not in stated:
        return

    def one(*names: str) -> str:
        return next((stated[name][0] for name in names if name in stated), "")

    abstract = one("citation_abstract", "dc.description", "dcterms.abstract") or _abstract_on(page)
    address = one("citation_abstract_html_url", "citation_public_url", "og:url", "citation_pdf_url")
    yield {
        "title": plain(one("citation_title")),
        "abstract": plain(abstract or one("og:description", "description")),
        "date": one("citation_publication_date", "citation_online_date", "citation_date", "citation_year"),
        "authors": stated.get("citation_author") or [part.strip() for part in one("citation_authors").split(";")],
        "arxiv": one("citation_arxiv_id"),
        "doi": one("citation_doi"),
        "venue": one("citation_journal_title", "citation_conference_title", "citation_inbook_title"),
        "ids": [("pmid", one("citation_pmid")), *find_identifiers(address)],
        "references": [pair for text in stated.get("citation_reference", []) for pair in _cited(text)],
        "url": address,
    }


STATED: Final[tuple[Callable[[_Element], Iterator[Fields]], ...]] = (by_json_ld, by_citation_tags)
"""The ways of reading a page that leave nothing to guess, the surest first."""


def _objects(stated: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a JSON value, the outer ones first; those that are cited are no papers of the page."""
    waiting = [stated]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += reversed([inner for key, inner in value.items() if key not in ("citation", "isPartOf")])


def _of_article(thing: Mapping[str, Any]) -> Fields:
    return {
        "title": plain(_first(thing, "headline", "name")),
        "abstract": plain(_first(thing, "abstract", "description")),
        "date": _first(thing, "datePublished", "dateCreated"),
        "authors": _texts(thing.get("author") or thing.get("creator")),
        "venue": _first(thing, "isPartOf", "publisher"),
        "ids": _ids(thing),
        "references": [pair for cited in _listed(thing.get("citation")) for pair in _ids(cited)],
        "url": _first(thing, "url", "@id"),
    }


def _first(thing: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys for text in _texts(thing.get(key))), "")


def _ids(thing: Any) -> list[tuple[str, str]]:
    """Return the identifiers of a thing, or those in a text that cites one."""
    stated = [thing]
    if isinstance(thing, dict):
        stated = [part for key in ("@id", "url", "sameAs", "identifier") for part in _listed(thing.get(key))]
    return [pair for part in stated for text in _texts(part, keys=("value", "@value", "@id")) for pair in
            find_identifiers(text)]  # fmt: skip


def _texts(value: Any, *, keys: Sequence[str] = ("name", "@value", "value", "@id")) -> list[str]:
    """Return the texts that a value of JSON-LD is: a text, an object with one under some key, or several."""
    found = []
    for part in _listed(value):
        text = next((part[key] for key in keys if key in part), None) if isinstance(part, dict) else part
        if isinstance(text, str) and text.strip():
            found.append(text.strip())
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _cited(text: str) -> Iterable[tuple[str, str]]:
    """Yield the identifiers in a reference such as ``citation_title=...; citation_doi=10.5555/x``."""
    for part in text.split(";"):
        _, _, value = part.partition("=")
        yield from find_identifiers(value or part)


def _abstract_on(page: _Element) -> str:
    """Return the abstract that stands on the page of a paper, marked as one."""
    for tag in page.iter("blockquote", "div", "section", "p"):
        marks = f"{tag.get('class') or ''} {tag.get('id') or ''}".lower().split()
        if any(mark in ("abstract", "abstract-content", "abstract-text", "abstractsection") for mark in marks):
            text = " ".join(" ".join(tag.itertext()).split())
            return text[len("Abstract") :].lstrip(" :.") if text.lower().startswith("abstract") else text
    return ""

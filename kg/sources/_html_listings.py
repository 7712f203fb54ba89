"""Listings of papers on web pages: those of arXiv, those of the ACL Anthology, and any with headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from kg.sources._furniture import is_furniture
from kg.sources._html_stated import Fields
from kg.sources.identifiers import arxiv_id, find_identifiers
from kg.sources.latex import unlatex
from kg.sources.sections import without_number
from kg.sources.text import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_CONTENT: Final = frozenset({"script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button"})
_BLOCKS: Final = frozenset(
    "article aside blockquote body dd div dl dt header li main ol p section table tbody td tr ul".split()
)
_LONGEST_TITLE_CHARS: Final = 300
_FEWEST_ABSTRACT_CHARS: Final = 120
_ARXIV_LINK = re.compile(r"/abs/([a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?$")
_SUBMITTED = re.compile(r"(?:originally announced|submitted)\s+([0-9]{1,2}\s+)?([A-Z][a-z]+)?,?\s*([0-9]{4})", re.I)
_SHOW_LESS = re.compile(r"\s*(?:△|▽)?\s*(?:less|more)\s*$", re.IGNORECASE)
_PAPER_PATH = re.compile(r"/(?:papers?|abs|pdf)/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?/?$")
_ABSTRACT_NAMES: Final = frozenset({"abstract", "summary", "tl;dr"})
# Below these stands no abstract, and they are no titles
_SECTION_NAMES: Final = frozenset(
    """acknowledgements acknowledgments appendix approach background citation comments conclusion conclusions discussion
    evaluation experiments introduction keywords limitations method methodology methods overview preliminaries
    references results""".split()
) | {"related papers", "related work", "future work"}


def by_arxiv_listing(page: _Element) -> Iterator[Fields]:
    """Yield the papers of a listing of arXiv ("new", "recent", a month): ``dt`` has the number, ``dd`` the rest."""
    for term in page.iter("dt"):
        number = _arxiv_number(term)
        said = term.getnext()
        if number is None or said is None or said.tag != "dd":
            continue
        title = _text(_marked(said, "list-title")).removeprefix("Title:")
        yield {
            "key": number,
            "title": unlatex(title, source=False),
            "abstract": unlatex(_text(_marked(said, "mathjax", tag="p")), source=False),
            "authors": _names(_marked(said, "list-authors")),
            "venue": _text(_marked(said, "list-journal-ref")).removeprefix("Journal-ref:"),
            "arxiv": number,
        }


def by_arxiv_search(page: _Element) -> Iterator[Fields]:
    """Yield what arXiv's search found."""
    for found in _all_marked(page, "arxiv-result", tag="li"):
        number = _arxiv_number(found)
        abstract = _marked(found, "abstract-full", tag="span")
        abstract = _marked(found, "abstract", tag="p") if abstract is None else abstract
        submitted = _SUBMITTED.search(_text(found))
        yield {
            "key": number,
            "title": unlatex(_text(_marked(found, "title", tag="p")), source=False),
            "abstract": unlatex(_SHOW_LESS.sub("", _text(abstract)).removeprefix("Abstract:"), source=False),
            "date": "".join(part or "" for part in (submitted[1], f"{submitted[2] or ''} ", submitted[3]))
            if submitted
            else None,
            "authors": _names(_marked(found, "authors", tag="p")),
            "arxiv": number,
        }


def by_anthology(page: _Element) -> Iterator[Fields]:
    """Yield the papers of a volume or an event of the ACL Anthology."""
    entries = [tag for tag in page.iter("p") if _has_mark(tag, "d-sm-flex")]
    for entry in entries:
        link = next((a for strong in entry.iter("strong") for a in strong.iter("a")), None)
        if link is None:
            continue
        behind = entry.getnext()
        address = _absolute(link.get("href") or "", "https://aclanthology.org")
        yield {
            "title": _text(link),
            "abstract": _text(behind) if behind is not None and _has_mark(behind, "abstract-collapse") else "",
            "authors": [_text(a) for a in entry.iter("a") if "/people/" in (a.get("href") or "")],
            "ids": find_identifiers(address),
            "url": address,
        }


def by_headings(page: _Element) -> Iterator[Fields]:
    """Yield each heading that has an abstract below it, before the next heading.

    The abstract is the first block that is long enough to be one; a heading "Abstract" between the two is
    passed over.
    """
    title: Fields | None = None
    for heading, text in _blocks(page):
        if heading is not None:
            bare = without_number(text).lower()
            if bare in _SECTION_NAMES:
                title = None
            elif 0 < len(text) <= _LONGEST_TITLE_CHARS and bare not in _ABSTRACT_NAMES and not is_furniture(text):
                title = _titled(heading, text)
        elif title is not None and len(text) >= _FEWEST_ABSTRACT_CHARS and not is_furniture(text):
            yield {**title, "abstract": text}
            title = None


LISTINGS: Final[tuple[Callable[[_Element], Iterator[Fields]], ...]] = (
    by_arxiv_listing,
    by_arxiv_search,
    by_anthology,
    by_headings,
)
"""The ways of reading a listing, the surest first."""


def _blocks(page: _Element) -> Iterator[tuple[_Element | None, str]]:
    """Yield the texts of a page block by block; headings with their element."""
    text: list[str] = []
    # Elements, to be opened; None where a block ends
    stack: list[_Element | str | None] = [page]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            text.append(part)
        elif part is None:
            if said := one_line("".join(text)):
                yield None, said
            text = []
        elif not isinstance(part.tag, str) or part.tag in _NO_CONTENT:
            continue
        elif part.tag in _HEADINGS:
            if said := one_line("".join(text)):
                yield None, said
            text = []
            yield part, _text(part)
        else:
            ends: list[_Element | str | None] = [None] if part.tag in _BLOCKS else [" "] if part.tag == "br" else []
            inner: list[_Element | str | None] = [*ends, part.text or ""]
            for child in part:
                inner += [child, child.tail or ""]
            stack += reversed([*inner, *ends])


def _titled(heading: _Element, text: str) -> Fields:
    """Return what a heading states: the title, and the paper's address where it is a link."""
    inner = next((a for a in heading.iter("a") if a.get("href")), None)
    around = next((a for a in heading.iterancestors("a")), None)
    link = inner if inner is not None else around
    address = "" if link is None else (link.get("href") or "").strip()
    number = _PAPER_PATH.search(address.partition("?")[0])
    return {
        "title": text,
        "ids": find_identifiers(address),
        "arxiv": number[1] if number else None,
        "url": address,
    }


def _arxiv_number(element: _Element) -> str | None:
    for link in element.iter("a"):
        if hit := _ARXIV_LINK.search((link.get("href") or "").strip()):
            return arxiv_id(hit[1])
    return None


def _names(element: _Element | None) -> list[str]:
    return [] if element is None else [_text(link) for link in element.iter("a")]


def _marked(element: _Element, mark: str, *, tag: str | None = None) -> _Element | None:
    return next(_all_marked(element, mark, tag=tag), None)


def _all_marked(element: _Element, mark: str, *, tag: str | None = None) -> Iterator[_Element]:
    return (part for part in element.iter(tag or "*") if _has_mark(part, mark))


def _has_mark(element: _Element, mark: str) -> bool:
    return mark in (element.get("class") or "").split()


def _text(element: _Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _absolute(address: str, house: str) -> str:
    return house + address if address.startswith("/") else address

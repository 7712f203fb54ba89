"""JATS, the XML of journals: PubMed Central, publishers, preprint servers; front matter, references, sections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record, Section
from kg.sources._xml import made, xml_records
from kg.sources._xml_text import flat, paragraphs
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_names, xml_root
from kg.sources.making import make_record
from kg.sources.sections import role_of, without_number

name: Final = "JATS"
about: Final = "JATS articles of PubMed Central, publishers and preprint servers"

_SETS: Final = frozenset({"pmc-articleset", "articles", "article-set"})
_SCHEMES: Final = {"doi": "doi", "pmid": "pmid", "pmc": "pmc", "pmcid": "pmc", "arxiv": "arxiv"}
_ROLES: Final = {"intro": "introduction", "methods": "method", "results": "experiments"}
_NO_TEXT: Final = frozenset(
    "back caption disp-quote fig fig-group fn fn-group ref-list supplementary-material table-wrap".split()
)
# The day on which a paper first came out, the surest kind of date first
_DATES: Final = ("epub", "pub", "ppub", "preprint", "collection", "")


def recognise(head: bytes) -> bool:
    """Return whether a file is JATS.

    >>> recognise(b"<article><front><article-meta>"), recognise(b"<article><h2>A page</h2>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    names = xml_names(head)
    return (root == "article" or root in _SETS) and ("article-meta" in names or {"front", "article"} <= names)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a JATS file; see :class:`kg.sources.formats.SourceFormat`."""
    articles = xml_records(stream, tags=("article",), skip=skip, options=options)
    return made(articles, partial(record_of, source=source, options=options), skip=skip)


def record_of(article: Element, *, source: str, options: ReadOptions) -> Record:
    """Return the record of one article.

    Raises:
        Unfit: it has no title.
    """
    meta = article.find("front/article-meta")
    meta = Element("article-meta") if meta is None else meta
    ids = _ids(meta.findall("article-id"), kind="pub-id-type")
    titles = [flat(meta.find(f"title-group/{tag}")).strip() for tag in ("article-title", "subtitle")]
    return make_record(
        source=source,
        key=next((value for _, value in ids), ""),
        title=": ".join(title for title in titles if title),
        abstract=_abstract(meta),
        date=_date(meta),
        authors=[_name(person) for person in meta.findall("contrib-group/contrib") if _is_author(person)],
        venue=flat(article.find("front/journal-meta//journal-title")),
        ids=ids,
        references=_ids(article.findall("back//ref-list//pub-id"), kind="pub-id-type"),
        sections=[_section(part) for part in article.findall("body/sec")] if options.sections else (),
    )


def _ids(stated: list[Element], *, kind: str) -> list[tuple[str, str]]:
    found = []
    for part in stated:
        scheme, text = _SCHEMES.get(part.get(kind, "")), flat(part).strip()
        if scheme and text:
            found.append((scheme, f"PMC{text}" if scheme == "pmc" and text.isdecimal() else text))
    return found


def _is_author(person: Element) -> bool:
    return person.get("contrib-type", "author") == "author"


def _name(person: Element) -> str:
    full = person.find("name")
    full = person.find("name-alternatives/name") if full is None else full
    if full is not None:
        parts = (flat(full.find(tag)).strip() for tag in ("given-names", "surname", "suffix"))
        return " ".join(part for part in parts if part)
    return flat(person.find("string-name")) or flat(person.find("collab"))


def _abstract(meta: Element) -> str:
    """Return the abstract: the main one, not that of a picture or for another public; its labels stay."""
    abstracts = meta.findall("abstract")
    main = [part for part in abstracts if part.get("abstract-type") in (None, "", "abstract")]
    for abstract in main or abstracts[:1]:
        said = [_labelled(part) for part in abstract if part.tag != "title"]
        return " ".join(text for text in said if text) or flat(abstract)
    return ""


def _labelled(part: Element) -> str:
    if part.tag != "sec":
        return flat(part).strip()
    label = flat(part.find("title")).strip().rstrip(":.")
    text = " ".join(inner for child in part if child.tag != "title" if (inner := _labelled_or_text(child)))
    return f"{label}: {text}" if label and text else text


def _labelled_or_text(child: Element) -> str:
    """Return the text of a part of a section; sections within sections are read without labels."""
    return " ".join(paragraphs(child, without=())) or flat(child).strip()


def _date(meta: Element) -> str | None:
    dates = {part.get("date-type") or part.get("pub-type") or "": part for part in reversed(meta.findall("pub-date"))}
    chosen = next((dates[kind] for kind in _DATES if kind in dates), next(iter(dates.values()), None))
    if chosen is None:
        return None
    parts = [part.strip() for tag in ("year", "month", "day") if (part := chosen.findtext(tag))]
    if len(parts) > 1 and not parts[1].isdecimal():
        return " ".join(parts)
    return "-".join(parts) or chosen.get("iso-8601-date")


def _section(part: Element) -> Section:
    heading = flat(part.find("title")).strip()
    role = _ROLES.get(part.get("sec-type", "").partition("|")[0]) or role_of(heading)
    return Section(without_number(heading), role, "\n".join(paragraphs(part, without=_NO_TEXT)))

"""Files to records: each file read by the format that its content shows, never its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, cast

from kg.records import Record
from kg.sources import (
    acl_xml,
    arxiv_atom,
    arxiv_snapshot,
    bibtex,
    crossref,
    csl_json,
    csv_tables,
    datacite,
    dblp,
    endnote_xml,
    html_pages,
    jats,
    json_papers,
    listing,
    markdown,
    oai,
    openalex,
    openreview,
    papers_with_code,
    parquet,
    pdf,
    plain_text,
    pubmed,
    ris,
    rss,
    semantic_scholar,
    tei,
    zotero_csv,
)
from kg.sources._source import Skip, Source, lacking_module, source_name
from kg.sources.formats import DEFAULTS, ReadOptions, SourceFormat
from kg.sources.plugins import plugin_formats

__all__ = ["FORMATS", "Skip", "known_formats", "lacking_module", "read_sources", "source_name"]

# Each says yes to its own files only; XML, then JSON, then tables and text.
_XML: Final = (arxiv_atom, oai, rss, endnote_xml, dblp, acl_xml, pubmed, jats, tei, html_pages, pdf)
_JSON: Final = (arxiv_snapshot, openalex, semantic_scholar, papers_with_code, crossref, datacite, openreview, csl_json)
_NARROW: Final = (*_XML, *_JSON, bibtex, ris, zotero_csv, parquet, csv_tables)
# These take what no other format knows as its own: JSON with a title, then text, the listing page last.
_WIDE: Final = (json_papers, markdown, plain_text, listing)
FORMATS: Final[tuple[SourceFormat, ...]] = cast("tuple[SourceFormat, ...]", (*_NARROW, *_WIDE))
"""Our formats, in the order in which they are asked."""


def known_formats() -> tuple[SourceFormat, ...]:
    """Return all formats in the order in which they are asked; those of plug-ins stand before our wide ones.

    Raises:
        BrokenPlugin: a plug-in cannot be loaded.
    """
    narrow = len(_NARROW)
    return (*FORMATS[:narrow], *plugin_formats(), *FORMATS[narrow:])


def read_sources(
    paths: Iterable[str | Path],
    *,
    strict: bool = False,
    on_skip: Callable[[Skip], None] | None = None,
    options: ReadOptions = DEFAULTS,
) -> Iterator[Record]:
    """Yield what the files say of papers, file after file, in their order.

    A path may also name a packed file, an archive, a folder (walked in sorted order; hidden files are passed
    over), or be ``-`` for standard input. One that yields at least one paper is read, and what it skips is told
    to ``on_skip``. What is wrong with a file as a whole may show at its end only: whoever writes, writes after
    the last record.

    Args:
        paths: the files; their format is recognised by content.
        strict: make the first skip an error.
        on_skip: called for each place that is left out.
        options: how to read.

    Raises:
        InputError: a file cannot be read or yields no paper, a limit is reached, or ``strict`` met a skip.
        BrokenPlugin: a plug-in cannot be loaded.
    """
    formats, plugins = known_formats(), plugin_formats()
    if options.columns:
        narrow = len(formats) - len(_WIDE)
        formats = (*formats[:narrow], csv_tables.MAPPED, *formats[narrow:])
    for path in paths:
        source = Source(str(path), formats, plugins=plugins, strict=strict, on_skip=on_skip, options=options)
        yield from source.records()

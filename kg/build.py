"""Read, extract, resolve, store: the one place that puts the stages together."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.errors import UnknownName
from kg.names import fold
from kg.records import Extraction, Paper, Record

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import Graph
    from kg.sources import Skip
    from kg.store.folder import Writer

DEFAULT_STORE = "graph.kg"
# Fewer new papers are read sooner than a pool of processes has started.
_POOL_PAYS = 400

Source = str | Path
Progress = Callable[[str, int, int | None], None]
"""Called with the name of a stage, how much of it is done, and how much there is where that is known."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """How the papers of a store are read and shown; see :func:`build`."""

    abstracts: bool
    workers: int
    model: Source | None
    tell: Progress


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build or a removal did.

    Attributes:
        records: how many records were read from the sources.
        changed_records: how many of them are new or say something else than before (or were removed).
        papers: how many distinct papers the store holds now.
        extracted: how many papers were read anew; the others' extractions were at hand.
        skipped: lines of the sources that were left out.
        added, removed: triples that came and went.
        changed: whether the published graph is another one now.
    """

    records: int
    changed_records: int
    papers: int
    extracted: int
    skipped: tuple[Skip, ...]
    added: int
    removed: int
    changed: bool


def build(
    *sources: Source,
    store: Source = DEFAULT_STORE,
    strict: bool = False,
    abstracts: bool = True,
    workers: int | None = None,
    model: Source | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Add the papers of some files to a store, made where there is none, and open its graph.

    Args:
        sources: files with papers, each in any format that is read.
        store: the store's folder.
        strict: whether a skipped line is an error.
        abstracts: whether the graph shows the papers' abstracts.
        workers: how many processes read papers; by default one a core. The graph is the same with any number.
        model: a folder of models that `kg train` made, in place of the shipped ones; all papers of the store are
            read with it.
        progress: is told how far each stage is.

    Returns:
        The open graph: all papers of the store, not only the new ones.

    Raises:
        InputError: a source cannot be read or yields no paper; the store is then as it was.
        StoreError: the folder is no store, or another process writes to it.
    """
    add_papers(
        sources, store=store, strict=strict, abstracts=abstracts, workers=workers, model=model, progress=progress
    )
    return open_graph(store)


def add_papers(
    sources: Sequence[Source],
    *,
    store: Source = DEFAULT_STORE,
    strict: bool = False,
    abstracts: bool = True,
    workers: int | None = None,
    model: Source | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Add the papers of some files to a store and publish the graph of all; as :func:`build`, with a report."""
    from kg.store.folder import StoreFolder

    tell = progress or _silent
    records, skipped = read_records(sources, strict=strict, progress=tell)
    with StoreFolder.create_or_open(store).writer() as writer:
        changed = writer.add(records)
        left_out = Counter(Path(skip.path).name for skip in skipped)
        writer.note_skipped({Path(source).name: left_out[Path(source).name] for source in sources})
        settings = _Settings(abstracts, workers or os.cpu_count() or 1, model, tell)
        return _publish(writer, len(records), changed, skipped, settings)


def remove_papers(
    names: Sequence[str],
    *,
    store: Source = DEFAULT_STORE,
    abstracts: bool = True,
    workers: int | None = None,
    model: Source | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Remove papers from a store, by title, key or IRI, with all that only they say; else as :func:`build`.

    Raises:
        UnknownName: a name is no paper's; nothing is removed then.
        StoreError: the folder is no store, or another process writes to it.
    """
    from kg.sources import join_with_records
    from kg.store.folder import StoreFolder

    with StoreFolder.open(store).writer() as writer:
        joined = join_with_records(writer.records())
        gone = {_paper_named(name, [paper for paper, _ in joined]).key for name in names}
        changed = writer.remove(record for paper, records in joined if paper.key in gone for record in records)
        settings = _Settings(abstracts, workers or os.cpu_count() or 1, model, progress or _silent)
        return _publish(writer, 0, changed, (), settings)


def read_records(
    sources: Sequence[Source], *, strict: bool = False, progress: Progress | None = None
) -> tuple[list[Record], tuple[Skip, ...]]:
    """Return the records of all sources, and the lines that were skipped.

    Raises:
        InputError: a source cannot be read or yields no paper, or a line was skipped and ``strict`` is set.
    """
    from kg.sources import read_sources

    tell = progress or _silent
    skipped: list[Skip] = []
    records: list[Record] = []
    for record in read_sources(sources, strict=strict, on_skip=skipped.append):
        records.append(record)
        tell("reading", len(records), None)
    return records, tuple(skipped)


def extract(
    *sources: Source,
    strict: bool = False,
    model: Source | None = None,
    progress: Progress | None = None,
    on_skip: Callable[[Skip], None] | None = None,
) -> Iterator[Extraction]:
    """Yield what the papers of some files say, one extraction a paper, sorted by the paper's key.

    Raises:
        InputError: a source cannot be read or yields no paper.
    """
    from kg.extraction import Extractor
    from kg.sources import join

    tell = progress or _silent
    records, skipped = read_records(sources, strict=strict, progress=tell)
    if on_skip is not None:
        for skip in skipped:
            on_skip(skip)
    papers = join(records)
    extractor = Extractor(model=model)
    for done, paper in enumerate(papers, start=1):
        yield extractor.extract(paper)
        tell("extracting", done, len(papers))


def open_graph(store: Source = DEFAULT_STORE) -> Graph:
    """Open the published graph of a store for reading; a build at the same time does not disturb it.

    An address (``https://...``) opens a remote SPARQL endpoint; the network is used for nothing else.

    Raises:
        StoreError: the folder is no store, or holds no graph yet; the endpoint cannot be reached.
    """
    from kg.graph import Graph
    from kg.store.folder import StoreFolder

    if isinstance(store, str) and store.startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore

        # It answers what the reading side asks of a store, and nothing else.
        return Graph(cast("Store", RemoteStore(store)))
    path = Path(store)
    snapshot = StoreFolder.open(path).reader()
    return Graph(snapshot.store, path=path, snapshot=snapshot)


def _publish(
    writer: Writer,
    records: int,
    changed: int,
    skipped: tuple[Skip, ...],
    settings: _Settings,
) -> BuildReport:
    from kg.lexicon import load
    from kg.resolution import resolve
    from kg.sources import join
    from kg.store.triples import triples

    papers = join(writer.records())
    extractions, extracted = _extractions(writer, papers, settings)
    tell = settings.tell
    tell("resolving", 0, None)
    resolution = resolve(papers, extractions, load())
    tell("writing", 0, None)
    change = writer.publish(triples(resolution, abstracts=settings.abstracts), resolution.merges)
    tell("done", len(papers), len(papers))
    return BuildReport(
        records=records,
        changed_records=changed,
        papers=len(papers),
        extracted=extracted,
        skipped=skipped,
        added=change.added,
        removed=change.removed,
        changed=change.changed,
    )


def _extractions(writer: Writer, papers: Sequence[Paper], settings: _Settings) -> tuple[Mapping[str, Extraction], int]:
    """Return the extractions of papers by key, from the cache where they are at hand, and how many were not."""
    from kg.engines import extract_on_pool
    from kg.extraction import Extractor

    extractor = Extractor(model=settings.model)
    digests = {paper.key: extractor.digest(paper) for paper in papers}
    found = {paper.key: at_hand for paper in papers if (at_hand := writer.cached(digests[paper.key])) is not None}
    new = [paper for paper in papers if paper.key not in found]
    settings.tell("extracting", len(found), len(papers))
    if settings.workers > 1 and len(new) >= _POOL_PAYS:
        fresh = extract_on_pool(new, workers=settings.workers, model=settings.model)
    else:
        fresh = extractor.extract_all(new)
    for extraction in fresh:
        writer.cache(digests[extraction.id], extraction)
        found[extraction.id] = extraction
        settings.tell("extracting", len(found), len(papers))
    return found, len(new)


def _paper_named(name: str, papers: Iterable[Paper]) -> Paper:
    """Return the paper with a key, an IRI, an arXiv number, a DOI or a title."""
    key = name.rsplit("/paper/", 1)[-1]
    folded = fold(name)
    found = [p for p in papers if key == p.key or name in {p.arxiv, p.doi} or fold(p.title) == folded]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(name, [paper.key for paper in found])
    from rapidfuzz import process

    titles = [paper.title for paper in papers]
    raise UnknownName(name, [title for title, *_ in process.extract(name, titles, limit=3)])


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""

"""Read, extract, resolve, store: the one place that puts the stages together."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.errors import UnknownName
from kg.names import fold
from kg.records import Extraction, Paper, Record

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import Graph
    from kg.graph.differences import Change
    from kg.graph.table import Table
    from kg.sources import ReadOptions, Skip
    from kg.store.folder import Writer

DEFAULT_STORE = "graph.kg"
# What shapes a graph beside the reading of papers: where it changes, all that was worked out is worked out anew.
_ROOMS = ("_stages", "resolution", "sources", "store")

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
        changed_records: how many of them are new; where records were replaced or removed, how many came or went.
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
    replace: bool = False,
    strict: bool = False,
    abstracts: bool = True,
    workers: int | None = None,
    model: Source | None = None,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Add the papers of some files to a store, made where there is none, and open its graph.

    Args:
        sources: files with papers, each in any format that is read.
        store: the store's folder.
        replace: whether the files say all that sources of their names say: what those said before and say no more
            is removed. Else what the files say is added to what is there.
        strict: whether a skipped line is an error.
        abstracts: whether the graph shows the papers' abstracts.
        workers: how many processes read papers; by default one a core. The graph is the same with any number.
        model: a folder of models that `kg train` made, in place of the shipped ones; all papers of the store are
            read with it.
        options: how the files are read: limits, columns of tables, sections of full texts.
        progress: is told how far each stage is.

    Returns:
        The open graph: all papers of the store, not only the new ones.

    Raises:
        InputError: a source cannot be read or yields no paper; the store is then as it was.
        StoreError: the folder is no store, or another process writes to it.
    """
    add_papers(
        sources,
        store=store,
        replace=replace,
        strict=strict,
        abstracts=abstracts,
        workers=workers,
        model=model,
        options=options,
        progress=progress,
    )
    return open_graph(store)


def add_papers(
    sources: Sequence[Source],
    *,
    store: Source = DEFAULT_STORE,
    replace: bool = False,
    strict: bool = False,
    abstracts: bool = True,
    workers: int | None = None,
    model: Source | None = None,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Add the papers of some files to a store and publish the graph of all; as :func:`build`, with a report."""
    from kg._stages.spooling import Spool
    from kg.sources import source_name
    from kg.store.folder import StoreFolder

    tell = progress or _silent
    skipped: list[Skip] = []
    reading = _read(sources, strict=strict, options=options, tell=tell, on_skip=skipped.append)
    with Spool(reading) as records, StoreFolder.create_or_open(store).writer() as writer:
        names = list(map(source_name, sources))
        changed = writer.replace(records, {*records.sources, *names}) if replace else writer.add(records)
        left_out = Counter(skip.source for skip in skipped)
        writer.note_skipped({name: left_out[name] for name in names})
        settings = _Settings(abstracts, workers or os.cpu_count() or 1, model, tell)
        return _publish(writer, len(records), changed, tuple(skipped), settings)


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
    from kg._stages.joining import join_changed, paper_of
    from kg.store.folder import StoreFolder

    with StoreFolder.open(store).writer() as writer:
        state = writer.state(code_digest())
        join_changed(writer, state)
        gone = {_paper_named(name, map(paper_of, state.papers())).key for name in names}
        rows = [row for key in sorted(gone) for row in writer.fetch_records(state.members(key))]
        changed = writer.remove(row.record for row in rows)
        settings = _Settings(abstracts, workers or os.cpu_count() or 1, model, progress or _silent)
        return _publish(writer, 0, changed, (), settings)


def read_records(
    sources: Sequence[Source],
    *,
    strict: bool = False,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> tuple[list[Record], tuple[Skip, ...]]:
    """Return the records of all sources, and the lines that were skipped.

    Raises:
        InputError: a source cannot be read or yields no paper, or a line was skipped and ``strict`` is set.
    """
    skipped: list[Skip] = []
    reading = _read(sources, strict=strict, options=options, tell=progress or _silent, on_skip=skipped.append)
    return list(reading), tuple(skipped)


def _read(
    sources: Sequence[Source],
    *,
    strict: bool,
    options: ReadOptions | None,
    tell: Progress,
    on_skip: Callable[[Skip], None] | None,
) -> Iterator[Record]:
    from kg.sources import ReadOptions, read_sources

    reading = read_sources(sources, strict=strict, on_skip=on_skip, options=options or ReadOptions())
    for done, record in enumerate(reading, start=1):
        yield record
        tell("reading", done, None)


def extract(
    *sources: Source,
    strict: bool = False,
    model: Source | None = None,
    options: ReadOptions | None = None,
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
    papers = join(_read(sources, strict=strict, options=options, tell=tell, on_skip=on_skip))
    extractor = Extractor(model=model)
    for done, paper in enumerate(papers, start=1):
        yield extractor.extract(paper)
        tell("extracting", done, len(papers))


def open_graph(store: Source = DEFAULT_STORE) -> Graph:
    """Open the published graph of a store for reading; a build at the same time does not disturb it.

    ``graph.kg@000002`` opens an older snapshot, as long as it is kept. An address (``https://...``) opens a remote
    SPARQL endpoint; the network is used for nothing else.

    Raises:
        StoreError: the folder is no store, or holds no graph yet or no such snapshot; the endpoint cannot be reached.
    """
    from kg.graph import Graph
    from kg.store.folder import open_snapshot

    if isinstance(store, str) and store.startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore

        # It answers what the reading side asks of a store, and nothing else.
        return Graph(cast("Store", RemoteStore(store)))
    snapshot = open_snapshot(store)
    return Graph(snapshot.store, path=snapshot.path, snapshot=snapshot)


def diff(older: Source, newer: Source | None = None) -> Table[Change]:
    """Return which papers, concepts, edges and decisions on names came and went between two stores or snapshots.

    Args:
        older: a store, or a snapshot of one (``graph.kg@000002``).
        newer: the same; without it, the last two snapshots of the store are compared.

    Raises:
        StoreError: one cannot be opened, or there is no earlier snapshot to compare with.
    """
    from kg.graph.differences import diff as compare

    names = last_two(older) if newer is None else (older, newer)
    with open_graph(names[0]) as before, open_graph(names[1]) as after:
        return compare(before, after)


def last_two(store: Source) -> tuple[str, str]:
    """Return how to open the last two snapshots of a store, the older one first.

    Raises:
        StoreError: the folder is no store, or holds fewer than two.
    """
    from kg.errors import StoreError
    from kg.store.folder import StoreFolder

    names = StoreFolder.open(store).snapshots()
    if len(names) < 2:
        raise StoreError(f"{store}: has no earlier snapshot to compare with; name another store, or build again")
    return f"{store}@{names[-2]}", f"{store}@{names[-1]}"


def _publish(
    writer: Writer,
    records: int,
    changed: int,
    skipped: tuple[Skip, ...],
    settings: _Settings,
) -> BuildReport:
    from kg._stages.drawing import Drawing, decide_all, publish
    from kg._stages.joining import join_changed
    from kg._stages.reading import Reader, read_changed
    from kg.lexicon import load
    from kg.store.curation import read_curation

    curation = read_curation(writer.path)  # before anything long, so that a mistake in it is told at once
    tell, lexicon = settings.tell, load()
    state = writer.state(code_digest())
    tell("joining", 0, None)
    join_changed(writer, state)
    reader = Reader(settings.model, settings.workers, lambda done, total: tell("extracting", done, total))
    extracted = read_changed(writer, state, reader, lexicon)
    tell("resolving", 0, None)
    drawing = Drawing(writer, state, lexicon, curation, settings.abstracts)
    decisions = decide_all(drawing)
    tell("writing", 0, None)
    change = publish(drawing, decisions)
    papers = state.count()
    tell("done", papers, papers)
    return BuildReport(
        records=records,
        changed_records=changed,
        papers=papers,
        extracted=extracted,
        skipped=skipped,
        added=change.added,
        removed=change.removed,
        changed=change.changed,
    )


def code_digest() -> str:
    """Return a digest of all code, and of the curated concepts, that shape a graph beside the reading of papers."""
    from kg import vocabulary as v
    from kg.lexicon import load

    folder = Path(__file__).resolve().parent
    files = [path for room in _ROOMS for path in sorted((folder / room).rglob("*.py"))]
    files += [folder / name for name in ("names.py", "records.py", "vocabulary.py")]
    return v.digest(load().digest, *(path.read_text(encoding="utf-8") for path in files))


def _paper_named(name: str, papers: Iterable[Paper]) -> Paper:
    """Return the paper with a key, an IRI, an arXiv number, a DOI or a title."""
    key = name.rsplit("/paper/", 1)[-1]
    folded = fold(name)
    found: list[Paper] = []
    titles: list[str] = []
    for paper in papers:
        titles.append(paper.title)
        if key == paper.key or name in {paper.arxiv, paper.doi} or fold(paper.title) == folded:
            found.append(paper)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(name, [paper.key for paper in found])
    from rapidfuzz import process

    raise UnknownName(name, [title for title, *_ in process.extract(name, titles, limit=3)])


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""

"""Papers to readings: what each paper's text says, and what of it tells who is who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg._stages.joining import paper_of
from kg.errors import StoreError
from kg.extraction import Extractor
from kg.lexicon import Lexicon
from kg.records import Extraction, Paper
from kg.resolution.local import Anchors
from kg.resolution.said import dump_context, dump_said, read_said
from kg.store.state import Kept, State
from kg.store.writer import Writer

# Fewer new papers are read sooner than a pool of processes has started.
_POOL_PAYS = 400
_READER = "reader"


@dataclass(frozen=True, slots=True)
class Reader:
    """How papers are read.

    Attributes:
        model: a folder of trained models, in place of the shipped ones.
        workers: how many processes read.
        tell: told how many papers have been read, and how many there are.
    """

    model: str | Path | None
    workers: int
    tell: Callable[[int, int], None]


def read_changed(writer: Writer, state: State, reader: Reader, lexicon: Lexicon) -> int:
    """Read the papers of a state that have not been read as they are now; return how many were not at hand."""
    extractor = Extractor(model=reader.model)
    if state.fact(_READER) != extractor.fingerprint:
        state.forget_readings()
        state.note(_READER, extractor.fingerprint)
    anchors = Anchors(lexicon)
    total = state.count()
    wanted: dict[str, str] = {}
    done = total - state.count(unread=True)
    for kept in state.papers(unread=True):
        paper = paper_of(kept)
        digest = extractor.digest(paper)
        extraction = writer.cached(digest)
        if extraction is None:
            wanted[kept.key] = digest
        else:
            done += 1
            _keep(state, paper, digest, extraction, anchors)
            reader.tell(done, total)
    reader.tell(done, total)
    for paper, extraction in _extracted(_papers(state, wanted), extractor, reader, len(wanted)):
        writer.cache(wanted[paper.key], extraction)
        _keep(state, paper, wanted[paper.key], extraction, anchors)
        done += 1
        reader.tell(done, total)
    return len(wanted)


def extraction_of(writer: Writer, kept: Kept) -> Extraction:
    """Return the extraction of a paper that has been read, from the cache."""
    extraction = writer.cached(kept.digest or "")
    if extraction is None:
        raise StoreError(f"{writer.path}: the reading of paper {kept.key} is gone; run: kg build --store {writer.path}")
    return _as_of(paper_of(kept), extraction)


def _as_of(paper: Paper, extraction: Extraction) -> Extraction:
    # It may have been read for another paper of the same text, or before the paper had its identifier.
    return replace(extraction, id=paper.key, title=paper.title)


def _keep(state: State, paper: Paper, digest: str, extraction: Extraction, anchors: Anchors) -> None:
    said, context = read_said(paper, _as_of(paper, extraction), anchors)
    state.put_reading(paper.key, digest, dump_said(said, state.number), dump_context(context))


def _papers(state: State, keys: Iterable[str]) -> Iterator[Paper]:
    return (paper_of(state.paper(key)) for key in keys)


def _extracted(
    papers: Iterator[Paper], extractor: Extractor, reader: Reader, count: int
) -> Iterator[tuple[Paper, Extraction]]:
    from kg.engines import extract_on_pool

    if reader.workers > 1 and count >= _POOL_PAYS:
        yield from extract_on_pool(papers, workers=reader.workers, model=reader.model)
    else:
        yield from ((paper, extractor.extract(paper)) for paper in papers)

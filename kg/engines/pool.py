"""Extraction on all cores: shards of papers go to a pool of processes, and a worker that dies costs its shard."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.records import Extraction, Paper

if TYPE_CHECKING:
    from kg.extraction import Extractor

SHARD = 64
# So many shards a worker are under way at once: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 3
_TRIES = 3


class WorkersDied(KgError, RuntimeError):
    """Workers died again and again over the same papers."""


def extract_on_pool(
    papers: Sequence[Paper], *, workers: int, model: str | Path | None = None, shard: int = SHARD
) -> Iterator[Extraction]:
    """Yield the extractions of papers, as they come, from a pool of processes.

    A worker that is killed costs its shard, which is read again; what came before is not lost.

    Args:
        papers: distinct papers.
        workers: how many processes.
        model: a folder of trained models, in place of the shipped ones.
        shard: how many papers a process is given at once.

    Raises:
        WorkersDied: no shard could be finished in several tries.
    """
    pending = [tuple(part) for part in _shards(papers, shard)]
    failures = 0
    while pending:
        finished: list[tuple[Paper, ...]] = []
        try:
            for part, extractions in _run(pending, workers, model):
                finished.append(part)
                yield from extractions
        except BrokenProcessPool:
            failures = failures + 1 if not finished else 1
            if failures >= _TRIES:
                first = pending[0][0].title
                problem = (
                    f"the extraction's workers died {_TRIES} times without finishing any papers (from {first!r} on)"
                )
                raise WorkersDied(f"{problem}; try --workers 1, or give the machine more memory") from None
        done = set(map(id, finished))
        pending = [part for part in pending if id(part) not in done]


def _shards(papers: Sequence[Paper], shard: int) -> Iterator[Sequence[Paper]]:
    return (papers[first : first + shard] for first in range(0, len(papers), shard))


def _run(
    shards: Sequence[tuple[Paper, ...]], workers: int, model: str | Path | None
) -> Iterator[tuple[tuple[Paper, ...], list[Extraction]]]:
    # A fresh interpreter each: a fork would copy threads of libraries in an unknown state.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = iter(shards)
        running: dict[Future[list[Extraction]], tuple[Paper, ...]] = {}
        try:
            while True:
                while len(running) < workers * _AHEAD and (part := next(waiting, None)) is not None:
                    running[pool.submit(_extract, part, model)] = part
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _extract(papers: tuple[Paper, ...], model: str | Path | None) -> list[Extraction]:
    return list(_extractor(model).extract_all(papers))


@lru_cache(maxsize=1)
def _extractor(model: str | Path | None) -> Extractor:
    """Return this process's extractor, made once."""
    from kg.extraction import Extractor

    return Extractor(model=model)

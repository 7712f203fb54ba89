"""Extraction on all cores: shards of papers go to a pool of processes, and a worker that dies costs its shard."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
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

_Shard = tuple[Paper, ...]


class WorkersDied(KgError, RuntimeError):
    """Workers died again and again over the same papers."""


def extract_on_pool(
    papers: Iterable[Paper], *, workers: int, model: str | Path | None = None, shard: int = SHARD
) -> Iterator[tuple[Paper, Extraction]]:
    """Yield papers with their extractions, as they come, from a pool of processes.

    The papers are taken a few shards ahead of what is yielded, so that memory does not grow with their number. A
    worker that is killed costs its shard, which is read again; what came before is not lost.

    Args:
        papers: distinct papers.
        workers: how many processes.
        model: a folder of trained models, in place of the shipped ones.
        shard: how many papers a process is given at once.

    Raises:
        WorkersDied: no shard could be finished in several tries.
    """
    waiting = iter(papers)
    again: list[_Shard] = []
    failures = 0
    while True:
        finished = False
        under_way: dict[Future[list[Extraction]], _Shard] = {}
        shards = _shards(again, waiting, shard)
        try:
            for part, extractions in _run(shards, under_way, workers, model):
                finished = True
                yield from zip(part, extractions, strict=True)
        except BrokenProcessPool:
            failures = 1 if finished else failures + 1
            again = [*under_way.values(), *again]
            if failures >= _TRIES:
                problem = (
                    f"the extraction's workers died {_TRIES} times without finishing any papers "
                    f"(from {again[0][0].title!r} on)"
                )
                raise WorkersDied(f"{problem}; try --workers 1, or give the machine more memory") from None
        else:
            return


def _shards(again: list[_Shard], papers: Iterator[Paper], size: int) -> Iterator[_Shard]:
    while again:
        yield again.pop(0)
    while part := tuple(islice(papers, size)):
        yield part


def _run(
    shards: Iterator[_Shard],
    under_way: dict[Future[list[Extraction]], _Shard],
    workers: int,
    model: str | Path | None,
) -> Iterator[tuple[_Shard, list[Extraction]]]:
    """Yield shards as they are done; those that are not stay in ``under_way``, whatever happens."""
    # A fresh interpreter each: a fork would copy threads of libraries in an unknown state.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            while True:
                while len(under_way) < workers * _AHEAD and (part := next(shards, None)) is not None:
                    _submit(pool, part, under_way, model)
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    extractions = future.result()
                    yield under_way.pop(future), extractions
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _submit(
    pool: ProcessPoolExecutor, part: _Shard, under_way: dict[Future[list[Extraction]], _Shard], model: str | Path | None
) -> None:
    try:
        under_way[pool.submit(_extract, part, model)] = part
    except BrokenProcessPool:
        under_way[Future()] = part  # it was taken, so it must be read again
        raise


def _extract(papers: _Shard, model: str | Path | None) -> list[Extraction]:
    return list(_extractor(model).extract_all(papers))


@lru_cache(maxsize=1)
def _extractor(model: str | Path | None) -> Extractor:
    """Return this process's extractor, made once."""
    from kg.extraction import Extractor

    return Extractor(model=model)

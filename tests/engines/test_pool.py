from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kg.engines import extract_on_pool
from kg.engines import pool as pool_module
from kg.engines.pool import WorkersDied
from kg.extraction import Extractor
from kg.records import Extraction, Paper

PAPERS = [Paper(f"t-{n}", f"GridNet{n}: Grids", f"We propose GridNet{n}, which extends ResNet.") for n in range(9)]


def test_a_pool_gives_what_one_process_gives() -> None:
    alone = {extraction.id: extraction for extraction in Extractor().extract_all(PAPERS)}
    pooled = {paper.key: extraction for paper, extraction in extract_on_pool(iter(PAPERS), workers=2, shard=4)}
    assert pooled == alone


def _die_once(papers: tuple[Paper, ...], model: None) -> list[Extraction]:
    mark = Path(os.environ["KG_TEST_MARK"])
    if any(paper.key == "t-5" for paper in papers) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [Extraction(paper.key, paper.title) for paper in papers]


def _die(papers: tuple[Paper, ...], model: None) -> list[Extraction]:
    os.kill(os.getpid(), signal.SIGKILL)
    return [Extraction(paper.key, paper.title) for paper in papers]


def test_a_killed_worker_costs_no_paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_TEST_MARK", str(tmp_path / "died"))
    monkeypatch.setattr(pool_module, "_extract", _die_once)
    found = [extraction.id for _, extraction in extract_on_pool(PAPERS, workers=2, shard=2)]
    assert sorted(found) == [paper.key for paper in PAPERS]
    assert (tmp_path / "died").exists()


def test_workers_that_always_die_are_given_up_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_extract", _die)
    with pytest.raises(WorkersDied, match="--workers 1"):
        list(extract_on_pool(PAPERS, workers=2, shard=4))

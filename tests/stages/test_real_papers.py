"""Real papers in any order, any split into builds, with removals and replacements between, by any number of workers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg._stages import reading
from kg.build import add_papers, remove_papers
from kg.sources import join, read_sources
from tests.stages.scripted import graph

_SEEDS = (1, 2, 3)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("seed", _SEEDS)
def test_any_way_to_the_same_real_papers_makes_the_same_graph(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(reading, "_POOL_PAYS", 40)
    pages = sorted((shared / "seeds").glob("*.txt"))
    store = tmp_path / "grown.kg"
    shuffled = chance.sample(pages, len(pages))
    for number, page in enumerate(shuffled):
        workers = chance.randint(1, 4)
        add_papers([page], store=store, replace=chance.random() < 0.5, workers=workers)
        if number == 1:
            titles = [paper.title for paper in join(read_sources([page]))]
            gone = chance.sample(titles, 5)
            remove_papers(gone, store=store, workers=workers)
            # What a removed paper's other pages say of it is gone too.
            add_papers(shuffled[: number + 1], store=store, workers=workers)
    add_papers(pages, store=tmp_path / "at_once.kg", workers=1)
    assert graph(store) == graph(tmp_path / "at_once.kg")

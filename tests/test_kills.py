"""Builds that are killed at any moment: the last graph stays readable, and the next build comes to the same end."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import kg
from kg.build import add_papers
from kg.store.export import canonical_lines
from tests.conftest import PAPERS, write_papers

_BUILD = [sys.executable, "-m", "kg.cli", "build"]


def papers(number: int) -> list[dict[str, object]]:
    """Return some papers of our own, each with a system of its own."""
    return [
        {
            "title": f"GridNet{n}: Grids for Object Detection",
            "abstract": f"We propose GridNet{n}, which extends GridNet{n // 2} with deformable convolution."
            f" On COCO, GridNet{n} achieves {40 + n / 10}% AP and outperforms Faster R-CNN.",
            "year": 2000 + n % 20,
        }
        for n in range(number)
    ]


def lines(store: Path) -> list[str]:
    with kg.open(store) as graph:
        return list(canonical_lines(graph.store))


class Readers(threading.Thread):
    """Opens the graph again and again, and keeps whatever goes wrong."""

    def __init__(self, store: Path) -> None:
        super().__init__(daemon=True)
        self.store, self.stop, self.errors, self.readings = store, threading.Event(), [], 0

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                with kg.open(self.store) as graph:
                    assert graph["FPN"].name == "Feature Pyramid Network"
                    assert graph.stats().papers >= len(PAPERS)
                self.readings += 1
            except Exception as error:  # the test fails with whatever it is
                self.errors.append(error)
            time.sleep(0.2)


def killed_builds(tmp_path: Path, *, kills: int, number: int, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "source"
    folder.mkdir()
    source = write_papers(folder / "papers.jsonl", [*PAPERS, *papers(number)])
    harmed, unharmed = tmp_path / "harmed.kg", tmp_path / "unharmed.kg"
    begun = time.perf_counter()
    subprocess.run([*_BUILD, source, "--store", unharmed, "--quiet"], check=True, capture_output=True)
    whole_s = time.perf_counter() - begun
    first = tmp_path / "first"
    first.mkdir()
    add_papers([write_papers(first / "papers.jsonl", PAPERS)], store=harmed)
    readers = Readers(harmed)
    readers.start()
    died = 0
    for _ in range(kills):
        process = subprocess.Popen([*_BUILD, source, "--store", harmed, "--quiet"], stderr=subprocess.PIPE)
        try:
            _, err = process.communicate(timeout=chance.uniform(0.05, 1.1) * whole_s)
            assert process.returncode == 0, err
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            died += 1
    done = subprocess.run([*_BUILD, source, "--store", harmed, "--quiet"], capture_output=True, text=True, check=False)
    readers.stop.set()
    readers.join()
    assert (done.returncode, done.stderr) == (0, "")
    assert died > 0
    assert readers.errors == []
    assert readers.readings > 0
    assert lines(harmed) == lines(unharmed)
    leftovers = [path.name for path in (harmed / "snapshots").iterdir() if path.name.startswith(".")]
    assert [name for name in leftovers if "building" in name] == []


def test_a_few_killed_builds_do_no_harm(tmp_path: Path) -> None:
    killed_builds(tmp_path, kills=3, number=30, seed=1)


@pytest.mark.slow
def test_fifty_killed_builds_do_no_harm(tmp_path: Path) -> None:
    killed_builds(tmp_path, kills=50, number=300, seed=2)

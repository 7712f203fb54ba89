"""A build that is killed in any stage leaves the last graph as it was, and the next one comes to the same end."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.stages.scripted import build, graph, record, scripted

__all__ = ["scripted"]

ROOT = Path(__file__).parents[2]
FIRST = [record("1", "OwlNet: Birds", "OwlNet>FPN", "COCO"), record("2", "A Study", "GridNet", "CAM")]
THEN = [record("3", "GridNet: Images", "GridNet>OwlNet"), record("4", "Another Study", "OwlNet", "SGD")]
KILLED = """
import os, signal, sys
from pathlib import Path
from kg._stages import drawing, joining, reading
from kg.store import snapshots
from kg.store.state import State
from kg.store.writer import Revision
from tests.stages import scripted, test_kills

def die_in(room, name, *, after=0):
    left, real = [after], getattr(room, name)
    def dying(*args, **kwargs):
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return real(*args, **kwargs)
    setattr(room, name, dying)

reading.Extractor = scripted.ScriptedExtractor
drawing._MOST = 2.0
if sys.argv[2]:
    die_in(*eval(sys.argv[2]))
print("begun", flush=True)
scripted.build(Path(sys.argv[1]), add=test_kills.THEN)
"""
MOMENTS = {
    "joining": "joining, '_join'",
    "reading": "reading, '_keep'",
    "deciding": "drawing, 'decide'",
    "drawing": "Revision, 'put_paper'",
    "taking out what lost its proof": "Revision, 'finish'",
    "writing the merge log": "snapshots, 'write_beside'",
    "committing what was worked out": "State, 'commit'",
    "publishing": "snapshots, 'flip'",
    "dropping old snapshots": "snapshots, 'prune'",
}


@pytest.mark.usefixtures("scripted")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_in_any_stage_is_made_good_by_the_next(tmp_path: Path, moment: str) -> None:
    harmed, unharmed = tmp_path / "harmed.kg", tmp_path / "unharmed.kg"
    build(harmed, add=FIRST)
    before = graph(harmed)
    command = [sys.executable, "-c", KILLED, str(harmed), MOMENTS[moment]]
    assert subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode == -signal.SIGKILL
    build(unharmed, add=[*FIRST, *THEN])
    assert graph(harmed) == (graph(unharmed) if moment == "dropping old snapshots" else before)
    build(harmed, add=THEN)
    assert graph(harmed) == graph(unharmed)


@pytest.mark.slow
@pytest.mark.usefixtures("scripted")
def test_fifty_builds_killed_at_random_moments_do_no_harm(tmp_path: Path) -> None:
    chance = random.Random(3)
    harmed, unharmed = tmp_path / "harmed.kg", tmp_path / "unharmed.kg"
    build(unharmed, add=[*FIRST, *THEN])
    wanted = graph(unharmed)
    died, longest_s = 0, 0.1
    for _ in range(50):
        shutil.rmtree(harmed, ignore_errors=True)
        build(harmed, add=FIRST)
        command = [sys.executable, "-c", KILLED, str(harmed), ""]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            begun = time.perf_counter()
            try:
                process.wait(timeout=chance.uniform(0, 1.1) * longest_s)
                longest_s = max(longest_s, time.perf_counter() - begun)
            except subprocess.TimeoutExpired:
                process.kill()
                died += 1
                longest_s *= 1.1
        graph(harmed)  # can be read whatever happened
        build(harmed, add=THEN)
        assert graph(harmed) == wanted
    assert died > 10

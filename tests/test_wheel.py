"""What a user gets: the wheel, in an environment that holds nothing else."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PAPERS, write_papers

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_package_and_the_ontology_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "kg/py.typed" in names
    assert "kg/ontology/methods.ttl" in names
    assert "kg/ontology/concepts/architectures.ttl" in names
    assert "kg/extraction/extraction.schema.json" in names
    assert any(name.startswith("kg/ontology/queries/") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}


def test_the_wheel_builds_a_graph_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    source = write_papers(tmp_path / "papers.jsonl", PAPERS)
    kg = environment / "bin" / "kg"
    built = subprocess.run([kg, "build", source, "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    assert built.stdout.startswith("graph.kg: 3 papers, 3 read anew;")
    shown = subprocess.run([kg, "show", "FPN"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert shown.stdout.startswith("Feature Pyramid Network  (module, 2016, curated)")

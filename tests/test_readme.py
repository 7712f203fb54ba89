"""What the README shows is what one gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from tests.readme import LANDMARKS, README, ROOT, rewritten, run_in_process


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("demo") / "graph.kg"
    kg.build(LANDMARKS, store=store).close()
    return store


def test_every_output_in_the_readme_is_true(demo_store: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert rewritten(text, demo_store, run_in_process(demo_store)) == text, "run: python -m tests.readme"


def test_the_python_in_the_readme_runs(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "examples").symlink_to(LANDMARKS.parent)
    (tmp_path / "graph.kg").symlink_to(demo_store)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "resnet.html").stat().st_size > 10_000


def test_every_verb_is_in_the_readme() -> None:
    from typer.main import get_command

    from kg.cli import app

    verbs = get_command(app).commands  # type: ignore[attr-defined]
    text = README.read_text(encoding="utf-8")
    assert [verb for verb in verbs if f"kg {verb}" not in text] == []


def test_every_file_that_the_readme_links_exists() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []

"""What tests of several rooms share: a small store built for real, and the folder beside the project."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.build import add_papers

SHARED = Path(__file__).resolve().parents[2] / "shared"

PAPERS: list[dict[str, Any]] = [
    {
        "title": "GridNet: Pyramids on a Grid for Object Detection",
        "abstract": "We propose GridNet, a convolutional neural network for object detection. GridNet is based on the"
        " Feature Pyramid Network (FPN) and uses self-attention. GridNet reaches 51.2% AP on COCO and outperforms"
        " Faster R-CNN.",
        "year": 2021,
        "authors": ["Ada Example"],
        "arxiv": "2101.00001",
    },
    {
        "title": "GridNetV2: Deeper Grids",
        "abstract": "We introduce GridNetV2, which extends GridNet with deformable convolution. On COCO, GridNetV2"
        " achieves 53.0% AP.",
        "year": 2022,
        "authors": ["Ada Example", "Bo Sample"],
        "arxiv": "2201.00002",
    },
    {
        "title": "A Study of Self-Attention for Semantic Segmentation",
        "abstract": "Vision Transformers (ViTs) have become popular. We study self-attention for semantic"
        " segmentation on ADE20K and Cityscapes.",
        "year": 2022,
    },
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with annotated papers and listing pages."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the annotated papers and listing pages in {SHARED.name}/ beside the project")
    return SHARED


def write_papers(path: Path, papers: list[dict[str, Any]]) -> Path:
    """Write papers as JSON lines."""
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def papers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with three papers of our own."""
    return write_papers(tmp_path_factory.mktemp("papers") / "papers.jsonl", PAPERS)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory, papers_file: Path) -> Path:
    """A store of the three papers; tests only read it."""
    store = tmp_path_factory.mktemp("store") / "graph.kg"
    add_papers([papers_file], store=store)
    return store


@pytest.fixture
def kg_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process; gives its exit code and what it wrote to stdout and stderr."""
    from kg.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kg", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return run

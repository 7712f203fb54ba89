"""The demo papers: the first graph that a newcomer sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.names import fold
from kg.sources import join, read_sources

LANDMARKS = Path(__file__).resolve().parents[1] / "examples" / "landmarks.jsonl"


def test_the_landmarks_are_many_distinct_and_well_formed() -> None:
    rows = [json.loads(line) for line in LANDMARKS.read_text(encoding="utf-8").splitlines()]
    papers = join(read_sources([LANDMARKS], strict=True))
    assert len(papers) == len(rows) >= 150
    assert len({fold(row["title"]) for row in rows}) == len(rows)
    assert min(row["year"] for row in rows) == 1986
    assert max(row["year"] for row in rows) == 2025
    assert all(2 <= row["abstract"].count(". ") + 1 <= 6 and row["authors"] for row in rows)
    # An arXiv number tells the month in which the paper came; ours is the year of first publication.
    arxiv = [(row["title"], row["year"], 2000 + int(row["arxiv"][:2])) for row in rows if "." in row.get("arxiv", "")]
    assert [row for row in arxiv if not row[2] - 1 <= row[1] <= row[2]] == []


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.graph.Graph:  # type: ignore[name-defined]
    return kg.build(LANDMARKS, store=tmp_path_factory.mktemp("demo") / "graph.kg")


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("DenseNet", "ResNet"),
        ("Deformable DETR", "DETR"),
        ("RoBERTa", "BERT"),
        ("Swin Transformer", "Vision Transformer"),
        ("StyleGAN2", "StyleGAN"),
        ("Double DQN", "DQN"),
        ("Mask R-CNN", "Faster R-CNN"),
        ("AlexNet", "LeNet"),
    ],
)
def test_the_lines_of_descent_are_right(graph: kg.graph.Graph, child: str, parent: str) -> None:  # type: ignore[name-defined]
    lineage = graph.lineage(child, down=False)
    assert parent in {data["name"] for _, data in lineage.nodes(data=True)}


def test_no_lineage_of_the_demo_goes_back_in_time(graph: kg.graph.Graph) -> None:  # type: ignore[name-defined]
    late = [
        (graph.concept(child).name, graph.concept(parent).name)
        for child, parent, data in graph.lineage("LeNet", families=True).edges(data=True)
        if data["dated_before_parent"] and data["curated"]
    ]
    assert late == []

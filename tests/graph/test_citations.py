from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.graph import Graph

PARENT = "GridNet: Pyramids on a Grid for Object Detection"
CHILD = "GridNetV2: Deeper Grids"


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """Two papers of one line: a list with their texts, and what a registry says of the younger one."""
    texts = [
        {"title": PARENT, "abstract": "We propose GridNet, a convolutional neural network.", "doi": "10.5555/grid.1"},
        {"title": CHILD, "abstract": "We introduce GridNetV2, which extends GridNet.", "doi": "10.5555/grid.2"},
    ]
    work = {
        "DOI": "10.5555/grid.2", "prefix": "10.5555", "member": "7", "title": [CHILD],
        "container-title": ["Journal of Grids"], "issued": {"date-parts": [[2022, 3]]},
        "reference": [{"key": "1", "DOI": "10.5555/grid.1"}],
    }  # fmt: skip
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    (tmp_path / "works.jsonl").write_text(json.dumps(work) + "\n", encoding="utf-8")
    return kg.build(tmp_path / "texts.json", tmp_path / "works.jsonl", store=tmp_path / "graph.kg")


def test_a_citation_between_the_introducing_papers_supports_lineage(graph: Graph) -> None:
    with graph:
        assert [(c.title, c.cited_title) for c in graph.citations("GridNetV2", "GridNet")] == [(CHILD, PARENT)]
        assert graph.citations("GridNet", "GridNetV2") == []
        child, parent = graph.paper(CHILD), graph.paper(PARENT)
        assert (child.cites, child.cited_by) == ([parent], [])
        assert (parent.cites, parent.cited_by) == ([], [child])
        assert (child.venue, parent.venue) == ("Journal of Grids", None)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.graph.differences import Change
from kg.records import Merge, Resolution
from kg.store.folder import StoreFolder
from kg.store.triples import triples
from tests.store import examples as e

NEWER = replace(
    e.RESOLUTION,
    papers=(replace(e.PAPER, title="Retention Networks"),),
    concepts=tuple(replace(c, kind="technique") if c == e.RETNET else c for c in e.RESOLUTION.concepts),
    edges=(e.MENTIONS, replace(e.BASED_ON, predicate="uses")),
    scores=(),
)
MERGE = Merge("resnet", "plain network", False, "curated: different", (e.PAPER.key,))


def publish(store: Path, resolution: Resolution, *merges: Merge) -> None:
    with StoreFolder.create_or_open(store).writer() as writer:
        writer.publish(triples(resolution), merges)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path / "graph.kg", e.RESOLUTION, e.MERGE)
    publish(tmp_path / "graph.kg", NEWER, MERGE)
    return tmp_path / "graph.kg"


CHANGES = [
    Change("paper", False, e.PAPER.title, note=f"https://w3id.org/methodome/paper/{e.PAPER.key}"),
    Change("paper", True, "Retention Networks", note=f"https://w3id.org/methodome/paper/{e.PAPER.key}"),
    Change("concept", False, "RetNet", "is", "module", "https://w3id.org/methodome/concept/retnet"),
    Change("concept", True, "RetNet", "is", "technique", "https://w3id.org/methodome/concept/retnet"),
    Change("edge", False, "RetNet", "based_on", e.RESNET.name),
    Change("edge", True, "RetNet", "uses", e.RESNET.name),
    Change("result", False, e.PAPER.title, "reports", "RetNet 87.10%"),
    Change("merge", True, "plain network", "kept apart from", e.RESNET.name, "curated: different"),
    Change("merge", False, "residual network", "merged into", e.RESNET.name, "defined in the text"),
]


def test_the_last_two_snapshots_differ_in_what_came_and_went(store: Path) -> None:
    assert list(kg.diff(store)) == CHANGES


def test_two_snapshots_or_two_stores_can_be_named(store: Path, tmp_path: Path) -> None:
    back = kg.diff(f"{store}@2", f"{store}@000001")
    assert sorted(back) == sorted(replace(change, came=not change.came) for change in CHANGES)
    publish(tmp_path / "other.kg", e.RESOLUTION, e.MERGE)
    assert list(kg.diff(tmp_path / "other.kg", f"{store}@1")) == []
    assert list(kg.diff(tmp_path / "other.kg", store)) == CHANGES


def test_a_store_with_one_snapshot_has_nothing_to_compare_with(tmp_path: Path) -> None:
    publish(tmp_path / "graph.kg", e.RESOLUTION)
    with pytest.raises(kg.StoreError, match="has no earlier snapshot to compare with"):
        kg.diff(tmp_path / "graph.kg")

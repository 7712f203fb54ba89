from __future__ import annotations

from pathlib import Path

import kg
from kg.graph.namesakes import unexplained_namesakes
from kg.records import Concept, Merge, Resolution
from kg.store.folder import StoreFolder
from kg.store.triples import triples

CAM = (Concept("cam-1", "CAM", "module"), Concept("cam-2", "Class Activation Map", "module", ("CAMs",)))


def found(store: Path, *concepts: Concept, log: tuple[Merge, ...] = ()) -> list[tuple[str, str]]:
    with StoreFolder.create_or_open(store).writer() as writer:
        writer.publish(triples(Resolution(concepts=concepts)), log)
    with kg.open(store) as graph:
        return [(row.key, row.concept.id) for row in unexplained_namesakes(graph)]


def test_namesakes_of_one_kind_are_found_by_their_folded_names(tmp_path: Path) -> None:
    assert found(tmp_path / "graph.kg", *CAM) == [("cam", "cam-1"), ("cam", "cam-2")]


def test_those_that_the_log_keeps_apart_and_those_of_other_kinds_are_none(tmp_path: Path) -> None:
    log = (Merge("cam-1", "CAM", False, "several long forms"),)
    assert found(tmp_path / "one.kg", *CAM, log=log) == []
    assert found(tmp_path / "two.kg", CAM[0], Concept("cam", "CAM", "dataset")) == []


def test_what_a_curator_told_apart_is_explained(tmp_path: Path) -> None:
    curated = [Concept(c.id, c.name, c.kind, c.aliases, curated=True) for c in CAM]
    assert found(tmp_path / "graph.kg", *curated) == []

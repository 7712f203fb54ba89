from __future__ import annotations

import logging
from pathlib import Path

import pytest

import kg
from kg.records import Concept, DecisionUse, Resolution
from kg.resolution.curation import Decision
from kg.store import history
from kg.store.archive import write_archive
from kg.store.curation import CURATION, add_decision
from kg.store.folder import StoreFolder
from kg.store.importing import import_file
from kg.store.triples import triples


def publish(store: Path, *concepts: Concept) -> None:
    with StoreFolder.create_or_open(store).writer() as writer:
        writer.publish(triples(Resolution(concepts=concepts)), [])


def shown(store: Path) -> dict[str, tuple[str, ...]]:
    return history.read_redirects((store / history.SHOWN).read_text(encoding="utf-8"))


OLD = Concept("gridnet", "GridNet", "architecture")
NEW = Concept("grid-net", "GridNet", "architecture", ("Grid-Net",))
OTHER = Concept("owl", "Owl", "task")


def test_an_identifier_that_changed_leads_to_what_it_became(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = tmp_path / "graph.kg"
    publish(store, OLD, OTHER)
    assert not (store / history.SHOWN).exists()
    publish(store, NEW, OTHER)
    assert shown(store) == {"gridnet": ("grid-net",)}
    caplog.set_level(logging.INFO, "kg")
    with kg.open(store) as graph:
        for name in ("https://w3id.org/methodome/concept/gridnet", "concept:gridnet"):
            assert graph[name].id == "grid-net"
        assert graph.redirects() == {"gridnet": ("grid-net",)}
        assert graph.query("descendants", concept="concept:gridnet").columns
    assert caplog.messages == ["concept:gridnet is now concept:grid-net, GridNet"] * 3


def test_a_name_that_split_lists_its_senses(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    publish(store, Concept("cam", "CAM", "module"))
    publish(store, Concept("cam-1", "CAM", "module"), Concept("cam-2", "CAM", "technique"))
    with kg.open(store) as graph, pytest.raises(kg.AmbiguousName, match=r"CAM \(module\), CAM \(technique\)"):
        graph["concept:cam"]


def test_chains_are_drawn_together_and_what_is_in_use_again_leads_nowhere(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    last = Concept("grid", "GridNet", "architecture")
    for concept in (OLD, NEW, last):
        publish(store, concept)
    assert shown(store) == {"grid-net": ("grid",), "gridnet": ("grid",)}
    publish(store, OLD)
    assert shown(store) == {"grid": ("gridnet",), "grid-net": ("gridnet",)}


def test_an_identifier_that_comes_back_beside_the_other_leads_nowhere_either(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    publish(store, OLD)
    publish(store, NEW)
    publish(store, NEW, Concept("gridnet", "GridNet", "dataset"))
    assert not (store / history.SHOWN).exists()


def test_each_snapshot_has_its_own_history(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    publish(store, OLD)
    publish(store, NEW)
    with kg.open(f"{store}@1") as before, kg.open(f"{store}@000002") as after:
        assert (before.redirects(), after.redirects()) == ({}, {"gridnet": ("grid-net",)})


def test_what_a_kill_left_of_the_file_is_mended_by_the_next_writer(tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    publish(store, OLD)
    publish(store, NEW)
    (store / history.SHOWN).unlink()
    with StoreFolder.open(store).writer():
        pass
    assert shown(store) == {"gridnet": ("grid-net",)}


def test_an_identifier_that_is_here_is_found_by_itself(tmp_path: Path) -> None:
    publish(tmp_path / "graph.kg", Concept("cam-1a2b3c", "CAM", "module"), Concept("cam-4d5e6f", "CAM", "module"))
    with kg.open(tmp_path / "graph.kg") as graph:
        assert (graph["cam-1a2b3c"].id, graph["concept:cam-4d5e6f"].id) == ("cam-1a2b3c", "cam-4d5e6f")
        with pytest.raises(kg.UnknownName):
            graph["concept:cam-000000"]


def test_a_snapshot_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    publish(tmp_path / "graph.kg", OLD)
    with pytest.raises(kg.StoreError, match="has no snapshot 000009; there are 000001"):
        kg.open(f"{tmp_path / 'graph.kg'}@9")


def test_an_archive_carries_history_decisions_and_what_people_decided(tmp_path: Path) -> None:
    store, other = tmp_path / "graph.kg", tmp_path / "other.kg"
    use = DecisionUse('drop "Owl"', used=False, note="nothing is named 'Owl'")
    publish(store, OLD)
    with StoreFolder.open(store).writer() as writer:
        writer.publish(triples(Resolution(concepts=(NEW,))), [], decisions=[use])
    add_decision(store, Decision("drop", "Owl"))
    write_archive(StoreFolder.open(store), tmp_path / "graph.zip")
    import_file(tmp_path / "graph.zip", other)
    with kg.open(other) as graph:
        assert (graph.redirects(), graph.decisions()) == ({"gridnet": ("grid-net",)}, [use])
    assert shown(other) == shown(store)
    assert (other / CURATION).read_bytes() == (store / CURATION).read_bytes()
    write_archive(StoreFolder.open(other), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "graph.zip").read_bytes()

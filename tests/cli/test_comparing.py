from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.records import Concept, Edge, Merge, Paper, Proof, Resolution
from kg.store.folder import StoreFolder
from kg.store.triples import triples

Run = Callable[..., tuple[int, str, str]]

CAM = (
    Concept("cam-1", "CAM", "module", ("Channel Attention Module",)),
    Concept("cam-2", "CAM", "technique", ("Class Activation Map",)),
)
LOG = (
    Merge("cam-1", "CAM", False, "several long forms", ("t-1",)),
    Merge("cam-2", "CAM", False, "several long forms", ("t-2",)),
    Merge("cam-2", "class activation maps", True, "spelled alike", ("t-1", "t-2")),
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    first = Resolution(papers=(Paper("t-1", "One"),), concepts=(CAM[0],))
    second = Resolution(
        papers=(Paper("t-1", "One"), Paper("t-2", "Two")),
        concepts=CAM,
        edges=(Edge("cam-1", "uses", "cam-2", (Proof(None, source="a book"),)),),
    )
    with StoreFolder.create_or_open(tmp_path / "graph.kg").writer() as writer:
        writer.publish(triples(first), [])
        writer.publish(triples(second), LOG)
    return tmp_path / "graph.kg"


def test_diff_says_what_came_and_went_with_samples(kg_command: Run, store: Path) -> None:
    code, out, _ = kg_command("diff", store)
    assert code == 0
    assert out == (
        f"{store}@000001 -> {store}@000002\n"
        "1 paper came\n"
        "  + Two\n"
        "1 concept came\n"
        "  + CAM (technique)\n"
        "1 edge (uses) came\n"
        "  + CAM uses CAM\n"
        "2 names (kept apart from) came\n"
        "  + CAM kept apart from CAM: several long forms\n"
        "  + CAM kept apart from CAM: several long forms\n"
        "1 name (merged into) came\n"
        "  + class activation maps merged into CAM: spelled alike\n"
    )


def test_diff_goes_to_json_and_to_tables_whole(kg_command: Run, store: Path) -> None:
    code, out, _ = kg_command("diff", f"{store}@2", f"{store}@1", "--json")
    found = json.loads(out)
    assert (code, found["from"], found["counts"]["papers"]) == (0, f"{store}@2", {"came": 0, "went": 1})
    assert found["changes"][0] == {
        "what": "paper",
        "change": "went",
        "subject": "Two",
        "predicate": "",
        "object": "",
        "note": "https://w3id.org/methodome/paper/t-2",
    }
    code, out, _ = kg_command("diff", store, "--format", "csv")
    assert out.splitlines()[:2] == [
        "change,what,subject,predicate,object,note",
        "came,paper,Two,,,https://w3id.org/methodome/paper/t-2",
    ]


def test_diff_of_equals_says_so(kg_command: Run, store: Path) -> None:
    assert kg_command("diff", store, store) == (0, f"{store} -> {store}\nnothing came or went\n", "")


def test_merges_can_be_had_by_what_was_decided(kg_command: Run, store: Path) -> None:
    for option, names in (("--merged", ["class activation maps"]), ("--refused", ["CAM", "CAM"])):
        code, out, _ = kg_command("merges", option, "--json", "--store", store)
        assert (code, [merge["name"] for merge in json.loads(out)]) == (0, names)
    code, out, _ = kg_command("merges", "--merged", "--format", "csv", "--store", store)
    assert out == "concept,name,decision,reason,papers\ncam-2,class activation maps,merged,spelled alike,2\n"


def test_homographs_are_listed_with_their_senses(kg_command: Run, store: Path) -> None:
    code, out, _ = kg_command("merges", "--homographs", "--format", "csv", "--store", store)
    assert (code, out.splitlines()) == (
        0,
        [
            "name,concept,kind,also called,papers,reason",
            "CAM,cam-1,module,Channel Attention Module,0,several long forms",
            "CAM,cam-2,technique,Class Activation Map,0,several long forms",
        ],
    )

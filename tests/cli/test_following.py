from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_a_path_shows_each_step_with_its_sentence(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("path", "GridNetV2", "GridNet", "--store", small_store)
    assert code == 0
    lines = out.splitlines()
    assert lines[:2] == ["GridNetV2 to GridNet: 1 step", "  GridNetV2 is based on GridNet"]
    assert lines[2].startswith('      "We introduce GridNetV2, which extends GridNet with deformable convolution." [')


def test_a_path_is_json(kg_command: Run, small_store: Path) -> None:
    code, out, _ = kg_command("path", "GridNetV2", "GridNet", "--store", small_store, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["start"]["name"], found["end"]["name"]) == ("GridNetV2", "GridNet")
    assert [step["edge"]["predicate"] for step in found["steps"]] == ["based_on"]


def test_where_no_path_leads_the_command_says_so(kg_command: Run, small_store: Path) -> None:
    code, out, err = kg_command("path", "GridNetV2", "Latent Dirichlet Allocation", "--store", small_store)
    assert (code, out) == (1, "")
    assert err.startswith("kg: no way of based_on and uses leads from 'GridNetV2' to 'Latent Dirichlet Allocation'")


def test_lineage_says_how_many_unsure_edges_it_leaves_out(kg_command: Run, small_store: Path) -> None:
    code, out, err = kg_command("lineage", "GridNet", "--down", "--min-confidence", "1", "--store", small_store)
    assert code == 0
    assert "GridNetV2" not in out
    assert err == "left out: 1 edge that papers are not sure enough of; --min-confidence 0 shows all\n"


def test_a_confidence_is_from_0_to_1(kg_command: Run, small_store: Path) -> None:
    assert kg_command("lineage", "GridNet", "--min-confidence", "2", "--store", small_store)[0] == 2

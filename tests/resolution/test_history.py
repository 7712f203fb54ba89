from __future__ import annotations

from collections.abc import Iterable

from kg.names import fold
from kg.records import Concept
from kg.resolution.history import Known, redirects
from kg.resolution.local import group_of


def remember(concepts: Iterable[Concept]) -> dict[str, Known]:
    """Return by identifier what is kept of some concepts."""
    return {
        each.id: Known.of(group_of(each.kind), each.name, map(fold, (each.name, *each.aliases))) for each in concepts
    }


def test_a_changed_slug_leads_to_the_concept_of_the_same_name() -> None:
    old = remember([Concept("gridnet", "GridNet", "architecture")])
    new = remember([Concept("grid-net", "Grid-Net", "module"), Concept("other", "Other", "module")])
    assert redirects(old, new) == {"gridnet": ("grid-net",)}


def test_a_name_that_split_leads_to_its_senses() -> None:
    old = remember([Concept("cam", "CAM", "module")])
    new = remember([Concept("cam-1", "CAM", "module"), Concept("cam-2", "CAM", "technique")])
    assert redirects(old, new) == {"cam": ("cam-1", "cam-2")}


def test_a_data_set_never_becomes_a_method() -> None:
    old = remember([Concept("grid", "Grid", "dataset")])
    assert redirects(old, remember([Concept("grid-a", "Grid", "module")])) == {}


def test_a_long_form_that_took_over_is_found_by_its_aliases() -> None:
    old = remember([Concept("gfn", "GFN", "module")])
    new = remember([Concept("grid-fusion-network", "Grid Fusion Network", "module", ("GFN",))])
    assert redirects(old, new) == {"gfn": ("grid-fusion-network",)}


def test_chains_are_drawn_together_and_end_where_an_identifier_comes_back() -> None:
    old = remember([Concept("b", "Grid", "module")])
    new = remember([Concept("c", "Grid", "module")])
    assert redirects(old, new, before={"a": ("b",)}) == {"a": ("c",), "b": ("c",)}
    assert redirects(new, old, before={"a": ("c",), "b": ("c",)}) == {"a": ("b",), "c": ("b",)}


def test_what_nothing_took_over_is_left_out() -> None:
    assert redirects(remember([Concept("gone", "Gone", "task")]), {}) == {}

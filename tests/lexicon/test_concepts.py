"""The curated concepts hold together."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.lexicon import Lexicon, load
from kg.lexicon.concepts import read_folder
from kg.names import fold
from kg.records import KINDS, METHOD_KINDS


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def test_there_are_concepts_of_every_kind(lexicon: Lexicon) -> None:
    assert len(lexicon.concepts) >= 2_500
    assert {concept.kind for concept in lexicon.concepts.values()} == set(KINDS)


def test_every_link_leads_to_a_concept_of_a_fitting_kind(lexicon: Lexicon) -> None:
    wrong = [
        (concept.id, target)
        for concept in lexicon.concepts.values()
        for targets, kinds in (
            (concept.based_on, METHOD_KINDS),
            (concept.uses, METHOD_KINDS),
            (concept.tasks, frozenset({"task"})),
            (concept.broader, frozenset(KINDS)),
        )
        for target in targets
        if target not in lexicon.concepts or lexicon.concepts[target].kind not in kinds
    ]
    assert wrong == []


def test_only_methods_have_lineage_and_parts(lexicon: Lexicon) -> None:
    linked = (c for c in lexicon.concepts.values() if c.based_on or c.uses)
    assert [c.id for c in linked if c.kind not in METHOD_KINDS] == []


def test_a_pair_is_in_lineage_or_in_parts_never_in_both(lexicon: Lexicon) -> None:
    assert [c.id for c in lexicon.concepts.values() if set(c.based_on) & set(c.uses)] == []


@pytest.mark.parametrize("relation", ["based_on", "broader"])
def test_no_concept_is_its_own_ancestor(lexicon: Lexicon, relation: str) -> None:
    done: set[str] = set()

    def visit(identifier: str, path: tuple[str, ...]) -> None:
        assert identifier not in path, " -> ".join((*path, identifier))
        if identifier not in done:
            for parent in getattr(lexicon.concepts[identifier], relation):
                visit(parent, (*path, identifier))
            done.add(identifier)

    for identifier in lexicon.concepts:
        visit(identifier, ())


def test_no_child_is_older_than_its_parent(lexicon: Lexicon) -> None:
    years = {concept.id: concept.year for concept in lexicon.concepts.values()}
    wrong = [
        (concept.id, parent)
        for concept in lexicon.concepts.values()
        for parent in concept.based_on
        if concept.year and (born := years[parent]) and concept.year < born
    ]
    assert wrong == []


def test_no_two_concepts_of_one_group_share_a_name_unless_they_are_homographs_of_known_origin(lexicon: Lexicon) -> None:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for concept in lexicon.concepts.values():
        group = "method" if concept.kind in METHOD_KINDS or concept.kind == "task" else concept.kind
        for key in {fold(name) for name in concept.names}:
            groups[group, key].append(concept.id)
    shared = {key: ids for key, ids in groups.items() if len(ids) > 1}
    # Two systems of one name (RAFT for optical flow, RAFT for retrieval) are told apart by their years, or by the
    # papers that introduce them where both came out in one year (Autoformer for series, AutoFormer for search).
    undisputed = {key: ids for key, ids in shared.items() if len({_origin(lexicon, i) for i in ids}) < len(ids)}
    assert undisputed == {}


def _origin(lexicon: Lexicon, identifier: str) -> tuple[int, str | None] | None:
    concept = lexicon.concepts[identifier]
    return None if concept.year is None else (concept.year, concept.introduced_in)


def test_names_are_found_by_any_spelling(lexicon: Lexicon) -> None:
    for name, expected in (
        ("FPN", "Feature Pyramid Network"),
        ("ms coco", "COCO"),
        ("ConvNets", "Convolutional Neural Network"),
    ):
        found = lexicon.find(name)
        assert found is not None
        assert found.name == expected
    assert lexicon.find("no such thing") is None


def test_files_are_sorted_by_identifier(lexicon: Lexicon) -> None:
    from kg._resources import ontology_folder

    for path in sorted((ontology_folder() / "concepts").glob("*.ttl")):
        blocks = [
            line.split()[0] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("concept:")
        ]
        assert blocks == sorted(blocks), path.name


def test_a_concept_without_a_kind_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        '<https://w3id.org/methodome/concept/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "X" .', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"bad\.ttl.*kind"):
        read_folder(tmp_path)


def test_what_is_no_turtle_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is prose", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.ttl: not valid Turtle"):
        read_folder(tmp_path)


def test_a_folder_without_concepts_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no curated concepts there") as told:
        read_folder(tmp_path)
    assert told.value.path == str(tmp_path)

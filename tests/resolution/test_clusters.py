"""Six rules that reading the homographs of a corpus asked for, each on the smallest corpus that shows it."""

from __future__ import annotations

from kg.records import Resolution
from kg.resolution.clusters import PLURAL
from tests.resolution.test_resolving import entity, own, resolved


def names(resolution: Resolution) -> list[str]:
    return sorted(concept.name for concept in own(resolution).values())


def test_the_plural_of_two_initials_is_no_name_of_three_letters_and_the_log_says_so() -> None:
    found = resolved(
        ([entity("QLs", aliases=("QLs", "Quartz Ladder"))], []),
        ([entity("QLS", aliases=("QLS", "Quiet Lattice Search"))], []),
    )
    assert len(own(found)) == 2
    assert [(m.name, m.merged) for m in found.merges if m.reason == PLURAL] == [("QLs", False)]
    joined = resolved(([entity("Quartz Ladder", aliases=("Quartz Ladder", "QLs"))], []), ([entity("QL")], []))
    assert len(own(joined)) == 1


def test_initials_alone_are_no_matter_of_the_log() -> None:
    found = resolved(([entity("QLs", aliases=("QLs", "Quartz Ladder"))], []))
    assert not [merge for merge in found.merges if merge.reason == PLURAL]


def test_an_acronym_within_a_name_is_no_part_of_it() -> None:
    for name in ("Quartz Ladder (QL) Search", "Quartz Ladder(QL)search"):
        assert len(own(resolved(([entity(name)], []), ([entity("Quartz Ladder Search")], [])))) == 1


def test_a_name_whose_last_words_are_defined_stays_the_whole_name() -> None:
    found = resolved(
        ([entity("Deep Feature Pyramid Network", aliases=("Feature Pyramid Network", "FPN"))], []),
        ([entity("Deep Feature Pyramid Network")], []),
    )
    assert "Deep Feature Pyramid Network" in names(found)


def test_a_single_word_may_spell_an_acronym_that_stands_for_another_thing_elsewhere() -> None:
    found = resolved(
        ([entity("Quartzpropagation", "technique", aliases=("Quartzpropagation", "QP"))], []),
        ([entity("Quiet Path", "technique", aliases=("Quiet Path", "QP"))], []),
    )
    assert names(found) == ["Quartzpropagation", "Quiet Path"]

"""Six rules that reading the homographs of a corpus asked for, each on the smallest corpus that shows it."""

from __future__ import annotations

from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Extraction, Paper, Relation, Resolution
from kg.resolution import resolve
from kg.resolution.clusters import OTHER_INTRODUCTION, PLURAL
from tests.resolution.test_resolving import entity, own, relation, resolved

LEXICON = index(
    [
        CuratedConcept("lattice-learning", "Lattice Learning", "technique", ("LL",)),
        CuratedConcept("deep-lattice-learning", "Deep Lattice Learning", "technique"),
        CuratedConcept(
            "gridnet", "GridNet", "architecture", introduced_in="GridNet: Grids of Convolutions for Reading Maps"
        ),
    ]
)


def names(resolution: Resolution) -> list[str]:
    return sorted(concept.name for concept in own(resolution).values())


def read(title: str, *entities: object, relations: tuple[Relation, ...] = ()) -> Resolution:
    """Return the graph of one paper with the curated concepts of this file."""
    paper = Paper("t-1", title)
    return resolve([paper], {"t-1": Extraction("t-1", title, entities, relations)}, LEXICON)  # type: ignore[arg-type]


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
    said = entity("Deep Lattice Learning", "technique", aliases=("Lattice Learning", "LL"))
    assert [edge.object for edge in read("A Study", said).edges if edge.predicate == "mentions"] == [
        "deep-lattice-learning"
    ]


def test_what_is_said_of_the_own_name_comes_before_what_is_said_of_a_longer_one() -> None:
    longer, short = "Heavy Mirrored Bucket Sorting", "HMBS"
    both = entity("QLA", aliases=("QLA", "Quiet Ladder Ascent", longer, short))
    alone = entity("QLA", aliases=("QLA", "Quiet Ladder Ascent"))
    found = resolved(([both], []), ([alone], []), ([entity(short, aliases=(longer, short))], []))
    meant = {edge.subject: edge.object for edge in found.edges if edge.predicate == "mentions"}
    assert meant["t-0"] == meant["t-1"] != meant["t-2"]


def test_a_single_word_may_spell_an_acronym_that_stands_for_another_thing_elsewhere() -> None:
    found = resolved(
        ([entity("Quartzpropagation", "technique", aliases=("Quartzpropagation", "QP"))], []),
        ([entity("Quiet Path", "technique", aliases=("Quiet Path", "QP"))], []),
    )
    assert names(found) == ["Quartzpropagation", "Quiet Path"]


def test_a_coined_curated_name_that_heads_another_paper_is_another_thing() -> None:
    said = (relation("paper", "introduces", "GridNet"),)
    other = read("GridNet: Sorting Whale Songs by Their Echoes", entity("GridNet"), relations=said)
    assert names(other) == ["GridNet"]
    assert {merge.reason for merge in other.merges if not merge.merged} == {OTHER_INTRODUCTION}
    same = read("GridNet: Grids of Convolutions to Read Maps", entity("GridNet"), relations=said)
    assert names(same) == []

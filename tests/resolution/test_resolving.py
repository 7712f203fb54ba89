from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Concept, Entity, Evidence, Extraction, Mention, Paper, Relation, Resolution
from kg.resolution import resolve

LEXICON = index(
    [
        CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",), year=2016),
        CuratedConcept("sgd", "Stochastic Gradient Descent", "technique", ("SGD",)),
        CuratedConcept("sgd-dataset", "Schema-Guided Dialogue", "dataset", ("SGD",)),
        CuratedConcept("bifpn", "BiFPN", "module", based_on=("fpn",)),
    ]
)


def entity(
    name: str, kind: str = "architecture", *, aliases: tuple[str, ...] = (), curated: str | None = None
) -> Entity:
    return Entity(name, kind, 0.9, (Mention(0, len(name), name),), ((kind, 1.0),), aliases, curated)


def relation(subject: str, predicate: str, target: str) -> Relation:
    return Relation(subject, predicate, target, Evidence("Said.", 0, 5, "rule:test", 0.9))


def resolved(*said: tuple[list[Entity], list[Relation]], years: tuple[int | None, ...] = ()) -> Resolution:
    papers = [
        Paper(f"t-{number}", f"Paper {number}", year=years[number] if years else None) for number in range(len(said))
    ]
    extractions = {
        paper.key: Extraction(paper.key, paper.title, tuple(entities), tuple(relations))
        for paper, (entities, relations) in zip(papers, said, strict=True)
    }
    return resolve(papers, extractions, LEXICON)


def own(resolution: Resolution) -> dict[str, Concept]:
    return {concept.id: concept for concept in resolution.concepts if not concept.curated}


def test_spellings_meet_in_one_concept() -> None:
    concepts = own(resolved(([entity("GridNet")], []), ([entity("Grid-Net")], []), ([entity("GridNets")], [])))
    assert [(c.id, c.name) for c in concepts.values()] == [("grid-net", "GridNet")]


def test_a_definition_in_one_paper_joins_long_and_short_in_all() -> None:
    concepts = own(
        resolved(
            ([entity("GFN", aliases=("GFN", "Grid Fusion Network"))], []),
            ([entity("Grid Fusion Network")], []),
            ([entity("GFN")], []),
        )
    )
    assert [(c.name, c.aliases) for c in concepts.values()] == [("GFN", ("Grid Fusion Network",))]


def test_an_acronym_with_two_long_forms_is_two_concepts_and_logged() -> None:
    said = [
        ([entity("CAM", "module", aliases=("CAM", "channel attention module"))], []),
        ([entity("CAM", "technique", aliases=("CAM", "class activation map"))], []),
        ([entity("CAM", "technique", aliases=("CAM", "class activation map"))], []),
        ([entity("CAM", "technique")], []),
    ]
    resolution = resolved(*said)
    concepts = own(resolution)
    assert sorted(c.aliases for c in concepts.values()) == [("channel attention module",), ("class activation map",)]
    by_alias = {c.aliases[0]: c.id for c in concepts.values()}
    mentioned = {(e.subject, e.object) for e in resolution.edges if e.predicate == "mentions"}
    assert ("t-3", by_alias["class activation map"]) in mentioned
    assert [m.reason for m in resolution.merges if not m.merged] == ["the acronym stands for several long forms"] * 2


def test_a_curated_name_is_the_curated_concept() -> None:
    resolution = resolved(
        ([entity("FPN", "module", curated="fpn")], []), ([entity("feature pyramid networks", "module")], [])
    )
    assert own(resolution) == {}
    assert {(e.subject, e.object) for e in resolution.edges if e.predicate == "mentions"} == {
        ("t-0", "fpn"),
        ("t-1", "fpn"),
    }


def test_a_method_and_a_data_set_of_one_name_are_two() -> None:
    resolution = resolved(([entity("SGD", "technique")], []), ([entity("SGD", "dataset")], []))
    assert {(e.subject, e.object) for e in resolution.edges if e.predicate == "mentions"} == {
        ("t-0", "sgd"),
        ("t-1", "sgd-dataset"),
    }


def test_a_text_that_defines_a_curated_acronym_otherwise_means_another_thing() -> None:
    concepts = own(resolved(([entity("FPN", "architecture", aliases=("FPN", "Frog Population Numerics"))], [])))
    assert [c.aliases for c in concepts.values()] == [("Frog Population Numerics",)]


def test_technique_and_architecture_are_one_concept_by_vote() -> None:
    concepts = own(
        resolved(([entity("Moco")], []), ([entity("MoCo", "technique")], []), ([entity("MoCo", "technique")], []))
    )
    assert [(c.name, c.kind) for c in concepts.values()] == [("MoCo", "technique")]


def test_the_year_is_that_of_the_earliest_introducing_paper() -> None:
    said = ([entity("GridNet")], [relation("paper", "introduces", "GridNet")])
    only_named = ([entity("GridNet")], [])
    assert own(resolved(said, only_named, said, years=(2021, 2015, None)))["gridnet"].year == 2021


def test_an_edge_carries_the_proofs_of_all_papers_and_of_the_curator() -> None:
    said = ([entity("BiFPN", "module"), entity("FPN", "module")], [relation("BiFPN", "based_on", "FPN")])
    edges = [e for e in resolved(said, said).edges if e.predicate == "based_on"]
    assert [(e.subject, e.object) for e in edges] == [("bifpn", "fpn")]
    assert [proof.paper for proof in edges[0].proofs] == [None, "t-0", "t-1"]


def test_an_edge_that_the_vote_on_kinds_makes_senseless_is_left_out() -> None:
    voted = ([entity("Grid Search", "technique")], [])
    said = ([entity("Grid Search", "task")], [relation("paper", "addresses", "Grid Search")])
    assert [e.predicate for e in resolved(said, voted, voted).edges if e.subject == "t-0"] == ["mentions"]


NAMES = st.sampled_from(["GridNet", "Grid-Net", "FPN", "CAM", "SGD", "MoCo", "β-VAE", "VAE", "UNet++"])
ENTITIES = st.builds(
    entity,
    NAMES,
    st.sampled_from(["architecture", "module", "technique", "dataset", "task"]),
    aliases=st.sampled_from([(), ("CAM", "class activation map"), ("CAM", "channel attention module")]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ENTITIES, max_size=4, unique_by=lambda e: e.name), min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_papers_changes_nothing(said: list[list[Entity]], chance: random.Random) -> None:
    papers = [Paper(f"t-{number}", f"Paper {number}") for number in range(len(said))]
    extractions = {
        paper.key: Extraction(
            paper.key, paper.title, tuple(entities), tuple(relation("paper", "introduces", e.name) for e in entities)
        )
        for paper, entities in zip(papers, said, strict=True)
    }
    shuffled = chance.sample(papers, len(papers))
    other = {key: extractions[key] for key in chance.sample(sorted(extractions), len(extractions))}
    assert resolve(shuffled, other, LEXICON) == resolve(papers, extractions, LEXICON)

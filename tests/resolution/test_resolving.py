from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.lexicon import CuratedConcept, load
from kg.lexicon.concepts import index
from kg.records import Concept, Entity, Evidence, Extraction, Mention, Paper, Relation, Resolution
from kg.resolution import resolve
from kg.resolution.local import group_of
from kg.resolution.spelling import identity_key
from kg.sources import join, read_sources

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


def mentioned(resolution: Resolution) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for edge in resolution.edges:
        if edge.predicate == "mentions":
            found.setdefault(edge.subject, set()).add(edge.object)
    return found


def in_papers(*said: tuple[str, list[Entity], list[Relation]]) -> Resolution:
    papers = [Paper(f"t-{number}", title, year=2020 + number) for number, (title, _, _) in enumerate(said)]
    extractions = {
        paper.key: Extraction(paper.key, paper.title, tuple(entities), tuple(relations))
        for paper, (_, entities, relations) in zip(papers, said, strict=True)
    }
    return resolve(papers, extractions, LEXICON)


OWL = entity("OwlNet"), relation("paper", "introduces", "OwlNet")
FOR_TRANSLATION = ("OwlNet: Translation", [OWL[0], entity("Machine Translation", "task")], [OWL[1]])
FOR_DETECTION = ("OwlNet: Detection", [OWL[0], entity("Object Detection", "task")], [OWL[1]])


def test_two_papers_of_far_fields_that_coin_one_name_mean_two_things() -> None:
    resolution = in_papers(FOR_TRANSLATION, FOR_DETECTION)
    found = mentioned(resolution)
    assert not {c for c in found["t-0"] & found["t-1"] if c.startswith("owl")}
    assert [m.reason for m in resolution.merges] == ["papers of far fields each introduce a thing of this name"] * 2


def test_a_mention_that_defines_nothing_goes_where_its_context_fits() -> None:
    named = ("Faces in Crowds", [OWL[0], entity("Object Detection", "task")], [])
    resolution = in_papers(FOR_TRANSLATION, FOR_DETECTION, named)
    found = mentioned(resolution)
    assert found["t-2"] == found["t-1"]
    assert "undefined here; its tasks, data sets and neighbours fit this sense" in {m.reason for m in resolution.merges}


def test_a_mention_that_fits_no_sense_goes_to_the_best_supported_one_with_the_doubt_logged() -> None:
    resolution = in_papers(FOR_TRANSLATION, FOR_TRANSLATION, FOR_DETECTION, ("Notes", [OWL[0]], []))
    found = mentioned(resolution)
    assert found["t-3"] <= found["t-0"]
    assert ("undefined here; given to the sense that most papers mean", ("t-3",)) in {
        (m.reason, m.papers) for m in resolution.merges
    }


def test_a_second_introduction_in_one_field_or_a_use_in_another_splits_nothing() -> None:
    used = ("Molecules", [OWL[0], entity("Drug Discovery", "task")], [])
    untitled = ("On Molecules", [OWL[0], entity("Drug Discovery", "task")], [OWL[1]])
    found = mentioned(in_papers(FOR_DETECTION, FOR_DETECTION, used, untitled))
    assert len({c for concepts in found.values() for c in concepts if c.startswith("owl")}) == 1


def test_british_and_american_spellings_meet() -> None:
    concepts = own(resolved(([entity("centre optimisation")], []), ([entity("Center Optimization")], [])))
    assert len(concepts) == 1


def test_coined_short_names_of_one_long_form_stay_apart() -> None:
    concepts = own(
        resolved(
            ([entity("MaskGAE", aliases=("MaskGAE", "masked graph autoencoder"))], []),
            ([entity("GraMAE", aliases=("GraMAE", "graph masked autoencoder"))], []),
            ([entity("MGraphAE", aliases=("MGraphAE", "masked graph autoencoder"))], []),
        )
    )
    assert sorted(c.name for c in concepts.values()) == ["GraMAE", "MGraphAE", "MaskGAE"]


def test_no_name_that_is_not_disputed_belongs_to_two_concepts_of_a_group() -> None:
    said = [
        ([entity("GFN", aliases=("GFN", "Grid Fusion Network"))], []),
        ([entity("GFN-X", aliases=("GFN-X", "Grid Fusion Network"))], []),
        ([entity("Grid Fusion Network")], []),
    ]
    assert shared_names(resolved(*said)) == set()


def shared_names(resolution: Resolution) -> set[str]:
    """Return the names of several concepts of one group that the merge log does not keep apart."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for concept in resolution.concepts:
        for name in (concept.name, *concept.aliases):
            bearers.setdefault((group_of(concept.kind), identity_key(name)), set()).add(concept.id)
    disputed = {identity_key(merge.name) for merge in resolution.merges if not merge.merged}
    curated = {concept.id for concept in resolution.concepts if concept.curated}
    return {
        key for (_, key), found in bearers.items() if len(found) > 1 and key not in disputed and not found <= curated
    }


@pytest.mark.shared
@pytest.mark.slow
def test_in_the_seeds_only_logged_homographs_share_a_name(shared: Path) -> None:
    records = [record for path in sorted((shared / "seeds").glob("*.txt")) for record in read_sources([path])]
    papers = join(records)
    extractor = Extractor()
    resolution = resolve(papers, {paper.key: extractor.extract(paper) for paper in papers}, load())
    assert len(papers) > 400
    assert shared_names(resolution) == set()


NAMES = st.sampled_from(["GridNet", "Grid-Net", "FPN", "CAM", "SGD", "MoCo", "β-VAE", "VAE", "UNet++", "Grid nets"])
ENTITIES = st.builds(
    entity,
    NAMES,
    st.sampled_from(["architecture", "module", "technique", "dataset", "task"]),
    aliases=st.sampled_from(
        [(), ("CAM", "class activation map"), ("CAM", "channel attention module"), ("FPN", "frog population nets")]
    ),
)
TITLES = ("CAM: Translation", "MoCo: Object Detection", "MoCo: Speech Recognition", "GridNet: Images", "A Study")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ENTITIES, max_size=4, unique_by=lambda e: e.name), min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_papers_changes_nothing(said: list[list[Entity]], chance: random.Random) -> None:
    papers = [Paper(f"t-{number}", chance.choice(TITLES), year=2020) for number in range(len(said))]
    extractions = {
        paper.key: Extraction(
            paper.key, paper.title, tuple(entities), tuple(relation("paper", "introduces", e.name) for e in entities)
        )
        for paper, entities in zip(papers, said, strict=True)
    }
    shuffled = chance.sample(papers, len(papers))
    other = {key: extractions[key] for key in chance.sample(sorted(extractions), len(extractions))}
    assert resolve(shuffled, other, LEXICON) == resolve(papers, extractions, LEXICON)


def test_lineage_that_the_curated_concepts_rule_out_is_not_drawn() -> None:
    said = ([entity("FPN", "module"), entity("BiFPN", "module")], [relation("FPN", "based_on", "BiFPN")])
    edges = [(e.subject, e.object) for e in resolved(said).edges if e.predicate == "based_on"]
    assert edges == [("bifpn", "fpn")]


def test_an_undated_concept_does_not_come_from_what_is_younger_than_its_children() -> None:
    lexicon = index(
        [
            CuratedConcept("mlp", "MLP", "architecture"),
            CuratedConcept("early", "EarlyNet", "architecture", year=1988, based_on=("mlp",)),
            CuratedConcept("late", "LateNet", "architecture", year=2015),
        ]
    )
    paper = Paper("t-0", "A Paper", year=2020)
    entities = (entity("MLP", curated="mlp"), entity("LateNet", curated="late"))
    said = (relation("MLP", "based_on", "LateNet"), relation("paper", "introduces", "MLP"))
    found = resolve([paper], {"t-0": Extraction("t-0", paper.title, entities, said)}, lexicon)
    assert [(e.subject, e.object) for e in found.edges if e.predicate == "based_on"] == [("early", "mlp")]
    assert {concept.id: concept.year for concept in found.concepts}["mlp"] is None

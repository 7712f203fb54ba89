from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from kg import vocabulary as v
from kg.lexicon import CuratedConcept, Lexicon
from kg.lexicon.concepts import index
from kg.records import (
    Concept,
    DecisionUse,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Merge,
    Paper,
    Proof,
    Relation,
    Resolution,
    Result,
)
from kg.resolution import resolve
from kg.resolution.curation import Curation, Decision, Reference, contradiction, problem_of

LEXICON = index(
    [
        CuratedConcept("bifpn", "BiFPN", "module", based_on=("fpn",), uses=("pyramid",)),
        CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN", "pyramid net"), year=2016),
        CuratedConcept("pyramid", "Image Pyramid", "technique", year=1984),
        CuratedConcept("sgd", "Stochastic Gradient Descent", "technique", ("SGD",)),
        CuratedConcept("sgd-dataset", "Schema-Guided Dialogue", "dataset", ("SGD",)),
    ]
)
PROOF = Evidence("Said.", 0, 5, "rule:test", 0.9)


def entity(name: str, kind: str = "architecture", *aliases: str) -> Entity:
    return Entity(name, kind, 0.9, (Mention(0, len(name), name),), ((kind, 1.0),), tuple(aliases))


def said(subject: str, predicate: str, target: str) -> Relation:
    return Relation(subject, predicate, target, PROOF)


Said = tuple[Sequence[Entity], Sequence[Relation]]


def resolved(*papers: Said, by: Sequence[Decision] = (), results: Sequence[Result] = ()) -> Resolution:
    made = [Paper(f"t-{n}", f"Paper {n}", year=2020 + n, arxiv=f"2001.0000{n}") for n in range(len(papers))]
    extractions = {
        paper.key: Extraction(paper.key, paper.title, tuple(entities), tuple(relations), tuple(results))
        for paper, (entities, relations) in zip(made, papers, strict=True)
    }
    return resolve(made, extractions, LEXICON, Curation.of(by))


def own(resolution: Resolution) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names of the concepts that are not curated."""
    return sorted((concept.name, concept.aliases) for concept in resolution.concepts if not concept.curated)


def named(resolution: Resolution, identifier: str) -> Concept:
    return next(concept for concept in resolution.concepts if concept.id == identifier)


def mentions(resolution: Resolution) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for edge in resolution.edges:
        if edge.predicate == "mentions":
            found.setdefault(edge.subject, set()).add(edge.object)
    return found


def edges(resolution: Resolution, predicate: str) -> set[tuple[str, str]]:
    return {(edge.subject, edge.object) for edge in resolution.edges if edge.predicate == predicate}


def used(resolution: Resolution) -> list[tuple[bool, str]]:
    return [(use.used, use.note) for use in resolution.decisions]


# Same


def test_two_names_that_people_hold_to_be_one_are_one_with_the_reason_in_the_log() -> None:
    decision = Decision("same", "GridNet", "LatticeNet")
    resolution = resolved(([entity("GridNet")], []), ([entity("LatticeNet")], []), by=[decision])
    assert own(resolution) == [("GridNet", ("LatticeNet",))]
    assert mentions(resolution) == {"t-0": {"gridnet"}, "t-1": {"gridnet"}}
    assert resolution.merges[0] == Merge(
        "gridnet", "LatticeNet", True, 'curated: same "GridNet" "LatticeNet"', ("t-1",)
    )
    assert resolution.decisions == (DecisionUse('same "GridNet" "LatticeNet"', used=True),)


def test_a_name_from_papers_joins_the_curated_concept_whichever_is_said_first() -> None:
    for pair in (("GridNet", "FPN"), ("FPN", "GridNet")):
        resolution = resolved(([entity("GridNet")], []), by=[Decision("same", *pair)])
        assert mentions(resolution) == {"t-0": {"fpn"}}
        assert named(resolution, "fpn").aliases == ("FPN", "GridNet", "pyramid net")


def test_of_two_curated_concepts_the_first_takes_in_the_other_with_its_links() -> None:
    resolution = resolved(([entity("Image Pyramid", "technique")], []), by=[Decision("same", "FPN", "Image Pyramid")])
    assert mentions(resolution) == {"t-0": {"fpn"}}
    assert [concept.id for concept in resolution.concepts] == ["bifpn", "fpn", "sgd", "sgd-dataset"]
    assert edges(resolution, "uses") == {("bifpn", "fpn")}


def test_what_the_machine_split_can_be_made_one_by_name_or_by_identifier() -> None:
    papers: list[Said] = [
        ([entity("CAM", "module", "CAM", "channel attention module")], []),
        ([entity("CAM", "module", "CAM", "class activation map")], []),
    ]
    apart = [concept.id for concept in resolved(*papers).concepts if not concept.curated]
    assert len(apart) == 2
    for decision in (
        Decision("same", "CAM", "CAM"),
        Decision("same", "channel attention module", "class activation map"),
        Decision("same", *(v.concept_iri(each) for each in apart)),
    ):
        resolution = resolved(*papers, by=[decision])
        assert [name for name, _ in own(resolution)] == ["CAM"], decision
        assert [merge.reason for merge in resolution.merges if not merge.merged] == []
        assert used(resolution) == [(True, "")]


def test_what_became_of_a_decision_can_be_named_by_its_identifier() -> None:
    papers: list[Said] = [
        ([entity("CAM", "module", "CAM", "channel attention module")], []),
        ([entity("CAM", "module", "CAM", "class activation map")], []),
        ([entity("GridNet")], []),
    ]
    by = [Decision("same", "CAM", "CAM"), Decision("same", "concept:cam", "GridNet")]
    assert len(own(resolved(*papers, by=by))) == 1


def test_one_concept_may_be_called_by_its_kind_in_brackets_across_groups() -> None:
    papers: list[Said] = [([entity("Owl", "technique")], []), ([entity("Owl", "dataset")], [])]
    resolution = resolved(*papers, by=[Decision("same", "Owl (dataset)", "Owl (technique)")])
    assert [(concept.name, concept.kind) for concept in resolution.concepts if not concept.curated] == [
        ("Owl", "dataset")
    ]


# Different


def test_what_the_machine_made_one_can_be_made_two() -> None:
    papers: list[Said] = [
        ([entity("GFN", "module", "GFN", "grid fusion network")], []),
        ([entity("grid fusion network", "module")], []),
        ([entity("GFN", "module")], []),
    ]
    assert len(own(resolved(*papers))) == 1
    resolution = resolved(*papers, by=[Decision("different", "GFN", "grid fusion network")])
    assert own(resolution) == [("GFN", ()), ("grid fusion network", ())]
    found = mentions(resolution)
    assert found["t-0"] == found["t-2"] != found["t-1"]
    assert [(merge.name, merge.reason) for merge in resolution.merges if not merge.merged] == [
        ("grid fusion network", 'curated: different "GFN" "grid fusion network"')
    ]


def test_an_alias_can_be_taken_from_a_curated_concept() -> None:
    papers: list[Said] = [([entity("FPN", "module")], []), ([entity("pyramid net", "module")], [])]
    resolution = resolved(*papers, by=[Decision("different", "FPN", "pyramid net")])
    assert mentions(resolution) == {"t-0": {"fpn"}, "t-1": {"pyramid-net"}}
    assert named(resolution, "fpn").aliases == ("FPN",)


def test_what_was_parted_can_be_joined_with_another() -> None:
    papers: list[Said] = [([entity("FPN", "module"), entity("GridNet")], []), ([entity("pyramid net", "module")], [])]
    by = [Decision("different", "FPN", "pyramid net"), Decision("same", "GridNet", "pyramid net")]
    resolution = resolved(*papers, by=by)
    assert mentions(resolution) == {"t-0": {"fpn", "gridnet"}, "t-1": {"gridnet"}}


def test_what_is_two_already_needs_no_decision() -> None:
    papers: list[Said] = [([entity("GridNet"), entity("LatticeNet")], [])]
    assert used(resolved(*papers, by=[Decision("different", "GridNet", "LatticeNet")])) == [
        (False, "they are two concepts already")
    ]


# Sense


def test_the_sense_that_a_paper_means_is_taken_from_its_key_its_number_or_its_title() -> None:
    papers: list[Said] = [([entity("SGD", "technique")], []), ([entity("SGD", "technique")], [])]
    for paper in ("t-1", v.paper_iri("t-1"), "2001.00001", "paper 1"):
        resolution = resolved(*papers, by=[Decision("sense", paper, "SGD (dataset)", name="SGD")])
        assert mentions(resolution) == {"t-0": {"sgd"}, "t-1": {"sgd-dataset"}}
    assert ("sgd-dataset", ("t-1",)) in {(merge.concept, merge.papers) for merge in resolution.merges}


# Facts


def test_kind_name_and_year_are_what_people_say() -> None:
    by = [
        Decision("kind", "GridNet", "module"),
        Decision("name", "GridNet", "Grid Network"),
        Decision("year", "GridNet", "1999"),
    ]
    resolution = resolved(([entity("GridNet")], [said("paper", "introduces", "GridNet")]), by=by)
    assert named(resolution, "gridnet") == Concept("gridnet", "Grid Network", "module", ("GridNet",), year=1999)
    assert used(resolution) == [(True, "")] * 3


def test_a_dropped_concept_leaves_with_all_its_edges_and_results() -> None:
    papers: list[Said] = [
        (
            [entity("GridNet"), entity("FPN", "module")],
            [said("GridNet", "based_on", "FPN"), said("GridNet", "uses", "FPN")],
        )
    ]
    score = Result("GridNet", None, None, None, "1%", 1.0, "%", None, PROOF)
    assert len(resolved(*papers, results=[score]).scores) == 1
    resolution = resolved(*papers, by=[Decision("drop", "GridNet")], results=[score])
    assert (own(resolution), resolution.scores) == ([], ())
    assert mentions(resolution) == {"t-0": {"fpn"}}
    assert {edge.subject for edge in resolution.edges} == {"bifpn", "t-0"}


def test_a_dropped_curated_concept_is_no_parent_either() -> None:
    resolution = resolved(([entity("BiFPN", "module")], []), by=[Decision("drop", "FPN")])
    assert (edges(resolution, "based_on"), "fpn" in {concept.id for concept in resolution.concepts}) == (set(), False)


def test_the_introducing_paper_is_the_one_that_people_name_and_no_other() -> None:
    intro = ([entity("GridNet")], [said("paper", "introduces", "GridNet")])
    resolution = resolved(intro, ([entity("GridNet")], []), by=[Decision("introduced", "GridNet", "Paper 1")])
    assert edges(resolution, "introduces") == {("t-1", "gridnet")}
    assert (named(resolution, "gridnet").introduced_in, named(resolution, "gridnet").year) == ("Paper 1", 2021)


def test_an_introducing_paper_that_is_not_here_is_noted_by_its_title() -> None:
    intro = ([entity("GridNet")], [said("paper", "introduces", "GridNet")])
    resolution = resolved(intro, by=[Decision("introduced", "GridNet", "Grids for All")])
    assert edges(resolution, "introduces") == set()
    assert named(resolution, "gridnet").introduced_in == "Grids for All"


# Edges and results


def test_a_rejected_edge_vanishes_with_all_its_evidence() -> None:
    paper = ([entity("GridNet"), entity("FPN", "module")], [said("GridNet", "based_on", "FPN")])
    resolution = resolved(paper, paper, by=[Decision("reject", "GridNet", "FPN", "based_on")])
    assert edges(resolution, "based_on") == {("bifpn", "fpn")}
    assert used(resolution) == [(True, "")]


def test_a_rejected_curated_edge_is_no_reason_against_its_opposite() -> None:
    paper = ([entity("BiFPN", "module"), entity("FPN", "module")], [said("FPN", "based_on", "BiFPN")])
    assert edges(resolved(paper), "based_on") == {("bifpn", "fpn")}
    resolution = resolved(paper, by=[Decision("reject", "BiFPN", "FPN", "based_on")])
    assert edges(resolution, "based_on") == {("fpn", "bifpn")}


def test_a_rejection_of_what_nobody_says_is_reported_as_unused() -> None:
    by = [Decision("reject", "GridNet", "FPN", "based_on")]
    assert used(resolved(([entity("GridNet")], []), by=by)) == [(False, "no paper says so")]


def test_edges_of_papers_can_be_rejected_too() -> None:
    paper = ([entity("GridNet")], [said("paper", "introduces", "GridNet")])
    by = [Decision("reject", "Paper 0", "GridNet", "introduces")]
    resolution = resolved(paper, by=by)
    assert (edges(resolution, "introduces"), used(resolution)) == (set(), [(True, "")])


def test_an_asserted_edge_stands_with_its_source_against_the_rules() -> None:
    # The curated concepts rule out that what is older comes from what is younger.
    by = [Decision("assert", "Image Pyramid", "FPN", "based_on", source="a talk")]
    edge = next(e for e in resolved(([], []), by=by).edges if e.subject == "pyramid")
    assert (edge.predicate, edge.object, edge.proofs) == ("based_on", "fpn", (Proof(None, source="a talk"),))


def test_an_asserted_edge_that_does_not_fit_its_ends_is_reported() -> None:
    by = [
        Decision("assert", "FPN", "SGD (dataset)", "uses", source="a talk"),
        Decision("assert", "FPN", "FPN", "uses", source="a talk"),
        Decision("assert", "Paper 0", "FPN", "evaluates_on", source="a talk"),
    ]
    assert used(resolved(([], []), by=by)) == [
        (False, "nothing has an edge to itself"),
        (False, "uses joins methods, and Schema-Guided Dialogue is a dataset"),
        (False, "Feature Pyramid Network is a module and no dataset"),
    ]


def test_results_can_be_rejected_and_asserted() -> None:
    paper = ([entity("GridNet"), entity("Owl", "dataset")], [])
    score = Result("GridNet", None, "Owl", None, "12%", 12.0, "%", None, PROOF)
    known = (("method", "GridNet"), ("value", "12%"))
    resolution = resolved(paper, by=[Decision("reject", "t-0", predicate="reports", result=known)], results=[score])
    assert (resolution.scores, used(resolution)) == ((), [(True, "")])
    known = (("method", "GridNet"), ("dataset", "Owl"), ("value", "87.1%"))
    stated = Decision("assert", "t-0", predicate="reports", result=known, source="table 2")
    (found,) = resolved(paper, by=[stated]).scores
    assert (found.paper, found.method, found.dataset, found.number, found.unit, found.evidence, found.source) == (
        "t-0", "gridnet", "owl", 87.1, "%", None, "table 2",
    )  # fmt: skip


# What is not there, what is ambiguous, and order


@pytest.mark.parametrize(
    ("decision", "note"),
    [
        (Decision("same", "GridNet", "NoNet"), "nothing is named 'NoNet'"),
        (Decision("kind", "NoNet", "task"), "nothing is named 'NoNet'"),
        (Decision("drop", "SGD"), "'SGD' has several senses: concept:sgd, concept:sgd-dataset"),
        (Decision("sense", "Paper 9", "SGD (dataset)", name="SGD"), "there is no paper 'Paper 9'"),
        (Decision("sense", "Paper 0", "FPN", name="SGD"), "the paper names nothing 'SGD'"),
        (Decision("same", "FPN", "Feature Pyramid Network"), "it is one concept already"),
        (Decision("year", "FPN", "2016"), "it is so already"),
    ],
)
def test_a_decision_that_changes_nothing_says_why(decision: Decision, note: str) -> None:
    assert used(resolved(([entity("GridNet")], []), by=[decision])) == [(False, note)]


def test_the_order_of_decisions_and_papers_does_not_matter() -> None:
    papers: list[Said] = [
        ([entity("CAM", "module", "CAM", "channel attention module"), entity("GridNet")], []),
        ([entity("CAM", "module", "CAM", "class activation map"), entity("LatticeNet")], []),
        ([entity("pyramid net", "module"), entity("FPN", "module")], [said("FPN", "uses", "pyramid net")]),
    ]
    by = [
        Decision("same", "CAM", "CAM"),
        Decision("same", "GridNet", "LatticeNet"),
        Decision("different", "FPN", "pyramid net"),
        Decision("name", "GridNet", "Grid"),
    ]
    first = resolved(*papers, by=by)
    assert [use.used for use in first.decisions] == [True] * 4
    for seed in range(5):
        shuffled = random.Random(seed).sample(by, len(by))
        assert resolved(*papers, by=shuffled) == first


def test_a_graph_without_decisions_is_as_it_was() -> None:
    papers: list[Said] = [([entity("GridNet")], [])]
    assert resolved(*papers) == resolve(
        [Paper("t-0", "Paper 0", year=2020, arxiv="2001.00000")],
        {"t-0": Extraction("t-0", "Paper 0", (entity("GridNet"),))},
        LEXICON,
    )


# The decisions themselves


def test_a_reference_is_an_identifier_or_a_name_with_or_without_its_kind() -> None:
    assert Reference.of("https://w3id.org/methodome/concept/fpn") == Reference(identifier="fpn")
    assert Reference.of("FPN (module)") == Reference("FPN", "module")
    assert Reference.of("Foo (2017)") == Reference("Foo (2017)")


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        (Decision("same", "A"), "'same' needs an object: the other concept"),
        (Decision("marry", "A", "B"), "there is no decision 'marry'; choose one of assert, different, drop,"),
        (Decision("kind", "A", "thing"), "the kind cannot be 'thing'; choose one of architecture, module,"),
        (Decision("year", "A", "17"), "the year cannot be '17'; give four digits, as 2017"),
        (Decision("assert", "A", "B", "uses"), "'assert' needs a source: where you have it from"),
        (Decision("assert", "A", "B", "mentions", source="x"), "the predicate cannot be 'mentions'; choose one of"),
        (Decision("reject", "A", "", "uses"), "'reject' needs the object of the edge: a concept"),
        (Decision("reject", "P", predicate="reports"), "a result is told by its parts: one or more of method,"),
        (Decision("assert", "P", predicate="reports", result=(("value", "high"),), source="x"), "an asserted result"),
        (Decision("sense", "P", "A"), "'sense' needs the name whose sense in the paper it tells"),
        (Decision("different", "A", "a"), None),
        (Decision("different", "A", "A"), "one name cannot be different from itself"),
        (Decision("drop", " "), "'drop' says of nothing what it says"),
    ],
)
def test_what_a_decision_lacks_is_said_with_its_mend(decision: Decision, problem: str | None) -> None:
    found = problem_of(decision)
    assert found == problem if problem is None else (found or "").startswith(problem)


@pytest.mark.parametrize(
    "pair",
    [
        (Decision("kind", "A", "task"), Decision("kind", "a", "module")),
        (Decision("year", "A", "2017"), Decision("year", "A", "2018")),
        (Decision("reject", "A", "B", "uses"), Decision("assert", "A", "B", "uses", source="x")),
        (Decision("sense", "P", "A", name="n"), Decision("sense", "P", "B", name="N")),
        (Decision("same", "A", "B"), Decision("different", "B", "A")),
    ],
)
def test_decisions_that_cannot_both_hold_are_found(pair: tuple[Decision, Decision]) -> None:
    assert set(contradiction(pair) or ()) == set(pair)
    assert contradiction(pair[:1]) is None


def test_an_empty_lexicon_can_be_curated_too() -> None:
    made = resolve([], {}, Lexicon(), Curation.of([Decision("drop", "FPN")]))
    assert made.decisions == (DecisionUse('drop "FPN"', used=False, note="nothing is named 'FPN'"),)


def test_the_parts_of_a_result_must_be_of_their_kinds() -> None:
    known = (("method", "GridNet"), ("dataset", "FPN"), ("value", "87.1%"))
    stated = Decision("assert", "t-0", predicate="reports", result=known, source="table 2")
    resolution = resolved(([entity("GridNet")], []), by=[stated])
    assert used(resolution) == [(False, "Feature Pyramid Network is a module and no dataset")]


def test_a_dropped_data_set_leaves_the_asserted_result_without_one() -> None:
    known = (("method", "GridNet"), ("dataset", "SGD (dataset)"), ("value", "87.1%"))
    by = [
        Decision("assert", "t-0", predicate="reports", result=known, source="table 2"),
        Decision("drop", "SGD (dataset)"),
    ]
    (score,) = resolved(([entity("GridNet")], []), by=by).scores
    assert (score.method, score.dataset) == ("gridnet", None)


def test_of_several_senses_a_bare_name_means_the_one_that_is_curated() -> None:
    papers: list[Said] = [([entity("FPN", "architecture", "FPN", "Frog Population Numerics")], [])]
    resolution = resolved(*papers, by=[Decision("year", "FPN", "2015")])
    assert named(resolution, "fpn").year == 2015

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Concept, Entity, Evidence, Extraction, Mention, Merge, Paper, Relation
from kg.resolution.curated_facts import curated_papers
from kg.resolution.curation import Curation, Decision
from kg.resolution.deciding import decide
from kg.resolution.local import Anchors, Local
from kg.resolution.members import gather, papers_of
from kg.resolution.said import Said, read_said

LEXICON = index(
    [
        CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",), year=2016),
        CuratedConcept("sgd", "Stochastic Gradient Descent", "technique", ("SGD",)),
        CuratedConcept("sgd-dataset", "Schema-Guided Dialogue", "dataset", ("SGD",)),
    ]
)
ANCHORS = Anchors(LEXICON)
BY = Curation.of(
    [
        Decision("different", "FPN", "pyramid net"),
        Decision("same", "HeronNet", "Heron Search"),
        Decision("sense", "Paper 1", "SGD (dataset)", name="SGD"),
        Decision("sense", "Paper 2", "FPN", name="OwlNet"),
    ]
)


def entity(name: str, kind: str = "architecture", *, aliases: tuple[str, ...] = (), doubt: str = "module") -> Entity:
    return Entity(name, kind, 0.9, (Mention(0, len(name), name),), ((kind, 0.8), (doubt, 0.2)), aliases)


ENTITIES = [
    entity("OwlNet"),
    entity("OwlNet", "technique"),
    entity("HeronNet", aliases=("HeronNet", "Heron Network")),
    entity("HeronNet", aliases=("HeronNet", "Hierarchical Residual Network")),
    entity("Heron Search"),
    entity("FPN", "module", aliases=("FPN", "pyramid net")),
    entity("FPN", "module"),
    entity("SGD", "technique"),
    entity("ABN", aliases=("ABN", "attentive belief network")),
    entity("ABN", aliases=("ABN", "animal behaviour notation")),
    entity("ABN"),
]
FIELDS = [entity("Machine Translation", "task"), entity("Object Detection", "task")]


@st.composite
def corpora(draw: st.DrawFn) -> list[tuple[Paper, Extraction]]:
    papers = []
    for number in range(draw(st.integers(1, 6))):
        chosen = draw(st.lists(st.sampled_from(ENTITIES), max_size=4, unique_by=lambda each: each.name))
        coined = draw(st.sampled_from([None, *(each.name for each in chosen)]))
        title = f"Paper {number}" if coined is None else f"{coined}: Paper {number}"
        proof = Evidence("Said.", 0, 5, "rule:test", 0.9)
        relations = () if coined is None else (Relation("paper", "introduces", coined, proof),)
        key = f"t-{number}"
        extraction = Extraction(key, title, (*chosen, draw(st.sampled_from(FIELDS))), relations)
        papers.append((Paper(key, title, year=draw(st.sampled_from([None, 2019, 2020]))), extraction))
    return papers


def decided(
    corpus: list[tuple[Paper, Extraction]], curation: Curation, wordings: dict[Local, Local] | None
) -> tuple[list[Concept], dict[str, dict[str, str]], list[Merge]]:
    read = [read_said(paper, extraction, ANCHORS, wordings) for paper, extraction in corpus]
    contexts = {said.paper: context for said, context in read}
    found = decide(
        (said for said, _ in read),
        contexts.__getitem__,
        LEXICON,
        curation=curation,
        named=curated_papers([paper for paper, _ in corpus], curation),
    )
    return list(found.concepts), {key: dict(names) for key, names in found.meant.items()}, list(found.merges)


@given(corpora(), st.sampled_from([Curation(), BY]))
@settings(max_examples=60, deadline=None)
def test_papers_that_share_a_wording_mean_what_they_mean_without_sharing(
    corpus: list[tuple[Paper, Extraction]], curation: Curation
) -> None:
    assert decided(corpus, curation, {}) == decided(corpus, curation, None)


def said(key: str, *entities: Entity, wordings: dict[Local, Local], introduces: str = "") -> Said:
    relations = (Relation("paper", "introduces", introduces, Evidence("Said.", 0, 5, "rule:test", 0.9)),)
    return read_said(Paper(key, key, year=2020), Extraction(key, key, entities, relations), ANCHORS, wordings)[0]


def test_a_member_counts_its_papers_and_their_votes_and_can_be_parted() -> None:
    wordings: dict[Local, Local] = {}
    owl, fpn = entity("OwlNet"), entity("FPN", "module", doubt="technique")
    papers = [
        said("t-1", fpn, owl, wordings=wordings, introduces="OwlNet"),
        said("t-2", owl, wordings=wordings),
        said("t-3", owl, fpn, wordings=wordings),
    ]
    members = {member.local.name: member for member in gather(papers)}
    assert {name: papers_of([member]) for name, member in members.items()} == {
        "FPN": ("t-1", "t-3"),
        "OwlNet": ("t-1", "t-2", "t-3"),
    }
    assert members["OwlNet"].votes == [3 * 720_000, 3 * 180_000]
    part = members["OwlNet"].part(papers[:2])
    assert (papers_of([part]), part.votes, part.introduced_in) == (
        ("t-1", "t-2"),
        [2 * 720_000, 2 * 180_000],
        ((2020, "t-1"),),
    )

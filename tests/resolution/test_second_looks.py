from __future__ import annotations

import random

import pytest

from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Entity, Evidence, Extraction, Mention, Paper, Relation, Resolution
from kg.resolution import resolve
from kg.resolution.local import Anchors
from kg.resolution.said import Loader, dump_said, read_said

LEXICON = index([CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",))])


def entity(name: str, kind: str = "architecture", *, confidence: float = 0.9, aliases: tuple[str, ...] = ()) -> Entity:
    return Entity(name, kind, confidence, (Mention(0, len(name), name),), ((kind, 1.0),), aliases)


def paper(
    *entities: Entity, candidates: tuple[Entity, ...] = (), introduces: str | None = None
) -> tuple[tuple[Entity, ...], tuple[Entity, ...], str | None]:
    return entities, candidates, introduces


def resolved(*papers: tuple[tuple[Entity, ...], tuple[Entity, ...], str | None]) -> Resolution:
    extractions = {}
    for number, (entities, candidates, introduces) in enumerate(papers):
        proof = Evidence("Said.", 0, 5, "rule:test", 0.9)
        relations = (Relation("paper", "introduces", introduces, proof),) if introduces else ()
        extractions[f"t-{number}"] = Extraction(f"t-{number}", f"Paper {number}", entities, relations, (), candidates)
    made = [Paper(key, extraction.title) for key, extraction in extractions.items()]
    return resolve(random.Random(3).sample(made, len(made)), extractions, LEXICON)


def mentions(resolution: Resolution, paper_key: str) -> set[str]:
    return {e.object for e in resolution.edges if e.predicate == "mentions" and e.subject == paper_key}


DOUBTED = paper(candidates=(entity("Grid-Net", confidence=0.3),))


def test_a_name_that_one_paper_introduces_is_found_in_the_others() -> None:
    resolution = resolved(paper(entity("GridNet"), introduces="GridNet"), paper(entity("GridNet")), DOUBTED)
    assert mentions(resolution, "t-2") == {"gridnet"}


def test_one_sure_paper_is_enough_for_what_it_introduces_or_a_curator_knows_and_for_nothing_else() -> None:
    assert mentions(resolved(paper(entity("GridNet"), introduces="GridNet"), DOUBTED), "t-1") == {"gridnet"}
    fpn = paper(candidates=(entity("FPN", "module", confidence=0.4),))
    assert mentions(resolved(paper(entity("FPN", "module")), fpn), "t-1") == {"fpn"}
    assert mentions(resolved(paper(entity("GridNet")), DOUBTED), "t-1") == set()


def test_what_nobody_is_sure_of_stays_out_and_makes_no_concept() -> None:
    resolution = resolved(DOUBTED, DOUBTED, DOUBTED)
    assert [concept.id for concept in resolution.concepts] == ["fpn"]


def test_a_word_that_is_doubted_more_often_than_it_is_sure_stays_out() -> None:
    sure = [paper(entity("GridNet"))] * 2
    assert mentions(resolved(*sure, *[DOUBTED] * 30), "t-2") == set()
    assert mentions(resolved(*sure, DOUBTED), "t-2") == {"gridnet"}


def test_the_lower_the_score_the_more_papers_must_be_sure() -> None:
    low = paper(candidates=(entity("GridNet", confidence=0.1),))
    assert mentions(resolved(*[paper(entity("GridNet"))] * 3, low), "t-3") == set()
    assert mentions(resolved(*[paper(entity("GridNet"))] * 6, low), "t-6") == {"gridnet"}


def test_the_kind_that_the_sure_papers_mean_wins() -> None:
    doubted = Entity("Owl", "technique", 0.4, (Mention(0, 3, "Owl"),), (("technique", 0.6), ("dataset", 0.4)))
    sure = [paper(entity("Owl", "dataset"))] * 3
    assert mentions(resolved(*sure, paper(candidates=(doubted,))), "t-3") == {"owl"}


def test_a_name_with_several_senses_confirms_none() -> None:
    one = paper(entity("CAM", "module", aliases=("CAM", "channel attention module")))
    other = paper(entity("CAM", "module", aliases=("CAM", "class activation map")))
    doubted = paper(candidates=(entity("CAM", "module", confidence=0.6),))
    assert mentions(resolved(one, one, other, other, doubted), "t-4") == set()


def test_a_candidate_gives_no_vote_and_no_alias() -> None:
    sure = [paper(entity("GridNet"))] * 3
    doubted = paper(candidates=(entity("Grid-Nets", "module", confidence=0.5),))
    resolution = resolved(*sure, doubted)
    concept = next(concept for concept in resolution.concepts if concept.id == "gridnet")
    assert (concept.kind, concept.aliases, mentions(resolution, "t-3")) == ("architecture", (), {"gridnet"})


@pytest.mark.parametrize("name", ["GridNet", "ResNet-50"])
def test_candidates_survive_being_kept(name: str) -> None:
    extraction = Extraction("t-1", "One", candidates=(entity(name, confidence=0.25),))
    said, _ = read_said(Paper("t-1", "One"), extraction, Anchors(LEXICON))
    wordings: dict[tuple[str, str], int] = {}
    text = dump_said(said, lambda sort, data: wordings.setdefault((sort, data), len(wordings)))
    loader = Loader((number, sort, data) for (sort, data), number in wordings.items())
    assert loader.load("t-1", text) == said
    assert loader.unheard == []

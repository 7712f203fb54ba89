from itertools import pairwise, permutations

import pytest

from kg.errors import KgError
from kg.extraction.introductions import main_method
from kg.extraction.relation_model import load_relation_model, weighed_pairs
from kg.extraction.relations import consistent, find_relations, without_borrowed
from kg.extraction.scene import Scene
from kg.lexicon.concepts import Lexicon
from kg.records import METHOD_PREDICATES, Entity, Evidence, Relation
from tests.extraction.scenes import entity, read

TITLE = "FooNet: A Deep Residual Network for Image Classification"
ABSTRACT = (
    "Image classification is an old problem. In this paper, we propose FooNet, a novel architecture based on ResNet. "
    "FooNet uses squeeze attention to weigh channels. Experiments on the BarSet dataset show that FooNet outperforms "
    "VGG by a large margin."
)


def paper() -> tuple:
    reading = read(TITLE, ABSTRACT)
    entities = [
        entity(reading, "FooNet", "architecture"),
        entity(reading, "Image Classification", "task", "Image classification"),
        entity(reading, "ResNet", "architecture"),
        entity(reading, "squeeze attention", "module"),
        entity(reading, "BarSet", "dataset"),
        entity(reading, "VGG", "architecture"),
    ]
    return reading, entities


def test_plain_sentences_are_understood():
    reading, entities = paper()
    said = find_relations(Scene(reading, entities), Lexicon())
    # What a network beats may be what it comes from; that is said with little confidence.
    sure = {(r.subject, r.predicate, r.object) for r in said if r.evidence.confidence >= 0.4}
    assert sure == {
        ("FooNet", "based_on", "ResNet"),
        ("FooNet", "outperforms", "VGG"),
        ("FooNet", "uses", "squeeze attention"),
        ("paper", "addresses", "Image Classification"),
        ("paper", "evaluates_on", "BarSet"),
        ("paper", "introduces", "FooNet"),
    }


def test_the_sentence_behind_a_relation_says_it():
    reading, entities = paper()
    said = {r.predicate: r.evidence for r in find_relations(Scene(reading, entities), Lexicon())}
    assert said["introduces"].sentence == ("In this paper, we propose FooNet, a novel architecture based on ResNet.")
    assert said["outperforms"].sentence.startswith("Experiments on the BarSet dataset")
    assert all(reading.text[e.start : e.end] == e.sentence and 0 < e.confidence < 1 for e in said.values())


def test_relations_are_sorted_and_the_same_on_each_run():
    reading, entities = paper()
    found = find_relations(Scene(reading, entities), Lexicon())
    assert found == sorted(found, key=lambda r: (r.subject, r.predicate, r.object))
    assert found == find_relations(Scene(reading, entities), Lexicon())


def test_a_paper_of_no_entities_has_no_relations():
    assert find_relations(Scene(read("", ""), []), Lexicon()) == []


def test_an_entity_whose_place_is_no_token_does_no_harm():
    ghost = Entity("Ghost", "module", 0.5, ())
    reading, entities = paper()
    found = find_relations(Scene(reading, [*entities, ghost]), Lexicon())
    assert all("Ghost" not in (r.subject, r.object) for r in found)


def test_a_pair_keeps_its_surest_lineage_in_one_direction():
    said = [
        (0.2, 0, "uses", 1, 0.2),
        (0.9, 1, "based_on", 0, 0.9),
        (0.1, 0, "outperforms", 1, 0.1),
        (0.3, 1, "outperforms", 0, 0.3),
        (0.1, 2, "uses", 1, 0.1),
    ]
    assert consistent(iter(said)) == [(1, "based_on", 0, 0.9), (1, "outperforms", 0, 0.3), (2, "uses", 1, 0.1)]


def test_a_folder_without_models_is_refused_by_name(tmp_path):
    with pytest.raises(KgError, match=r"relations\.npz"):
        load_relation_model(tmp_path)


def test_a_model_is_written_as_the_same_bytes_and_read_back(tmp_path):
    model = load_relation_model()
    for name in ("one", "two"):
        model.save(tmp_path / name)
    for file in ("relations.npz", "relations.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    reading, entities = paper()
    read_back = load_relation_model(tmp_path / "one")
    scene = Scene(reading, entities)
    assert find_relations(scene, Lexicon(), model=read_back) == find_relations(scene, Lexicon())


def test_the_main_method_is_the_surest_and_an_architecture_before_its_parts():
    def introduced(name: str, confidence: float) -> Relation:
        return Relation("paper", "introduces", name, Evidence("", 0, 0, "model:relations", confidence))

    net, block, data = (Entity(n, k, 1, ()) for n, k in (("N", "architecture"), ("B", "module"), ("D", "dataset")))
    sayings = [introduced("N", 0.8), introduced("B", 0.85), introduced("D", 0.99)]
    assert main_method([block, net, data], sayings) is net
    assert main_method([block, net, data], sayings[1:]) is block
    assert main_method([data], sayings) is None


def test_every_predicate_of_methods_has_a_threshold():
    assert set(METHOD_PREDICATES) <= set(load_relation_model().decisions)


def test_what_a_surer_introduction_comes_from_is_not_introduced_too():
    def said(subject: str, predicate: str, target: str, confidence: float) -> Relation:
        return Relation(subject, predicate, target, Evidence("", 0, 0, "model:relations", confidence))

    lineage = said("NewNet", "based_on", "OldNet", 0.6)
    new, old = said("paper", "introduces", "NewNet", 0.9), said("paper", "introduces", "OldNet", 0.3)
    assert without_borrowed([new, old, lineage]) == [new, lineage]
    assert without_borrowed([new, old]) == [new, old]
    both = [new, said("paper", "introduces", "OldNet", 0.8), lineage]
    assert without_borrowed(both) == both


def test_a_text_with_very_many_methods_has_near_ones_and_those_of_the_main_one_weighed() -> None:
    names = [f"Grid{number}Net" for number in range(40)]
    reading = read("Grid0Net", " ".join(f"We add {one} to {other}." for one, other in pairwise(names)))
    scene = Scene(reading, [entity(reading, name, "architecture") for name in names])
    beside = {(number, number + 1) for number in range(39)} | {(0, number) for number in range(1, 40)}
    assert weighed_pairs(scene, 0) == sorted(beside | {(other, one) for one, other in beside})
    few = Scene(reading, scene.entities[:20])
    assert weighed_pairs(few, None) == list(permutations(range(20), 2))

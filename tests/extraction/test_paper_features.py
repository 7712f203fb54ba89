from kg.extraction.paper_features import entity_features, mention_features
from kg.extraction.priors import ROLES
from kg.extraction.scene import Scene
from kg.lexicon.concepts import CuratedConcept, Lexicon, index
from tests.extraction.scenes import entity, read, scene

NONE = (0,) * len(ROLES)


def features(title: str, abstract: str, name: str, kind: str) -> set[str]:
    reading = read(title, abstract)
    return set(entity_features(Scene(reading, [entity(reading, name, kind)]), 0, NONE, Lexicon()))


def test_the_name_before_the_colon_is_told_from_one_behind_it():
    assert {"opens title", "names title"} <= features("FooNet: A Net", "", "FooNet", "architecture")
    assert {"title<with", "behind colon"} <= features("FooNet: Nets with BarNet", "", "BarNet", "architecture")


def test_a_proposing_sentence_is_seen_from_the_name():
    found = mention_features(*_spans("T", "We propose a novel network called FooNet.", "FooNet"))
    assert {"*we", "*we propose", "*named", "l0=called"} <= found


def test_an_object_of_others_is_not_proposed():
    found = mention_features(*_spans("T", "Existing methods such as FooNet fail.", "FooNet"))
    assert not {"*we", "*we propose", "*named", "*proposed"} & found
    assert "S=existing" in found


def test_the_paper_that_curators_name_is_the_introducing_one():
    lexicon = index([CuratedConcept("foonet", "FooNet", "architecture", introduced_in="FooNet: A Net")])
    for title, feature in (("FooNet: A Net", "its paper"), ("On FooNet", "other's paper")):
        reading = read(title)
        one = Scene(reading, [entity(reading, "FooNet", "architecture", curated="foonet")])
        assert feature in entity_features(one, 0, NONE, lexicon)


def test_an_entity_that_stands_nowhere_has_features_all_the_same():
    assert "nowhere" in features("A title", "", "FooNet", "architecture")


def _spans(title: str, abstract: str, name: str):
    found = scene(title, abstract, **{name: "architecture"})
    return found, found.spans[0]

from kg.extraction.linear import spelled
from kg.extraction.pair_features import (
    mask,
    object_mention_features,
    pair_features,
    sentence_groups,
    shared_sentences,
    standing,
)
from kg.extraction.priors import ROLES
from kg.extraction.scene import Scene
from kg.lexicon.concepts import CuratedConcept, index
from tests.extraction.scenes import entity, read, scene

NONE = (0,) * len(ROLES)


def test_standings_tell_the_main_method_from_others():
    assert [standing(0.9, True), standing(0.9, False), standing(0.3, False), standing(0.1, False)] == list("MHPL")


def test_sentences_that_name_both_give_their_closest_mentions():
    found = scene("T", "A and B, then A. Only A. B or A.", A="module", B="module")
    assert [(one.first, other.first) for one, other in shared_sentences(found, 0, 1)] == [(1, 3), (11, 9)]


def test_masked_tokens_show_a_mention_once():
    assert mask(scene("Big Net wins", "", Big_Net="architecture")) == ["@", "", "wins"]


def test_a_sentence_tells_the_words_between_and_the_order():
    found = scene("T", "FooNet outperforms BarNet.", FooNet="architecture", BarNet="architecture")
    one, other = found.spans[0][0], found.spans[1][0]
    forth = set(spelled(sentence_groups(found, one, other, "ML", mask(found))))
    back = set(spelled(sentence_groups(found, other, one, "ML", mask(found))))
    assert {"AB", "ABML", "AB=outperforms", "ABlast=outperforms", "MLS=outperforms"} <= forth
    assert {"BA", "BALM", "BA=outperforms", "LMS=outperforms"} <= back


def test_names_in_one_list_are_known_as_such():
    found = scene("T", "We test FooNet, QuxNet and BarNet.", FooNet="module", QuxNet="module", BarNet="module")
    features = set(spelled(sentence_groups(found, found.spans[0][0], found.spans[2][0], "LLL", mask(found))))
    assert {"list", "listLL", "ABinner1"} <= features


def test_what_is_hung_on_a_name_is_seen():
    found = scene("T", "A FooNet-based BarNet.", FooNet="architecture", BarNet="architecture")
    features = set(spelled(sentence_groups(found, found.spans[1][0], found.spans[0][0], "ML", mask(found))))
    assert "-BAbased" in features


def test_an_object_is_described_by_what_stands_around_it():
    found = scene("Learning with FooNet", "It is built on FooNet.", FooNet="architecture")
    title, abstract = found.spans[0]
    assert {"Tl0=with", "Tcue=with", "title"} <= object_mention_features(found, title)
    assert {"l0=on", "ll=built on", "cue=on", "r0=."} <= object_mention_features(found, abstract)


def test_names_and_curated_lineage_bind_a_pair():
    reading = read("Deformable DETR", "It extends DETR.")
    pair = Scene(reading, [
        entity(reading, "Deformable DETR", "architecture", curated="deformable-detr"),
        entity(reading, "DETR", "architecture", curated="detr"),
    ])  # fmt: skip
    lexicon = index([
        CuratedConcept("deformable-detr", "Deformable DETR", "architecture", based_on=("detr",)),
        CuratedConcept("detr", "DETR", "architecture"),
    ])  # fmt: skip
    forth = pair_features(pair, 0, 1, "ML", [NONE, NONE], lexicon)
    back = pair_features(pair, 1, 0, "ML", [NONE, NONE], lexicon)
    assert {"A ends B", "known based_on>", "I=ML"} <= set(forth)
    assert {"B ends A", "known based_on<", "I=LM"} <= set(back)

import numpy as np
import pytest

from kg.extraction.clues import Clues
from kg.extraction.heads import (
    COLUMNS,
    FIRST_COLUMNS,
    INNER_COLUMNS,
    LAST_COLUMNS,
    OBJECT_COLUMNS,
    PREDICATES,
    ROLE_COLUMNS,
    ROLES,
    SPAN_CLASSES,
    SUBJECT_COLUMNS,
    TAG_COLUMNS,
    pair_scores,
    place_scores,
    tag_marginals,
)
from kg.extraction.tokens import Tokens
from tests.extraction.scenes import entity, read


def test_the_columns_are_parted_without_a_gap() -> None:
    parts = (
        *(TAG_COLUMNS, ROLE_COLUMNS, SUBJECT_COLUMNS, OBJECT_COLUMNS),
        *(FIRST_COLUMNS, LAST_COLUMNS, INNER_COLUMNS),
    )
    assert [column for part in parts for column in range(part.start, part.stop)] == list(range(COLUMNS))


def test_tags_are_probabilities_whatever_the_scores() -> None:
    columns = np.zeros((2, COLUMNS))
    columns[1, 3] = 900.0
    marginals = tag_marginals(columns)
    assert marginals.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert marginals[1, 3] == pytest.approx(1.0)
    assert tag_marginals(np.zeros((0, COLUMNS))).shape == (0, TAG_COLUMNS.stop)


def test_a_pair_is_scored_by_its_products_and_what_each_side_adds() -> None:
    size = SUBJECT_COLUMNS.stop - SUBJECT_COLUMNS.start
    one, other = np.zeros((1, size)), np.zeros((1, size))
    one[0, :2], other[0, :2] = (1.0, 2.0), (3.0, 4.0)
    one[0, -1], other[0, -1] = 0.5, 0.25
    scores = pair_scores(one, other)
    assert scores.shape == (1, len(PREDICATES))
    assert scores[0].tolist() == pytest.approx([11 / 32**0.5, 0.0, 0.75])


def test_a_place_is_scored_by_its_two_ends_and_the_mean_of_what_is_within() -> None:
    columns = np.zeros((4, COLUMNS))
    # The ends of the place from 1 to 3 fit each other; its first token speaks for one class, all three for another.
    columns[1, FIRST_COLUMNS.start], columns[3, LAST_COLUMNS.start] = 2.0, 3.0
    columns[1, FIRST_COLUMNS.stop - 1] = 0.5
    columns[1:, INNER_COLUMNS.start] = (1.0, 2.0, 6.0)
    scores = place_scores(columns, np.array([(1, 4), (2, 4), (0, 1)]))
    assert scores.shape == (3, len(SPAN_CLASSES))
    joint = 6 / 48**0.5
    assert scores[0].tolist() == pytest.approx([joint + 3.0, *[joint] * (len(SPAN_CLASSES) - 2), joint + 0.5])
    assert scores[1].tolist() == pytest.approx([4.0, *[0.0] * (len(SPAN_CLASSES) - 1)])
    assert not scores[2].any()


def test_clues_are_means_over_the_tokens_of_an_entity() -> None:
    reading = read("GridNet: Grids", "We propose GridNet, a CNN.")
    entities = [entity(reading, "GridNet", "architecture"), entity(reading, "CNN", "architecture")]
    tokens = Tokens.of(reading)
    columns = np.zeros((len(tokens), COLUMNS))
    first = ROLE_COLUMNS.start
    columns[[place for place, word in enumerate(tokens.words) if word == "GridNet"], first] = (1.0, 4.0)
    clues = Clues.of(columns, tokens, entities)
    assert clues.roles.shape == (2, len(ROLES))
    assert (clues.roles[0, 0], clues.strongest[0, 0], clues.roles[1, 0]) == (2.5, 4.0, 0.0)
    assert {"e:introduced>2", "e:introduced!>3"} <= set(clues.of_entity(0))
    assert not {"e:introduced>3", "e:introduced!>4"} & set(clues.of_entity(0))
    assert "e:based_on>-1" in clues.of_pair(0, 1)
    assert clues.of_side("A", 0) == [f.replace("e:", "e:A") for f in clues.of_entity(0) if "!" not in f]


def test_how_much_the_mention_of_an_entity_that_speaks_most_for_it_says_that_it_is_new_is_a_clue() -> None:
    reading = read("GridNet: Grids", "We propose GridNet, a CNN.")
    entities = [entity(reading, "GridNet", "architecture"), entity(reading, "CNN", "architecture")]
    tokens = Tokens.of(reading)
    columns = np.zeros((len(tokens), COLUMNS))
    columns[:, INNER_COLUMNS.stop - 1] = -7.0
    columns[[place for place, word in enumerate(tokens.words) if word == "GridNet"], INNER_COLUMNS.stop - 1] = 1.5, 4.5
    clues = Clues.of(columns, tokens, entities)
    assert clues.spans[:, -1].tolist() == [4.5, -7.0]
    assert "e:new>4" in clues.of_entity(0)
    assert "e:new>5" not in clues.of_entity(0)
    assert not any("new" in feature for feature in clues.of_entity(1))
    assert "e:Bnew>4" in clues.of_side("B", 0)


def test_clues_of_some_entities_are_those_of_all() -> None:
    reading = read("GridNet", "FooNet beats BarNet.")
    entities = [entity(reading, name, "architecture") for name in ("GridNet", "FooNet", "BarNet")]
    tokens = Tokens.of(reading)
    clues = Clues.of(np.random.default_rng(1).normal(size=(len(tokens), COLUMNS)), tokens, entities)
    some = clues.only([0, 2])
    assert some.of_entity(1) == clues.of_entity(2)
    assert some.of_pair(1, 0) == clues.of_pair(2, 0)
    assert clues.only([]).relations.shape == (0, 0, len(PREDICATES))

"""What models say of papers that nobody annotated is put as annotations are, with how sure they are."""

from __future__ import annotations

import numpy as np

from kg.extraction.heads import PREDICATES, ROLES
from kg.extraction.model_files import MODELS
from kg.extraction.pieces import PieceTable
from kg.extraction.training.encoder_lessons import lessons_of
from kg.extraction.training.self_training import Guess, guesses
from kg.records import Paper
from tests.extraction.test_training_encoder import base

PAPER = Paper(
    "p1",
    "GridNet: A Network for Image Classification",
    "We propose GridNet, a convolutional network that is built on ResNet. On ImageNet it outperforms ResNet.",
)


def guess() -> Guess:
    (found,) = guesses([PAPER], MODELS)
    return found


def test_a_guess_is_an_annotation_of_the_same_text_with_a_confidence_for_each_relation() -> None:
    found = guess()
    assert (found.paper.id, found.paper.text, found.tokens.text) == ("p1", PAPER.text, PAPER.text)
    named = {name: kind for name, kind, _ in found.paper.entities}
    assert (named["GridNet"], named["ResNet"], named["ImageNet"]) == ("architecture", "architecture", "dataset")
    assert all(form in PAPER.text for _, _, forms in found.paper.entities for form in forms)
    assert ("paper", "introduces", "GridNet") in found.paper.relations
    assert set(found.sureness) == set(found.paper.relations)
    assert all(0 < sure < 1 for sure in found.sureness.values())


def test_a_lesson_from_a_guess_is_as_sure_as_the_guess() -> None:
    found = guess()
    table = PieceTable({piece: row for row, piece in enumerate(base().vocabulary)})
    (lesson,) = lessons_of(found.paper, found.tokens, table, sureness=found.sureness)
    at = found.tokens.words.index("GridNet")
    assert lesson.roles[at, ROLES.index("introduced")] == np.float32(found.sureness["paper", "introduces", "GridNet"])
    said = {predicate: found.sureness.get(("GridNet", predicate, "ResNet"), 0.0) for predicate in PREDICATES}
    assert any(said.values())
    assert [np.float32(said[name]) for name in PREDICATES] in lesson.relations.tolist()

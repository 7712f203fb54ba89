"""What models say of papers that nobody annotated is put as annotations are, with how sure they are."""

from __future__ import annotations

import pytest

from kg.extraction import Extractor
from kg.extraction.heads import PREDICATES, ROLES, SPAN_CLASSES
from kg.extraction.pieces import PieceTable
from kg.extraction.tagger import LABELS
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_lessons import Lesson
from kg.extraction.training.self_training import as_lessons, guesses
from kg.records import Entity, Evidence, Extraction, Mention, Paper, Relation
from tests.extraction.scenes import read
from tests.extraction.test_training_encoder import base

PAPER = Paper(
    "p1",
    "GridNet: A Network for Image Classification",
    "We propose GridNet, a convolutional network that is built on ResNet. On ImageNet it outperforms ResNet.",
)
TABLE = PieceTable({piece: row for row, piece in enumerate(base().vocabulary)})


def named(name: str, kind: str, confidence: float) -> Entity:
    start = PAPER.text.index(name)
    return Entity(name, kind, confidence, (Mention(start, start + len(name), name),))


def taught(found: Extraction) -> tuple[Lesson, dict[str, int]]:
    tokens = Tokens.of(read(PAPER.title, PAPER.abstract))
    (lesson,) = as_lessons(PAPER, found, tokens, TABLE)
    return lesson, {word: number for number, word in enumerate(tokens.words)}


def test_a_lesson_is_as_sure_as_the_guess() -> None:
    said = Relation("paper", "introduces", "GridNet", Evidence("We propose GridNet", 0, 18, "model", 0.5))
    entities = (named("GridNet", "architecture", 0.75), named("ImageNet", "dataset", 1.0))
    lesson, at = taught(Extraction("p1", PAPER.title, entities, (said,), ()))
    assert LABELS[lesson.tags[at["GridNet"]]] == "B-architecture"
    # The tokens of a name that is right in three of four cases are likelier than that in some name.
    assert lesson.chances[at["GridNet"]] == pytest.approx(15 / 16)
    assert lesson.chances[at["ImageNet"]] == lesson.chances[at["propose"]] == 1.0
    assert lesson.roles[at["GridNet"], ROLES.index("introduced")] == 0.5
    spans = {
        (*span, sure) for span, sure in zip(map(tuple, lesson.spans.tolist()), lesson.sureness.tolist(), strict=True)
    }
    kind, new = SPAN_CLASSES.index("architecture"), SPAN_CLASSES.index("introduced")
    assert {(at["GridNet"], 0, kind, 0.75), (at["GridNet"], 0, new, 0.5)} <= spans
    assert (at["ImageNet"], 0, SPAN_CLASSES.index("dataset"), 1.0) in spans


def test_doubted_names_are_taught_as_doubted_but_where_they_hold_a_likelier_one() -> None:
    doubted = (named("ResNet", "architecture", 0.25), named("Network for Image Classification", "task", 0.25))
    entities = (named("Image Classification", "task", 0.75),)
    lesson, at = taught(Extraction("p1", PAPER.title, entities, (), (), candidates=doubted))
    assert LABELS[lesson.tags[at["ResNet"]]] == "B-architecture"
    assert lesson.chances[at["ResNet"]] == pytest.approx(7 / 16)
    assert LABELS[lesson.tags[at["Network"]]] == "O"
    assert LABELS[lesson.tags[at["Image"]]] == "B-task"


def test_guesses_come_in_the_order_of_the_papers_and_are_what_the_teacher_says() -> None:
    papers = [Paper(str(n), f"Grid{n}Net: A Network", f"We propose Grid{n}Net, built on ResNet.") for n in range(3)]
    told: list[str] = []
    found = guesses(papers, "fast", base().vocabulary, on_message=told.append)
    assert len(found) == len(papers)
    for paper, lesson in zip(papers, found, strict=True):
        tokens = Tokens.of(read(paper.title, paper.abstract))
        (expected,) = as_lessons(paper, Extractor(model="fast").extract(paper), tokens, TABLE)
        for name, part in vars(expected).items():
            assert repr(getattr(lesson, name)) == repr(part)
        assert lesson.relations.shape[1] == len(PREDICATES)

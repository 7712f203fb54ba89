"""The encoder is trained where torch is installed: on a handful of papers of our own, from random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.extraction.encoder import load_encoder
from kg.extraction.heads import COLUMNS, PREDICATES, ROLES, SPAN_CLASSES
from kg.extraction.pieces import PieceTable
from kg.extraction.tagger import LABELS
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_base import INNER, LAYERS, WIDTH, Base
from kg.extraction.training.encoder_export import rounded
from kg.extraction.training.encoder_lessons import Lesson, lessons_of
from kg.extraction.training.gold import GoldPaper
from tests.extraction.scenes import read

SIGNS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = "we propose grid ##net foo bar which extends it a network reaches on coco : , . 5 ##0".split()


def paper(number: int) -> GoldPaper:
    name, base = f"Grid{number}Net", f"Bar{number}Net"
    return GoldPaper(
        f"p{number}",
        f"{name}: A Network",
        f"We propose {name}, which extends {base}. It reaches 50 on COCO.",
        ((name, "architecture", (name,)), (base, "architecture", (base,)), ("COCO", "dataset", ("COCO",))),
        (("paper", "introduces", name), (name, "based_on", base), ("paper", "evaluates_on", "COCO")),
    )


def base() -> Base:
    """Return random weights of the right shapes."""
    rng = np.random.default_rng(1)
    letters = [mark + letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for mark in ("", "##")]
    vocabulary = [*SIGNS, *dict.fromkeys([*WORDS, *letters])]

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.02, shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": drawn(len(vocabulary), WIDTH),
        "embeddings.position_embeddings.weight": drawn(512, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
    }
    shapes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    norms = ["embeddings.LayerNorm"]
    for number in range(LAYERS):
        at = f"encoder.layer.{number}."
        norms += [at + "attention.output.LayerNorm", at + "output.LayerNorm"]
        for name, shape in shapes.items():
            weights[f"{at}{name}.weight"], weights[f"{at}{name}.bias"] = drawn(*shape), drawn(shape[0])
    for name in norms:
        weights[name + ".weight"], weights[name + ".bias"] = np.ones(WIDTH, np.float32), drawn(WIDTH)
    return Base(weights, vocabulary)


def test_a_lesson_tells_tags_roles_and_the_relations_of_methods() -> None:
    said = paper(1)
    tokens = Tokens.of(read(said.title, said.abstract))
    (lesson,) = lessons_of(said, tokens, PieceTable({piece: row for row, piece in enumerate(base().vocabulary)}))
    tags = {word: LABELS[tag] for word, tag in zip(tokens.words, lesson.tags, strict=True)}
    assert (tags["Grid1Net"], tags["COCO"], tags["propose"]) == ("B-architecture", "B-dataset", "O")
    roles = {
        word: {ROLES[role] for role in np.flatnonzero(row)}
        for word, row in zip(tokens.words, lesson.roles, strict=True)
    }
    assert roles["Grid1Net"] == {"introduced", "descendant"}
    assert (roles["Bar1Net"], roles["COCO"], roles["We"]) == ({"ancestor"}, {"evaluated_on"}, set())
    assert [len(places) for places in lesson.methods] == [2, 1]
    assert lesson.pairs.tolist() == [[0, 1], [1, 0]]
    at = {word: number for number, word in reversed(list(enumerate(tokens.words)))}
    assert set(lesson.sureness.tolist()) == {1.0}
    assert {(first, beyond, SPAN_CLASSES[what]) for first, beyond, what in lesson.spans.tolist()} == {
        *((at["Grid1Net"], 0, what) for what in ("architecture", "introduced")),
        *((tokens.words.index("Grid1Net", 1), 0, what) for what in ("architecture", "introduced")),
        (at["Bar1Net"], 0, "architecture"),
        (at["COCO"], 0, "dataset"),
    }
    assert lesson.relations.tolist() == [[float(name == "based_on") for name in PREDICATES], [0.0, 0.0, 0.0]]


def test_rounding_is_within_half_a_step() -> None:
    matrix = np.random.default_rng(1).normal(size=(40, 7)).astype(np.float32)
    whole, scales = rounded(matrix, steps=63)
    assert np.abs(whole).max() == 63
    assert (np.abs(whole * scales - matrix) <= scales / 2 + 1e-6).all()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_encoder_learns_a_few_papers_is_written_and_speaks_as_torch_does(tmp_path: Path) -> None:
    for module in ("torch", "onnx", "onnxruntime"):
        pytest.importorskip(module)
    from kg.extraction.training.encoder_fitting import Recipe
    from kg.extraction.training.encoder_training import train_encoder

    papers = [paper(number) for number in range(8)]
    readings = [read(said.title, said.abstract) for said in papers]
    recipe = Recipe(epochs=8, rate=3e-4, batch=2, masked=0.0)
    told: list[str] = []
    columns = [
        train_encoder(papers, readings, tmp_path / name, recipe=recipe, base=base(), on_message=told.append)
        for name in ("one", "two")
    ]
    for one, other in zip(*columns, strict=True):
        np.testing.assert_array_equal(one, other)
    for file in ("encoder.onnx", "encoder.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    losses = [float(line.rsplit(" ", 1)[1]) for line in told if line.startswith("half 1, encoder: epoch")]
    assert losses[7] < losses[0] / 2
    tokens_of_first = Tokens.of(readings[0])
    said = load_encoder(tmp_path / "one").columns(tokens_of_first)
    assert said.shape == (len(tokens_of_first), COLUMNS)
    tags = dict(zip(tokens_of_first.words, (LABELS[tag] for tag in said[:, : len(LABELS)].argmax(axis=1)), strict=True))
    assert (tags["COCO"], tags["propose"]) == ("B-dataset", "O")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_two_processes_learn_from_guesses_first_is_the_same_each_time_and_is_not_learned_twice(
    tmp_path: Path,
) -> None:
    for module in ("torch", "onnx", "onnxruntime"):
        pytest.importorskip(module)
    from kg.extraction.training.encoder_fitting import Recipe
    from kg.extraction.training.encoder_training import train_encoder

    papers = [paper(number) for number in range(8)]
    readings = [read(said.title, said.abstract) for said in papers]
    table = PieceTable({piece: row for row, piece in enumerate(base().vocabulary)})
    guessed = [
        lesson
        for said, reading in zip(papers[4:], readings[4:], strict=True)
        for lesson in lessons_of(said, Tokens.of(reading), table, sureness=dict.fromkeys(said.relations, 0.5))
    ]
    recipe = Recipe(epochs=2, rate=1e-3, batch=2, processes=2)

    def trained(name: str, guesses: list[Lesson]) -> tuple[list[np.ndarray], list[str]]:
        told: list[str] = []
        options = {"recipe": recipe, "base": base(), "kept": tmp_path / name, "on_message": told.append}
        columns = train_encoder(papers[:4], readings[:4], tmp_path / f"{name}-models", guessed=guesses, **options)
        return columns, told

    once, told = trained("once", guessed)
    again, told_again = trained("again", guessed)
    alone, _ = trained("alone", [])
    for one, other in zip(once, again, strict=True):
        np.testing.assert_array_equal(one, other)
    assert any((one != other).any() for one, other in zip(once, alone, strict=True))
    assert told.count("encoder, on guesses") == told_again.count("encoder, on guesses") == 1
    # The rounds that a folder keeps are not trained anew.
    resumed, said = trained("once", guessed)
    assert not [line for line in said if "epoch" in line]
    for one, other in zip(once, resumed, strict=True):
        np.testing.assert_array_equal(one, other)

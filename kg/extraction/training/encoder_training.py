"""Training the encoder, and what it says of each annotated paper when it has not seen it.

It first learns from the guesses of other models on papers that nobody annotated, where there are any. Then one is
trained on each half of the annotated papers, and speaks on the other half; the one that ships begins as the mean of
their weights, which is better than either (Wortsman and others, "Model soups", ICML 2022), and is trained on all. For
2,600 papers and 15,000 guesses that takes an hour of two cores of 2023. Torch is needed, an accelerator is not.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from kg.extraction.encoder import load_encoder
from kg.extraction.model_files import write_arrays
from kg.extraction.pieces import MASK, PieceTable
from kg.extraction.reading import Reading
from kg.extraction.tagger import Floats
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_base import Base, load_base
from kg.extraction.training.encoder_export import export_encoder
from kg.extraction.training.encoder_fitting import Recipe, Weights, fit_encoder, fit_side
from kg.extraction.training.encoder_lessons import Lesson, lessons_of
from kg.extraction.training.encoder_network import first_weights
from kg.extraction.training.gold import GoldPaper, folds
from kg.extraction.training.side_by_side import Side, side_by_side

_HALVES = 2
_SEED = 1
_OF_GUESSES = Recipe(epochs=1, rate=4e-4, batch=6, masked=0.1, seed=_SEED, processes=2)
_OF_HALF = Recipe(epochs=7, rate=3e-4, seed=_SEED)
_OF_HALF_THEN = Recipe(epochs=3, rate=2e-4, seed=_SEED)
_OF_ALL = Recipe(epochs=2, rate=2e-4, batch=4, seed=2, processes=2)


def train_encoder(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    folder: Path,
    *,
    guessed: Sequence[Lesson] = (),
    recipe: Recipe | None = None,
    base: Base | None = None,
    kept: Path | None = None,
    on_message: Callable[[str], None] = lambda _: None,
) -> list[Floats]:
    """Write an encoder, and return of each paper what one says that has not seen it: arrays (tokens, columns).

    Args:
        papers: annotated papers.
        readings: their texts, read.
        folder: for the encoder; made where it does not exist.
        guessed: what other models say of papers that are none of these, cut for the vocabulary of the base.
        recipe: in place of all.
        base: what is fine-tuned, in place of the pinned one.
        kept: a folder for the weights of each round, from which a training that was interrupted goes on.
        on_message: called with what is being done.

    Raises:
        KgError: the base is missing, or is another than the pinned one.
    """
    start = base or load_base()
    vocabulary = {piece: row for row, piece in enumerate(start.vocabulary)}
    table = PieceTable(vocabulary)
    tokens = [Tokens.of(reading) for reading in readings]
    lessons = [list(lessons_of(*pair, table)) for pair in zip(papers, tokens, strict=True)]
    mask = vocabulary[MASK]

    def annotated(numbers: Iterable[int]) -> list[Lesson]:
        return [lesson for number in numbers for lesson in lessons[number]]

    def fitted(weights: Weights, learned: Sequence[Lesson], chosen: Recipe) -> Weights:
        return _keeping(
            kept,
            lambda: fit_encoder(weights, learned, mask=mask, recipe=chosen, on_message=on_message),
            (weights, learned, chosen),
        )

    first, of_half = first_weights(start, seed=_SEED), recipe or _OF_HALF
    if guessed:
        on_message("encoder, on guesses")
        first, of_half = fitted(first, guessed, recipe or _OF_GUESSES), recipe or _OF_HALF_THEN
    parts = list(folds(len(papers), _HALVES))
    on_message("encoder, on each half")
    halves = side_by_side(
        _fit_half,
        [(kept, first, annotated(learned), mask, of_half) for learned, _ in parts],
        on_message=on_message,
    )
    columns: list[Floats] = [np.zeros((0, 0))] * len(papers)
    for weights, (_, held) in zip(halves, parts, strict=True):
        with tempfile.TemporaryDirectory() as out:
            export_encoder(weights, start.vocabulary, Path(out))
            encoder = load_encoder(Path(out))
            for number in held:
                columns[number] = encoder.columns(tokens[number])
    on_message("encoder, on all")
    mean = {name: np.mean([weights[name] for weights in halves], axis=0) for name in halves[0]}
    export_encoder(fitted(mean, annotated(range(len(papers))), recipe or _OF_ALL), start.vocabulary, folder)
    return columns


def _fit_half(
    side: Side, kept: Path | None, weights: Weights, lessons: Sequence[Lesson], mask: int, recipe: Recipe
) -> Weights:
    alone = Side(say=lambda line: side.say(f"half {side.number + 1}, {line}"))
    return _keeping(kept, lambda: fit_side(alone, weights, lessons, mask, recipe), (weights, lessons, recipe))


def _keeping(
    folder: Path | None, make: Callable[[], Weights], given: tuple[Weights, Sequence[Lesson], Recipe]
) -> Weights:
    """Return what a folder keeps for what is given; else make it, and keep it there."""
    if folder is None:
        return make()
    path = folder / f"{_digest(*given)}.npz"
    if path.is_file():
        with np.load(path) as stored:
            return {name: stored[name] for name in stored.files}
    weights = make()
    write_arrays(path, dict(weights))
    return weights


def _digest(weights: Weights, lessons: Iterable[Lesson], recipe: Recipe) -> str:
    found = hashlib.sha256(repr(recipe).encode())
    for name in sorted(weights):
        found.update(weights[name].tobytes())
    for lesson in lessons:
        for part in vars(lesson).values():
            found.update(repr(part).encode() if isinstance(part, list) else part.tobytes())
    return found.hexdigest()[:32]

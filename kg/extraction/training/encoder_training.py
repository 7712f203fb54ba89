"""Training the encoder, and what it says of each annotated paper when it has not seen it.

It first learns from the guesses of other models on papers that nobody annotated, where there are any. Then one is
trained on each half of the annotated papers, and speaks on the other half; the one that ships begins as the mean of
their weights, which is better than either (Wortsman and others, "Model soups", ICML 2022), and is trained on all. For
2,600 papers that takes an hour and a half of one core of 2023; after 15,000 guesses, which take an hour of their own,
half of that. Torch is needed, an accelerator is not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.extraction.encoder import load_encoder
from kg.extraction.pieces import MASK, PieceTable
from kg.extraction.reading import Reading
from kg.extraction.tagger import Floats
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_base import Base, load_base
from kg.extraction.training.encoder_export import export_encoder
from kg.extraction.training.encoder_fitting import Recipe, fit_encoder
from kg.extraction.training.encoder_lessons import Lesson, lessons_of
from kg.extraction.training.encoder_network import first_weights
from kg.extraction.training.gold import GoldPaper, folds
from kg.extraction.training.self_training import Guess

Weights = dict[str, npt.NDArray[np.float32]]

_HALVES = 2
_SEED = 1
_OF_GUESSES = Recipe(epochs=1, rate=4e-4, batch=12, masked=0.1, seed=_SEED)
_OF_HALF = Recipe(epochs=7, rate=3e-4, seed=_SEED)
_OF_HALF_THEN = Recipe(epochs=3, rate=2e-4, seed=_SEED)
_OF_ALL = Recipe(epochs=2, rate=2e-4, seed=2)


def train_encoder(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    folder: Path,
    *,
    guesses: Iterable[Guess] = (),
    recipe: Recipe | None = None,
    base: Base | None = None,
    on_message: Callable[[str], None] = lambda _: None,
) -> list[Floats]:
    """Write an encoder, and return of each paper what one says that has not seen it: arrays (tokens, columns).

    Args:
        papers: annotated papers.
        readings: their texts, read.
        folder: for the encoder; made where it does not exist.
        guesses: what other models say of papers that are none of these.
        recipe: in place of all.
        base: what is fine-tuned, in place of the pinned one.
        on_message: called with what is being done.

    Raises:
        KgError: the base is missing, or is another than the pinned one.
    """
    start = base or load_base()
    vocabulary = {piece: row for row, piece in enumerate(start.vocabulary)}
    table = PieceTable(vocabulary)
    tokens = [Tokens.of(reading) for reading in readings]
    lessons = [list(lessons_of(*pair, table)) for pair in zip(papers, tokens, strict=True)]

    def fitted(weights: Weights, learned: Iterable[Lesson], chosen: Recipe) -> Weights:
        return fit_encoder(
            weights, list(learned), mask=vocabulary[MASK], recipe=recipe or chosen, on_message=on_message
        )

    def annotated(numbers: Iterable[int]) -> Iterator[Lesson]:
        return (lesson for number in numbers for lesson in lessons[number])

    first, of_half = first_weights(start, seed=_SEED), _OF_HALF
    guessed = [
        lesson for each in guesses for lesson in lessons_of(each.paper, each.tokens, table, sureness=each.sureness)
    ]
    if guessed:
        on_message("encoder, on guesses")
        first, of_half = fitted(first, guessed, _OF_GUESSES), _OF_HALF_THEN
    columns: list[Floats] = [np.zeros((0, 0))] * len(papers)
    halves: list[Weights] = []
    for part, (learned, held) in enumerate(folds(len(papers), _HALVES), 1):
        on_message(f"encoder, half {part} of {_HALVES}")
        with tempfile.TemporaryDirectory() as out:
            halves.append(fitted(first, annotated(learned), of_half))
            export_encoder(halves[-1], start.vocabulary, Path(out))
            encoder = load_encoder(Path(out))
            for number in held:
                columns[number] = encoder.columns(tokens[number])
    on_message("encoder, on all")
    mean = {name: np.mean([weights[name] for weights in halves], axis=0) for name in halves[0]}
    whole = fitted(mean, annotated(range(len(papers))), _OF_ALL)
    export_encoder(whole, start.vocabulary, folder)
    return columns

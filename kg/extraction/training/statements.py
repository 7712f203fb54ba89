"""Learning relations and results in one go, and writing their models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kg.extraction.relation_model import main_entity
from kg.extraction.training.gold_results import GoldResult
from kg.extraction.training.pairing import pair_names
from kg.extraction.training.relations import Example, train_relations
from kg.extraction.training.results import ResultExample, train_results
from kg.lexicon import Lexicon


def train_statements(
    examples: Sequence[Example],
    results: Mapping[str, Sequence[GoldResult]],
    lexicon: Lexicon,
    folder: Path,
    *,
    on_message: Callable[[str], None] | None = None,
) -> None:
    """Learn relations and results and write ``relations.*`` and ``results.*`` into a folder.

    Args:
        examples: annotated papers with the entities that models found which have not seen them.
        results: the annotated results of each paper by its id.
        lexicon: the curated concepts.
        folder: made where it does not exist.
        on_message: called with lines on the progress.
    """
    relations, introduced = train_relations(examples, lexicon, on_message=on_message)
    relations.save(folder)
    train_results(
        [
            _result_example(example, chances, results.get(example.gold.id, ()))
            for example, chances in zip(examples, introduced, strict=True)
        ],
        on_message=on_message,
    ).save(folder)


def _result_example(example: Example, introduced: Sequence[float], results: Sequence[GoldResult]) -> ResultExample:
    scene = example.scene
    names = pair_names(example.gold, example.entities)
    places = {names[e.name]: place for place, e in enumerate(example.entities) if e.name in names}
    return ResultExample(scene, main_entity(scene, introduced), places, tuple(results))

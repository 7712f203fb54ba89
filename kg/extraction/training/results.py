"""Learning results from annotated papers: which numbers are scores, and of what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extraction.decisions import Decision
from kg.extraction.result_features import value_features
from kg.extraction.result_model import ROLES, ResultModel, candidates, features_of_link, linked, log_odds
from kg.extraction.scene import Scene
from kg.extraction.training.fitting import FOLDS, decide, feature_ids, fit, join_outputs, sparse_matrix
from kg.extraction.training.gold_results import GoldResult
from kg.extraction.values import Value, find_values

_VALUE_STRENGTH, _LINK_STRENGTH, _LEAST = 0.3, 0.5, 2

Links = tuple[int | None, ...]


@dataclass(frozen=True)
class ResultExample:
    """An annotated paper for results.

    Attributes:
        scene: the paper with the entities found.
        main: the entity that is its main method, as far as a model knows that has not seen the paper.
        places: for annotated names the places of the entities found for them.
        results: as annotated.
    """

    scene: Scene
    main: int | None
    places: Mapping[str, int]
    results: tuple[GoldResult, ...]


def train_results(examples: Sequence[ResultExample], *, on_message: Callable[[str], None] | None = None) -> ResultModel:
    """Return a model of results, its threshold chosen out of fold."""
    values = [find_values(example.scene) if example.scene.methods else [] for example in examples]
    truth = [_placed(example, numbers) for example, numbers in zip(examples, values, strict=True)]
    held: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        seen = [n for n in range(len(examples)) if n % FOLDS != fold]
        model = _fitted([examples[n] for n in seen], [values[n] for n in seen], [truth[n] for n in seen])
        for number in range(fold, len(examples), FOLDS):
            held += _tried(model, examples[number], values[number], truth[number])
    total = sum(len(example.results) for example in examples)
    scores, right = np.array([s for s, _ in held]), np.array([r for _, r in held], dtype=bool)
    decision, figures = decide(scores, right, total)
    if on_message is not None:
        on_message(f"results: {figures}")
    model = _fitted(examples, values, truth)
    return ResultModel(model.of_values, model.of_links, decision, {"result": figures})


def _placed(example: ResultExample, values: Sequence[Value]) -> dict[int, list[Links]]:
    """Return for numbers that are scores (by their place) what they are scores of; -1 is what was not found."""
    found: dict[int, list[Links]] = defaultdict(list)
    spans = example.scene.spans
    for result in example.results:
        names = (result.method, result.dataset, result.metric)
        links = tuple(None if name is None else example.places.get(name, -1) for name in names)

        def company(place: int, links: Links = links) -> int:
            sentence = values[place].sentence
            ends = (link for link in links if link is not None and link >= 0)
            return sum(any(span.sentence == sentence for span in spans[link]) for link in ends)

        fitting = [place for place, value in enumerate(values) if _digits(value.digits) == _digits(result.value)]
        if fitting:
            found[max(fitting, key=company)].append(links)
    return found


def _digits(value: str) -> str:
    return re.sub(r"[^\d.]", "", value).rstrip(".")


def _fitted(
    examples: Sequence[ResultExample], values: Sequence[Sequence[Value]], truth: Sequence[Mapping[int, list[Links]]]
) -> ResultModel:
    """Return a model with no threshold yet."""
    number_rows: list[npt.NDArray[np.uint32]] = []
    number_truth: list[bool] = []
    link_rows: list[npt.NDArray[np.uint32]] = []
    link_truth: list[bool] = []
    for example, numbers, scores in zip(examples, values, truth, strict=True):
        for place, value in enumerate(numbers):
            number_rows.append(feature_ids(value_features(example.scene, value, numbers)))
            number_truth.append(place in scores)
            for column, role in enumerate(ROLES if place in scores else ()):
                right = {links[column] for links in scores[place]}
                for candidate in candidates(example.scene, role):
                    features = features_of_link(example.scene, value, role, candidate, numbers, example.main)
                    link_rows.append(feature_ids(features))
                    link_truth.append(candidate in right)
    models = []
    for rows, said, strength in (
        (number_rows, number_truth, _VALUE_STRENGTH),
        (link_rows, link_truth, _LINK_STRENGTH),
    ):
        matrix, features_kept = sparse_matrix(rows, _LEAST)
        models.append(join_outputs(("right",), features_kept, [fit(matrix, np.array(said, dtype=bool), strength)]))
    return ResultModel(models[0], models[1], Decision(0.0))


def _tried(
    model: ResultModel, example: ResultExample, values: Sequence[Value], truth: Mapping[int, list[Links]]
) -> list[tuple[float, bool]]:
    """Return for each distinct result that a model would read its score and whether it is annotated."""
    annotated = Counter((*links, _digits(values[place].digits)) for place, rows in truth.items() for links in rows)
    best: dict[tuple[object, ...], float] = {}
    for value in values:
        link = linked(model, example.scene, value, values, example.main)
        if link is not None:
            key = (*link[1].values(), _digits(value.digits))
            best[key] = max(best.get(key, -99.0), log_odds(link[0]))
    return [(score, key in annotated) for key, score in best.items()]

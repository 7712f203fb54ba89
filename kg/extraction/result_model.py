"""The learned results: which numbers are scores, and of what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.extraction.decisions import Decision
from kg.extraction.linear import LinearModel, squash
from kg.extraction.model_files import SHIPPED, read_model, write_model
from kg.extraction.result_features import link_features, none_features, value_features
from kg.extraction.scene import Scene
from kg.extraction.values import Value
from kg.records import METHOD_KINDS

ROLES: Final = ("method", "dataset", "metric")
# A number that is less likely a score than this is not linked to anything.
LEAST_SCORE: Final = 0.05


@dataclass(frozen=True)
class ResultModel:
    """Two linear models and how to decide on what they say together.

    Attributes:
        of_values: scores whether a number is a score.
        of_links: scores whether an entity is the method, the data set or the metric of a score.
        decision: on :func:`together`.
        figures: what was measured out of fold while learning, for people to read.
    """

    of_values: LinearModel
    of_links: LinearModel
    decision: Decision
    figures: Mapping[str, object] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write ``results.npz`` and ``results.json`` into a folder."""
        arrays = {**self.of_values.arrays("values"), **self.of_links.arrays("links")}
        readable = {"decisions": {"result": self.decision.readable()}, "figures": self.figures}
        write_model(folder, "results", arrays, readable)


@lru_cache(maxsize=4)
def load_result_model(folder: Path = SHIPPED) -> ResultModel:
    """Return the model of a folder; it is read once a process.

    Raises:
        KgError: the folder does not hold the two files of the model.
    """
    arrays, read = read_model(folder, "results")
    return ResultModel(
        LinearModel.from_arrays(arrays, "values"),
        LinearModel.from_arrays(arrays, "links"),
        Decision(**read["decisions"]["result"]),
        read["figures"],
    )


def together(score: float, links: Sequence[float]) -> float:
    """Return one number for a score with its links: the chance of the first, and the root of those of the rest.

    >>> together(0.8, [0.5, 1.0, 0.5])
    0.4
    """
    product = 1.0
    for link in links:
        product *= link
    return score * float(product**0.5)


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, which is kept off 0 and 1.

    >>> log_odds(0.5)
    0.0
    """
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def candidates(scene: Scene, role: str) -> list[int | None]:
    """Return what may fill a role of a result: entities of the fitting kinds, and nothing where that may be."""
    kinds = METHOD_KINDS if role == "method" else {role}
    found: list[int | None] = [number for number, entity in enumerate(scene.entities) if entity.type in kinds]
    return found if role == "method" else [*found, None]


def features_of_link(
    scene: Scene, value: Value, role: str, candidate: int | None, values: Sequence[Value], main: int | None
) -> set[str]:
    """Return the features of one candidate for a role of a score."""
    if candidate is None:
        return none_features(scene, value, role)
    return link_features(scene, value, candidate, values, main=main)


def linked(
    model: ResultModel, scene: Scene, value: Value, values: Sequence[Value], main: int | None
) -> tuple[float, dict[str, int | None]] | None:
    """Return the likeliest links of a number with :func:`together` of them, or None where it is no score."""
    score = squash(float((model.of_values.sum(value_features(scene, value, values)) + model.of_values.bias)[0]))
    if score < LEAST_SCORE:
        return None
    chosen: dict[str, int | None] = {}
    chances = []
    for role in ROLES:
        filling = candidates(scene, role)
        if not filling:
            return None
        features = [features_of_link(scene, value, role, candidate, values, main) for candidate in filling]
        scores = model.of_links.sums([model.of_links.rows_of([("", each)]) for each in features]) + model.of_links.bias
        likely = [squash(score) for score in scores[:, 0].tolist()]
        chances.append(max(likely))
        chosen[role] = filling[likely.index(chances[-1])]
    return together(score, chances), chosen

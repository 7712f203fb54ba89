"""The learned relations: what a paper does with an entity, and what two of its methods have to do with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.errors import KgError
from kg.extraction.decisions import Decision
from kg.extraction.linear import Groups, LinearModel, spelled, squash
from kg.extraction.model_files import SHIPPED, read_model, write_model
from kg.extraction.pair_features import (
    mask,
    object_features,
    object_mention_features,
    pair_features,
    sentence_groups,
    shared_sentences,
    standing,
)
from kg.extraction.paper_features import entity_groups, mention_features
from kg.extraction.priors import Priors
from kg.extraction.scene import Scene, Span
from kg.lexicon import Lexicon
from kg.records import EXTRACTED_PREDICATES

OF_PAPER: Final = ("introduces", "addresses", "evaluates_on")
OF_METHODS: Final = ("based_on", "uses", "outperforms")
# Before what is said of an object whoever the subject is; a standing is before what is said beside such a subject.
ANY_SUBJECT: Final = "o"
# The kinds that may be the object of a paper's predicate; None stands for all.
OBJECT_KINDS: Final[Mapping[str, str | None]] = {"introduces": None, "addresses": "task", "evaluates_on": "dataset"}
# A paper's main method is the one that it most surely introduces, an architecture before others, if this likely.
_ARCHITECTURE_FIRST = 0.1
_LEAST_MAIN = 0.3
_CHANCES: Final = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_PAIRS_AT_ONCE: Final = 4_096
# A text with more methods than this (of 2,610 annotated papers none has twenty) has only some of their pairs weighed:
# those with the main method, and those of mentions in one sentence with fewer than so many others between them.
_MOST_METHODS: Final = 32
_MOST_BETWEEN: Final = 16


@dataclass(frozen=True)
class RelationModel:
    """Two linear models and how to decide on their scores.

    Attributes:
        of_paper: scores the predicates of a paper for one entity.
        of_methods: scores the predicates of methods for one ordered pair.
        decisions: for each predicate.
        priors: what other papers say of names.
        figures: what was measured out of fold while learning, for people to read.
    """

    of_paper: LinearModel
    of_methods: LinearModel
    decisions: Mapping[str, Decision]
    priors: Priors
    figures: Mapping[str, object] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write ``relations.npz`` and ``relations.json`` into a folder."""
        arrays = {**self.of_paper.arrays("paper"), **self.of_methods.arrays("methods"), **self.priors.arrays()}
        decisions = {name: decision.readable() for name, decision in self.decisions.items()}
        write_model(folder, "relations", arrays, {"decisions": decisions, "figures": self.figures})


@lru_cache(maxsize=4)
def load_relation_model(folder: Path = SHIPPED) -> RelationModel:
    """Return the model of a folder; it is read once a process.

    Raises:
        KgError: the folder does not hold the two files of the model, or they do not belong together.
    """
    arrays, read = read_model(folder, "relations")
    if set(read["decisions"]) != set(EXTRACTED_PREDICATES):
        raise KgError(f"{folder / 'relations.json'} must decide on exactly {', '.join(EXTRACTED_PREDICATES)}")
    return RelationModel(
        LinearModel.from_arrays(arrays, "paper"),
        LinearModel.from_arrays(arrays, "methods"),
        {name: Decision(**numbers) for name, numbers in read["decisions"].items()},
        Priors.from_arrays(arrays),
        read["figures"],
    )


@dataclass
class PairReader:
    """Gives the features of the ordered pairs of one paper's methods, in the groups that are summed.

    Args:
        scene: the paper.
        introduced: for each entity the probability that the paper introduces it.
        counts: for each entity what other papers say of its name.
        lexicon: the curated concepts.
    """

    scene: Scene
    introduced: Sequence[float]
    counts: Sequence[tuple[int, ...]]
    lexicon: Lexicon

    def __post_init__(self) -> None:
        self.main = main_entity(self.scene, self.introduced)
        self.standings = [standing(p, n == self.main) for n, p in enumerate(self.introduced)]
        self._masked = mask(self.scene)
        self._sureness = {side: [self._sure(side, n) for n in range(len(self.introduced))] for side in "AB"}

    def of_object(self, subject: int, target: int) -> list[str]:
        """Return the first group: what is said of the object, as it is and crossed with the subject's standing."""
        found = object_features(self.scene, target, self.counts[target])
        prefixes = (ANY_SUBJECT, self.standings[subject])
        return [prefix + feature for prefix in prefixes for feature in found]

    def of_pair(self, subject: int, target: int) -> list[str]:
        """Return the second group: what holds of the two, sentences apart."""
        found = pair_features(self.scene, subject, target, self.standings, self.counts, self.lexicon)
        both = self.scene.entities[subject].confidence * self.scene.entities[target].confidence
        found.append(f"sureAB{int(10 * both)}")
        return [*found, *self._sureness["A"][subject], *self._sureness["B"][target]]

    def of_sides(self, subject: int, target: int) -> list[str]:
        """Return what the encoder says of each of the two on its own, where it was asked."""
        clues = self.scene.clues
        return [*clues.of_side("A", subject), *clues.of_side("B", target)] if clues else []

    def of_sentence(self, one: Span, other: Span) -> Groups:
        """Return the third group for one sentence that names both, by what the features begin with."""
        return sentence_groups(self.scene, one, other, self.standings, self._masked)

    def of_sentences(self, subject: int, target: int) -> set[str]:
        """Return the third group for all sentences that name both, or what tells that none does."""
        return set(spelled(self._of_sentences(subject, target)))

    def of_both(self, subject: int, target: int) -> Groups:
        """Return the second and the third group, by what the features begin with; some may stand there twice."""
        return [("", self.of_pair(subject, target)), *self._of_sentences(subject, target)]

    def _sure(self, side: str, number: int) -> list[str]:
        """Return how sure it is that there is such an entity, and that the paper introduces it."""
        chance = self.introduced[number]
        return [
            f"sure{side}{int(10 * self.scene.entities[number].confidence)}",
            *(f"new{side}>{step}" for step in _CHANCES if chance > step),
        ]

    def _of_sentences(self, subject: int, target: int) -> Groups:
        shared = shared_sentences(self.scene, subject, target)
        if not shared:
            stand = self.standings[subject]
            kind = self.scene.entities[target].type
            return [("apart", ("", f"{stand}{self.standings[target]}", f"{stand}{kind}"))]
        return [group for one, other in shared for group in self.of_sentence(one, other)]


def main_entity(scene: Scene, introduced: Sequence[float]) -> int | None:
    """Return which entity is the paper's main method, or None."""
    if not scene.methods:
        return None

    def weight(number: int) -> float:
        return introduced[number] + _ARCHITECTURE_FIRST * (scene.entities[number].type == "architecture")

    main = max(scene.methods, key=weight)
    return main if introduced[main] > _LEAST_MAIN else None


def weighed_pairs(scene: Scene, main: int | None) -> list[tuple[int, int]]:
    """Return the ordered pairs of methods that may be related: all, but for texts that name very many.

    Args:
        scene: the paper.
        main: its main method, if it has one.
    """
    if len(scene.methods) <= _MOST_METHODS:
        return list(permutations(scene.methods, 2))
    methods = set(scene.methods)
    pairs = {(main, other) for other in methods if main is not None}
    for spans in scene.by_sentence.values():
        named = [span.entity for span in spans if span.entity in methods]
        pairs |= {(one, other) for at, one in enumerate(named) for other in named[at + 1 : at + 1 + _MOST_BETWEEN]}
    return sorted({way for one, other in pairs if one != other for way in ((one, other), (other, one))})


class Scores:
    """The scores of one paper, and the sentences that speak most for them.

    Attributes:
        scene: the paper.
        of_paper: for each entity an array of scores in the order of :data:`OF_PAPER`.
        introduced: for each entity the plain logistic function of its first score.
        of_methods: for each ordered pair of methods that is weighed its scores in the order of :data:`OF_METHODS`.
    """

    def __init__(self, model: RelationModel, scene: Scene, lexicon: Lexicon) -> None:
        self.scene = scene
        self._model = model
        counts = [model.priors.of(keys) for keys in scene.keys]
        paper = model.of_paper
        groups = (entity_groups(scene, number, counts[number], lexicon) for number in range(len(scene.entities)))
        self.of_paper: list[npt.NDArray[np.float32]] = list(
            paper.sums([paper.rows_of(each) for each in groups]) + paper.bias
        )
        self.introduced = [squash(float(scores[0])) for scores in self.of_paper]
        self._reader = PairReader(scene, self.introduced, counts, lexicon)
        self.of_methods = self._pairs(model.of_methods, counts)

    def _pairs(
        self, model: LinearModel, counts: Sequence[tuple[int, ...]]
    ) -> dict[tuple[int, int], npt.NDArray[np.float32]]:
        reader, scene = self._reader, self.scene
        pairs = weighed_pairs(scene, reader.main)
        if not pairs:
            return {}
        # In parts, since the features of all pairs of a long text at once would take hundreds of megabytes.
        parts = (pairs[at : at + _PAIRS_AT_ONCE] for at in range(0, len(pairs), _PAIRS_AT_ONCE))
        own = np.concatenate(
            [model.sums([set(model.rows_of(reader.of_both(*pair))) for pair in part]) for part in parts]
        )
        rows: list[list[int]] = []
        row_of: dict[tuple[int, str], int] = {}
        prefixes = (ANY_SUBJECT, *sorted({reader.standings[number] for number in scene.methods}))
        for target in scene.methods:
            found = object_features(scene, target, counts[target])
            for prefix in prefixes:
                row_of[target, prefix] = len(rows)
                rows.append(model.rows_of([(prefix, found)]))
        said = model.sums(rows)
        of_any = said[[row_of[target, ANY_SUBJECT] for _, target in pairs]] + model.bias
        beside = said[[row_of[target, reader.standings[subject]] for subject, target in pairs]]
        if scene.clues is None:
            return dict(zip(pairs, beside + of_any + own, strict=True))
        ends = range(len(scene.entities))
        as_subject, as_object = (
            model.sums([model.rows_of([("", scene.clues.of_side(side, number))]) for number in ends]) for side in "AB"
        )
        subjects, targets = np.array(pairs).T
        scores = beside + (of_any + as_object[targets]) + own + as_subject[subjects]
        return dict(zip(pairs, scores, strict=True))

    def place_of_entity(self, number: int, predicate: str) -> int:
        """Return where the mention stands whose surroundings speak most for a predicate of the paper."""
        spans, model = self.scene.spans[number], self._model.of_paper
        if len(spans) == 1:
            return self._start(spans[0])
        around = model.sums([model.rows_of([("", mention_features(self.scene, [span]))]) for span in spans])
        return self._start(spans[int(around[:, OF_PAPER.index(predicate)].argmax())])

    def place_of_pair(self, subject: int, target: int, predicate: str) -> int:
        """Return a place in the sentence that speaks most for a pair: one that names both, else the object."""
        column, model = OF_METHODS.index(predicate), self._model.of_methods
        shared = shared_sentences(self.scene, subject, target)
        places = [other for _, other in shared] or self.scene.spans[target]
        if len(places) == 1:
            return self._start(places[0])
        if shared:
            sums = model.sums([model.rows_of(self._reader.of_sentence(one, other)) for one, other in shared])[:, column]
        else:
            around = [object_mention_features(self.scene, span) for span in places]
            prefixes = (ANY_SUBJECT, self._reader.standings[subject])
            rows = [model.rows_of([(prefix, found) for prefix in prefixes]) for found in around]
            sums = model.sums(rows)[:, column]
        return self._start(places[int(sums.argmax())])

    def _start(self, span: Span) -> int:
        return self.scene.reading.starts[span.first]

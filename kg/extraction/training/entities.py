"""Making the entity model of a setting: everything that one level learns from another is learned out of fold.

What the taggers say of papers that they have not seen is what the document level learns from; the document level is
parted in the same way for the figures, the threshold, the calibration, and the entities that relations learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.aliases import group_aliases
from kg.extraction.clues import Clues
from kg.extraction.contexts import CLASSES, context_features
from kg.extraction.entity_finder import choose_twice, make_choices, make_entities, together
from kg.extraction.findings import Findings
from kg.extraction.forms import Forms, candidate_rows, counts_of, find_forms
from kg.extraction.tagger import Floats
from kg.extraction.training.choosing import context_model_of, train_contexts, train_trees
from kg.extraction.training.gold import GoldPaper, folds, gold_names
from kg.extraction.training.packing import pack_entity_model
from kg.extraction.training.token_level import PARTS, TokenLevel
from kg.extraction.traits import traits
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import Entity

_EVEN = np.linspace(0, 1, 101)
# The least score of a form, chosen out of fold on the training papers: without the encoder and with it.
_THRESHOLD, _ENCODED_THRESHOLD = 0.32, 0.36


@dataclass(frozen=True)
class Trained:
    """The entity model of a setting, and what it says of the papers that it was trained on when they are held out.

    Attributes:
        arrays: the model, as :func:`kg.extraction.entity_model.load_entity_model` reads it.
        entities: of each paper, in their order, out of fold.
        clues: of each paper, where the encoder was asked.
    """

    arrays: dict[str, Any]
    entities: list[list[Entity]]
    clues: list[Clues | None]


@dataclass(frozen=True)
class _Paper:
    """An annotated paper on its way through the levels."""

    gold: GoldPaper
    findings: Findings
    rows: npt.NDArray[np.int64]
    marginals: Floats
    opinions: tuple[Floats, ...]
    forms: Forms
    known: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]
    asked: npt.NDArray[np.int64]
    contexts: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
    columns: Floats | None


def train_entities(
    level: TokenLevel,
    lexicon: Lexicon,
    *,
    columns: Sequence[Floats] | None = None,
    on_message: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Return the document level of a setting, trained on annotated papers.

    Args:
        level: what was learned of tokens.
        lexicon: the curated concepts.
        columns: of each paper, what an encoder says of it that has not seen it; else the setting has none.
        on_message: called with what is being done.
    """
    on_message("document level")
    count = len(level.papers)
    ready = [_ready(level, number, None if columns is None else columns[number]) for number in range(count)]
    contexts, trained_contexts = _contexts(ready)
    numbers = [
        traits(p.findings, p.forms, p.asked, p.marginals, p.known, c, p.opinions, p.columns)
        for p, c in zip(ready, contexts, strict=True)
    ]
    answers = [_answers(paper) for paper in ready]
    likely: list[Floats] = [np.zeros(0)] * count
    for part, (learned, held) in enumerate(folds(count, PARTS), 1):
        on_message(f"trees, part {part} of {PARTS}")
        trees = train_trees(
            np.concatenate([numbers[i] for i in learned]), np.concatenate([answers[i] for i in learned])
        )
        for i in held:
            likely[i] = trees.probabilities(numbers[i])
    trees = train_trees(np.concatenate(numbers), np.concatenate(answers))
    standards = {
        i: found for learned, held in folds(count, PARTS) for found in [level.maker.standards(learned)] for i in held
    }
    decide = _Decider(ready, likely, standards, lexicon)
    threshold = _THRESHOLD if columns is None else _ENCODED_THRESHOLD
    on_message(f"entities: F1 {decide.f1(threshold):.4f} out of fold, at a threshold of {threshold}")
    calibration = _calibration(ready, decide.entities(threshold, _EVEN, doubted=True))
    entities = decide.entities(threshold, calibration)
    return Trained(
        arrays=pack_entity_model(contexts=trained_contexts, trees=trees, calibration=calibration, threshold=threshold),
        entities=entities,
        clues=[
            None if columns is None else Clues.of(columns[number], paper.findings.tokens, entities[number])
            for number, paper in enumerate(ready)
        ],
    )


def _ready(level: TokenLevel, number: int, columns: Floats | None) -> _Paper:
    finders, own = level.finders, level.maker.own(number)
    findings = finders.find(level.readings[number])
    marginals, opinions = together(level.marginals[number], columns)
    rows = level.table.rows(findings.tokens.words)
    forms = find_forms(findings, marginals, finders.gazetteer, own)
    known = counts_of(forms, findings, finders.lexicon, finders.gazetteer, own)
    asked = candidate_rows(forms, known[0], known[3])
    features = context_features(findings, rows, forms)
    return _Paper(level.papers[number], findings, rows, marginals, opinions, forms, known, asked, features, columns)


def _contexts(
    ready: Sequence[_Paper],
) -> tuple[list[Floats], tuple[npt.NDArray[np.int64], Floats, Floats]]:
    """Return the classes' probabilities of each paper's forms, out of fold, and the model trained on all."""
    sizes = [len(paper.forms.names) for paper in ready]
    starts = np.cumsum([0, *sizes])
    owners = np.concatenate([paper.contexts[0] + start for paper, start in zip(ready, starts, strict=False)])
    buckets = np.concatenate([paper.contexts[1] for paper in ready])
    classes = np.concatenate([_classes(paper) for paper in ready])
    paper_of = np.repeat(np.arange(len(ready)), sizes)
    found: list[Floats] = [np.zeros((0, len(CLASSES)))] * len(ready)
    for part in range(PARTS):
        learned = paper_of % PARTS != part
        use = learned[owners]
        renumbered = np.cumsum(learned) - 1
        model = context_model_of(train_contexts(renumbered[owners[use]], buckets[use], classes[learned]))
        for i in range(part, len(ready), PARTS):
            found[i] = model.probabilities(ready[i].contexts, sizes[i])
    return found, train_contexts(owners, buckets, classes)


def _classes(paper: _Paper) -> npt.NDArray[np.int64]:
    said = gold_names(paper.gold)
    none = CLASSES.index("none")
    return np.array([min(said[name]) if name in said else none for name in paper.forms.names], np.int64)


def _answers(paper: _Paper) -> npt.NDArray[np.bool_]:
    said = gold_names(paper.gold)
    names = paper.forms.names
    return np.array([kind in said.get(names[form], ()) for form, kind in paper.asked.tolist()], bool)


@dataclass(frozen=True)
class _Decider:
    """Decides on the forms of all papers as the shipped finder does, out of fold."""

    ready: Sequence[_Paper]
    likely: Sequence[Floats]
    standards: dict[int, dict[int, int]]
    lexicon: Lexicon

    def entities(self, threshold: float, calibration: Floats, *, doubted: bool = False) -> list[list[Entity]]:
        """Return the entities of each paper, and behind them those that scored too low, if they are asked for."""
        return [self._of_paper(number, threshold, calibration, doubted) for number in range(len(self.ready))]

    def f1(self, threshold: float) -> float:
        """Return the F1 of the entities."""
        found = self.entities(threshold, _EVEN)
        hits = sum(sum(_right(paper.gold, of_paper)) for paper, of_paper in zip(self.ready, found, strict=True))
        said = sum(map(len, found))
        return round(2 * hits / max(said + sum(len(paper.gold.entities) for paper in self.ready), 1), 4)

    def _of_paper(self, number: int, threshold: float, calibration: Floats, doubted: bool) -> list[Entity]:
        paper, standards = self.ready[number], self.standards[number]
        scores = np.round(self.likely[number], 6)
        found: list[Entity] = []
        parts = choose_twice(paper.forms, paper.findings, paper.asked, scores, threshold=threshold)
        for part in parts if doubted else parts[:1]:
            groups = group_aliases(
                make_choices(part, paper.forms, paper.findings), paper.findings, self.lexicon, standards
            )
            names = [entity.name for entity in found]
            found += make_entities(groups, paper.findings, self.lexicon, calibration, taken=names)
        return found


def _calibration(ready: Sequence[_Paper], entities: Sequence[Sequence[Entity]]) -> Floats:
    """Return how often an entity of a score is right, at equal steps of the score, never falling, and smoothed."""
    from sklearn.isotonic import IsotonicRegression

    scores = [entity.confidence for found in entities for entity in found]
    right = [hit for paper, found in zip(ready, entities, strict=True) for hit in _right(paper.gold, found)]
    steps = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip").fit(scores, right).predict(_EVEN)
    padded: Floats = np.pad(np.asarray(steps, np.float64), 4, mode="edge")
    return np.asarray(np.round(np.convolve(padded, np.full(9, 1 / 9), mode="valid"), 4), np.float64)


def _right(paper: GoldPaper, entities: Sequence[Entity]) -> Iterator[bool]:
    """Yield for each entity whether the annotation has one of its kind that shares a form with it."""
    free = [(kind, {fold(form) for form in (name, *mentions)}) for name, kind, mentions in paper.entities]
    for entity in entities:
        forms = {fold(entity.name), *(fold(mention.text) for mention in entity.mentions)}
        hit = next((said for said in free if said[0] == entity.type and said[1] & forms), None)
        if hit is not None:
            free.remove(hit)
        yield hit is not None

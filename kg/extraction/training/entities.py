"""Making the entity model: everything that one level learns from another is learned out of fold.

The papers are parted once. The tagger of each part is trained on the others, and what it says of its own part is what
the document level learns from; the document level is parted in the same way for the figures, the calibration, and the
entities that relations learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction.aliases import group_aliases
from kg.extraction.contexts import CLASSES, context_features
from kg.extraction.entity_finder import THRESHOLD, choose, make_choices, make_entities
from kg.extraction.features import token_features
from kg.extraction.findings import Finders, Findings
from kg.extraction.forms import Forms, candidate_rows, counts_of, find_forms
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.reading import Reading
from kg.extraction.tagger import Floats
from kg.extraction.training.choosing import context_model_of, train_contexts, train_trees
from kg.extraction.training.clusters import word_classes
from kg.extraction.training.gold import GazetteerMaker, GoldPaper, folds, gold_names, labels
from kg.extraction.training.packing import pack_entity_model
from kg.extraction.training.tagging import tagger_of, train_tagger
from kg.extraction.traits import traits
from kg.extraction.words import WordTable
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import Entity

PARTS = 5
_EVEN = np.linspace(0, 1, 101)


@dataclass(frozen=True)
class Trained:
    """An entity model, and what it says of the papers that it was trained on when they are held out.

    Attributes:
        arrays: the model, as :func:`kg.extraction.entity_model.save_entity_model` writes it.
        entities: of each paper, in their order, out of fold.
    """

    arrays: dict[str, Any]
    entities: list[list[Entity]]


@dataclass(frozen=True)
class _Paper:
    """An annotated paper on its way through the levels."""

    gold: GoldPaper
    findings: Findings
    rows: npt.NDArray[np.int64]
    marginals: Floats
    forms: Forms
    known: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]
    asked: npt.NDArray[np.int64]
    contexts: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def train_entities(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    unannotated: Iterable[str],
    lexicon: Lexicon,
    *,
    on_message: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Return an entity model trained on annotated papers.

    Args:
        papers: annotated papers.
        readings: their texts, read.
        unannotated: texts of the field, for word classes; none of a paper that is to be tested on.
        lexicon: the curated concepts.
        on_message: called with what is being done.
    """
    on_message("word classes")
    classes = {crc32(word.encode()): row for word, row in sorted(word_classes(unannotated).items())}
    table = WordTable({key: (row[0], row[1]) for key, row in classes.items()})
    empty = Finders(lexicon, Gazetteer({}, {}, frozenset()))
    maker = GazetteerMaker(papers, [empty.find(reading) for reading in readings])
    everything = range(len(papers))
    gazetteer = maker.make(everything)
    marginals: list[Floats] = [np.zeros((0, 0))] * len(papers)
    for part, (learned, held) in enumerate(folds(len(papers), PARTS), 1):
        on_message(f"tagger, part {part} of {PARTS}")
        finders = Finders(lexicon, maker.make(learned))
        tagger = tagger_of(_tagger(papers, readings, learned, finders, table, maker))
        for i in held:
            findings = finders.find(readings[i])
            found = token_features(findings.tokens, table.rows(findings.tokens.words), finders.marks(findings))
            marginals[i] = tagger.marginals(found, np.array(findings.tokens.sentences, np.int64))
    on_message("tagger, on all")
    finders = Finders(lexicon, gazetteer)
    trained_tagger = _tagger(papers, readings, everything, finders, table, maker)
    on_message("document level")
    ready = [
        _ready(paper, finders, table, maker, number, readings[number], marginals[number])
        for number, paper in enumerate(papers)
    ]
    contexts, trained_contexts = _contexts(ready)
    numbers = [
        traits(p.findings, p.forms, p.asked, p.marginals, p.known, c) for p, c in zip(ready, contexts, strict=True)
    ]
    answers = [_answers(paper) for paper in ready]
    likely: list[Floats] = [np.zeros(0)] * len(papers)
    for part, (learned, held) in enumerate(folds(len(papers), PARTS), 1):
        on_message(f"trees, part {part} of {PARTS}")
        trees = train_trees(
            np.concatenate([numbers[i] for i in learned]), np.concatenate([answers[i] for i in learned])
        )
        for i in held:
            likely[i] = trees.probabilities(numbers[i])
    trees = train_trees(np.concatenate(numbers), np.concatenate(answers))
    standards = {
        i: found for learned, held in folds(len(papers), PARTS) for found in [maker.standards(learned)] for i in held
    }
    even = list(_entities(ready, likely, standards, lexicon, _EVEN))
    calibration = _calibration(ready, even)
    return Trained(
        arrays=pack_entity_model(
            classes={key: (row[0], row[1]) for key, row in classes.items()},
            gazetteer=gazetteer,
            standards=maker.standards(everything),
            tagger=trained_tagger,
            contexts=trained_contexts,
            trees=trees,
            calibration=calibration,
        ),
        entities=list(_entities(ready, likely, standards, lexicon, calibration)),
    )


def _tagger(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    learned: Iterable[int],
    finders: Finders,
    table: WordTable,
    maker: GazetteerMaker,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], Floats]:
    """Train a tagger on some papers; each asks the gazetteer with its own annotation left out."""
    features, said, sentences = [], [], []
    for i in learned:
        findings = finders.find(readings[i])
        tokens = findings.tokens
        found = token_features(tokens, table.rows(tokens.words), finders.marks(findings, maker.own(i)))
        features.append(found.astype(np.int32))
        said.append(labels(tokens, papers[i]))
        sentences.append(tokens.sentences)
    return train_tagger(features, said, sentences)


def _ready(
    paper: GoldPaper,
    finders: Finders,
    table: WordTable,
    maker: GazetteerMaker,
    number: int,
    reading: Reading,
    marginals: Floats,
) -> _Paper:
    findings, own = finders.find(reading), maker.own(number)
    rows = table.rows(findings.tokens.words)
    forms = find_forms(findings, marginals, finders.gazetteer, own)
    known = counts_of(forms, findings, finders.lexicon, finders.gazetteer, own)
    asked = candidate_rows(forms, known[0], known[3])
    return _Paper(paper, findings, rows, marginals, forms, known, asked, context_features(findings, rows, forms))


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


def _entities(
    ready: Sequence[_Paper],
    likely: Sequence[Floats],
    standards: dict[int, dict[int, int]],
    lexicon: Lexicon,
    calibration: Floats,
) -> Iterator[list[Entity]]:
    for number, paper in enumerate(ready):
        scores = np.round(likely[number], 6)
        chosen = choose(paper.forms, paper.findings, paper.asked, scores, threshold=THRESHOLD)
        choices = make_choices(chosen, paper.forms, paper.findings)
        groups = group_aliases(choices, paper.findings, lexicon, standards[number])
        yield make_entities(groups, paper.findings, lexicon, calibration)


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

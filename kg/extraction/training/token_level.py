"""Training the token level that both settings share: word classes, the gazetteer, and the tagger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extraction.features import token_features
from kg.extraction.findings import Finders
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.reading import Reading
from kg.extraction.tagger import Floats
from kg.extraction.training.clusters import word_classes
from kg.extraction.training.gold import GazetteerMaker, GoldPaper, folds, labels
from kg.extraction.training.tagging import tagger_of, train_tagger
from kg.extraction.words import WordTable
from kg.lexicon import Lexicon

PARTS = 5
Weights = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], Floats]


@dataclass(frozen=True)
class TokenLevel:
    """What was learned of tokens, and what it says of the papers that it was learned from.

    Attributes:
        papers: the annotated papers.
        readings: their texts, read.
        classes: the word classes by the hash of a word.
        table: gives the rows of words.
        maker: counts names over parts of the papers.
        finders: with the gazetteer of all papers.
        tagger: the weights, trained on all papers.
        marginals: of each paper, by a tagger that has not seen it.
    """

    papers: Sequence[GoldPaper]
    readings: Sequence[Reading]
    classes: dict[int, tuple[int, int]]
    table: WordTable
    maker: GazetteerMaker
    finders: Finders
    tagger: Weights
    marginals: list[Floats]


def train_token_level(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    unannotated: Iterable[str],
    lexicon: Lexicon,
    *,
    on_message: Callable[[str], None] = lambda _: None,
) -> TokenLevel:
    """Return the token level, learned from annotated papers.

    The papers are parted: the tagger of each part is trained on the others, with a gazetteer of the others.

    Args:
        papers: annotated papers.
        readings: their texts, read.
        unannotated: texts of the field, for word classes; none of a paper that is to be tested on.
        lexicon: the curated concepts.
        on_message: called with what is being done.
    """
    on_message("word classes")
    rows = {crc32(word.encode()): row for word, row in sorted(word_classes(unannotated).items())}
    classes = {key: (row[0], row[1]) for key, row in rows.items()}
    table = WordTable(classes)
    empty = Finders(lexicon, Gazetteer({}, {}, frozenset()))
    maker = GazetteerMaker(papers, [empty.find(reading) for reading in readings])
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
    finders = Finders(lexicon, maker.make(range(len(papers))))
    trained = _tagger(papers, readings, range(len(papers)), finders, table, maker)
    return TokenLevel(papers, readings, classes, table, maker, finders, trained, marginals)


def _tagger(
    papers: Sequence[GoldPaper],
    readings: Sequence[Reading],
    learned: Iterable[int],
    finders: Finders,
    table: WordTable,
    maker: GazetteerMaker,
) -> Weights:
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

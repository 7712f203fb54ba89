"""Papers that nobody annotated, as a first set of models reads them: what a second encoder learns from first.

A student that is taught by a teacher's guesses on many texts, and then by the annotations, outdoes its teacher (Xie and
others, "Self-training with Noisy Student improves ImageNet classification", CVPR 2020). Here the teacher is all levels
together, and knows more than its encoder alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import spacy

import kg.extraction.sentences  # noqa: F401 (registers kg_sentences)
from kg.extraction.pipeline import Extractor
from kg.extraction.reading import Reading
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_lessons import Relation
from kg.extraction.training.gold import GoldPaper
from kg.records import Extraction, Paper


@dataclass(frozen=True)
class Guess:
    """A paper as models read it.

    Attributes:
        paper: what they say, as an annotation.
        tokens: of its text.
        sureness: their confidence in each relation, from 0 to 1.
    """

    paper: GoldPaper
    tokens: Tokens
    sureness: Mapping[Relation, float]


def guesses(papers: Iterable[Paper], models: Path) -> Iterator[Guess]:
    """Yield what models say of papers.

    Args:
        papers: none of those that the models learned from, and none that is tested on.
        models: the folder of the teacher.
    """
    extractor = Extractor(model=models)
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    for paper in papers:
        found = extractor.extract(paper)
        yield Guess(_annotated(paper, found), Tokens.of(Reading.of(nlp(paper.text))), _sureness(found))


def _annotated(paper: Paper, found: Extraction) -> GoldPaper:
    entities = tuple((e.name, e.type, tuple(sorted({m.text for m in e.mentions}))) for e in found.entities)
    return GoldPaper(paper.key, paper.title, paper.abstract, entities, tuple(_sureness(found)))


def _sureness(found: Extraction) -> dict[Relation, float]:
    return {(r.subject, r.predicate, r.object): r.evidence.confidence for r in found.relations}

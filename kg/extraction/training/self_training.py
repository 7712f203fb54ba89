"""Papers that nobody annotated, as other models read them: what an encoder learns from first.

A student that is taught by a teacher's guesses on many texts, and then by the annotations, outdoes its teacher (Xie and
others, "Self-training with Noisy Student improves ImageNet classification", CVPR 2020). What the teacher is not sure of
is taught as unsure, names that it doubts among it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.extraction.pieces import PieceTable
from kg.extraction.pipeline import Extractor, make_splitter
from kg.extraction.reading import Reading
from kg.extraction.tokens import Tokens
from kg.extraction.training.encoder_lessons import Lesson, lessons_of
from kg.extraction.training.gold import GoldPaper
from kg.extraction.training.side_by_side import Side, side_by_side
from kg.records import Entity, Extraction, Paper

_PROCESSES = 2
_PAPERS_BETWEEN_MESSAGES = 1_000


def guesses(
    papers: Sequence[Paper],
    model: str | Path,
    vocabulary: Sequence[str],
    *,
    on_message: Callable[[str], None] = lambda _: None,
) -> list[Lesson]:
    """Return what models say of papers, as lessons for an encoder.

    Args:
        papers: none of those that the models learned from, and none that is tested on.
        model: the teacher, a setting or the folder of one.
        vocabulary: the word pieces of the encoder.
        on_message: called with lines on the progress.
    """
    if not papers:
        return []
    parts = [(papers[number::_PROCESSES], str(model), vocabulary) for number in range(_PROCESSES)]
    found = side_by_side(_guess, parts, on_message=on_message)
    return [lesson for number in range(len(papers)) for lesson in found[number % _PROCESSES][number // _PROCESSES]]


def _guess(side: Side, papers: Sequence[Paper], model: str, vocabulary: Sequence[str]) -> list[list[Lesson]]:
    extractor = Extractor(model=model)
    table = PieceTable({piece: row for row, piece in enumerate(vocabulary)})
    split = make_splitter()
    found = []
    for number, paper in enumerate(papers, 1):
        tokens = Tokens.of(Reading.of(split(paper.text)))
        found.append(list(as_lessons(paper, extractor.extract(paper), tokens, table)))
        if side.number == 0 and number % _PAPERS_BETWEEN_MESSAGES == 0:
            side.say(f"guesses: {side.count * number:,} of {side.count * len(papers):,} papers")
    return found


def as_lessons(paper: Paper, found: Extraction, tokens: Tokens, table: PieceTable) -> Iterator[Lesson]:
    """Yield what an extraction teaches of a paper.

    Args:
        paper: title and abstract.
        found: in it.
        tokens: of its text.
        table: cuts words into pieces.
    """
    named = {mention.text for entity in found.entities for mention in entity.mentions}
    # A doubted name that holds a likelier one would take its place wherever the text says it.
    doubted = [each for each in found.candidates if not any(form in m.text for form in named for m in each.mentions)]
    said = [*found.entities, *doubted]
    sureness = {(r.subject, r.predicate, r.object): r.evidence.confidence for r in found.relations}
    annotated = GoldPaper(paper.key, paper.title, paper.abstract, tuple(map(_annotated, said)), tuple(sureness))
    chances = {(entity.name, entity.type): entity.confidence for entity in said}
    return lessons_of(annotated, tokens, table, sureness=sureness, chances=chances)


def _annotated(entity: Entity) -> tuple[str, str, tuple[str, ...]]:
    return entity.name, entity.type, tuple(sorted({mention.text for mention in entity.mentions}))

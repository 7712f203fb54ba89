"""What was read wrongly, sorted by the sort of mistake, each with the sentence where it happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.evaluation.judging import Judged
from kg.extraction.evaluation.scores import digits, related, stated
from kg.extraction.training.pairing import forms, pair_names
from kg.records import PAPER_AS_SUBJECT

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z$(\[])|\n")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake.

    Attributes:
        sort: what went wrong, with the kind or the predicate.
        paper: the identifier of the paper.
        what: the names concerned.
        sentence: where it stands in the text; empty where the text does not show it in one place.
    """

    sort: str
    paper: str
    what: str
    sentence: str


def mistakes(papers: Iterable[Judged]) -> list[Mistake]:
    """Return all mistakes, the most frequent sort first, then by paper."""
    found = [
        mistake for paper in papers for mistake in (*_of_entities(paper), *_of_relations(paper), *_of_results(paper))
    ]
    counts: dict[str, int] = {}
    for mistake in found:
        counts[mistake.sort] = counts.get(mistake.sort, 0) + 1
    return sorted(found, key=lambda m: (-counts[m.sort], m.sort, m.paper, m.what))


def _of_entities(paper: Judged) -> Iterator[Mistake]:
    entities, text = paper.found.entities, paper.gold.text
    names = pair_names(paper.gold, entities)
    loosely = pair_names(paper.gold, entities, typed=False)
    kinds = {name: kind for name, kind, _ in paper.gold.entities}
    known = {name: forms((name, *mentions)) for name, _, mentions in paper.gold.entities}
    met = set(names.values())
    for entity in entities:
        if entity.name in names:
            continue
        own = forms((entity.name, *(m.text for m in entity.mentions)))
        sentence = _sentence_at(text, entity.mentions[0].start) if entity.mentions else ""
        target = loosely.get(entity.name)
        if target is not None and target not in met:
            met.add(target)
            sort, what = f"kind: {kinds[target]} read as {entity.type}", entity.name
        elif (split := next((name for name in sorted(known) if own & known[name]), None)) is not None:
            sort, what = "one read as two", f"{entity.name} beside {split}"
        elif (near := next((n for n in sorted(known) if n not in met and _overlap(own, known[n])), None)) is not None:
            met.add(near)
            sort, what = f"borders: {kinds[near]}", f"{entity.name} in place of {near}"
        else:
            sort, what = f"too much: {entity.type}", entity.name
        yield Mistake(sort, paper.gold.id, what, sentence)
    for name, kind, mentions in paper.gold.entities:
        if name not in met:
            yield Mistake(f"missed: {kind}", paper.gold.id, name, _sentence_with(text, (*mentions, name)))


def _of_relations(paper: Judged) -> Iterator[Mistake]:
    names = pair_names(paper.gold, paper.found.entities)
    true, said = set(paper.gold.relations), related(paper.found, names)
    met = {PAPER_AS_SUBJECT, *names.values()}
    sentences = {
        (names.get(r.subject, r.subject), r.predicate, names.get(r.object, r.object)): r.evidence.sentence
        for r in paper.found.relations
    }
    for subject, predicate, target in sorted(true - said):
        if subject not in met or target not in met:
            sort = f"{predicate} missed, since an end is not found"
        elif (target, predicate, subject) in said:
            sort = f"{predicate} the wrong way round"
        else:
            sort = f"{predicate} missed between what was found"
        mentions = {name: ms for name, _, ms in paper.gold.entities}
        ends = [mentions.get(name, ()) for name in (subject, target) if name != PAPER_AS_SUBJECT]
        yield Mistake(sort, paper.gold.id, f"{subject} -> {target}", _sentence_with(paper.gold.text, *ends))
    for subject, predicate, target in sorted(said - true):
        if (target, predicate, subject) in true:
            continue
        open_end = "?" in (subject[:1], target[:1])
        sort = f"{predicate} too much, {'with an end that is none' if open_end else 'between right ends'}"
        one, other = subject.removeprefix("?"), target.removeprefix("?")
        yield Mistake(sort, paper.gold.id, f"{one} -> {other}", sentences.get((one, predicate, other), ""))


def _of_results(paper: Judged) -> Iterator[Mistake]:
    names = pair_names(paper.gold, paper.found.entities)
    true = {(r.method, r.dataset, r.metric, digits(r.value)) for r in paper.results}
    said = stated(paper.found, names)
    for row in sorted(true - said, key=str):
        sort = "result: right number, wrong ends" if row[3] in {r[3] for r in said - true} else "result missed"
        yield Mistake(sort, paper.gold.id, ", ".join(map(str, row)), _sentence_with(paper.gold.text, (row[3],)))
    numbers = {row[3] for row in true - said}
    for row in sorted(said - true, key=str):
        if row[3] not in numbers:
            what = ", ".join(str(part).removeprefix("?") for part in row)
            yield Mistake("result too much", paper.gold.id, what, _sentence_with(paper.gold.text, (row[3],)))


def _overlap(one: set[str], other: set[str]) -> bool:
    return any(a in b or b in a for a in one for b in other)


def _sentence_at(text: str, place: int) -> str:
    start = max((hit.end() for hit in _SENTENCE_END.finditer(text, 0, place + 1) if hit.end() <= place), default=0)
    end = next((hit.start() for hit in _SENTENCE_END.finditer(text, place)), len(text))
    return text[start:end].strip()


def _sentence_with(text: str, *ends: Iterable[str]) -> str:
    """Return the first sentence that holds a name of each end; else the first that holds one of the last."""
    sentences = [part.strip() for part in _SENTENCE_END.split(text)]
    wanted = [tuple(names) for names in ends]
    holding = (s for s in sentences if all(any(name in s for name in names) for names in wanted))
    last = (s for s in sentences if any(name in s for name in wanted[-1]))
    return next(holding, None) or next(last, "")

"""Scores as a text states them: number, unit, metric, data set and method, from one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.reading import Reading, Sentence
from kg.extraction.surfaces import split_configuration
from kg.records import METHOD_KINDS, Entity, Mention, Result

_NUMBER = re.compile(r"(?<![\w.,/^-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(\\?%|percent\b|points?\b|dB\b)?(?!\w)")
# Before a number: a gain, a cost, or a place in a list, not a score.
_NO_SCORE_BEFORE = re.compile(
    r"(?:\bby|\bgains? of|improvements? (?:of|by)|increase[sd]? (?:of|by)|reduc\w+ (?:of|by)|margins? of|drop\w* (?:of|by)"
    r"|(?:up to|at least|over|about|around|nearly|approximately|almost|additional|another|only|than|top-?|section|table|\+|±"
    r"|from|additional|absolute|relative|first|using|with|of the|rate of|ratio of|v|version|=|~))\s*$",
    re.IGNORECASE,
)
_NO_SCORE_AFTER = re.compile(
    r"^\s*(?:[MBKG]\b|x\b|×|times\b|fold\b|FPS|fps|ms\b|s\b|GFLOPs|FLOPs|parameters|params|layers?|images|samples|classes"
    r"|categories|languages|tasks|datasets?|benchmarks?|epochs|hours?|days?|years?|GPUs?|tokens|million|billion|thousand|points?"
    r"|(?:absolute |relative )?(?:improvement|gain|increase|reduction|higher|lower|better|faster|fewer|less|more|of (?:the )?"
    r"(?:data|labels|parameters|training|computation|annotations|labeled))|shot|[dD]\b|bits?\b|GB|MB|mm\b|cm\b|m\b|Hz|kHz)",
)
_FROM_TO = re.compile(r"from\s+[\d.]+\s?\\?%?\s+to\s*$")
_ACHIEVES = re.compile(
    r"\b(?:achiev|obtain|reach|attain|yield|score|report|record|result|perform|get|set|accuracy|with|exceed|deliver|hit)\w*",
    re.IGNORECASE,
)


def find_results(reading: Reading, entities: Sequence[Entity], main: Entity | None) -> list[Result]:
    """Return the results of a text in the order of their values; gains and costs are no results.

    Args:
        main: the paper's own method, to which a score belongs that names none.
    """
    found: list[Result] = []
    for sentence in reading.sentences[1:]:
        values = _values(reading.text, sentence)
        if values:
            found.extend(_in_sentence(reading, sentence, values, entities, main))
    unique = {(r.method, r.configuration, r.dataset, r.metric, r.value): r for r in reversed(found)}
    return [r for r in found if unique[r.method, r.configuration, r.dataset, r.metric, r.value] is r]


def _values(text: str, sentence: Sentence) -> list[re.Match[str]]:
    values = []
    for hit in _NUMBER.finditer(text, sentence.start, sentence.end):
        before, after = (
            text[max(sentence.start, hit.start() - 40) : hit.start()],
            text[hit.end() : hit.end() + 40],
        )
        gain = _NO_SCORE_BEFORE.search(before) and not _FROM_TO.search(before)
        percent = hit[2] is not None and hit[2] != "points"
        if gain or _NO_SCORE_AFTER.match(after) or (not percent and "." not in hit[1]):
            continue
        values.append(hit)
    return values


def _in_sentence(
    reading: Reading,
    sentence: Sentence,
    values: Sequence[re.Match[str]],
    entities: Sequence[Entity],
    main: Entity | None,
) -> list[Result]:
    def inside(kinds: frozenset[str]) -> list[tuple[Mention, Entity]]:
        spans = ((m, e) for e in entities if e.type in kinds for m in e.mentions)
        return sorted((s for s in spans if sentence.start <= s[0].start < sentence.end), key=lambda s: s[0].start)

    metrics, datasets = inside(frozenset({"metric"})), inside(frozenset({"dataset"}))
    methods, tasks = inside(METHOD_KINDS), inside(frozenset({"task"}))
    if not metrics and not (datasets and _ACHIEVES.search(sentence.text)):
        return []
    respective = len(values) > 1 and _listed(reading.text, values)
    results = []
    for number, hit in enumerate(values):
        metric = _nearest(hit, metrics)
        if metric is None and hit[2] is None:
            continue
        dataset = _aligned(number, values, datasets) if respective else _dataset_of(reading.text, hit, datasets)
        method = _method_of(hit, methods, main)
        if method is None:
            continue
        written = hit[1] + ("%" if hit[2] in {"%", "\\%"} else "")
        results.append(
            Result(
                method=method[0],
                configuration=method[1],
                dataset=dataset,
                metric=metric,
                value=written,
                number=float(hit[1].replace(",", "")),
                unit="%" if hit[2] in {"%", "\\%", "percent"} else ("dB" if hit[2] == "dB" else None),
                task=_nearest(hit, tasks),
                evidence=reading.evidence(hit.start(), found_by="rule:score", confidence=0.6),
            )
        )
    return results


def _listed(text: str, values: Sequence[re.Match[str]]) -> bool:
    """Return whether the values stand in one list: "87.7% and 85.2%", "87.1, 84.3, and 54.3"."""
    gaps = (text[one.end() : other.start()] for one, other in zip(values, values[1:], strict=False))
    return all(re.fullmatch(r"\s*(?:,|/|and|,\s*and|\\?%|\s)+\s*", gap) for gap in gaps)


def _aligned(number: int, values: Sequence[re.Match[str]], datasets: Sequence[tuple[Mention, Entity]]) -> str | None:
    """Return the data set that stands at a value's place in the list behind (or before) the values."""
    behind = list(dict.fromkeys(e.name for m, e in datasets if m.start >= values[-1].end()))
    before = list(dict.fromkeys(e.name for m, e in datasets if m.end <= values[0].start()))
    for names in (behind, before):
        if len(names) == len(values):
            return names[number]
    names = behind or before
    return names[0] if len(names) == 1 else None


def _nearest(hit: re.Match[str], spans: Sequence[tuple[Mention, Entity]]) -> str | None:
    """Return the name nearest to a value; one right behind it is preferred to one before."""

    def distance(span: tuple[Mention, Entity]) -> float:
        mention = span[0]
        return mention.start - hit.end() if mention.start >= hit.end() else (hit.start() - mention.end) * 1.5

    return min(spans, key=distance)[1].name if spans else None


def _dataset_of(text: str, hit: re.Match[str], datasets: Sequence[tuple[Mention, Entity]]) -> str | None:
    """Return the data set of one value: behind it after "on", else right before it."""
    for mention, entity in datasets:
        if mention.start >= hit.end():
            gap = text[hit.end() : mention.start]
            if not re.search(r"\d\s?%|\d\.\d", gap):
                return entity.name
            break
    before = [entity.name for mention, entity in datasets if mention.end <= hit.start()]
    if before:
        return before[-1]
    return datasets[0][1].name if datasets else None


def _method_of(
    hit: re.Match[str], methods: Sequence[tuple[Mention, Entity]], main: Entity | None
) -> tuple[str, str | None] | None:
    """Return whose score it is: the paper's own method where the sentence names it or none, else the last named."""
    before = [(m, e) for m, e in methods if m.end <= hit.start() and e.type == "architecture"]
    own = [(m, e) for m, e in before if main is not None and e.name == main.name]
    chosen = (own or ([] if main is not None else before))[-1:]
    if chosen:
        mention, entity = chosen[0]
        return entity.name, split_configuration(mention.text)[1]
    return (main.name, None) if main is not None else None

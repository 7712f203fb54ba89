"""From candidates to the entities of one paper: which forms are one name, of which kind, where they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import ratio

from kg.extraction import cues
from kg.extraction.candidates import Candidate
from kg.extraction.definitions import Definition, find_definitions
from kg.extraction.phrases import head_kind
from kg.extraction.reading import Reading
from kg.extraction.surfaces import is_coined, split_configuration
from kg.lexicon import CuratedConcept, Lexicon
from kg.names import fold, singular, strip_latex
from kg.records import KINDS, METHOD_KINDS, Entity, Mention

_ACCEPT = 0.5
_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to via with".split())
# How far a candidate of each finder is believed before cues speak (precision on the training papers, rounded).
_BELIEF = {"lexicon": 0.85, "title": 0.85, "coined": 0.35, "phrase": 0.4}


@dataclass
class _Group:
    """Forms that are one name."""

    forms: Counter[str] = field(default_factory=Counter)
    found_by: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    concepts: Counter[str] = field(default_factory=Counter)
    configurations: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)


def find_entities(
    reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon, *, accept: float = _ACCEPT
) -> list[Entity]:
    """Return the entities of a paper, in the order of their first mention.

    Args:
        reading: the text.
        candidates: spans that may name concepts.
        lexicon: the curated concepts, which give standard names and kinds.
        accept: the least confidence.
    """
    definitions = find_definitions(reading.text)
    groups = _grouped(reading, _longest(candidates), definitions, lexicon)
    drafts: list[tuple[_Group, str, float, list[tuple[str, float]]]] = []
    for group in groups:
        kinds = _kinds(reading, group, lexicon)
        if not kinds:
            continue
        confidence = _confidence(reading, group)
        if confidence >= accept:
            drafts.append((group, kinds[0][0], confidence, kinds))
    mentions = _occurrences(reading.text, [(group.forms, number) for number, (group, *_) in enumerate(drafts)])
    entities: list[Entity] = []
    taken: dict[str, str] = {}
    order = sorted(range(len(drafts)), key=lambda n: mentions[n][0].start if mentions[n] else 1 << 30)
    for number in order:
        group, kind, confidence, kinds = drafts[number]
        if not mentions[number]:
            continue
        concept = _curated(group, kind, lexicon)
        name = lexicon.concepts[concept].name if concept else _name(group, kind)
        if fold(name) in taken:
            name = f"{name} ({kind})"
            if fold(name) in taken:
                continue
        taken[fold(name)] = name
        spelled = {mention.text for mention in mentions[number]}
        entities.append(
            Entity(
                name=name,
                type=lexicon.concepts[concept].kind if concept else kind,
                confidence=round(confidence, 4),
                mentions=tuple(mentions[number]),
                kinds=tuple((k, round(score, 4)) for k, score in kinds),
                aliases=tuple(sorted(group.defined - {name})),
                curated=concept,
                configurations=tuple(sorted(group.configurations & spelled)),
            )
        )
    return entities


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates without those that lie inside a longer one of firmer ground."""
    rank = {"title": 0, "lexicon": 1, "coined": 1, "phrase": 2}
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-(c.end - c.start), rank[c.found_by], c.start)):
        inside = [k for k in kept if k.start < candidate.end and candidate.start < k.end]
        # A descriptive phrase around a curated name ("hierarchical vision transformer") gives way to it.
        same = [k for k in inside if (k.start, k.end) == (candidate.start, candidate.end)]
        if candidate.found_by == "lexicon" and inside and all(k.found_by == "phrase" for k in inside) and not same:
            kept = [k for k in kept if k not in inside or k.end != candidate.end or _defines(k)]
            inside = [k for k in inside if k in kept]
        if not inside or same:
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _defines(phrase: Candidate) -> bool:
    """Return whether a phrase names a task or technique, where each modifier makes another concept."""
    return phrase.kind in {"task", "technique", "module", "metric"}


def _grouped(
    reading: Reading, candidates: Sequence[Candidate], definitions: Sequence[Definition], lexicon: Lexicon
) -> list[_Group]:
    """Join candidates that name one thing: by spelling, by definition in the text, by the lexicon, by size."""
    text = reading.text
    same: dict[str, str] = {}

    def root(key: str) -> str:
        while same.get(key, key) != key:
            key = same[key]
        return key

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        same[second] = first

    candidates = [_unless_redefined(reading, c, definitions, lexicon) for c in candidates]
    keys: dict[Candidate, str] = {}
    forms: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        surface = text[candidate.start : candidate.end]
        stem, _ = split_configuration(surface) if candidate.found_by != "phrase" else (surface, None)
        key = fold(stem) if candidate.kind != "dataset" else fold(surface)
        if candidate.concepts and len(candidate.concepts) == 1:
            key = "=" + candidate.concepts[0]
            join(key, fold(surface))
        elif known := lexicon.find(stem):
            join("=" + known.id, fold(stem))
        keys[candidate] = key
        forms[key].append(candidate)
    defined: dict[str, set[str]] = defaultdict(set)
    for definition in definitions:
        long = text[definition.long_start : definition.long_end]
        short = text[definition.short_start : definition.short_end]
        if (
            forms.get(fold(long))
            or forms.get(fold(short))
            or any(c.start < definition.long_end and definition.long_start < c.end for c in candidates)
        ):
            join(fold(long), fold(short))
            defined[fold(short)] |= {long, short}
    groups: dict[str, _Group] = defaultdict(_Group)
    for candidate in candidates:
        group = groups[root(keys[candidate])]
        surface = text[candidate.start : candidate.end]
        stem, configuration = split_configuration(surface)
        group.forms[surface] += 1
        group.found_by.add(candidate.found_by)
        group.places.append((candidate.start, candidate.end))
        if candidate.kind:
            group.kinds[candidate.kind] += 1
        for concept in candidate.concepts:
            group.concepts[concept] += 1
        if configuration and candidate.kind != "dataset":
            group.configurations.add(configuration)
            if not candidate.concepts and (known := lexicon.find(stem)):
                group.concepts[known.id] += 1
                group.found_by.add("lexicon")
    for short_key, names in sorted(defined.items()):
        if root(short_key) in groups:
            known_group = groups[root(short_key)]
            known_group.defined |= names
            known_group.forms.update(sorted(names))
    return [groups[key] for key in sorted(groups)]


def _unless_redefined(
    reading: Reading, candidate: Candidate, definitions: Sequence[Definition], lexicon: Lexicon
) -> Candidate:
    """Return a candidate without the curated senses that the text rules out by defining its acronym otherwise."""
    surface = fold(reading.text[candidate.start : candidate.end])
    for definition in definitions:
        if fold(reading.text[definition.short_start : definition.short_end]) == surface and candidate.concepts:
            long = reading.text[definition.long_start : definition.long_end]
            senses = tuple(i for i in candidate.concepts if means(lexicon.concepts[i], long))
            return replace(
                candidate,
                concepts=senses,
                found_by="lexicon" if senses else "coined",
                kind=(lexicon.concepts[senses[0]].kind if senses else None),
            )
    return candidate


def means(concept: CuratedConcept, long: str) -> bool:
    """Return whether a long form may be a name of a curated concept: nearly equal to one, or around or within one.

    >>> means(CuratedConcept("fpn", "Feature Pyramid Network", "module"), "feature pyramid structure network")
    True
    """
    said = fold(long)
    for name in concept.names:
        known = fold(name)
        if len(known) > 6 and (known in said or said in known or ratio(said, known) > 80):
            return True
    return all(is_coined(name) or len(fold(name)) <= 6 for name in concept.names)


def _kinds(reading: Reading, group: _Group, lexicon: Lexicon) -> list[tuple[str, float]]:
    """Return the kinds that a group may be, with scores that add up to one, the likeliest first."""
    scores: dict[str, float] = defaultdict(float)
    for concept, count in group.concepts.items():
        scores[lexicon.concepts[concept].kind] += 4 * count
    for kind, count in group.kinds.items():
        scores[kind] += 1.5 * min(count, 2)
    for name in group.defined:
        if told := head_kind(name):
            scores[told] += 3
    for start, end in group.places:
        before, after = reading.text[max(0, start - 90) : start], reading.text[end : end + 60]
        for kind, pattern in cues.KIND_AFTER.items():
            if pattern.match(after):
                scores[kind] += 1
        if "lexicon" not in group.found_by and group.found_by != {"phrase"}:
            if cues.DATASET_AFTER.match(after) or cues.DATASET_BEFORE.search(before):
                scores["dataset"] += 2
            if cues.METRIC_BEFORE.search(before):
                scores["metric"] += 1
    if "title" in group.found_by or (group.found_by == {"coined"} and not scores):
        title = reading.lower[: reading.title_end]
        weight = 1.0 if "title" in group.found_by else 0.3
        for kind, pattern in cues.CONTRIBUTION.items():
            scores[kind] += weight * (2 * len(pattern.findall(title)) + 0.3 * len(pattern.findall(reading.lower)))
        scores["architecture"] += 0.2
    total = sum(scores.values())
    if not total:
        return [("architecture", 0.5)] if group.found_by & {"title", "coined"} else []
    return sorted(((k, s / total) for k, s in scores.items() if s), key=lambda pair: (-pair[1], KINDS.index(pair[0])))


def _confidence(reading: Reading, group: _Group) -> float:
    """Return how far a group is believed to name a concept."""
    doubt = 1.0
    for finder in sorted(group.found_by):
        doubt *= 1 - _BELIEF[finder]
    if group.defined:
        doubt *= 0.5
    if len(group.places) > 1:
        doubt *= 0.75
    if min(group.places)[0] < reading.title_end:
        doubt *= 0.7
    return 1 - doubt


def _curated(group: _Group, kind: str, lexicon: Lexicon) -> str | None:
    """Return the curated concept that a group means: the one most matched, of the fitting kind where several."""

    def fit(concept: str) -> tuple[bool, int, str]:
        other = lexicon.concepts[concept].kind
        return (other != kind and {other, kind} - METHOD_KINDS != set(), -group.concepts[concept], concept)

    return min(group.concepts, key=fit) if group.concepts else None


def _occurrences(text: str, forms: Sequence[tuple[Iterable[str], int]]) -> list[list[Mention]]:
    """Return every occurrence of every form at word borders, the longest first, without overlap."""
    found: list[list[Mention]] = [[] for _ in forms]
    flat = sorted({(form, number) for names, number in forms for form in names}, key=lambda f: (-len(f[0]), f))
    taken = bytearray(len(text))
    for form, number in flat:
        place = text.find(form)
        while place >= 0:
            end = place + len(form)
            if _at_borders(text, place, end) and not any(taken[place:end]):
                taken[place:end] = b"\1" * (end - place)
                found[number].append(Mention(place, end, form))
            place = text.find(form, place + 1)
    return [sorted(mentions, key=lambda m: m.start) for mentions in found]


def _at_borders(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _name(group: _Group, kind: str) -> str:
    """Return the name of a group as the guidelines have it: a system's short name, else Title Case, singular."""
    forms = sorted(group.forms, key=lambda form: (-group.forms[form], form))
    stems = [split_configuration(form)[0] for form in forms]
    coined = [stem for stem in stems if len(stem.split()) == 1 and is_coined(stem)]
    longs = [form for form in group.defined if len(form) > 1 and not is_coined(form.split()[0])]
    if coined and not (longs and kind in {"task", "metric", "module"} and _generic(longs)):
        return strip_latex(singular(coined[0]) if coined[0][-1:] == "s" else coined[0])
    return title_case(max(longs, key=lambda form: (len(form), form)) if longs else stems[0])


def _generic(longs: Sequence[str]) -> bool:
    return all(form.islower() for form in longs)


def title_case(name: str) -> str:
    """Return a descriptive name in the singular and in Title Case; coined words stay as they are.

    >>> title_case("graph-based semantic segmentations"), title_case("self-attention")
    ('Graph-Based Semantic Segmentation', 'Self-Attention')
    """
    words = re.sub(r"\s+", " ", strip_latex(name)).split(" ")
    words[-1] = singular(words[-1])
    return " ".join(
        word if i and word in _SMALL_WORDS else "-".join(p[:1].upper() + p[1:] for p in word.split("-"))
        for i, word in enumerate(words)
    )

"""What people decided on a graph: each decision in words, whether it says enough, and which contradict each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kg import vocabulary as v
from kg.names import fold
from kg.records import EXTRACTED_PREDICATES, KINDS, PAPER_PREDICATES

VERBS: Final = ("assert", "different", "drop", "introduced", "kind", "name", "reject", "same", "sense", "year")
RESULT_FIELDS: Final = ("method", "configuration", "dataset", "metric", "task", "value")
_REJECTABLE: Final = (*EXTRACTED_PREDICATES, "mentions", "reports")
_SENSE = re.compile(rf"(?P<name>.+\S)\s*\((?P<kind>{'|'.join(KINDS)})\)\s*", re.DOTALL)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_CONCEPT_SPACES: Final = (v.concept_iri(""), "concept:")


@dataclass(frozen=True, slots=True)
class Reference:
    """How a decision names a concept: by identifier, or by name and, where that helps, kind."""

    name: str | None = None
    kind: str | None = None
    identifier: str | None = None

    @classmethod
    def of(cls, text: str) -> Reference:
        """Return what a text refers to.

        >>> Reference.of("SGD (dataset)"), Reference.of("concept:sgd").identifier
        (Reference(name='SGD', kind='dataset', identifier=None), 'sgd')
        """
        for space in _CONCEPT_SPACES:
            if text.startswith(space):
                return cls(identifier=text.removeprefix(space))
        if hit := _SENSE.fullmatch(text):
            return cls(hit["name"], hit["kind"])
        return cls(text)

    @property
    def key(self) -> tuple[str, str]:
        """What two references to one thing, written alike, have in common."""
        if self.identifier is not None:
            return ("=", self.identifier)
        return (fold(self.name or ""), self.kind or "")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; concepts stand in it by name, by name and kind ("SGD (dataset)"), or by IRI.

    Attributes:
        verb: one of :data:`VERBS`.
        subject: what it is about: a concept; for a paper's edges and for ``sense`` a paper (IRI, key or title).
        object: the other concept, the kind, the name, the year, or the paper; empty where the verb needs none.
        predicate: of the edge that is rejected or asserted; ``reports`` for results.
        name: the name whose sense in a paper is told.
        result: what is known of the result that is rejected or asserted, by :data:`RESULT_FIELDS`, in their order.
        source: where the curator has it from.
        line: where it stands in its file.
    """

    verb: str
    subject: str
    object: str = ""
    predicate: str | None = None
    name: str | None = None
    result: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    line: int | None = field(default=None, compare=False)

    @property
    def words(self) -> str:
        """The decision in the words of ``kg curate``, by which the graph remembers it.

        >>> Decision("same", "ViT", "Vision Transformer").words
        'same "ViT" "Vision Transformer"'
        """
        parts = [f"{self.verb}-result" if self.result else self.verb, _quoted(self.subject)]
        if self.result:
            parts += [f"--{name} {_quoted(value)}" for name, value in self.result]
        else:
            parts += [self.predicate] if self.predicate is not None else []
            parts += [_quoted(text) for text in (self.name, self.object) if text]
        parts += [f"--source {_quoted(self.source)}"] if self.source is not None else []
        return " ".join(parts)

    @property
    def fields(self) -> Mapping[str, str]:
        """What is known of the result."""
        return dict(self.result)


@dataclass(frozen=True)
class Curation:
    """All decisions on a graph, sorted by their words, each once."""

    decisions: tuple[Decision, ...] = ()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Curation:
        """Return some decisions, sorted, each once."""
        return cls(tuple(sorted({one.words: one for one in decisions}.values(), key=lambda one: one.words)))

    def said(self, *verbs: str) -> Iterator[Decision]:
        """Yield the decisions of some verbs."""
        return (decision for decision in self.decisions if decision.verb in verbs)

    @property
    def paper_references(self) -> frozenset[str]:
        """What the decisions call papers."""
        subjects = {decision.subject for decision in self.decisions if of_paper(decision)}
        return frozenset(subjects | {decision.object for decision in self.said("introduced")})

    @cached_property
    def digest(self) -> str:
        """Of all that the decisions mean: where it changes, papers must be resolved anew."""
        return v.digest(*(decision.words for decision in self.decisions))


def problem_of(decision: Decision) -> str | None:
    """Return what a decision lacks or has wrong, with what would mend it; None where it is sound.

    >>> problem_of(Decision("year", "ViT", "soon"))
    "the year cannot be 'soon'; give four digits, as 2017"
    """
    verb = decision.verb
    if verb not in VERBS:
        return f"there is no decision {verb!r}; choose one of {', '.join(VERBS)}"
    if not decision.subject.strip():
        return f"{verb!r} says of nothing what it says; give it a subject"
    if verb in ("reject", "assert"):
        return _problem_of_edge(decision)
    if verb != "drop" and not decision.object.strip():
        return f"{verb!r} needs an object: {_NEEDS[verb]}"
    if verb == "kind" and decision.object not in KINDS:
        return f"the kind cannot be {decision.object!r}; choose one of {', '.join(KINDS)}"
    if verb == "year" and not re.fullmatch(r"[12]\d{3}", decision.object):
        return f"the year cannot be {decision.object!r}; give four digits, as 2017"
    if verb == "sense" and not (decision.name or "").strip():
        return "'sense' needs the name whose sense in the paper it tells"
    if verb == "different" and Reference.of(decision.subject) == Reference.of(decision.object):
        return "one name cannot be different from itself; tell in which paper it means what with: sense"
    return None


_NEEDS: Final = {
    "same": "the other concept",
    "different": "the other name",
    "kind": f"one of {', '.join(KINDS)}",
    "name": "the preferred name",
    "introduced": "the paper, by title or IRI",
    "year": "four digits, as 2017",
    "sense": "the concept that the paper means",
}


def _problem_of_edge(decision: Decision) -> str | None:
    verb, predicate, fields = decision.verb, decision.predicate, decision.fields
    known = _REJECTABLE if verb == "reject" else (*EXTRACTED_PREDICATES, "reports")
    if predicate not in known:
        return f"the predicate cannot be {predicate!r}; choose one of {', '.join(known)}"
    if verb == "assert" and not (decision.source or "").strip():
        return "'assert' needs a source: where you have it from"
    if predicate != "reports":
        return None if decision.object.strip() else f"{verb!r} needs the object of the edge: a concept"
    if not fields:
        return f"a result is told by its parts: one or more of {', '.join(RESULT_FIELDS)}"
    if verb == "assert" and not (fields.get("method") and number_in(fields.get("value", "")) is not None):
        return "an asserted result needs its method and its value, a number with its unit (87.1%)"
    return None


def number_in(value: str) -> tuple[float, str | None] | None:
    """Return the number and the unit of a value as written; None where it begins with no number.

    >>> number_in("87.1%"), number_in("1,200 ms"), number_in("high")
    ((87.1, '%'), (1200.0, 'ms'), None)
    """
    hit = _NUMBER.match(value.strip())
    if hit is None:
        return None
    return float(hit[0].replace(",", "")), value.strip()[hit.end() :].strip() or None


def contradiction(decisions: Iterable[Decision]) -> tuple[Decision, Decision] | None:
    """Return two decisions that cannot both hold, or None; of several such pairs the first in their order.

    >>> no = contradiction([Decision("same", "A", "B"), Decision("same", "b", "C"), Decision("different", "c", "a")])
    >>> no[0].words, no[1].words
    ('different "c" "a"', 'same "b" "C"')
    """
    ordered = list(decisions)
    told: dict[tuple[object, ...], Decision] = {}
    for decision in ordered:
        slot, value = _slot(decision)
        if slot is None:
            continue
        before = told.setdefault(slot, decision)
        if _slot(before)[1] != value:
            return decision, before
    return _same_and_different(ordered)


def _slot(decision: Decision) -> tuple[tuple[object, ...] | None, object]:
    """Return what a decision settles, of which there can be one, and how it settles it."""
    subject = Reference.of(decision.subject).key
    if decision.verb in ("kind", "name", "year"):
        return (decision.verb, subject), decision.object
    if decision.verb == "sense":
        return ("sense", subject, fold(decision.name or "")), Reference.of(decision.object).key
    if decision.verb in ("reject", "assert"):
        about = (subject, decision.predicate, Reference.of(decision.object).key, decision.result)
        return about, decision.verb
    return None, None


def _same_and_different(decisions: Iterable[Decision]) -> tuple[Decision, Decision] | None:
    leader: dict[tuple[str, str], tuple[str, str]] = {}
    last: dict[tuple[str, str], Decision] = {}
    found = list(decisions)

    def head(key: tuple[str, str]) -> tuple[str, str]:
        while leader.get(key, key) != key:
            key = leader[key]
        return key

    for decision in found:
        if decision.verb == "same":
            one, other = (head(Reference.of(text).key) for text in (decision.subject, decision.object))
            leader[other] = one
            last[one] = decision
    for decision in found:
        if decision.verb == "different":
            one, other = (head(Reference.of(text).key) for text in (decision.subject, decision.object))
            if one == other:
                return decision, last[one]
    return None


def of_paper(decision: Decision) -> bool:
    """Return whether the subject of a decision is a paper."""
    return decision.verb == "sense" or decision.predicate in PAPER_PREDICATES


def _quoted(text: str) -> str:
    return text if text.startswith(v.BASE) else json.dumps(text, ensure_ascii=False)

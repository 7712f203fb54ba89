"""The parts of a full text: which of them introduces, which describes the method, which reports experiments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.records import Section

READ_ROLES: Final = frozenset({"introduction", "method", "experiments"})
"""The roles of sections that ``--sections`` reads."""

_NUMBER = re.compile(
    r"^\s*(?:(?:section|chapter)\s+)?(?:[0-9]+(?:\.[0-9]+)*[.):]?|(?:[ivx]+|[a-z])[.):])\s+(?=\S)", re.IGNORECASE
)
# Asked in this order: "Experimental setup" is of the experiments, "Method and experiments" of the method.
_ROLES: Final = (
    (
        "other",
        re.compile(
            r"\b(?:related|previous|prior) work|\bliterature|\bbackground|\bprelimin|\backnowledg|\breferences?\b"
            r"|\bbibliography|\bappendi|\bsupplement|\bconclu|\bdiscussion|\blimitation|\bfuture work|\bbroader impact"
            r"|\bethic|\breproducib|\bfunding|\bauthor contrib|\bconflicts? of interest|\bavailability",
            re.IGNORECASE,
        ),
    ),
    ("introduction", re.compile(r"\bintroduction\b|\bmotivation\b|\boverview\b", re.IGNORECASE)),
    (
        "method",
        re.compile(
            r"\bmethod|\bapproach|\bmodel(?:s|ling|ing)?\b|\barchitecture|\bproposed\b|\bframework|\balgorithm"
            r"|\bformulation|\bdesign\b|\bnetwork structure|\bimplementation\b|\bour\b|\btraining\b|\bpre-?training\b",
            re.IGNORECASE,
        ),
    ),
    (
        "experiments",
        re.compile(
            r"\bexperiment|\bevaluation|\bresults?\b|\bablation|\bbenchmark|\bcomparison|\banalysis\b|\bdata ?sets?\b"
            r"|\bempirical|\bsetup\b|\bperformance\b|\bbaselines?\b",
            re.IGNORECASE,
        ),
    ),
)
_EXPERIMENT_FIRST = re.compile(r"^(?:experiment|evaluation|result|ablation|empirical|comparison)", re.IGNORECASE)


def role_of(heading: str) -> str:
    """Return the role of a section, by its heading: introduction, method, experiments or other.

    >>> [role_of(h) for h in ("1 Introduction", "3. Our Approach", "IV. EXPERIMENTS", "2 Related Work", "Notes")]
    ['introduction', 'method', 'experiments', 'other', 'other']
    """
    bare = without_number(heading)
    if _EXPERIMENT_FIRST.match(bare):
        return "experiments"
    return next((role for role, pattern in _ROLES if pattern.search(bare)), "other")


def without_number(heading: str) -> str:
    """Return a heading without the number before it.

    >>> [without_number(h) for h in ("3.1 Loss", "IV. EXPERIMENTS", "A Study", "Introduction")]
    ['Loss', 'EXPERIMENTS', 'A Study', 'Introduction']
    """
    return _NUMBER.sub("", heading, count=1).strip() or heading.strip()


def sections_read(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return those sections that are read beside title and abstract, in their order."""
    return tuple(section for section in sections if section.role in READ_ROLES and section.text)

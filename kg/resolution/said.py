"""What deciding needs of one paper: small, a pure function of the paper, and kept from build to build."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from kg.records import PAPER_AS_SUBJECT, Extraction, Paper
from kg.resolution.candidates import Candidate, read_candidate
from kg.resolution.contexts import Context, read_context, title_head
from kg.resolution.local import Anchors, Local, read_locals

Contexts = Callable[[str], Context]
"""Gives the context of a paper by its key; asked for few papers only."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one paper says of who is who.

    Attributes:
        paper: its key.
        year: of the paper.
        head: the identity key of what stands before the colon of its title.
        locals: its entities.
        introduced: the names, in the extraction, of what it introduces.
        candidates: what scored too low to be an entity.
    """

    paper: str
    year: int | None
    head: str
    locals: tuple[Local, ...]
    introduced: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()


def read_said(paper: Paper, extraction: Extraction, anchors: Anchors) -> tuple[Said, Context]:
    """Return what one paper says of who is who, and what stands around it.

    A pure function of the paper, its extraction and the curated concepts.
    """
    found = tuple(read_locals(paper.key, extraction.entities, anchors))
    introduced = frozenset(
        relation.object
        for relation in extraction.relations
        if relation.predicate == "introduces" and relation.subject == PAPER_AS_SUBJECT
    )
    candidates = tuple(map(read_candidate, extraction.candidates))
    said = Said(paper.key, paper.year, title_head(paper.title), found, introduced, candidates)
    return said, read_context(paper, found, anchors)


_LOCAL: Final = attrgetter(*(field.name for field in fields(Local) if field.name != "paper"))
_CANDIDATE: Final = attrgetter(*(field.name for field in fields(Candidate)))


def dump_said(said: Said) -> str:
    """Return what a paper says as JSON, without the paper's key.

    >>> said = Said("t-1", 2020, "gridnet", (), frozenset({"GridNet"}))
    >>> Loader().load("t-1", dump_said(said)) == said
    True
    """
    rows = [_LOCAL(local) for local in said.locals]
    doubted = [_CANDIDATE(candidate) for candidate in said.candidates]
    return json.dumps([said.year, said.head, rows, sorted(said.introduced), doubted], separators=(",", ":"))


class Loader:
    """Brings back what papers say, each string and each tuple that they share once: a corpus fits into memory."""

    def __init__(self) -> None:
        self._pool: dict[Any, Any] = {}

    def load(self, paper: str, text: str) -> Said:
        """Return what :func:`dump_said` wrote of a paper."""
        year, head, rows, introduced, doubted = json.loads(text)
        frozen = self._frozen
        return Said(
            paper,
            year,
            head,
            tuple([Local(paper, *map(frozen, row)) for row in rows]),
            frozenset(map(frozen, introduced)),
            tuple([Candidate(*map(frozen, row)) for row in doubted]),
        )

    def _frozen(self, value: Any) -> Any:
        if isinstance(value, list):
            value = tuple(map(self._frozen, value))
        elif not isinstance(value, str):
            return value
        return self._pool.setdefault(value, value)


def dump_context(context: Context) -> str:
    """Return a context as JSON.

    >>> context = Context(frozenset({"task:a"}), authors=frozenset({"Ada"}), title="t")
    >>> load_context(dump_context(context)) == context
    True
    """
    sets = (context.tasks, context.others, context.fields, context.authors)
    return json.dumps([*map(sorted, sets), context.title], separators=(",", ":"))


def load_context(text: str) -> Context:
    """Return what :func:`dump_context` wrote."""
    *sets, title = json.loads(text)
    tasks, others, fields_told, authors = map(frozenset, sets)
    return Context(tasks, others, fields_told, authors, title)

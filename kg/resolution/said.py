"""What deciding needs of one paper: small, a pure function of the paper, and kept from build to build."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from kg.records import PAPER_AS_SUBJECT, Extraction, Paper
from kg.resolution.candidates import Candidate, read_candidate, read_doubt
from kg.resolution.contexts import Context, read_context, title_head
from kg.resolution.local import Anchors, Local, read_local, read_votes

Contexts = Callable[[str], Context]
"""Gives the context of a paper by its key; asked for few papers only."""
Number = Callable[[str, str], int]
"""Gives a wording its number, the same for the same: by its sort (:data:`ENTITY`, :data:`CANDIDATE`) and its JSON."""

ENTITY: Final = "entity"
CANDIDATE: Final = "candidate"


@dataclass(frozen=True, slots=True)
class Said:
    """What one paper says of who is who.

    Attributes:
        paper: its key.
        year: of the paper.
        head: the identity key of what stands before the colon of its title.
        locals: its entities.
        votes: how sure it is of each kind that it considers for each entity, in the order of these, in millionths.
        introduced: the names, in the extraction, of what it introduces.
        candidates: what scored too low to be an entity.
        doubts: how sure it is that each candidate is one, in millionths.
    """

    paper: str
    year: int | None
    head: str
    locals: tuple[Local, ...]
    votes: Sequence[int] = ()
    introduced: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()
    doubts: Sequence[int] = ()


def read_said(
    paper: Paper, extraction: Extraction, anchors: Anchors, wordings: dict[Local, Local] | None = None
) -> tuple[Said, Context]:
    """Return what one paper says of who is who, and what stands around it.

    A pure function of the paper, its extraction and the curated concepts.

    Args:
        paper: the paper.
        extraction: of the paper.
        anchors: the curated concepts.
        wordings: what papers before it call things, to be shared; what it calls them is added.
    """
    found = tuple(read_local(entity, anchors) for entity in extraction.entities)
    if wordings is not None:
        found = tuple(wordings.setdefault(local, local) for local in found)
    introduced = frozenset(
        relation.object
        for relation in extraction.relations
        if relation.predicate == "introduces" and relation.subject == PAPER_AS_SUBJECT
    )
    said = Said(
        paper=paper.key,
        year=paper.year,
        head=title_head(paper.title),
        locals=found,
        votes=_packed(chain.from_iterable(map(read_votes, extraction.entities))),
        introduced=introduced,
        candidates=tuple(map(read_candidate, extraction.candidates)),
        doubts=_packed(map(read_doubt, extraction.candidates)),
    )
    return said, read_context(paper, found, anchors)


def dump_said(said: Said, number: Number) -> str:
    """Return what a paper says as JSON, without the paper's key, and with numbers for its wordings.

    >>> said = Said("t-1", 2020, "gridnet", (), candidates=(Candidate("GridNet", "gridnet", ("method",)),), doubts=(9,))
    >>> dump_said(said, lambda sort, text: 7)
    '[2020,"gridnet",[],[],[],[7],[9]]'
    """
    found = [number(ENTITY, _json(local)) for local in said.locals]
    doubted = [number(CANDIDATE, _json(candidate)) for candidate in said.candidates]
    return _json([said.year, said.head, found, [*said.votes], sorted(said.introduced), doubted, [*said.doubts]])


class Loader:
    """Brings back what papers say, each wording once: a corpus fits into memory.

    Args:
        wordings: the number, the sort and the JSON of each.
    """

    def __init__(self, wordings: Iterable[tuple[int, str, str]]) -> None:
        self._strings: dict[str, str] = {}
        self._heard: set[int] = set()
        self._locals: dict[int, Local] = {}
        self._candidates: dict[int, Candidate] = {}
        for number, sort, text in wordings:
            if sort == ENTITY:
                self._locals[number] = self._local(*json.loads(text))
            else:
                name, key, groups = json.loads(text)
                self._candidates[number] = Candidate(name, key, self._tuple(groups))

    def load(self, paper: str, text: str) -> Said:
        """Return what :func:`dump_said` wrote of a paper."""
        year, head, found, votes, introduced, doubted, doubts = json.loads(text)
        self._heard.update(found, doubted)
        return Said(
            paper,
            year,
            head,
            tuple(map(self._locals.__getitem__, found)),
            _packed(votes),
            frozenset(introduced),
            tuple(map(self._candidates.__getitem__, doubted)),
            _packed(doubts),
        )

    @property
    def unheard(self) -> list[int]:
        """The numbers of the wordings that none of the papers uses, sorted."""
        return sorted((self._locals.keys() | self._candidates.keys()) - self._heard)

    def _local(
        self,
        said: str,
        kind: str,
        kinds: list[str],
        group: str,
        name: str,
        key: str,
        slug: str,
        names: list[str],
        keys: list[str],
        pairs: list[list[str]],
        curated: str | None,
        refused: str | None,
        configurations: list[str],
    ) -> Local:
        shared = self._strings.setdefault
        # One string for what is spelled alike: most things are called by one name.
        name, key = shared(name, name), shared(key, key)
        return Local(
            name if said == name else said,
            shared(kind, kind),
            self._tuple(kinds),
            shared(group, group),
            name,
            key,
            key if slug == key else slug,
            (name,) if names == [name] else self._tuple(names),
            (key,) if keys == [key] else self._tuple(keys),
            tuple([(long, short) for long, short in pairs]),
            curated and shared(curated, curated),
            refused,
            tuple(configurations),
        )

    def _tuple(self, strings: list[str]) -> tuple[str, ...]:
        shared = self._strings.setdefault
        return tuple([shared(string, string) for string in strings])


def dump_context(context: Context) -> str:
    """Return a context as JSON.

    >>> context = Context(frozenset({"task:a"}), authors=frozenset({"Ada"}), title="t")
    >>> load_context(dump_context(context)) == context
    True
    """
    sets = (context.tasks, context.others, context.fields, context.authors)
    return _json([*map(sorted, sets), context.title])


def load_context(text: str) -> Context:
    """Return what :func:`dump_context` wrote."""
    *sets, title = json.loads(text)
    tasks, others, fields_told, authors = map(frozenset, sets)
    return Context(tasks, others, fields_told, authors, title)


def _packed(numbers: Iterable[int]) -> Sequence[int]:
    return array("l", numbers)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))

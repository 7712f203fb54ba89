"""Who says what: for each way of calling a thing, the papers that call it so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.resolution.local import Local
from kg.resolution.said import Said

UNKNOWN_YEAR: Final = 9999


class Member:
    """What some papers call a thing, all of them alike.

    Attributes:
        local: what they call it.
        papers: what they say.
        votes: how sure they are together of each kind that they consider, in millionths.
        introduced_in: year (9999 where unknown) and key of each of them that introduces it.
    """

    __slots__ = ("introduced_in", "local", "papers", "votes")

    def __init__(self, local: Local) -> None:
        self.local = local
        self.papers: list[Said] = []
        self.votes = [0] * len(local.kinds)
        self.introduced_in: tuple[tuple[int, str], ...] = ()

    def hear(self, paper: Said, first: int) -> None:
        """Count one more paper, whose votes on the kinds begin at a place among all that it gives."""
        self.papers.append(paper)
        votes = paper.votes
        for at in range(len(self.votes)):
            self.votes[at] += votes[first + at]
        if paper.introduced and self.local.said in paper.introduced:
            self.introduced_in += ((year_of(paper), paper.paper),)

    def part(self, papers: Iterable[Said]) -> Member:
        """Return the member that some of its papers alone would be."""
        found = Member(self.local)
        for paper in papers:
            first = 0
            for local in paper.locals:
                if local is self.local:
                    break
                first += len(local.kinds)
            found.hear(paper, first)
        return found

    @property
    def keys(self) -> set[str]:
        """The identity keys of all its names."""
        return {self.local.key, *self.local.keys} - {""}


def gather(papers: Iterable[Said]) -> list[Member]:
    """Return all that some papers say; linear in it.

    Papers share a member where they share the object that says what they call the thing; where two are equal and not
    one, there are two members, which mean the same.
    """
    found: dict[int, Member] = {}
    for paper in papers:
        first = 0
        for local in paper.locals:
            member = found.get(id(local))
            if member is None:
                member = found[id(local)] = Member(local)
            member.hear(paper, first)
            first += len(local.kinds)
    return list(found.values())


def papers_of(members: Iterable[Member]) -> tuple[str, ...]:
    """Return the keys of the papers of some members, sorted."""
    return tuple(sorted({paper.paper for member in members for paper in member.papers}))


def year_of(paper: Said) -> int:
    """Return the year of a paper, 9999 where it is unknown."""
    return UNKNOWN_YEAR if paper.year is None else paper.year

"""References to papers: which of the papers here cite which, by the identifiers that sources give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol


class Citing(Protocol):
    """What is needed of a paper; :class:`kg.records.Paper` is one."""

    @property
    def key(self) -> str:
        """The paper's key."""

    @property
    def doi(self) -> str | None:
        """Its DOI."""

    @property
    def arxiv(self) -> str | None:
        """Its arXiv number."""

    @property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """Its other identifiers by scheme."""

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """The papers that it cites, each by scheme and identifier."""


def citations(papers: Iterable[Citing]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the papers that each paper cites, sorted, by the key of the citing one.

    A reference counts where a paper here bears its identifier; a later paper may so make an earlier reference
    count. A paper does not cite itself. The result depends on the set of papers alone; the papers are passed
    over once, in time linear in their identifiers and references.

    >>> from kg.records import Paper
    >>> old = Paper("doi-10-1-a", "A", doi="10.1/a", ids=(("openalex", "W1"),))
    >>> new = Paper("arxiv-1", "B", arxiv="1", references=(("doi", "10.1/z"), ("openalex", "W1")))
    >>> citations([new, old])
    {'arxiv-1': ('doi-10-1-a',)}
    """
    bearers: dict[tuple[str, str], str] = {}
    references: dict[str, tuple[tuple[str, str], ...]] = {}
    for paper in papers:
        named = [("doi", paper.doi), ("arxiv", paper.arxiv), *paper.ids]
        for scheme, value in named:
            if value:
                # Two papers that share an identifier contradict each other in another one; the first key has it.
                known = bearers.setdefault((scheme, value), paper.key)
                if paper.key < known:
                    bearers[scheme, value] = paper.key
        if paper.references:
            references[paper.key] = paper.references
    return dict(_resolved(references, bearers))


def _resolved(
    references: Mapping[str, tuple[tuple[str, str], ...]], bearers: Mapping[tuple[str, str], str]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for key in sorted(references):
        cited = {bearers[reference] for reference in references[key] if reference in bearers} - {key}
        if cited:
            yield key, tuple(sorted(cited))

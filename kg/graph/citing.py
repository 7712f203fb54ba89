"""Citations that support lineage: a paper cites the one that introduces what its own method is based on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t

_CITES: Final = NamedNode(v.CITO + "cites")


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper that cites another.

    Attributes:
        paper, cited: their IRIs.
        title, cited_title: their titles.
    """

    paper: str
    title: str | None
    cited: str
    cited_title: str | None

    def to_json(self) -> dict[str, str | None]:
        """Return the citation as what ``json.dumps`` takes."""
        return asdict(self)


def supporting_citations(store: Store, subject: NamedNode, value: NamedNode) -> list[Citation]:
    """Return the citations that support an edge between two methods, sorted.

    A citation supports an edge where the citing paper introduces the one method and the cited paper the other. It
    makes no edge: that is for what texts and curators say.

    Args:
        store: the triples.
        subject, value: the two ends of the edge.
    """
    introducing = t.PREDICATES["introduces"]
    ours = set(read.subjects(store, introducing, subject))
    theirs = set(read.subjects(store, introducing, value)) if ours else set()
    found = {
        (paper.value, cited.value)
        for paper in ours
        for cited in (read.objects(store, paper, _CITES) if theirs else ())
        if cited in theirs
    }
    return [
        Citation(
            paper,
            read.text(store, NamedNode(paper), t.TITLE),
            cited,
            read.text(store, NamedNode(cited), t.TITLE),
        )
        for paper, cited in sorted(found)
    ]

"""Records that are held to be one paper, and what speaks for and against joining two such sets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from kg.names import fold
from kg.records import Record

_NAME_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})

Content = tuple[Hashable, ...]


def content(record: Record) -> Content:
    """Return what a record says, without where it says so: equal for equal statements, and sortable."""
    return (
        record.title,
        record.abstract,
        record.year or 0,
        record.date or "",
        record.authors,
        record.arxiv or "",
        record.doi or "",
        record.venue or "",
        record.url or "",
        tuple(sorted(record.ids)) if record.ids else (),
        record.references,
        # Sections and claims have no order of their own; their words have.
        repr(record.sections) if record.sections else "",
        repr(record.claims) if record.claims else "",
    )


def identifiers(record: Record) -> Iterable[tuple[str, str]]:
    """Yield the identifiers of a record with their schemes."""
    if record.doi:
        yield "doi", record.doi
    if record.arxiv:
        yield "arxiv", record.arxiv
    yield from record.ids


def year_of(record: Record) -> int | None:
    """Return the earlier of the year that a record states and that of its date."""
    if not record.date:
        return record.year or None
    of_date = int(record.date[:4])
    return min(record.year, of_date) if record.year else of_date


def family_name(author: str) -> str:
    """Return the folded last part of an author's family name.

    >>> [family_name(a) for a in ("Laurens van der Maaten", "van der Maaten, L.", "LeCun Y", "Max Roe Jr.")]
    ['maaten', 'maaten', 'lecun', 'roe']
    """
    words = author.partition(",")[0].split() if "," in author else author.split()
    while len(words) > 1 and (words[-1].strip(".").lower() in _NAME_SUFFIXES or _are_initials(words[-1])):
        words.pop()
    return fold(words[-1]) if words else ""


def _are_initials(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return letters.isupper() and (len(letters) == 1 or "." in word)


def _are_near(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two spans of years make one of two years at most, or no longer than one of them was."""
    joined = max(span[1], other[1]) - min(span[0], other[0])
    return joined <= max(1, span[1] - span[0], other[1] - other[0])


class Cluster:
    """A set of records that is growing into a paper.

    Attributes:
        rank: its place among all sets at the beginning; of joined sets, the lowest.
        into: the set that has taken this one in, if any.
        records: the records, in no order.
        titled: whether one of them has a title.
        ids: by scheme, the one identifier.
        families: the folded family names of first authors.
        span: the first and the last of the years stated, if any is.
    """

    __slots__ = ("_abstracts", "families", "ids", "into", "rank", "records", "span", "titled")

    def __init__(self, rank: int, records: Sequence[Record]) -> None:
        said = records[0]
        self.rank = rank
        self.into: Cluster | None = None
        self.records = list(records)
        self.titled = bool(said.title)
        self.ids = dict(identifiers(said))
        first_author = family_name(said.authors[0]) if said.authors else ""
        self.families = {first_author} if first_author else set()
        self._abstracts: set[str] | None = None
        year = year_of(said)
        self.span = (year, year) if year else None

    def root(self) -> Cluster:
        """Return the set that this one has become part of; itself where it has not."""
        found = self
        while found.into is not None:
            found = found.into
        step: Cluster = self
        while step.into is not None:
            step.into, step = found, step.into
        return found

    def conflicts(self, other: Cluster) -> bool:
        """Return whether the two have different identifiers of one scheme."""
        few, many = sorted((self.ids, other.ids), key=len)
        return any(many.get(scheme, value) != value for scheme, value in few.items())

    def may_be(self, other: Cluster, *, generic: bool) -> bool:
        """Return whether two sets that share a title may be one paper.

        Args:
            generic: whether their title is one that many papers bear; then they need the first author or the
                abstract in common.
        """
        if self.conflicts(other):
            return False
        if self.span and other.span and not _are_near(self.span, other.span):
            return False
        if self.families and other.families:
            return not self.families.isdisjoint(other.families)
        return not generic or not self.abstracts().isdisjoint(other.abstracts())

    def abstracts(self) -> set[str]:
        """Return the abstracts of its records, however they are spaced; made when first asked for."""
        if self._abstracts is None:
            self._abstracts = {" ".join(record.abstract.split()) for record in self.records} - {""}
        return self._abstracts

    def take_in(self, other: Cluster) -> None:
        """Make the other set part of this one."""
        if self._abstracts is not None:
            self._abstracts |= other.abstracts()
        if len(other.records) > len(self.records):
            self.records, other.records = other.records, self.records
        self.records += other.records
        other.records = []
        other.into = self
        self.rank = min(self.rank, other.rank)
        self.ids |= other.ids
        self.families |= other.families
        self.titled |= other.titled
        spans = [span for span in (self.span, other.span) if span]
        self.span = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

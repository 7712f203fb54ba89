"""Records to papers: who is who among the papers, whatever the order in which the records came."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Final

from kg.names import fold
from kg.records import Paper, Record
from kg.sources._clusters import Cluster, Content, content, identifiers
from kg.sources._papers import papers_of

# Titles that many papers bear: they join nothing alone
_GENERIC_TITLES: Final = frozenset(
    map(
        fold,
        """abstract; abstracts; acknowledgements; appendix; back matter; book review; book reviews; briefly noted;
        call for papers; comment; comments; conclusion; conclusions; contents; contributors; correction;
        corrigendum; cover; discussion; editorial; editorial board; editorial introduction; editors' note;
        errata; erratum; foreword; front matter; guest editorial; guest editors' introduction; in this issue;
        index; introduction; introduction to the special issue; invited talk; invited talks; keynote;
        keynotes; letter to the editor; list of reviewers; masthead; news; notes; obituary; overview; panel;
        position paper; poster; preface; proceedings; references; reply; report; reviewers; special issue;
        summary; supplementary material; table of contents; technical report; title page; tutorial; tutorials;
        untitled; workshop; workshops""".replace("\n", " ").split(";"),
    )
)
_SHORTEST_TELLING_TITLE: Final = 9
# So many sets that contradict each other are tried before a set stays on its own: joining stays near linear
# even where a thousand papers bear one title, or a placeholder stands for an identifier.
_MOST_TRIED: Final = 16
_FIRST_SCHEMES: Final = {"doi": 0, "arxiv": 1}


def join(records: Iterable[Record]) -> list[Paper]:
    """Return the papers that some records speak of, sorted by key.

    Two records are of one paper where they share a DOI, an arXiv number or another identifier, or else the
    folded title, with years that differ by at most one (or are unknown) and one first author (or an unknown
    one). A title that is very short or that many papers bear joins only with the first author or the abstract
    in common. Two different identifiers of one scheme keep papers apart whatever else they share.

    The result is a function of the set of records alone: neither order nor repetition matters. It takes
    O(n log n) time.

    >>> said = [Record("a.txt", "1", "Network in Network"), Record("b.txt", "7", "Network In Network", year=2014)]
    >>> [(paper.title, paper.year, paper.sources) for paper in join(said)]
    [('Network In Network', 2014, ('a.txt', 'b.txt'))]
    """
    return [paper for paper, _ in join_with_records(records)]


def join_with_records(records: Iterable[Record]) -> list[tuple[Paper, Sequence[Record]]]:
    """Return the papers as :func:`join` does, each with the records that speak of it."""
    # What several sources state in the same words is one statement, so it is also one paper.
    statements: defaultdict[Content, dict[tuple[str, str], Record]] = defaultdict(dict)
    for record in records:
        statements[content(record)][record.source, record.key] = record
    with _no_collection():
        ordered = sorted(statements.items(), key=itemgetter(0))
        clusters = [Cluster(rank, list(said.values())) for rank, (_, said) in enumerate(ordered)]
        _join_by_identifiers(clusters)
        _join_by_titles(clusters)
        return papers_of([cluster.records for cluster in clusters if cluster.into is None and cluster.titled])


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector of cycles away: none is made here, and it would pass over all records again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _join_by_identifiers(clusters: Sequence[Cluster]) -> None:
    bearers: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for identifier in identifiers(cluster.records[0]):
            bearers[identifier].append(cluster)
    shared = [identifier for identifier, found in bearers.items() if len(found) > 1]
    for identifier in sorted(shared, key=lambda pair: (_FIRST_SCHEMES.get(pair[0], 2), pair)):
        apart: list[Cluster] = []
        for cluster in _roots(bearers[identifier]):
            fitting = (rival for rival in apart[:_MOST_TRIED] if not rival.conflicts(cluster))
            if (rival := next(fitting, None)) is not None:
                rival.take_in(cluster)
            else:
                apart.append(cluster)


def _join_by_titles(clusters: Sequence[Cluster]) -> None:
    bearers: defaultdict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for title in {record.title for record in cluster.records} - {""}:
            bearers[fold(title) or title].append(cluster)
    for title in sorted(title for title, found in bearers.items() if len(found) > 1):
        generic = len(title) < _SHORTEST_TELLING_TITLE or title in _GENERIC_TITLES
        _join_namesakes(_roots(bearers[title]), generic=generic)


def _join_namesakes(clusters: Sequence[Cluster], *, generic: bool) -> None:
    """Join those of some sets with one title that may be one paper.

    Those that say most of themselves come first; one that says less goes to the first that it does not
    contradict.
    """
    apart: list[Cluster] = []
    by_trait: defaultdict[tuple[str, str | int], list[Cluster]] = defaultdict(list)
    for cluster in sorted(clusters, key=_by_what_is_known):
        for rival in _candidates(cluster, apart, by_trait, generic=generic):
            if rival.may_be(cluster, generic=generic):
                rival.take_in(cluster)
                found = rival
                break
        else:
            apart.append(cluster)
            found = cluster
        for trait in _traits(found):
            if found not in by_trait[trait][-_MOST_TRIED:]:
                by_trait[trait].append(found)


def _by_what_is_known(cluster: Cluster) -> tuple[bool, list[str], bool, tuple[int, int], int]:
    return (
        not cluster.families,
        sorted(cluster.families),
        cluster.span is None,
        cluster.span or (0, 0),
        cluster.rank,
    )


def _candidates(
    cluster: Cluster,
    apart: Sequence[Cluster],
    by_trait: defaultdict[tuple[str, str | int], list[Cluster]],
    *,
    generic: bool,
) -> Iterator[Cluster]:
    """Yield the sets that a set may belong to, few even where many bear the title."""
    if cluster.families or generic:
        wanted = [trait for trait in _traits(cluster) if trait[0] != "year"]
    elif cluster.span:
        wanted = [("year", year) for year in range(cluster.span[0] - 1, cluster.span[1] + 2)]
        wanted.append(("year", "unknown"))
    else:
        wanted = []
        yield from apart[:_MOST_TRIED]
    for trait in wanted:
        # The last ones are the nearest in years, since the sets come in the order of their years.
        yield from reversed(by_trait.get(trait, [])[-_MOST_TRIED:])


def _traits(cluster: Cluster) -> Iterator[tuple[str, str | int]]:
    for family in sorted(cluster.families):
        yield "family", family
    for abstract in sorted(cluster.abstracts()):
        yield "abstract", abstract
    if cluster.span is None:
        yield "year", "unknown"
    else:
        for year in range(cluster.span[0], cluster.span[1] + 1):
            yield "year", year


def _roots(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Return the sets that some sets have become part of, each once, in the order of their ranks."""
    return sorted({id(root): root for root in (c.root() for c in clusters)}.values(), key=lambda c: c.rank)

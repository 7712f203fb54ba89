"""Which architectures are built of which modules: the map of parts, and how their reuse grew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.graph import bulk
from kg.graph.concept import Concept
from kg.graph.descent import descent
from kg.graph.evidence import Edge, EvidenceReader
from kg.graph.influence import reusers
from kg.graph.kinship import introducing
from kg.graph.lineage import method_named
from kg.graph.sureness import sureness
from kg.graph.table import Table
from kg.records import METHOD_KINDS

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]  # its stubs are a package of their own

    from kg.graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Use:
    """An architecture that uses a module.

    Attributes:
        module, architecture: IRIs.
        support: how many papers state it.
        confidence: of its best proof.
        curated: whether a curator states it.

    >>> graph.module_map().uses[0].curated
    True
    """

    module: str
    architecture: str
    support: int
    confidence: float
    curated: bool


@dataclass(frozen=True, slots=True)
class ModuleMap:
    """Modules against the architectures that use them.

    Attributes:
        modules: those that most architectures shown use first.
        architectures: the earliest first, undated ones last.
        uses: sorted by module and architecture, in that order.

    >>> parts = graph.module_map()
    >>> [["x" if use else "." for use in row] for row in parts.grid()]
    [['x', 'x']]
    >>> parts.edge(parts.uses[1]).proofs[0].sentence
    'SegFormer uses self-attention.'
    """

    graph: Graph = field(repr=False, compare=False)
    modules: tuple[Concept, ...]
    architectures: tuple[Concept, ...]
    uses: tuple[Use, ...]

    def grid(self) -> list[list[Use | None]]:
        """Return the uses as rows of modules and columns of architectures."""
        found = {(use.module, use.architecture): use for use in self.uses}
        return [[found.get((module.iri, each.iri)) for each in self.architectures] for module in self.modules]

    def edge(self, use: Use) -> Edge:
        """Return the edge of a use, with the sentences that prove it."""
        reader = EvidenceReader(self.graph.store)
        return reader.edge(NamedNode(use.architecture), "uses", NamedNode(use.module))

    def to_json(self) -> dict[str, Any]:
        """Return the map as what ``json.dumps`` takes."""
        from dataclasses import asdict

        return {
            "modules": [module.to_json() for module in self.modules],
            "architectures": [architecture.to_json() for architecture in self.architectures],
            "uses": [asdict(use) for use in self.uses],
        }

    def to_pandas(self) -> pandas.DataFrame:
        """Return the confidence of each use as a data frame: modules as rows, architectures as columns.

        Raises:
            ImportError: pandas is not installed; the extra ``pandas`` brings it.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: install the extra 'pandas'") from error
        cells = [[None if use is None else use.confidence for use in row] for row in self.grid()]
        return pandas.DataFrame(
            cells, index=[each.name for each in self.modules], columns=[each.name for each in self.architectures]
        )


@dataclass(frozen=True, slots=True)
class Reuse:
    """How many architectures are built with a method, by year.

    Attributes:
        year: a year in which there were new ones.
        new: the architectures of that year, sorted by name.
        so_far: how many there were up to then.

    >>> graph.reuse("Self-Attention")[0]
    Reuse(year=2020, new=(<Concept 'Vision Transformer' (architecture, 2020)>,), so_far=1)
    """

    year: int
    new: tuple[Concept, ...]
    so_far: int

    def to_json(self) -> dict[str, Any]:
        """Return the row as what ``json.dumps`` takes, architectures by IRI."""
        return {"year": self.year, "new": [concept.iri for concept in self.new], "so_far": self.so_far}


def module_map(
    graph: Graph,
    *,
    modules: int = 30,
    architectures: int = 60,
    families: bool = False,
    since: int | None = None,
    until: int | None = None,
    min_confidence: float | None = None,
) -> ModuleMap:
    """Return the most reused modules against the architectures that use most of them.

    Args:
        graph: an open graph.
        modules: how many modules at most: those that most architectures use.
        architectures: how many architectures at most: those that use most of these modules, then the best known.
        families: whether families count among the modules and architectures.
        since, until: show only architectures of these years, both included.
        min_confidence: how sure a use that only papers state must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.

    >>> found = module_map(graph)
    >>> [each.name for each in found.modules], [each.name for each in found.architectures]
    (['Self-Attention'], ['Vision Transformer', 'SegFormer'])
    """
    sure = sureness(min_confidence)
    curated = graph.keep("curated", lambda: bulk.curated(graph.store))
    years = graph.keep("years", lambda: bulk.years(graph.store))
    kinds = graph.keep("methods", lambda: bulk.concepts_of_kinds(graph.store, METHOD_KINDS))
    broad = set() if families else bulk.families(graph.store)

    def in_time(iri: str) -> bool:
        year = years.get(iri)
        if year is None:
            return since is None and until is None
        return (since is None or year >= since) and (until is None or year <= until)

    links = [
        link
        for link in graph.keep("uses", lambda: bulk.links(graph.store, "uses"))
        if sure.passes(link, from_curated=link.subject in curated)
        and kinds.get(link.object) == "module"
        and kinds.get(link.subject) == "architecture"
        if link.object not in broad and link.subject not in broad and in_time(link.subject)
    ]
    users: dict[str, int] = {}
    for link in links:
        users[link.object] = users.get(link.object, 0) + 1
    rows = sorted(users, key=lambda iri: (-users[iri], iri))[:modules]
    links = [link for link in links if link.object in set(rows)]
    parts: dict[str, int] = {}
    proven: dict[str, int] = {}
    for link in links:
        parts[link.subject] = parts.get(link.subject, 0) + 1
        proven[link.subject] = proven.get(link.subject, 0) + link.support + link.curated
    columns = set(sorted(parts, key=lambda iri: (-parts[iri], -proven[iri], iri))[:architectures])
    views = {view.iri: view for view in graph.concepts_of([*rows, *columns])}
    used = {link.object for link in links if link.subject in columns}
    ordered = [iri for iri in rows if iri in used]
    timed = sorted(columns, key=lambda iri: (years.get(iri, 9999), views[iri].name.casefold(), iri))
    uses = [Use(link.object, link.subject, link.support, link.confidence, link.curated)
            for link in links if link.subject in columns]  # fmt: skip
    place = {iri: number for number, iri in enumerate([*ordered, *timed])}
    return ModuleMap(
        graph,
        tuple(views[iri] for iri in ordered),
        tuple(views[iri] for iri in timed),
        tuple(sorted(uses, key=lambda use: (place[use.module], place[use.architecture]))),
    )


def reuse(graph: Graph, name: str | Concept, *, min_confidence: float | None = None) -> Table[Reuse]:
    """Return how the reuse of a method grew: the dated architectures that use it or are based on it, by year.

    Args:
        graph: an open graph.
        name: as :meth:`Graph.concept` takes it.
        min_confidence: how sure an edge that only papers state must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.

    >>> print(reuse(graph, "Self-Attention"))
    year  new  so far  architectures
    ----  ---  ------  ------------------
    2020    1       1  Vision Transformer
    2021    1       2  SegFormer
    """
    focus = method_named(graph, name)
    tree = descent(graph, families=True, min_confidence=min_confidence)
    users = reusers(graph, tree, sureness(min_confidence)).get(focus.iri, set())
    by_year: dict[int, list[Concept]] = {}
    for concept in graph.concepts_of(users):
        if concept.year is not None:
            by_year.setdefault(concept.year, []).append(concept)
    rows, so_far = [], 0
    for year, new in sorted(by_year.items()):
        so_far += len(new)
        rows.append(Reuse(year, tuple(new), so_far))
    return Table(
        rows,
        columns={
            "year": lambda row: row.year,
            "new": lambda row: len(row.new),
            "so far": lambda row: row.so_far,
            "architectures": lambda row: ", ".join(concept.name for concept in row.new),
        },
        papers=lambda shown: introducing([concept for row in shown for concept in row.new]),
        title=f"Architectures with {focus.name}",
    )

"""Scores as papers state them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import NamedNode, Store

from kg import vocabulary as v
from kg.graph import _reading as read
from kg.graph import _terms as t
from kg.graph.evidence import EvidenceReader, Proof


@dataclass(frozen=True, slots=True)
class Result:
    """One stated score; what the paper does not say is None.

    Attributes:
        iri: the node of the result.
        paper, title, year: the paper that reports it: IRI, title, year.
        method, dataset, metric, task: names of concepts.
        configuration: the size or setting of the method that scored.
        value: as written ("87.1%"); ``number`` the same as a number, ``unit`` its unit.
        proofs: the sentences that state it.

    >>> result = graph["SegFormer"].results[0]
    >>> result.dataset, result.metric, result.value, result.number
    ('ADE20K', 'mIoU', '51.8%', 51.8)
    """

    iri: str
    paper: str
    title: str | None
    year: int | None
    method: str | None
    configuration: str | None
    dataset: str | None
    metric: str | None
    task: str | None
    value: str
    number: float | None
    unit: str | None
    proofs: tuple[Proof, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the result as what ``json.dumps`` takes."""
        return asdict(self)


def results_of(store: Store, concept: NamedNode) -> list[Result]:
    """Return the results of a method, on a data set, by a metric or for a task: the latest last."""
    parts = (v.METHOD_OF, v.DATASET_OF, v.METRIC_OF, v.TASK_OF)
    nodes = {node for part in parts for node in read.subjects(store, NamedNode(part), concept)}
    return read_results(store, nodes)


def read_results(store: Store, nodes: Iterable[NamedNode]) -> list[Result]:
    """Return results by their nodes, sorted by year, paper and IRI (undated ones last)."""
    reader = EvidenceReader(store)
    reports = t.PREDICATES["reports"]
    found = [
        _result(store, reader, paper, node) for node in set(nodes) for paper in read.subjects(store, reports, node)
    ]
    return sorted(found, key=lambda result: (result.year or 9999, result.paper, result.iri))


def _result(store: Store, reader: EvidenceReader, paper: NamedNode, node: NamedNode) -> Result:
    facts = read.Facts(store, node)
    title, year = reader.label(paper)

    def name(predicate: str) -> str | None:
        iri = facts.node_of(predicate)
        return None if iri is None else reader.label(NamedNode(iri))[0]

    return Result(
        iri=node.value,
        paper=paper.value,
        title=title,
        year=year,
        method=name(v.METHOD_OF),
        configuration=facts.text(v.CONFIGURATION),
        dataset=name(v.DATASET_OF),
        metric=name(v.METRIC_OF),
        task=name(v.TASK_OF),
        value=facts.text(v.VALUE) or "",
        number=facts.number(v.NUMBER),
        unit=facts.text(v.UNIT),
        proofs=reader.proofs(paper, "reports", node),
    )

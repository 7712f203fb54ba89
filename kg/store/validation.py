"""Whether a graph is what the ontology says: the SHACL shapes node by node, and what SPARQL says better.

The shapes stand in ``ontology/shapes.ttl``; the checks in ``ontology/checks/*.rq``, each a query that selects
what is wrong, its first comment the complaint and the comment behind ``mend:`` what would mend it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import KgError

if TYPE_CHECKING:
    import rdflib

BATCH: Final = 500
_CLASSES: Final = (v.CONCEPT, v.PAPER, v.RESULT, v.EVIDENCE)
_TYPE: Final = ox.NamedNode(v.RDF + "type")
_REPORTS: Final = ox.NamedNode(v.PREDICATE_IRIS["reports"])
_GRAPH: Final = ox.DefaultGraph()

Progress = Callable[[str, int, int | None], None]


class ValidatorMissing(KgError, ImportError):
    """The package that reads SHACL is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "validating needs pySHACL, which is not installed; install methodome from its checkout with the extra"
            " validate: pip install '.[validate]'"
        )


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong with a graph.

    Attributes:
        node: the node that is wrong, its IRI shortened where a prefix is known (``concept:resnet``).
        check: what found it: ``shapes``, or the name of a check.
        problem: what is wrong, with the property and the value where there is one.
        mend: what would make it right.
    """

    node: str
    check: str
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Validation:
    """What was looked at and what was found.

    Attributes:
        triples: how many triples the graph has.
        nodes: how many nodes were held against the shapes.
        checks: the names of all checks, sorted.
        complaints: sorted; empty where all is well.
    """

    triples: int
    nodes: int
    checks: tuple[str, ...]
    complaints: tuple[Complaint, ...]


def validate(store: ox.Store, *, batch: int = BATCH, progress: Progress | None = None) -> Validation:
    """Hold a graph against the shapes and the checks of the ontology.

    Nodes go through SHACL so many at a time, each with the types of what it leads to, so that memory stays
    bounded whatever the size of the graph. Linear in the triples.

    Args:
        store: an open store.
        batch: how many nodes are looked at together.
        progress: is told how many nodes were looked at.

    Raises:
        ValidatorMissing: pySHACL is not installed.
    """
    found = set(_checks(store))
    looked_at = 0
    for complaints, nodes in _shapes(store, batch):
        found.update(complaints)
        looked_at += nodes
        if progress is not None:
            progress("validating", looked_at, None)
    ordered = sorted(found, key=lambda one: (one.node, one.check, one.problem, one.mend))
    return Validation(len(store), looked_at, tuple(sorted(checks())), tuple(ordered))


def checks() -> dict[str, str]:
    """Return the texts of the checks by name.

    >>> checks()["edge-without-evidence"].splitlines()[0]
    '# An edge has no evidence node.'
    """
    files = sorted((ontology_folder() / "checks").glob("*.rq"))
    return {path.stem: path.read_text(encoding="utf-8") for path in files}


def _checks(store: ox.Store) -> Iterator[Complaint]:
    for name, text in checks().items():
        problem, mend = (line.removeprefix("# ") for line in text.splitlines()[:2])
        for row in store.query(text, prefixes=dict(v.PREFIXES)):  # type: ignore[union-attr]  # each is a SELECT
            about = [_short(term.value) for part in ("predicate", "value") if (term := _bound(row, part)) is not None]
            said = f"{problem.removesuffix('.')}: {' '.join(about)}" if about else problem
            yield Complaint(_short(row["node"].value), name, said, mend.removeprefix("mend: "))


def _bound(row: ox.QuerySolution, name: str) -> ox.NamedNode | ox.Literal | ox.BlankNode | None:
    try:
        term = row[name]
    except KeyError:
        return None
    return None if isinstance(term, ox.Triple) else term


def _shapes(store: ox.Store, batch: int) -> Iterator[tuple[list[Complaint], int]]:
    """Yield the complaints of each batch, and how many nodes it had."""
    try:
        import pyshacl
    except ImportError as error:
        raise ValidatorMissing from error
    import rdflib

    from kg.store._shacl import complaints_of

    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl", format="turtle")
    for shape in list(shapes.subjects(rdflib.SH.qualifiedValueShape)):
        # These take most of the time; the checks not-one-kind and method-class-not-written-out say the same.
        shapes.remove((None, None, shape))
    for class_iri in _CLASSES:
        subjects = (q.subject for q in store.quads_for_pattern(None, _TYPE, ox.NamedNode(class_iri), _GRAPH))
        named = (subject for subject in subjects if isinstance(subject, ox.NamedNode))
        while nodes := list(islice(named, batch)):
            data = _around(store, nodes)
            _, report, _ = pyshacl.validate(data, shacl_graph=_aimed(shapes, data, nodes), inplace=True)
            complaints = [
                Complaint(_short(node), "shapes", problem, mend)
                for node, problem, mend in complaints_of(report, data, shorten=_short)
            ]
            yield complaints, len(nodes)


def _around(store: ox.Store, nodes: list[ox.NamedNode]) -> rdflib.Graph:
    """Return what stands at some nodes, the types of what they lead to, and the papers that report them."""
    import rdflib

    graph = rdflib.Graph()
    focus = set(nodes)
    beyond: set[ox.NamedNode] = set()
    for node in nodes:
        for quad in store.quads_for_pattern(node, None, None, _GRAPH):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            if isinstance(quad.object, ox.NamedNode) and quad.predicate != _TYPE:
                beyond.add(quad.object)
        for quad in store.quads_for_pattern(None, _REPORTS, node, _GRAPH):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            beyond.add(quad.subject)  # type: ignore[arg-type]  # a blank node has its own complaint
    for node in beyond - focus:
        for quad in store.quads_for_pattern(node, _TYPE, None, _GRAPH):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _aimed(shapes: rdflib.Graph, data: rdflib.Graph, nodes: list[ox.NamedNode]) -> rdflib.Graph:
    """Return the shapes with some nodes as their targets in place of whole classes.

    The neighbours of a batch are known by their types alone, and must not be held against the shapes.
    """
    import rdflib
    from rdflib import RDF, SH

    aimed = rdflib.Graph()
    for triple in shapes:
        if triple[1] != SH.targetClass:
            aimed.add(triple)
    focus = [_term(node) for node in nodes]
    for shape, class_iri in shapes.subject_objects(SH.targetClass):
        for node in focus:
            if (node, RDF.type, class_iri) in data:
                aimed.add((shape, SH.targetNode, node))
    return aimed


def _term(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        # RDF 1.1 has a plain string and an xsd:string as one; rdflib tells them apart, and shapes.ttl has them plain.
        return rdflib.Literal(term.value, datatype=None if datatype == v.XSD + "string" else rdflib.URIRef(datatype))
    return rdflib.BNode(getattr(term, "value", None))


def _short(iri: str) -> str:
    """Return an IRI with its prefix, where one is known."""
    best = max((space for space in v.PREFIXES.values() if iri.startswith(space)), key=len, default=None)
    if best is None:
        return iri
    name = next(name for name, space in v.PREFIXES.items() if space == best)
    return sys.intern(f"{name}:{iri.removeprefix(best)}")

"""The RDF terms that the reading side looks for, and literals as Python values."""

from datetime import date
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import vocabulary as v

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Value: TypeAlias = str | int | float | bool | date | None

TYPE: Final = NamedNode(v.RDF + "type")
CONCEPT: Final = NamedNode(v.CONCEPT)
PAPER: Final = NamedNode(v.PAPER)
FAMILY: Final = NamedNode(v.FAMILY)
EVIDENCE: Final = NamedNode(v.EVIDENCE)
RESULT: Final = NamedNode(v.RESULT)
KINDS: Final = {iri: kind for kind, iri in v.KIND_CLASSES.items()}
KIND_NODES: Final = {kind: NamedNode(iri) for kind, iri in v.KIND_CLASSES.items()}
PREDICATES: Final = {name: NamedNode(iri) for name, iri in v.PREDICATE_IRIS.items()}
PREDICATE_NAMES: Final = {iri: name for name, iri in v.PREDICATE_IRIS.items()}

NAME: Final = NamedNode(v.SKOS + "prefLabel")
ALIAS: Final = NamedNode(v.SKOS + "altLabel")
NAME_KEY: Final = NamedNode(v.NAME_KEY)
TITLE: Final = NamedNode(v.DCTERMS + "title")
YEAR: Final = NamedNode(v.YEAR)
CURATED: Final = NamedNode(v.CURATED)

STATEMENT_SUBJECT: Final = NamedNode(v.RDF + "subject")
STATEMENT_PREDICATE: Final = NamedNode(v.RDF + "predicate")
STATEMENT_OBJECT: Final = NamedNode(v.RDF + "object")
PRIMARY_SOURCE: Final = v.PROV + "hadPrimarySource"
SOURCE: Final = v.DCTERMS + "source"

_INTEGER = v.XSD + "integer"
_DECIMAL = v.XSD + "decimal"
_BOOLEAN = v.XSD + "boolean"
_YEAR = v.XSD + "gYear"
_DATE = v.XSD + "date"
_FLOATS = {v.XSD + "double", v.XSD + "float"}


def value(term: Term | None) -> Value:
    """Return a term as a Python value: an IRI as a string, a number, year, date or truth value as such.

    A decimal becomes a float: the value as written stands beside every number of the graph.

    >>> value(Literal("2015", datatype=NamedNode(v.XSD + "gYear"))), value(NamedNode(v.PAPER)), value(None)
    (2015, 'https://w3id.org/methodome/ontology#Paper', None)
    """
    if term is None or isinstance(term, NamedNode | BlankNode):
        return None if term is None else term.value
    if isinstance(term, Triple):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in (_INTEGER, _YEAR):
            return int(term.value)
        if datatype == _DECIMAL or datatype in _FLOATS:
            return float(term.value)
        if datatype == _DATE:
            return date.fromisoformat(term.value)
    except ValueError:  # an ill-typed literal of somebody else's data is shown as it is written
        return term.value
    if datatype == _BOOLEAN:
        return term.value in ("true", "1")
    return term.value

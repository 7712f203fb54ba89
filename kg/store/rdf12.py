"""Evidence as RDF 1.2 has it: a reifier of a triple term, in place of the four triples of RDF 1.1.

``evidence rdf:reifies <<( s p o )>>`` says what ``evidence a rdf:Statement ; rdf:subject s ; rdf:predicate p ;
rdf:object o`` says; each turns into the other without loss.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg import vocabulary as v

REIFIES: Final = NamedNode(v.RDF + "reifies")
_TYPE: Final = NamedNode(v.RDF + "type")
_STATEMENT: Final = NamedNode(v.RDF + "Statement")
_PARTS: Final = tuple(NamedNode(v.RDF + part) for part in ("subject", "predicate", "object"))


def reified(facts: Sequence[Triple]) -> list[Triple]:
    """Return the triples of one subject, its statement as a triple term where it has exactly one.

    >>> node = NamedNode("http://example.org/e")
    >>> facts = [Triple(node, _TYPE, _STATEMENT), *(Triple(node, part, node) for part in _PARTS)]
    >>> [str(triple.object) for triple in reified(facts)]
    ['<http://example.org/e> <http://example.org/e> <http://example.org/e>']
    """
    parts = [[fact.object for fact in facts if fact.predicate == part] for part in _PARTS]
    said = Triple(facts[0].subject, _TYPE, _STATEMENT)
    if any(len(found) != 1 for found in parts) or said not in facts:
        return list(facts)
    subject, predicate, value = (found[0] for found in parts)
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return list(facts)
    rest = [fact for fact in facts if fact.predicate not in _PARTS and fact != said]
    return [*rest, Triple(facts[0].subject, REIFIES, Triple(subject, predicate, value))]


def plain(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples with every reifier written out as RDF 1.1 does; other triple terms stay."""
    for triple in triples:
        term = triple.object
        if triple.predicate == REIFIES and isinstance(term, Triple):
            yield Triple(triple.subject, _TYPE, _STATEMENT)
            for part, value in zip(_PARTS, (term.subject, term.predicate, term.object), strict=True):
                yield Triple(triple.subject, part, value)
        else:
            yield triple

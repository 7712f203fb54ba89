"""A description of the graph in VoID: how much of what it holds, and where the file is."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import vocabulary as v

VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
# The names that the W3C gives to formats of RDF (https://www.w3.org/ns/formats/).
FEATURES: Final = {
    "nq": "N-Quads", "nt": "N-Triples", "ttl": "Turtle", "trig": "TriG", "jsonld": "JSON-LD",
    "nt12": "N-Triples", "ttl12": "Turtle",
}  # fmt: skip
_TYPE_LINE: Final = f"<{v.RDF}type>"
_TYPE: Final = NamedNode(v.RDF + "type")


def describe(lines: Iterable[str], *, dump: str | None = None, format: str | None = None, base: str = v.BASE) -> bytes:
    """Return the VoID description of a graph, in Turtle; the same graph gives the same bytes.

    Args:
        lines: the graph as sorted canonical N-Quads; read once, never held.
        dump: the file's name, as it is to stand in the description, relative to it.
        format: the format of that file.
        base: what the data IRIs begin with.
    """
    dataset = NamedNode(base + "dataset")
    triples = entities = 0
    predicates: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    last = ""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        triples += 1
        predicates[predicate[1:-1]] += 1
        if subject != last:
            entities += 1
            last = subject
        if predicate == _TYPE_LINE and rest.startswith("<") and not rest.startswith("<<"):
            classes[rest[1 : rest.index(">")]] += 1
    facts = [
        _fact(dataset, v.RDF + "type", NamedNode(VOID + "Dataset")),
        _fact(dataset, v.DCTERMS + "title", Literal("A graph of machine-learning methods, by methodome")),
        _fact(dataset, VOID + "uriSpace", Literal(base)),
        *(_fact(dataset, VOID + "vocabulary", NamedNode(iri)) for iri in sorted(_namespaces([*predicates, *classes]))),
        _count(dataset, "triples", triples),
        _count(dataset, "entities", entities),
        _count(dataset, "distinctSubjects", entities),
        _count(dataset, "classes", len(classes)),
        _count(dataset, "properties", len(predicates)),
    ]
    if format in FEATURES:
        facts.append(_fact(dataset, VOID + "feature", NamedNode(_FORMATS + FEATURES[format])))
    # The parts come after what is said of the whole, so that the description reads from the top.
    parts: list[Triple] = []
    for kind, count_of, name in (("class", classes, "entities"), ("property", predicates, "triples")):
        for number, (iri, count) in enumerate(sorted(count_of.items())):
            part = BlankNode(f"{kind}{number}")
            facts.append(_fact(dataset, f"{VOID}{kind}Partition", part))
            parts += _fact(part, VOID + kind, NamedNode(iri)), _count(part, name, count)
    prefixes = {**v.PREFIXES, "void": VOID}
    written: bytes = ox.serialize([*facts, *parts], format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    if dump is None:
        return written
    # The one IRI that is relative: pyoxigraph takes none, and the file lies wherever somebody puts it.
    return written + f"<{dataset.value}> void:dataDump <{_reference(dump)}> .\n".encode()


def _fact(subject: NamedNode | BlankNode, predicate: str, value: NamedNode | BlankNode | Literal) -> Triple:
    return Triple(subject, NamedNode(predicate), value)


def _count(subject: NamedNode | BlankNode, name: str, number: int) -> Triple:
    return _fact(subject, VOID + name, Literal(str(number), datatype=NamedNode(v.XSD + "integer")))


def _namespaces(iris: Iterable[str]) -> set[str]:
    return {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or iri for iri in iris}


def _reference(name: str) -> str:
    from urllib.parse import quote

    # "./" keeps a name with a colon from reading as a scheme.
    return "./" + quote(name)

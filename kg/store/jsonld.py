"""The graph as compact JSON-LD under our context: one object a subject, one line an object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import StoreError

CONTEXT: Final = "context.jsonld"
_STRING: Final = v.XSD + "string"
_LANGUAGE_STRINGS: Final = (v.RDF + "langString", v.RDF + "dirLangString")
_TYPE: Final = v.RDF + "type"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def context() -> dict[str, Any]:
    """Return the context that ships with the ontology: prefixes, and a short name for every term of the graph."""
    text = (ontology_folder() / CONTEXT).read_text(encoding="utf-8")
    terms: dict[str, Any] = json.loads(text)["@context"]
    return terms


def lines(triples: Iterable[Triple], prefixes: Mapping[str, str] = v.PREFIXES) -> Iterator[str]:
    """Yield the lines of a JSON-LD document that holds its context, so that it is read without the network.

    Args:
        triples: those of one subject stand together; nothing but one subject is held in memory.
        prefixes: what the prefixes of the context stand for.

    Raises:
        StoreError: something that JSON-LD cannot hold under this context: a triple term, or an IRI whose
            scheme is one of its short names.
    """
    terms = {name: prefixes.get(name, meaning) for name, meaning in context().items()}
    compact = _Compaction(terms)
    yield '{"@context": ' + json.dumps(terms, ensure_ascii=False) + ","
    yield '"@graph": ['
    before = ""
    for _, facts in groupby(triples, key=lambda triple: triple.subject):
        if before:
            yield before + ","
        before = json.dumps(compact.node(list(facts)), ensure_ascii=False)
    if before:
        yield before
    yield "]}"


class _Compaction:
    """Turns triples into compact JSON-LD; what a term means is looked up once."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self._terms = terms
        self._prefixes = {iri: name for name, iri in terms.items() if isinstance(iri, str) and iri.endswith(("/", "#"))}
        self._classes: dict[str, str] = {}
        self._properties: dict[str, tuple[str, str | None]] = {}
        for name, meaning in terms.items():
            iri = meaning["@id"] if isinstance(meaning, Mapping) else meaning
            if iri.startswith("@") or iri in self._prefixes:
                continue
            full = self._expand(iri)
            if name[0].isupper():
                self._classes[full] = name
            else:
                coerced = meaning.get("@type") if isinstance(meaning, Mapping) else None
                kept = coerced if coerced in (None, "@id") else self._expand(coerced)
                self._properties[full] = (name, kept)

    def node(self, facts: list[Triple]) -> dict[str, Any]:
        """Return one subject with all that is said of it."""
        found: dict[str, Any] = {"id": self._node(facts[0].subject)}
        for fact in facts:
            predicate, value = fact.predicate.value, fact.object
            if predicate == _TYPE and isinstance(value, NamedNode | BlankNode):
                key, said = "type", self._classes.get(value.value) or self._node(value)
            else:
                # Only an rdf:type that is no node comes here without a short name; it keeps its IRI.
                key, coerced = self._properties.get(predicate) or (self._iri(predicate), None)
                said = self._value(value, coerced)
            if key not in found:
                found[key] = said
            elif isinstance(found[key], list):
                found[key].append(said)
            else:
                found[key] = [found[key], said]
        return found

    def _value(self, term: NamedNode | BlankNode | Literal | Triple, coerced: str | None) -> Any:
        if isinstance(term, Literal):
            return self._literal(term, coerced)
        node = self._node(term)
        return node if coerced == "@id" else {"id": node}

    def _literal(self, term: Literal, coerced: str | None) -> Any:
        datatype = term.datatype.value
        if datatype in _LANGUAGE_STRINGS:
            parts = {"@value": term.value, "@language": term.language}
            return parts if term.direction is None else {**parts, "@direction": str(term.direction)}
        if datatype == coerced:
            if datatype == v.XSD + "boolean" and term.value in ("true", "false"):
                return term.value == "true"
            # A number of JSON is a double: a decimal stays a string, an integer that a double holds does not.
            if datatype == v.XSD + "integer" and _INTEGER.fullmatch(term.value):
                return int(term.value)
            return term.value
        if datatype == _STRING:
            return term.value if coerced is None else {"@value": term.value}
        return {"@value": term.value, "@type": self._iri(datatype)}

    def _node(self, term: NamedNode | BlankNode | Triple) -> str:
        if isinstance(term, Triple):
            raise StoreError(f"JSON-LD has no triple terms, and the graph holds {term}; export it as nt12 or ttl12")
        return f"_:{term.value}" if isinstance(term, BlankNode) else self._iri(term.value)

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        # Keys of papers hold slashes of their own (a DOI), so that shorter beginnings count as well.
        while cut > 0:
            prefix = self._prefixes.get(iri[:cut])
            if prefix is not None and not iri.startswith("//", cut):
                return f"{prefix}:{iri[cut:]}"
            cut = max(iri.rfind("/", 0, cut - 1), iri.rfind("#", 0, cut - 1)) + 1
        scheme = iri.partition(":")[0]
        if scheme in self._terms:
            raise StoreError(f"<{iri}> cannot be told from a short name of our JSON-LD context; export it as ttl or nq")
        return iri

    def _expand(self, short: str) -> str:
        prefix, _, rest = short.partition(":")
        return f"{self._terms[prefix]}{rest}"

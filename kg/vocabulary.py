"""The RDF terms and the IRI rules of methodome: nothing else spells an IRI.

Terms are plain strings, so that this module costs nothing to import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

ONTOLOGY: Final = "https://w3id.org/methodome/ontology#"
BASE: Final = "https://w3id.org/methodome/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
BIBO: Final = "http://purl.org/ontology/bibo/"
FABIO: Final = "http://purl.org/spar/fabio/"
SCHEMA: Final = "https://schema.org/"
CITO: Final = "http://purl.org/spar/cito/"

PREFIXES: Final[Mapping[str, str]] = {
    "mg": ONTOLOGY,
    "concept": BASE + "concept/",
    "paper": BASE + "paper/",
    "evidence": BASE + "evidence/",
    "result": BASE + "result/",
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "bibo": BIBO,
    "fabio": FABIO,
    "schema": SCHEMA,
    "cito": CITO,
}

# Classes
PAPER: Final = ONTOLOGY + "Paper"
CONCEPT: Final = ONTOLOGY + "Concept"
METHOD: Final = ONTOLOGY + "Method"
FAMILY: Final = ONTOLOGY + "Family"
RESULT: Final = ONTOLOGY + "Result"
EVIDENCE: Final = ONTOLOGY + "Evidence"
KIND_CLASSES: Final[Mapping[str, str]] = {
    "architecture": ONTOLOGY + "Architecture",
    "module": ONTOLOGY + "Module",
    "technique": ONTOLOGY + "Technique",
    "dataset": ONTOLOGY + "Dataset",
    "task": ONTOLOGY + "Task",
    "metric": ONTOLOGY + "Metric",
}

# Properties between papers and concepts, by the names that the code and the JSON use
PREDICATE_IRIS: Final[Mapping[str, str]] = {
    "introduces": ONTOLOGY + "introduces",
    "mentions": ONTOLOGY + "mentions",
    "addresses": ONTOLOGY + "addresses",
    "evaluates_on": ONTOLOGY + "evaluatesOn",
    "based_on": ONTOLOGY + "basedOn",
    "uses": ONTOLOGY + "uses",
    "outperforms": ONTOLOGY + "outperforms",
    "reports": ONTOLOGY + "reports",
}

# Properties of concepts and papers
NAME_KEY: Final = ONTOLOGY + "nameKey"
YEAR: Final = ONTOLOGY + "year"
CURATED: Final = ONTOLOGY + "curated"
CONFIGURATION: Final = ONTOLOGY + "configuration"
DIRECTION: Final = ONTOLOGY + "direction"
INTRODUCED_IN: Final = ONTOLOGY + "introducedIn"
AUTHORS: Final = ONTOLOGY + "authors"
VENUE: Final = ONTOLOGY + "venue"
RELEVANT_TASK: Final = ONTOLOGY + "relevantTask"
# Properties of results
METHOD_OF: Final = ONTOLOGY + "method"
DATASET_OF: Final = ONTOLOGY + "dataset"
METRIC_OF: Final = ONTOLOGY + "metric"
TASK_OF: Final = ONTOLOGY + "task"
VALUE: Final = ONTOLOGY + "value"
NUMBER: Final = ONTOLOGY + "number"
UNIT: Final = ONTOLOGY + "unit"
# Properties of evidence
SENTENCE: Final = ONTOLOGY + "sentence"
START: Final = ONTOLOGY + "start"
END: Final = ONTOLOGY + "end"
FOUND_BY: Final = ONTOLOGY + "foundBy"
CONFIDENCE: Final = ONTOLOGY + "confidence"
SECTION: Final = ONTOLOGY + "section"
# What people decide on a graph: in a store's curation.ttl, never in the graph itself
DECISION: Final = ONTOLOGY + "Decision"
DECISION_VERB: Final = ONTOLOGY + "decision"
DECISION_NAMED: Final = ONTOLOGY + "named"


def concept_iri(identifier: str) -> str:
    """Return the IRI of a concept from its identifier (a slug, with a suffix where homographs need one)."""
    return f"{BASE}concept/{identifier}"


def paper_iri(key: str) -> str:
    """Return the IRI of a paper from its key (``doi-...``, ``arxiv-...`` or ``t-...``)."""
    return f"{BASE}paper/{key}"


def evidence_iri(owner: str, *parts: str) -> str:
    """Return the IRI of an evidence node: a digest of what it proves, under the key of its paper.

    Args:
        owner: the key of the paper, or ``curated``.
        parts: subject, predicate, object and place of the evidence, in this order.
    """
    return f"{BASE}evidence/{owner}-{digest(*parts)}"


def result_iri(owner: str, *parts: str) -> str:
    """Return the IRI of a result: a digest of its fields, under the key of its paper."""
    return f"{BASE}result/{owner}-{digest(*parts)}"


def digest(*parts: str, length: int = 16) -> str:
    """Return a hexadecimal digest of some strings; parts cannot run into each other.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:length]

"""The graph as RDF: one default graph, no blank nodes, every fact once (the layout is in the ontology)."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocabulary as v
from kg.names import fold
from kg.records import (
    METHOD_KINDS,
    PAPER_PREDICATES,
    Concept,
    Edge,
    Evidence,
    Paper,
    Proof,
    Resolution,
    Score,
)
from kg.store import _terms as t

CURATED_OWNER: Final = "curated"
CONFIDENCE_DIGITS: Final = 4

_TYPE = NamedNode(v.RDF + "type")
_PREDICATES = {name: NamedNode(iri) for name, iri in v.PREDICATE_IRIS.items()}
_PAPER = NamedNode(v.PAPER)
_CONCEPT_TYPES = (NamedNode(v.CONCEPT), NamedNode(v.SKOS + "Concept"))
_KIND_TYPES = {kind: NamedNode(iri) for kind, iri in v.KIND_CLASSES.items()}
_METHOD = NamedNode(v.METHOD)
_FAMILY = NamedNode(v.FAMILY)
_EVIDENCE_TYPES = (NamedNode(v.EVIDENCE), NamedNode(v.RDF + "Statement"), NamedNode(v.PROV + "Entity"))
_RESULT = NamedNode(v.RESULT)

_TITLE = NamedNode(v.DCTERMS + "title")
_ABSTRACT = NamedNode(v.DCTERMS + "abstract")
_CREATOR = NamedNode(v.DCTERMS + "creator")
_ISSUED = NamedNode(v.DCTERMS + "issued")
_SOURCE = NamedNode(v.DCTERMS + "source")
_IDENTIFIER = NamedNode(v.DCTERMS + "identifier")
_CITES = NamedNode(v.CITO + "cites")
_DOI = NamedNode(v.BIBO + "doi")
_ARXIV = NamedNode(v.FABIO + "hasArXivId")
_URL = NamedNode(v.SCHEMA + "url")
_AUTHORS = NamedNode(v.AUTHORS)
_VENUE = NamedNode(v.VENUE)
_YEAR = NamedNode(v.YEAR)
_NAME_KEY = NamedNode(v.NAME_KEY)

_NAME = NamedNode(v.SKOS + "prefLabel")
_ALIAS = NamedNode(v.SKOS + "altLabel")
_BROADER = NamedNode(v.SKOS + "broader")
_DEFINITION = NamedNode(v.SKOS + "definition")
_IS_CURATED = NamedNode(v.CURATED)
_INTRODUCED_IN = NamedNode(v.INTRODUCED_IN)
_DIRECTION = NamedNode(v.DIRECTION)
_RELEVANT_TASK = NamedNode(v.RELEVANT_TASK)
_CONFIGURATION = NamedNode(v.CONFIGURATION)

_SUBJECT = NamedNode(v.RDF + "subject")
_PREDICATE = NamedNode(v.RDF + "predicate")
_OBJECT = NamedNode(v.RDF + "object")
_PRIMARY_SOURCE = NamedNode(v.PROV + "hadPrimarySource")
_SENTENCE = NamedNode(v.SENTENCE)
_START = NamedNode(v.START)
_END = NamedNode(v.END)
_FOUND_BY = NamedNode(v.FOUND_BY)
_CONFIDENCE = NamedNode(v.CONFIDENCE)
_SECTION = NamedNode(v.SECTION)

_RESULT_PARTS = tuple(
    (name, NamedNode(iri))
    for name, iri in (
        ("method", v.METHOD_OF), ("dataset", v.DATASET_OF), ("metric", v.METRIC_OF), ("task", v.TASK_OF),
    )
)  # fmt: skip
_VALUE = NamedNode(v.VALUE)
_NUMBER = NamedNode(v.NUMBER)
_UNIT = NamedNode(v.UNIT)

_Facts = Iterator[tuple[NamedNode, NamedNode | Literal]]


def triples(resolution: Resolution, *, abstracts: bool = True) -> Iterator[Triple]:
    """Yield the triples of a graph; see :func:`quads`."""
    return (quad.triple for quad in quads(resolution, abstracts=abstracts))


def quads(resolution: Resolution, *, abstracts: bool = True) -> Iterator[Quad]:
    """Yield the triples of a graph in its default graph: papers, concepts, edges and results with their evidence.

    The same resolution yields the same triples in the same order. Characters that RDF cannot hold become
    U+FFFD, one for one, so that offsets stay right.

    Args:
        resolution: the graph.
        abstracts: False keeps the abstracts out, where rights forbid them; sentences of evidence stay.

    Raises:
        ValueError: a proof from a paper comes without its evidence.
    """
    for paper in resolution.papers:
        yield from _all(t.iri(v.paper_iri(paper.key)), _paper(paper, abstracts=abstracts))
    for citing, cited in resolution.citations:
        yield Quad(t.iri(v.paper_iri(citing)), _CITES, t.iri(v.paper_iri(cited)))
    for concept in resolution.concepts:
        yield from _all(t.iri(v.concept_iri(concept.id)), _concept(concept))
    for edge in resolution.edges:
        yield from _edge(edge)
    yield from _results(resolution.scores)


def _all(subject: NamedNode, facts: _Facts) -> Iterator[Quad]:
    return (Quad(subject, predicate, value) for predicate, value in facts)


def _paper(paper: Paper, *, abstracts: bool) -> _Facts:
    yield _TYPE, _PAPER
    yield _TITLE, t.text(paper.title)
    if key := fold(paper.title):
        yield _NAME_KEY, t.text(key)
    if abstracts and paper.abstract:
        yield _ABSTRACT, t.text(paper.abstract)
    for author in sorted(set(paper.authors)):
        yield _CREATOR, t.text(author)
    if paper.authors:
        yield _AUTHORS, t.text("; ".join(paper.authors))
    if paper.year is not None:
        yield _YEAR, t.year(paper.year)
    if (issued := t.issued(paper.date, paper.year)) is not None:
        yield _ISSUED, issued
    if paper.doi:
        yield _DOI, t.text(paper.doi)
    if paper.arxiv:
        yield _ARXIV, t.text(paper.arxiv)
    for scheme, identifier in paper.ids:
        yield _IDENTIFIER, t.text(f"{scheme}:{''.join(identifier.split())}")
    if paper.venue:
        yield _VENUE, t.text(paper.venue)
    if paper.url:
        yield _URL, t.uri(paper.url)
    for source in sorted(set(paper.sources)):
        yield _SOURCE, t.text(source)


def _concept(concept: Concept) -> _Facts:
    yield _TYPE, _KIND_TYPES[concept.kind]
    for each in _CONCEPT_TYPES:
        yield _TYPE, each
    if concept.kind in METHOD_KINDS:
        yield _TYPE, _METHOD
    if concept.family:
        yield _TYPE, _FAMILY
    yield _NAME, t.text(concept.name)
    for alias in sorted(set(concept.aliases) - {concept.name}):
        yield _ALIAS, t.text(alias)
    for key in sorted({fold(name) for name in (concept.name, *concept.aliases)} - {""}):
        yield _NAME_KEY, t.text(key)
    if concept.year is not None:
        yield _YEAR, t.year(concept.year)
    if concept.curated:
        yield _IS_CURATED, t.TRUE
    if concept.introduced_in:
        yield _INTRODUCED_IN, t.text(concept.introduced_in)
    for broader in sorted(set(concept.broader)):
        yield _BROADER, t.iri(v.concept_iri(broader))
    if concept.direction:
        yield _DIRECTION, t.text(concept.direction)
    for task in sorted(set(concept.tasks)):
        yield _RELEVANT_TASK, t.iri(v.concept_iri(task))
    for configuration in sorted(set(concept.configurations)):
        yield _CONFIGURATION, t.text(configuration)
    if concept.definition:
        yield _DEFINITION, t.text(concept.definition)


def _edge(edge: Edge) -> Iterator[Quad]:
    subject_iri = v.paper_iri if edge.predicate in PAPER_PREDICATES else v.concept_iri
    fact = Quad(t.iri(subject_iri(edge.subject)), _PREDICATES[edge.predicate], t.iri(v.concept_iri(edge.object)))
    yield fact
    yield from _proofs(fact, (edge.subject, edge.predicate, edge.object), edge.proofs)


def _results(scores: Iterable[Score]) -> Iterator[Quad]:
    # A paper that states one result in two sentences has one result with two proofs.
    stated: dict[str, list[Score]] = {}
    for score in scores:
        stated.setdefault(_result_iri(score), []).append(score)
    for iri, same in stated.items():
        node = t.iri(iri)
        yield from _all(node, _result(same[0]))
        paper = same[0].paper
        fact = Quad(t.iri(v.paper_iri(paper)), _PREDICATES["reports"], node)
        yield fact
        proofs = [Proof(paper, s.evidence) if s.evidence else Proof(None, source=s.source) for s in same]
        yield from _proofs(fact, (paper, "reports", iri), proofs)


def _result(score: Score) -> _Facts:
    yield _TYPE, _RESULT
    for name, predicate in _RESULT_PARTS:
        identifier = getattr(score, name)
        if identifier:
            yield predicate, t.iri(v.concept_iri(identifier))
    if score.configuration:
        yield _CONFIGURATION, t.text(score.configuration)
    yield _VALUE, t.text(score.value)
    # A value of hundreds of digits reads as infinite: it has no decimal, the value as written stays.
    if (number := t.decimal(score.number)) is not None:
        yield _NUMBER, number
    if score.unit:
        yield _UNIT, t.text(score.unit)


def _result_iri(score: Score) -> str:
    number = t.decimal(score.number)
    fields = (score.method, score.configuration, score.dataset, score.metric, score.task, score.value,
              number and number.value, score.unit)  # fmt: skip
    return v.result_iri(score.paper, *(part or "" for part in fields))


def _proofs(fact: Quad, names: tuple[str, str, str], proofs: Iterable[Proof]) -> Iterator[Quad]:
    # One node a sentence: where two rules read the same edge from it, the surer one speaks.
    nodes: dict[str, Proof] = {}
    for proof in proofs:
        iri = _evidence_iri(names, proof)
        nodes[iri] = max(nodes.get(iri, proof), proof, key=_weight)
    for iri in sorted(nodes):
        yield from _all(t.iri(iri), _evidence(fact, nodes[iri]))


def _evidence_iri(names: tuple[str, str, str], proof: Proof) -> str:
    if proof.paper is None:
        return v.evidence_iri(CURATED_OWNER, *names, proof.source or "")
    evidence = _of_paper(proof)
    return v.evidence_iri(proof.paper, *names, f"{evidence.start}-{evidence.end}")


def _weight(proof: Proof) -> tuple[float, str]:
    return (0.0, "") if proof.evidence is None else (proof.evidence.confidence, proof.evidence.found_by)


def _evidence(fact: Quad, proof: Proof) -> _Facts:
    for each in _EVIDENCE_TYPES:
        yield _TYPE, each
    yield _SUBJECT, fact.subject  # type: ignore[misc]  # a named node: blank nodes are never made here
    yield _PREDICATE, fact.predicate
    yield _OBJECT, fact.object  # type: ignore[misc]
    if proof.paper is None:
        yield _FOUND_BY, t.text(CURATED_OWNER)
        if proof.source:
            yield _SOURCE, t.text(proof.source)
        yield _CONFIDENCE, Literal("1", datatype=t.DECIMAL)
        return
    evidence = _of_paper(proof)
    yield _PRIMARY_SOURCE, t.iri(v.paper_iri(proof.paper))
    yield _SENTENCE, t.text(evidence.sentence)
    # What a source claims beside the text stands at no place of it.
    if evidence.end:
        yield _START, t.integer(evidence.start)
        yield _END, t.integer(evidence.end)
    if evidence.section:
        yield _SECTION, t.text(evidence.section)
    yield _FOUND_BY, t.text(evidence.found_by)
    if (confidence := t.decimal(evidence.confidence, digits=CONFIDENCE_DIGITS)) is not None:
        yield _CONFIDENCE, confidence


def _of_paper(proof: Proof) -> Evidence:
    if proof.evidence is None:
        raise ValueError(f"a proof from paper {proof.paper} needs the sentence that states it")
    return proof.evidence

"""The shapes against a small store, whole and broken in one place."""

import pytest
import rdflib
from rdflib import RDF, XSD, Literal, URIRef

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.records import Concept, Edge, Evidence, Paper, Proof, Resolution, Score
from kg.store.export import canonical_lines
from kg.store.folder import StoreFolder
from kg.store.triples import triples

PAPER = Paper(
    "t-1",
    "MaskNet: masks",
    abstract="MaskNet extends ResNet.",
    year=2020,
    date="2020-03",
    authors=("A. Author",),
    arxiv="2003.00001",
    doi="10.1000/1",
    url="https://example.org",
    sources=("a.txt",),
)
EVIDENCE = Evidence("MaskNet extends ResNet.", 15, 38, "rule", 0.5)
PROOFS = (Proof(None, source="a survey"), Proof("t-1", EVIDENCE))
RESOLUTION = Resolution(
    papers=(PAPER, Paper("t-2", "Other", date="2020-03-01")),
    concepts=(
        Concept("ap", "AP", "metric", direction="higher"),
        Concept("coco", "COCO", "dataset", tasks=("detection",)),
        Concept("detection", "Detection", "task"),
        Concept("masknet", "MaskNet", "module", aliases=("Mask-Net",), configurations=("MaskNet-S",)),
        Concept("resnet", "ResNet", "architecture", curated=True, family=True, year=2015, definition="It is."),
        Concept("warmup", "warm-up", "technique", broader=("resnet",), introduced_in="A title"),
    ),
    edges=(
        Edge("masknet", "based_on", "resnet", PROOFS),
        Edge("masknet", "outperforms", "resnet", PROOFS[1:]),
        Edge("masknet", "uses", "warmup", PROOFS[1:]),
        Edge("t-1", "addresses", "detection", PROOFS[1:]),
        Edge("t-1", "evaluates_on", "coco", PROOFS[1:]),
        Edge("t-1", "introduces", "masknet", PROOFS[1:]),
        Edge("t-1", "mentions", "resnet"),
    ),
    scores=(
        Score("t-1", "masknet", "MaskNet-S", "coco", "ap", "39.1", 39.1, "%", "detection", EVIDENCE),
        Score("t-1", None, None, None, None, "2.50x", 2.5, None, None, EVIDENCE),
    ),
)

MG = rdflib.Namespace(v.ONTOLOGY)
DCTERMS = rdflib.Namespace(v.DCTERMS)
SKOS = rdflib.Namespace(v.SKOS)
PROV = rdflib.Namespace(v.PROV)
MASKNET = URIRef(v.concept_iri("masknet"))
RESNET = URIRef(v.concept_iri("resnet"))
COCO = URIRef(v.concept_iri("coco"))
AP = URIRef(v.concept_iri("ap"))
FIRST = URIRef(v.paper_iri("t-1"))
FROM_PAPER = URIRef(v.evidence_iri("t-1", "masknet", "based_on", "resnet", "15-38"))
CURATED = URIRef(v.evidence_iri("curated", "masknet", "based_on", "resnet", "a survey"))


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    store = StoreFolder.create_or_open(tmp_path_factory.mktemp("store") / "graph.kg")
    with store.writer() as writer:
        writer.publish(triples(RESOLUTION), [])
    with store.reader() as snapshot:
        return "\n".join(canonical_lines(snapshot.store))


@pytest.fixture
def graph(lines):
    return rdflib.Graph().parse(data=lines, format="nt")


@pytest.fixture(scope="module")
def complaints():
    import pyshacl

    schema = rdflib.Graph().parse(data=read("methods.ttl"), format="turtle")
    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")

    def validate(graph):
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=schema)
        return None if conforms else text

    return validate


def read(name):
    return (ontology_folder() / name).read_text(encoding="utf-8")


def test_the_shapes_are_shacl(complaints, graph):
    import pyshacl

    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
    assert pyshacl.validate(graph, shacl_graph=shapes, meta_shacl=True)[0]


def test_every_class_has_its_shape():
    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
    targets = set(shapes.objects(None, URIRef("http://www.w3.org/ns/shacl#targetClass")))
    # The others are kinds, for which the shape of their superclass speaks.
    assert targets == {
        MG[name] for name in ("Concept", "Dataset", "Evidence", "Family", "Method", "Metric", "Paper", "Result")
    }


def test_a_real_store_conforms(complaints, graph):
    assert complaints(graph) is None


def result_of(graph):
    return next(graph.subjects(MG.value, Literal("39.1")))


# What is broken: subject (or how to find it), predicate, the value in its place (None: nothing), the complaint.
BROKEN = [
    (MASKNET, SKOS.prefLabel, None, "A concept has exactly one preferred name."),
    (MASKNET, SKOS.prefLabel, Literal(""), "A concept has exactly one preferred name."),
    (MASKNET, SKOS.altLabel, Literal("MaskNet"), "not the preferred name again"),
    (MASKNET, RDF.type, MG.Concept, "A concept has exactly one kind."),
    (RESNET, MG.year, Literal("2015", datatype=XSD.integer), "A concept has one year at most."),
    (RESNET, MG.curated, Literal(False), "mg:curated is true, or not there."),
    (MASKNET, MG.basedOn, COCO, "A method is based on methods."),
    (MASKNET, MG.uses, FIRST, "A method uses methods."),
    (MASKNET, MG.outperforms, AP, "A method outperforms methods."),
    (AP, MG.direction, Literal("up"), "higher or lower values are better"),
    (COCO, MG.relevantTask, RESNET, "A data set is made for tasks."),
    (FIRST, DCTERMS.title, None, "A paper has exactly one title."),
    (FIRST, DCTERMS.issued, Literal("March 2020"), "A paper came out on one day"),
    (FIRST, MG.addresses, COCO, "A paper addresses tasks."),
    (FIRST, MG.evaluatesOn, MASKNET, "A paper evaluates on data sets."),
    (FIRST, MG.introduces, FIRST, "A paper introduces concepts."),
    (FROM_PAPER, RDF.subject, None, "one subject"),
    (FROM_PAPER, RDF.predicate, MG.mentions, "other than mg:mentions"),
    (FROM_PAPER, RDF.object, None, "one object"),
    (FROM_PAPER, MG.foundBy, None, "Evidence names the one rule"),
    (FROM_PAPER, MG.confidence, Literal("1.1", datatype=XSD.decimal), "one confidence, from 0 to 1"),
    (FROM_PAPER, MG.confidence, Literal("-0.1", datatype=XSD.decimal), "one confidence, from 0 to 1"),
    (FROM_PAPER, MG.confidence, None, "one confidence, from 0 to 1"),
    (FROM_PAPER, MG.sentence, None, "Evidence from a paper has one sentence."),
    (FROM_PAPER, MG.start, Literal(99), "A sentence starts at one offset, before its end."),
    (FROM_PAPER, MG.end, None, "A sentence ends at one offset."),
    (FROM_PAPER, PROV.hadPrimarySource, COCO, "A sentence is from one paper of the graph."),
    (CURATED, DCTERMS.source, None, "Evidence comes from one paper, or from a curator"),
    (CURATED, DCTERMS.source, Literal(""), "A curator's source is one string."),
    (result_of, MG.value, None, "A result has one value as written."),
    (result_of, MG.number, Literal(39.1), "A result has one decimal number at most."),
    (result_of, MG.method, COCO, "A result is of one method at most."),
    (result_of, MG.metric, COCO, "A result is by one metric at most."),
]


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "complaint"), BROKEN, ids=[str(n) for n in range(len(BROKEN))]
)
def test_a_broken_graph_is_complained_about(complaints, graph, subject, predicate, value, complaint):
    node = subject(graph) if callable(subject) else subject
    assert (node, predicate, None) in graph
    graph.set((node, predicate, value)) if value is not None else graph.remove((node, predicate, None))
    assert complaint in complaints(graph)


def test_a_result_that_no_paper_reports_is_complained_about(complaints, graph):
    graph.remove((FIRST, MG.reports, result_of(graph)))
    assert "A result is reported by one paper." in complaints(graph)


def test_an_edge_stands_exactly_while_evidence_carries_it(graph):
    carried = {
        tuple(graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        for node in graph.subjects(RDF.type, MG.Evidence)
    }
    predicates = {URIRef(iri) for iri in v.PREDICATE_IRIS.values()} - {MG.mentions}
    assert {triple for triple in graph if triple[1] in predicates} == carried

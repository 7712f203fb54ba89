"""Validation of a small store, whole and broken by hand in one place at a time."""

import sys

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.store.triples import triples
from kg.store.validation import ValidatorMissing, checks, validate
from tests.ontology.test_shapes import RESOLUTION

NODES = {
    "masknet": v.concept_iri("masknet"),
    "resnet": v.concept_iri("resnet"),
    "coco": v.concept_iri("coco"),
    "warmup": v.concept_iri("warmup"),
    "first": v.paper_iri("arxiv-2003.00001"),
    "other": v.paper_iri("t-2"),
    "proof": v.evidence_iri("t-1", "masknet", "based_on", "resnet", "15-38"),
    "curated": v.evidence_iri("curated", "masknet", "based_on", "resnet", "a survey"),
    "shown": v.evidence_iri("t-1", "t-1", "introduces", "masknet", "15-38"),
}


@pytest.fixture
def store():
    whole = ox.Store()
    whole.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples(RESOLUTION))
    # The paper of the shapes' tests has a DOI and stands under another key: an identifier of another sort.
    change(whole, "DELETE WHERE { <https://w3id.org/methodome/paper/t-1> bibo:doi ?doi ; fabio:hasArXivId ?number }")
    return whole


def change(store, update):
    iris = {name: f"<{iri}>" for name, iri in NODES.items()}
    for name, iri in iris.items():
        update = update.replace(f"@{name}", iri)
    store.update(update, prefixes=dict(v.PREFIXES))


def found(store):
    return [(one.node, one.check, one.problem) for one in validate(store).complaints]


def test_a_whole_store_has_nothing_wrong(store):
    result = validate(store)
    assert result.complaints == ()
    assert result.triples == len(store)
    assert result.nodes == 6 + 2 + 2 + 9
    assert result.checks == tuple(sorted(checks()))


def test_batches_do_not_change_what_is_found(store):
    change(store, "DELETE WHERE { @masknet skos:prefLabel ?name }")
    assert validate(store, batch=1).complaints == validate(store).complaints


def test_progress_is_told_in_nodes(store):
    told = []
    validate(store, batch=4, progress=lambda *stage: told.append(stage))
    assert told[0] == ("validating", 4, None)
    assert told[-1] == ("validating", 19, None)


# What is done to the store, who is complained about, by which check, and in which words.
BROKEN = [
    ("DELETE WHERE { @masknet skos:prefLabel ?n }", "concept:masknet", "shapes", "exactly one preferred name"),
    ("INSERT DATA { @resnet mg:year '2016'^^xsd:gYear }", "concept:resnet", "shapes", "one year at most"),
    ("DELETE DATA { @masknet a mg:Module }", "concept:masknet", "not-one-kind", "exactly one kind: 0"),
    ("INSERT DATA { @coco a mg:Task }", "concept:coco", "not-one-kind", "exactly one kind: 2"),
    ("DELETE DATA { @masknet a mg:Method }", "concept:masknet", "method-class-not-written-out", "against its kind"),
    ("DELETE DATA { @warmup a mg:Concept }", "concept:warmup", "node-without-class", "of no class"),
    ("INSERT DATA { @other a mg:Concept }", "paper:t-2", "node-of-two-classes", "mg:Paper"),
    ("INSERT DATA { @masknet mg:uses @coco }", "concept:masknet", "shapes", "A method uses methods: concept:coco"),
    ("INSERT DATA { @warmup mg:uses @resnet }", "concept:warmup", "edge-without-evidence", "mg:uses concept:resnet"),
    ("DELETE DATA { @masknet mg:basedOn @resnet }", evidence := "evidence:t-1", "evidence-without-edge", "mg:basedOn"),
    ("DELETE WHERE { @proof mg:sentence ?s }", evidence, "shapes", "has one sentence"),
    ("DELETE WHERE { @proof mg:confidence ?c }", evidence, "shapes", "one confidence, from 0 to 1"),
    ("DELETE WHERE { @curated dcterms:source ?s }", "evidence:curated", "shapes", "from a curator with one source"),
    (
        "DELETE DATA { @curated mg:confidence 1.0 } ; INSERT DATA { @curated mg:confidence 0.5 }",
        "evidence:curated",
        "curated-evidence-not-marked",
        "curated",
    ),
    (
        "DELETE { @proof mg:end ?e } INSERT { @proof mg:end 37 } WHERE { @proof mg:end ?e }",
        evidence,
        "sentence-of-another-length",
        "MaskNet extends ResNet.",
    ),
    (
        "DELETE { @proof mg:sentence ?s } INSERT { @proof mg:sentence 'MaskNet extends VGGNet.' }"
        " WHERE { @proof mg:sentence ?s }",
        evidence,
        "sentence-not-in-the-paper",
        "MaskNet extends VGGNet.",
    ),
    (
        "DELETE { @shown prov:hadPrimarySource ?p } INSERT { @shown prov:hadPrimarySource @other }"
        " WHERE { @shown prov:hadPrimarySource ?p }",
        evidence,
        "evidence-of-another-paper",
        "paper:t-2",
    ),
    ("INSERT DATA { @other bibo:doi '10.1000/1' }", "paper:t-2", "identifier-of-another-sort", "not made of"),
    ("INSERT DATA { @other bibo:doi 'https://doi.org/10.1000/1' }", "paper:t-2", "shapes", "without a resolver"),
    ("INSERT DATA { @other fabio:hasArXivId '2003.00001v2' }", "paper:t-2", "shapes", "without a version"),
    ("INSERT DATA { @resnet mg:uses @resnet }", "concept:resnet", "edge-to-itself", "mg:uses"),
    ("INSERT DATA { @resnet skos:broader @warmup }", "concept:resnet", "broader-cycle", "broader than itself"),
    (
        "DELETE { ?n skos:prefLabel ?l } INSERT { ?n skos:prefLabel 'ResNet' } WHERE { VALUES ?n { @masknet }"
        " ?n skos:prefLabel ?l . @resnet mg:year ?y } ; DELETE WHERE { @resnet mg:year ?y }",
        "concept:masknet",
        "name-borne-by-several",
        "ResNet",
    ),
    (
        "INSERT DATA { GRAPH @first { @resnet mg:uses @warmup } }",
        "concept:resnet",
        "outside-the-default-graph",
        "named",
    ),
    ("INSERT DATA { _:b a mg:Concept }", "", "blank-node", "blank node"),
    (
        "INSERT DATA { <https://w3id.org/methodome/concept/Mask%20Net> a mg:Concept }",
        "concept:Mask%20Net",
        "shapes",
        "The IRI is not made by the rules.",
    ),
    (
        "INSERT DATA { @masknet mg:curated true ; mg:year '2010'^^xsd:gYear . @resnet mg:introducedIn 'A title' }",
        "concept:masknet",
        "curated-child-older-than-parent",
        "concept:resnet",
    ),
    (
        "INSERT DATA { @resnet mg:basedOn @masknet . <https://w3id.org/methodome/evidence/curated-0123456789abcdef>"
        " rdf:subject @resnet ; rdf:predicate mg:basedOn ; rdf:object @masknet ; mg:foundBy 'curated' }",
        "concept:resnet",
        "curated-lineage-cycle",
        "concept:masknet",
    ),
    (
        "INSERT DATA { @masknet mg:uses @resnet . <https://w3id.org/methodome/evidence/curated-0123456789abcdef>"
        " rdf:subject @masknet ; rdf:predicate mg:uses ; rdf:object @resnet ; mg:foundBy 'curated' }",
        "concept:masknet",
        "pair-in-lineage-and-parts",
        "concept:resnet",
    ),
]


@pytest.mark.parametrize(
    ("update", "node", "check", "words"), BROKEN, ids=[f"{n}-{b[2]}" for n, b in enumerate(BROKEN)]
)
def test_a_store_broken_by_hand_gets_the_right_complaint(store, update, node, check, words):
    change(store, update)
    complaints = found(store)
    assert any(one[0].startswith(node) and one[1] == check and words in one[2] for one in complaints), complaints


def test_every_check_has_broken_a_store_above():
    assert set(checks()) <= {check for _, _, check, _ in BROKEN}


@pytest.mark.parametrize(
    ("update", "mend"),
    [
        ("DELETE WHERE { @masknet skos:prefLabel ?n }", "Give it skos:prefLabel."),
        ("INSERT DATA { @resnet mg:year '2016'^^xsd:gYear }", 'Keep one mg:year of "2015", "2016".'),
        ("INSERT DATA { @masknet mg:uses @coco }", "Let mg:uses lead to a node typed as mg:Method, or take it out."),
        ("INSERT DATA { @other mg:year 2020 }", "Write mg:year as a literal of type xsd:gYear."),
        ("DELETE WHERE { ?p mg:reports ?r }", "Give it the inverse of mg:reports."),
        ("INSERT DATA { @masknet skos:altLabel 'MaskNet' }", "Take the value out of skos:altLabel: it stands in"),
        ("DELETE DATA { @masknet a skos:Concept }", "Add rdf:type skos:Concept."),
    ],
)
def test_a_complaint_says_what_would_mend_it(store, update, mend):
    change(store, update)
    assert [one.mend for one in validate(store).complaints if one.mend.startswith(mend)] != []


def test_every_check_begins_with_what_is_wrong_and_what_mends_it():
    for name, text in checks().items():
        wrong, mend = text.splitlines()[:2]
        assert wrong.startswith("# "), name
        assert wrong.endswith("."), name
        assert mend.startswith("# mend: "), name


def test_without_pyshacl_the_error_says_how_to_get_it(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ValidatorMissing, match="extra validate"):
        validate(store)

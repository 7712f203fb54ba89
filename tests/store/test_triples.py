from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg.records import Edge, Evidence, Paper, Proof, Resolution
from kg.store.triples import triples

from . import examples as e

DATA = "https://w3id.org/methodome/"
SHORT = sorted(((iri, prefix) for prefix, iri in v.PREFIXES.items()), key=lambda pair: -len(pair[0]))


def short(term):
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return repr(term.value) if datatype == v.XSD + "string" else f"{term.value!r}^^{datatype.split('#')[1]}"
    iri, prefix = next(pair for pair in SHORT if term.value.startswith(pair[0]))
    return f"{prefix}:{term.value.removeprefix(iri)}"


def written(resolution, **options):
    return [" ".join(map(short, triple)) for triple in triples(resolution, **options)]


def about(resolution, subject):
    return {line.removeprefix(f"{subject} ") for line in written(resolution) if line.startswith(f"{subject} ")}


def nodes(resolution, kind):
    return sorted({triple.subject.value for triple in triples(resolution) if f"/{kind}/" in str(triple.subject)})


def test_a_paper_in_full():
    assert about(e.RESOLUTION, f"paper:{e.PAPER.key}") == {
        "rdf:type mg:Paper",
        "dcterms:title 'RetNet'",
        "mg:nameKey 'retnet'",
        "dcterms:abstract 'It is new.'",
        "dcterms:creator 'Goyal, A.'",
        "dcterms:creator 'Lin, B.'",
        "mg:authors 'Lin, B.; Goyal, A.'",
        "mg:year '2017'^^gYear",
        "dcterms:issued '2017-08-07'^^date",
        "bibo:doi '10.1000/x'",
        "fabio:hasArXivId '1708.02002'",
        "schema:url 'https://example.org/a b'^^anyURI",
        "dcterms:source 'a.txt'",
        "dcterms:source 'b.txt'",
        "mg:mentions concept:coco",
        "mg:reports result:" + nodes(e.RESOLUTION, "result")[0].rsplit("/")[-1],
    }


def test_a_family_of_methods_in_full():
    assert about(e.RESOLUTION, "concept:resnet") == {
        "rdf:type mg:Architecture",
        "rdf:type mg:Concept",
        "rdf:type mg:Method",
        "rdf:type mg:Family",
        "rdf:type skos:Concept",
        "skos:prefLabel 'ResNet'",
        "skos:altLabel 'Res-Net'",
        "skos:altLabel 'residual network'",
        "mg:nameKey 'resnet'",
        "mg:nameKey 'residualnetwork'",
        "mg:year '2015'^^gYear",
        "mg:curated 'true'^^boolean",
        "mg:introducedIn 'Deep Residual Learning'",
        "skos:broader concept:cnn",
        "mg:configuration 'ResNet-50'",
        "skos:definition 'A network with shortcuts.'",
    }


def test_a_dataset_and_a_metric_in_full():
    assert about(e.RESOLUTION, "concept:coco") == {
        "rdf:type mg:Dataset",
        "rdf:type mg:Concept",
        "rdf:type skos:Concept",
        "skos:prefLabel 'COCO'",
        "mg:nameKey 'coco'",
        "mg:relevantTask concept:detection",
    }
    assert "mg:direction 'higher'" in about(e.RESOLUTION, "concept:ap")


def test_an_edge_stands_once_with_a_node_for_each_proof():
    alone = Resolution(edges=(e.BASED_ON,))
    place = ("retnet", "based_on", "resnet")
    curated = v.evidence_iri("curated", *place, "a book").removeprefix(DATA + "evidence/")
    first = v.evidence_iri(e.PAPER.key, *place, "0-22").removeprefix(DATA + "evidence/")
    second = v.evidence_iri(e.PAPER.key, *place, "40-64").removeprefix(DATA + "evidence/")
    statement = {
        "rdf:type mg:Evidence",
        "rdf:type rdf:Statement",
        "rdf:type prov:Entity",
        "rdf:subject concept:retnet",
        "rdf:predicate mg:basedOn",
        "rdf:object concept:resnet",
    }
    assert written(alone)[0] == "concept:retnet mg:basedOn concept:resnet"
    assert len(written(alone)) == 1 + 9 + 12 + 12
    assert about(alone, f"evidence:{curated}") == statement | {
        "mg:foundBy 'curated'",
        "dcterms:source 'a book'",
        "mg:confidence '1'^^decimal",
    }
    assert about(alone, f"evidence:{first}") == statement | {
        "prov:hadPrimarySource paper:arxiv-1708.02002",
        "mg:sentence 'RetNet extends ResNet.'",
        "mg:start '0'^^integer",
        "mg:end '22'^^integer",
        "mg:foundBy 'rule:extends'",
        "mg:confidence '0.9'^^decimal",
    }
    assert "mg:confidence '0.7124'^^decimal" in about(alone, f"evidence:{second}")


def test_two_rules_on_one_sentence_leave_the_surer_one():
    sure = Evidence(e.SAYS.sentence, 0, 22, "rule:sure", 0.95)
    edge = replace(e.BASED_ON, proofs=(Proof(e.PAPER.key, sure), Proof(e.PAPER.key, e.SAYS)))
    (node,) = nodes(Resolution(edges=(edge,)), "evidence")
    assert "mg:foundBy 'rule:sure'" in about(Resolution(edges=(edge,)), node.replace(DATA + "evidence/", "evidence:"))


def test_a_result_in_full():
    (node,) = nodes(e.RESOLUTION, "result")
    assert about(e.RESOLUTION, node.replace(DATA + "result/", "result:")) == {
        "rdf:type mg:Result",
        "mg:method concept:retnet",
        "mg:dataset concept:coco",
        "mg:metric concept:ap",
        "mg:configuration 'RetNet-50'",
        "mg:value '87.10%'",
        "mg:number '87.1'^^decimal",
        "mg:unit '%'",
    }


def test_a_result_stated_twice_is_one_result_with_two_proofs():
    twice = replace(e.SCORE, evidence=replace(e.SCORES, start=200, end=233))
    resolution = Resolution(scores=(e.SCORE, twice))
    assert len(nodes(resolution, "result")) == 1
    assert len(nodes(resolution, "evidence")) == 2
    assert len(written(resolution)) == len(set(written(resolution)))


def test_a_value_too_large_for_a_number_stays_as_written():
    resolution = Resolution(scores=(replace(e.SCORE, value="9" * 400, number=float("inf")),))
    assert not any("mg:number" in line for line in written(resolution))
    assert any("mg:value" in line for line in written(resolution))


def test_abstracts_can_be_kept_out():
    lines = written(e.RESOLUTION, abstracts=False)
    assert set(written(e.RESOLUTION)) - set(lines) == {f"paper:{e.PAPER.key} dcterms:abstract 'It is new.'"}


def test_a_proof_from_a_paper_needs_its_sentence():
    with pytest.raises(ValueError, match="a proof from paper p needs the sentence"):
        list(triples(Resolution(edges=(Edge("a", "uses", "b", (Proof("p"),)),))))


def test_characters_that_rdf_cannot_hold_are_replaced_one_for_one():
    lines = written(Resolution(papers=(Paper("p", "a\x00b\ud800c\tä\n\U0001f600\uffff"),)))
    assert "paper:p dcterms:title 'a\ufffdb\ufffdc\\tä\\n\U0001f600\ufffd'" in lines


def test_a_key_that_is_no_iri_is_percent_encoded():
    lines = written(Resolution(papers=(Paper("doi-10.1002/(sici)1<166::aid>3.0 x", "T"),)))
    assert lines[0] == "paper:doi-10.1002/(sici)1%3C166::aid%3E3.0%20x rdf:type mg:Paper"


@given(st.text(), st.floats(allow_nan=True), st.integers(-9999, 99999), st.floats(0, 1))
@settings(deadline=None)
def test_whatever_a_paper_says_comes_back_from_a_store_as_it_was_written(said, number, year, confidence):
    evidence = Evidence(said, 0, len(said), said, confidence)
    resolution = Resolution(
        papers=(Paper(f"t-{said}", said, abstract=said, year=year, date=said, authors=(said,), url=said),),
        edges=(Edge("a", "uses", "b", (Proof(f"t-{said}", evidence), Proof(None, source=said))),),
        scores=(replace(e.SCORE, value=said, number=number, configuration=said, evidence=evidence),),
    )
    made = set(triples(resolution))
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in made)
    assert {quad.triple for quad in store} == made
    lines = ox.serialize(made, format=ox.RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)} == made


def test_a_paper_with_other_identifiers_and_a_venue():
    paper = replace(e.PAPER, venue="CVPR", ids=(("acl", "P16-1001"), ("s2", "7")))
    assert about(Resolution(papers=(paper,)), f"paper:{paper.key}") >= {
        "mg:venue 'CVPR'",
        "dcterms:identifier 'acl:P16-1001'",
        "dcterms:identifier 's2:7'",
    }


def test_a_paper_cites_papers():
    resolution = Resolution(papers=(e.PAPER, replace(e.PAPER, key="t-1")), citations=(("t-1", e.PAPER.key),))
    assert f"paper:t-1 cito:cites paper:{e.PAPER.key}" in written(resolution)


def test_evidence_says_in_which_section_it_stands_and_a_claim_stands_nowhere():
    said = Proof(e.PAPER.key, replace(e.SAYS, section="method"))
    claimed = Proof(e.PAPER.key, Evidence("The archive says so.", 0, 0, "pwc", 0.3))
    lines = written(Resolution(edges=(replace(e.BASED_ON, proofs=(said, claimed)),)))
    by_node = {line.split()[0] for line in lines if "'The archive says so.'" in line}
    assert sum("mg:section 'method'" in line for line in lines) == 1
    assert not [line for line in lines if line.split()[0] in by_node and ("mg:start" in line or "mg:end" in line)]

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg._resources import ontology_folder

RDF_TYPE = ox.NamedNode(v.RDF + "type")
OWL = "http://www.w3.org/2002/07/owl#"
CLASS = OWL + "Class"
PROPERTIES = (OWL + "ObjectProperty", OWL + "DatatypeProperty")
HEADER = v.ONTOLOGY.removesuffix("#")


def iris_of_the_code():
    for name, value in vars(v).items():
        if name.isupper() and name not in ("ONTOLOGY", "PREFIXES"):
            yield from value.values() if hasattr(value, "values") else [value]


def terms_of_the_code():
    return {iri for iri in iris_of_the_code() if iri.startswith(v.ONTOLOGY)}


@pytest.fixture(scope="module")
def schema():
    store = ox.Store()
    store.load(path=ontology_folder() / "methods.ttl", format=ox.RdfFormat.TURTLE)
    return store


def declared(schema, *types):
    return {
        quad.subject.value
        for kind in types
        for quad in schema.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(kind))
        if isinstance(quad.subject, ox.NamedNode)
    }


def objects(schema, subject, predicate):
    found = schema.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(str(quad.object) for quad in found)


def test_the_terms_of_the_code_are_those_of_the_schema():
    store = ox.Store()
    store.load(path=ontology_folder() / "methods.ttl", format=ox.RdfFormat.TURTLE)
    assert declared(store, CLASS, *PROPERTIES) == terms_of_the_code()


@pytest.mark.parametrize("path", sorted(ontology_folder().rglob("*.ttl")), ids=lambda path: path.stem)
def test_every_file_of_the_ontology_uses_declared_terms_alone(path: Path):
    used = {
        term.value
        for triple in ox.parse(path=path)
        for term in triple.triple
        if isinstance(term, ox.NamedNode) and term.value.startswith(v.ONTOLOGY)
    }
    assert used <= terms_of_the_code()


def test_every_term_has_one_label_and_one_definition_in_english(schema):
    for term in terms_of_the_code():
        for predicate in (v.RDFS + "label", v.SKOS + "definition"):
            (text,) = objects(schema, term, predicate)
            assert text.endswith('"@en'), term


def test_every_property_has_one_domain_and_one_range(schema):
    for term in declared(schema, *PROPERTIES):
        assert len(objects(schema, term, v.RDFS + "domain")) == 1, term
        assert len(objects(schema, term, v.RDFS + "range")) == 1, term


def test_every_class_but_the_roots_stands_under_another(schema):
    roots = {term for term in declared(schema, CLASS) if not objects(schema, term, v.RDFS + "subClassOf")}
    assert roots == {v.RESULT}


def test_properties_that_point_to_things_are_object_properties(schema):
    for term in declared(schema, *PROPERTIES):
        (target,) = objects(schema, term, v.RDFS + "range")
        literal = target.startswith(f"<{v.XSD}")
        assert literal == (term in declared(schema, OWL + "DatatypeProperty")), term


def test_the_header_says_what_this_is_and_what_is_owed(schema):
    assert objects(schema, HEADER, v.RDF + "type") == [f"<{OWL}Ontology>"]
    for predicate in (v.DCTERMS + "title", v.DCTERMS + "license", OWL + "versionInfo"):
        assert len(objects(schema, HEADER, predicate)) == 1
    (note,) = objects(schema, HEADER, v.SKOS + "editorialNote")
    assert "still to be registered" in note


def test_terms_are_sorted_within_each_part():
    text = (ontology_folder() / "methods.ttl").read_text(encoding="utf-8")
    for part in text.split("\n\n\n"):
        names = [line.split()[0] for line in part.splitlines() if line.startswith("mg:")]
        assert names == sorted(names)

from __future__ import annotations

import csv
import json
from itertools import pairwise

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import StoreError
from kg.records import Concept, Paper, Resolution
from kg.store import jsonld
from kg.store.export import FORMATS, canonical_lines, export
from kg.store.importing import FORMATS as READABLE
from kg.store.rdf12 import plain
from kg.store.triples import triples

from . import examples as e

RDFLIB_FORMATS = {"nq": "nquads", "nt": "nt", "ttl": "turtle", "trig": "trig", "jsonld": "json-ld"}
RDF_12 = ("nt12", "ttl12")
RDF_11 = tuple(RDFLIB_FORMATS)
A, B = ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b")


@pytest.fixture
def store() -> ox.Store:
    return store_of(e.RESOLUTION)


def store_of(resolution: Resolution) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(resolution))
    return store


def read(path, format: str) -> set[ox.Triple]:
    return set(plain(quad.triple for quad in ox.parse(path=path, format=READABLE[format])))


def assert_rdflib_reads(path, format: str, store: ox.Store) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=path.read_text(encoding="utf-8"), format=RDFLIB_FORMATS[format])
    wanted = rdflib.Graph().parse(data="\n".join(canonical_lines(store)), format="nt")
    assert set(dataset.triples((None, None, None))) == set(wanted)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's readers warn of rdflib itself
@pytest.mark.parametrize("format", RDF_11)
def test_every_format_is_read_back_as_the_same_triples(store, tmp_path, format):
    path = tmp_path / "graph"
    assert export(store, path, format=format) == (path,)
    assert_rdflib_reads(path, format, store)
    assert read(path, format) == {quad.triple for quad in store}
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


@pytest.mark.parametrize("format", RDF_12)
def test_rdf_1_2_has_evidence_as_reifiers_and_loses_nothing(store, tmp_path, format):
    path = tmp_path / "graph"
    export(store, path, format=format)
    assert read(path, format) == {quad.triple for quad in store}
    text = path.read_text(encoding="utf-8")
    assert text.count("<<( ") == len(list(store.quads_for_pattern(None, ox.NamedNode(v.RDF + "subject"), None)))
    assert "Statement" not in text


def test_n_triples_1_2_is_sorted_by_subject(store, tmp_path):
    export(store, tmp_path / "graph", format="nt12")
    lines = (tmp_path / "graph").read_text(encoding="utf-8").splitlines()
    assert all(one.split(" ")[0] <= other.split(" ")[0] for one, other in pairwise(lines))
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_is_the_same_bytes_whatever_its_history(store, tmp_path, format):
    other = ox.Store()
    for triple in reversed(list(triples(e.RESOLUTION))):
        other.add(ox.Quad(*triple))
    one, two = (export(each, tmp_path / name, format=format) for each, name in ((store, "one"), (other, "two")))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_n_quads_are_sorted_lines(store, tmp_path):
    export(store, tmp_path / "graph.nq", format="nq")
    lines = (tmp_path / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(store)


def test_turtle_has_the_usual_prefixes(store, tmp_path):
    export(store, tmp_path / "graph.ttl", format="ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "@prefix mg: <https://w3id.org/methodome/ontology#> ." in text
    assert "concept:retnet" in text


def test_json_ld_reads_as_plain_json(store, tmp_path):
    export(store, tmp_path / "graph.jsonld", format="jsonld")
    nodes = {node["id"]: node for node in json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]}
    assert nodes["concept:resnet"] == {
        "id": "concept:resnet",
        "type": ["skos:Concept", "Architecture", "Concept", "Family", "Method"],
        "alias": ["Res-Net", "residual network"],
        "broader": "concept:cnn",
        "definition": "A network with shortcuts.",
        "name": "ResNet",
        "configuration": "ResNet-50",
        "curated": True,
        "introducedIn": "Deep Residual Learning",
        "nameKey": ["residualnetwork", "resnet"],
        "year": "2015",
    }
    (proof,) = [node for node in nodes.values() if node.get("start") == 40]
    assert (proof["subject"], proof["predicate"], proof["object"]) == ("concept:retnet", "mg:basedOn", "concept:resnet")
    assert (proof["end"], proof["confidence"], proof["primarySource"]) == (64, "0.7124", "paper:arxiv-1708.02002")


def test_the_context_has_a_name_for_every_term_of_the_vocabulary():
    context = jsonld.context()
    assert {name: context[name] for name in v.PREFIXES} == dict(v.PREFIXES)
    expanded = set()
    for meaning in context.values():
        prefix, _, rest = (meaning if isinstance(meaning, str) else meaning["@id"]).partition(":")
        expanded.add(f"{context.get(prefix, prefix + ':')}{rest}")
    ours = {term for term in vars(v).values() if isinstance(term, str) and term.startswith(v.ONTOLOGY)} - {v.ONTOLOGY}
    assert {*ours, *v.KIND_CLASSES.values(), *v.PREDICATE_IRIS.values()} <= expanded
    schema = rdflib.Graph().parse(ontology_folder() / "methods.ttl")
    assert {iri for iri in expanded if iri.startswith(v.ONTOLOGY)} - {v.ONTOLOGY} <= {str(s) for s in schema.subjects()}


def test_what_json_ld_cannot_hold_is_named(tmp_path):
    for triple, problem in (
        (ox.Triple(A, B, ox.Triple(A, B, A)), "JSON-LD has no triple terms.*; export it as nt12 or ttl12"),
        (ox.Triple(ox.NamedNode("name:x"), B, A), "<name:x> cannot be told from a short name"),
    ):
        store = ox.Store()
        store.add(ox.Quad(*triple))
        with pytest.raises(StoreError, match=problem):
            export(store, tmp_path / "graph.jsonld", format="jsonld")
    assert list(tmp_path.iterdir()) == []


NODES = {
    "https://w3id.org/methodome/concept/ap": ("AP", "metric", None, False, False, 0),
    "https://w3id.org/methodome/concept/coco": ("COCO", "dataset", None, False, False, 1),
    "https://w3id.org/methodome/concept/resnet": ("ResNet", "architecture", 2015, True, True, 0),
    "https://w3id.org/methodome/concept/retnet": ("RetNet", "module", None, False, False, 0),
}
EDGE = ("https://w3id.org/methodome/concept/retnet", "https://w3id.org/methodome/concept/resnet")
EDGE_DATA = {"predicate": "based_on", "support": 1, "confidence": 1.0, "curated": True}


@pytest.mark.parametrize(("format", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_concepts_and_edges_with_their_attributes(store, tmp_path, format, reader):
    export(store, tmp_path / "graph", format=format)
    graph = reader(tmp_path / "graph")
    names = ("name", "kind", "year", "family", "curated", "papers")
    assert {node: tuple(data.get(name) for name in names) for node, data in graph.nodes(data=True)} == NODES
    assert graph.is_directed()
    (found,) = graph.edges(data=True)
    assert found[:2] == EDGE
    assert {name: found[2][name] for name in EDGE_DATA} == EDGE_DATA


def test_csv_is_two_tables(store, tmp_path):
    nodes, edges = export(store, tmp_path / "graph.csv", format="csv")
    assert (nodes.name, edges.name) == ("graph.nodes.csv", "graph.edges.csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[3] == [
            "https://w3id.org/methodome/concept/resnet", "ResNet", "architecture", "2015", "true", "true", "0",
        ]  # fmt: skip
    with edges.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"subject": EDGE[0], "predicate": "based_on", "object": EDGE[1], "support": "1", "confidence": "1.0",
             "curated": "true"},
        ]  # fmt: skip


def test_void_counts_what_the_graph_holds_and_names_the_file(store, tmp_path):
    written = export(store, tmp_path / "graph.nq", format="nq", void_path=tmp_path / "void.ttl")
    assert written == (tmp_path / "graph.nq", tmp_path / "void.ttl")
    found = rdflib.Graph().parse(tmp_path / "void.ttl", publicID="http://example.org/void.ttl")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = found.subjects(rdflib.RDF.type, void.Dataset)
    assert int(found.value(dataset, void.triples)) == len(store)
    assert int(found.value(dataset, void.entities)) == len({quad.subject for quad in store})
    assert found.value(dataset, void.dataDump) == rdflib.URIRef("http://example.org/graph.nq")
    parts = {found.value(part, void["class"]): int(found.value(part, void.entities))
             for part in found.objects(dataset, void.classPartition)}  # fmt: skip
    assert parts[rdflib.URIRef(v.CONCEPT)] == 4
    properties = {found.value(part, void.property): int(found.value(part, void.triples))
                  for part in found.objects(dataset, void.propertyPartition)}  # fmt: skip
    assert sum(properties.values()) == len(store)


HOSTILE = st.text(st.characters(codec="utf-8"), min_size=1) | st.sampled_from(
    [
        '"',
        "\\",
        "a\r\nb\tc\r",
        "<b>&amp;]]></b>",
        "\x00\x01\x0b\x1f\x7f\x85\u2028\ufffe\uffff",
        "=1+1",
        ", ;",
        "\\u0041",
    ]
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(st.lists(HOSTILE, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_names_and_titles_come_back_from_every_format(tmp_path, names: list[str]):
    store = store_of(
        Resolution(
            papers=tuple(Paper(f"t-{number}", name, authors=(name,)) for number, name in enumerate(names)),
            concepts=tuple(Concept(f"c{number}", name, "task") for number, name in enumerate(names)),
        )
    )
    wanted = {quad.triple for quad in store}
    for format in (*RDF_11, *RDF_12):
        export(store, tmp_path / format, format=format)
        assert read(tmp_path / format, format) == wanted
    for format in ("ttl", "jsonld", "nq"):
        assert_rdflib_reads(tmp_path / format, format, store)
    held = {quad.subject.value: quad.object.value
            for quad in store.quads_for_pattern(None, ox.NamedNode(v.SKOS + "prefLabel"), None)}  # fmt: skip
    for format, reader in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        export(store, tmp_path / format, format=format)
        assert {node: data["name"] for node, data in reader(tmp_path / format).nodes(data=True)} == held
    nodes, _ = export(store, tmp_path / "graph.csv", format="csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        assert {row["iri"]: row["name"] for row in csv.DictReader(file)} == held


TERMS = st.one_of(
    st.sampled_from(["http://example.org/a#b", v.PAPER, v.BASE + "paper/doi-10.1/a//b", v.BASE, v.BASE + "concept///x",
                     "urn:x:y", v.ONTOLOGY + "uses"]).map(ox.NamedNode),
    HOSTILE.map(ox.Literal),
    st.builds(ox.Literal, HOSTILE, language=st.sampled_from(["en", "de-ch"])),
    st.builds(lambda text, type_: ox.Literal(text, datatype=ox.NamedNode(v.XSD + type_)),
              st.sampled_from(["1", "-7", "007", "true", "1e3", "2015", "99999999999999999999", "0.50", ""]),
              st.sampled_from(["integer", "decimal", "boolean", "gYear", "date", "anyURI", "double"])),
)  # fmt: skip
PREDICATES = st.sampled_from(
    [*v.PREDICATE_IRIS.values(), v.RDF + "type", v.CURATED, v.START, v.YEAR, v.SENTENCE, "http://example.org/p q"[:20]]
).map(ox.NamedNode)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(st.lists(st.builds(ox.Quad, st.just(A) | st.just(B), PREDICATES, TERMS), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_triples_come_back_from_json_ld(tmp_path, quads: list[ox.Quad]):
    store = ox.Store()
    store.extend(quads)
    export(store, tmp_path / "graph.jsonld", format="jsonld")
    assert read(tmp_path / "graph.jsonld", "jsonld") == {quad.triple for quad in store}


@given(st.lists(st.text(), max_size=12), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_graph_sorted_in_parts_is_sorted_as_a_whole(titles, at_once):
    store = store_of(Resolution(papers=tuple(Paper(str(number), title) for number, title in enumerate(titles))))
    assert list(canonical_lines(store, at_once=at_once)) == sorted(f"{quad} ." for quad in store)


def test_an_unknown_format_lists_the_valid_ones(store, tmp_path):
    with pytest.raises(StoreError, match="no export format 'docx'; choose one of nq, nt, ttl, trig, jsonld"):
        export(store, tmp_path / "graph", format="docx")


@pytest.mark.parametrize("format", ["nq", "ttl", "jsonld", "graphml", "csv"])
def test_a_place_that_cannot_be_written_is_named(store, tmp_path, format):
    with pytest.raises(StoreError, match=r"missing/graph.*: cannot be written: No such file"):
        export(store, tmp_path / "missing/graph", format=format)
    (tmp_path / "folder.nodes.csv").mkdir()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=r"folder.*: cannot be written"):
        export(store, tmp_path / "folder", format=format)
    assert not [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")]

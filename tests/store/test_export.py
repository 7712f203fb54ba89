import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.records import Paper, Resolution
from kg.store.export import FORMATS, canonical_lines, export
from kg.store.triples import triples

from . import examples as e

RDFLIB_FORMATS = {"nq": "nquads", "nt": "nt", "ttl": "turtle", "trig": "trig", "jsonld": "json-ld"}


@pytest.fixture
def store():
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(e.RESOLUTION))
    return store


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's readers warn of rdflib itself
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read_back_as_the_same_triples(store, tmp_path, format):
    path = tmp_path / "graph"
    export(store, path, format=format)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=path.read_text(encoding="utf-8"), format=RDFLIB_FORMATS[format])
    wanted = rdflib.Graph().parse(data="\n".join(canonical_lines(store)), format="nt")
    assert set(dataset.triples((None, None, None))) == set(wanted)
    assert {quad.triple for quad in ox.parse(path=path, format=FORMATS[format])} == {q.triple for q in store}
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_is_the_same_bytes_whatever_its_history(store, tmp_path, format):
    other = ox.Store()
    for triple in reversed(list(triples(e.RESOLUTION))):
        other.add(ox.Quad(*triple))
    export(store, tmp_path / "one", format=format)
    export(other, tmp_path / "two", format=format)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


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


@given(st.lists(st.text(), max_size=12), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_graph_sorted_in_parts_is_sorted_as_a_whole(titles, at_once):
    store = ox.Store()
    papers = tuple(Paper(str(number), title) for number, title in enumerate(titles))
    store.extend(ox.Quad(*triple) for triple in triples(Resolution(papers=papers)))
    assert list(canonical_lines(store, at_once=at_once)) == sorted(f"{quad} ." for quad in store)


def test_an_unknown_format_lists_the_valid_ones(store, tmp_path):
    with pytest.raises(StoreError, match="no export format 'docx'; choose one of nq, nt, ttl, trig, jsonld"):
        export(store, tmp_path / "graph", format="docx")


def test_a_place_that_cannot_be_written_is_named(store, tmp_path):
    with pytest.raises(StoreError, match=r"missing/graph.nq: cannot be written: No such file"):
        export(store, tmp_path / "missing/graph.nq", format="nq")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=r"folder: cannot be written"):
        export(store, tmp_path / "folder", format="ttl")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]

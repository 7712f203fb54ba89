from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.errors import StoreError
from kg.store.export import canonical_lines, export
from kg.store.folder import StoreFolder
from kg.store.importing import import_file
from kg.store.rebasing import checked, rebased
from kg.store.triples import triples

from . import examples as e

BASE = "https://methods.example.org/data/"


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(e.RESOLUTION))
    return store


@pytest.mark.parametrize("form", ["nq", "ttl", "jsonld", "ttl12"])
def test_an_export_under_another_base_comes_back_as_the_same_graph(store: ox.Store, tmp_path, form: str) -> None:
    file = tmp_path / f"graph.{form}"
    export(store, file, format=form, base=BASE)
    import_file(file, tmp_path / "back.kg", base=BASE)
    with StoreFolder.open(tmp_path / "back.kg").reader() as snapshot:
        assert list(canonical_lines(snapshot.store)) == list(canonical_lines(store))


def test_data_moves_and_the_ontology_stays(store: ox.Store, tmp_path) -> None:
    export(store, tmp_path / "graph.nq", format="nq", base=BASE)
    terms = {term.value for quad in ox.parse(path=tmp_path / "graph.nq") for term in quad if hasattr(term, "value")}
    assert any(term.startswith(BASE + "concept/") for term in terms)
    assert {term for term in terms if term.startswith(v.BASE)} == {t for t in terms if t.startswith(v.ONTOLOGY)}


def test_an_address_within_a_literal_stays() -> None:
    node, said = ox.NamedNode("urn:x"), ox.Literal(f"see <{v.concept_iri('resnet')}>")
    assert list(rebased([ox.Triple(node, node, said)], old=v.BASE, new=BASE)) == [ox.Triple(node, node, said)]


def test_turtle_and_void_name_the_base(store: ox.Store, tmp_path) -> None:
    export(store, tmp_path / "graph.ttl", format="ttl", base=BASE, void_path=tmp_path / "void.ttl")
    assert f"@prefix concept: <{BASE}concept/> ." in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert f'void:uriSpace "{BASE}"' in (tmp_path / "void.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("base", ["", "methods", "https://example.org/a b/", "https://example.org/no-end", "ftp://x/"])
def test_a_base_that_no_iri_can_begin_with_is_refused(base: str) -> None:
    with pytest.raises(StoreError, match="cannot be the base of IRIs; give an http"):
        checked(base)


def test_a_network_has_no_base(store: ox.Store, tmp_path) -> None:
    with pytest.raises(StoreError, match="a base is for RDF, and gexf holds no IRIs"):
        export(store, tmp_path / "graph.gexf", format="gexf", base=BASE)
    assert list(tmp_path.iterdir()) == []

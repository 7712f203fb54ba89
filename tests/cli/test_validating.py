"""kg validate."""

import json

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.store.folder import StoreFolder
from kg.store.triples import triples
from tests.ontology.test_shapes import RESOLUTION


def make(folder, *extra):
    store = StoreFolder.create_or_open(folder)
    with store.writer() as writer:
        writer.publish([*triples(RESOLUTION), *extra], [])
    return folder


ODD = [ox.Triple(ox.NamedNode(v.concept_iri(f"odd-{n}")), ox.NamedNode(v.YEAR), ox.Literal("soon")) for n in range(60)]


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return make(tmp_path_factory.mktemp("broken") / "graph.kg", *ODD)


def test_complaints_name_the_node_what_is_wrong_and_the_mend(kg_command, broken):
    code, out, err = kg_command("validate", "--store", broken, "-q")
    assert code == 1
    assert out.splitlines()[:3] == [
        "concept:odd-0",
        "  A node is of no class of the schema. [node-without-class]",
        "  mend: Type it, superclasses written out (a mg:Module, mg:Method, mg:Concept, skos:Concept), or take it out.",
    ]
    # The paper of these tests has a DOI and stands under another key.
    assert out.splitlines()[-1] == "... 11 more (--all shows them)"
    assert "61 complaints in" in err


def test_all_shows_all_and_json_is_one_object(kg_command, broken):
    code, out, _ = kg_command("validate", "--store", broken, "-q", "--all")
    assert code == 1
    assert out.count("mend:") == 61
    code, out, _ = kg_command("validate", "--store", broken, "-q", "--json")
    found = json.loads(out)
    assert code == 1
    assert len(found["complaints"]) == 61
    assert set(found) == {"triples", "nodes", "checks", "complaints"}
    assert set(found["complaints"][0]) == {"node", "check", "problem", "mend"}


@pytest.mark.slow
def test_a_built_store_is_clean(kg_command, small_store):
    code, out, err = kg_command("validate", "--store", small_store, "-q")
    assert (code, out) == (0, "")
    assert "nothing wrong in" in err

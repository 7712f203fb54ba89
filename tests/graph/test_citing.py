"""Citations behind lineage: they support an edge, and make none."""

from pyoxigraph import NamedNode, Quad, Store

from kg import vocabulary as v
from kg.graph.citing import Citation, supporting_citations
from kg.records import Concept, Edge, Evidence, Paper, Proof, Resolution
from kg.store.triples import triples

OLD, NEW = Paper("t-1", "ResNet"), Paper("t-2", "RetNet")
RESNET, RETNET = (Concept(name.lower(), name, "architecture") for name in ("ResNet", "RetNet"))
SAYS = Evidence("It is new.", 0, 10, "model", 0.9)


def store(*citations: tuple[str, str]) -> Store:
    graph = Store()
    introduced = [Edge(p.key, "introduces", c.id, (Proof(p.key, SAYS),)) for p, c in ((OLD, RESNET), (NEW, RETNET))]
    resolution = Resolution((OLD, NEW), (RESNET, RETNET), tuple(introduced), citations=citations)
    for triple in triples(resolution):
        graph.add(Quad(triple.subject, triple.predicate, triple.object))
    return graph


def test_a_citation_from_one_introducing_paper_to_the_other_supports_the_edge() -> None:
    nodes = NamedNode(v.concept_iri("retnet")), NamedNode(v.concept_iri("resnet"))
    cited = store(("t-2", "t-1"))
    assert supporting_citations(cited, *nodes) == [Citation(v.paper_iri("t-2"), "RetNet", v.paper_iri("t-1"), "ResNet")]
    assert supporting_citations(cited, *reversed(nodes)) == []
    assert supporting_citations(store(), *nodes) == []


def test_a_citation_makes_no_edge() -> None:
    graph = store(("t-2", "t-1"))
    assert not list(graph.quads_for_pattern(None, NamedNode(v.PREDICATE_IRIS["based_on"]), None))

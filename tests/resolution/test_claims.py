"""What sources claim beside a paper's text, in the graph: edges with weak evidence, at no place of the text."""

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.extraction.beside import with_claims
from kg.lexicon import load
from kg.records import Claim, Edge, Evidence, Extraction, Paper, Proof
from kg.resolution import resolve
from kg.store.triples import triples

STATEMENT = "The archive lists ForgeNet-9 among the papers on QuartzSet."
PAPER = Paper(
    "t-1",
    "A study of forges",
    claims=(
        Claim("paper", "introduces", "ForgeNet-9", "architecture", "pwc", "The archive says so."),
        Claim("paper", "evaluates_on", "QuartzSet", "dataset", "pwc", STATEMENT),
    ),
)


def test_claims_make_edges_with_weak_evidence_and_no_mentions() -> None:
    found = with_claims(Extraction("t-1", PAPER.title), PAPER)
    graph = resolve([PAPER], {"t-1": found}, load())
    edges = [edge for edge in graph.edges if edge.subject == "t-1"]
    (on,) = (concept for concept in graph.concepts if concept.name == "QuartzSet")
    assert {edge.predicate for edge in edges} == {"introduces", "evaluates_on"}
    assert Edge("t-1", "evaluates_on", on.id, (Proof("t-1", Evidence(STATEMENT, 0, 0, "pwc", 0.3)),)) in edges
    facts = list(triples(graph))
    (node,) = {fact.subject for fact in facts if fact.object == Literal(STATEMENT)}
    said = {fact.predicate for fact in facts if fact.subject == node}
    assert NamedNode(v.PROV + "hadPrimarySource") in said
    assert said.isdisjoint({NamedNode(v.START), NamedNode(v.END)})

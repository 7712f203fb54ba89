# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Extending the ontology, and the curation file
#
# No machine reads without errors, and no ontology knows your field as you do. Three ways to say more: decisions in
# `curation.ttl`, which each build obeys; terms of your own beside ours; and curated concepts, one Turtle file a kind.

# %%
import tempfile
from pathlib import Path

from rdflib import Graph as Triples
from rdflib.namespace import SKOS

import kg
from kg.graph import list_queries
from kg.resolution.curation import Decision
from kg.store.curation import add_decision

root = next(
    folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "examples" / "landmarks.jsonl").exists()
)
store = Path(tempfile.mkdtemp()) / "graph.kg"
graph = kg.build(root / "examples" / "landmarks.jsonl", store=store)
graph.stats()

# %% [markdown]
# ## Decisions
#
# A name may be missing, an edge wrong or unknown. Each decision is a line of `kg curate`, or of the file that it
# writes; here the same from Python.
#
# ```console
# $ kg curate same "shifted-window transformer" "Swin Transformer"
# $ kg curate year DETR 2020
# $ kg curate assert Mask2Former outperforms "Mask R-CNN" --source "my own runs"
# $ kg build
# ```

# %%
graph.edge("Mask2Former", "outperforms", "Mask R-CNN") is None, graph["DenseNet"].year

# %%
add_decision(store, Decision("assert", "Mask2Former", "Mask R-CNN", "outperforms", source="my own runs"))
add_decision(store, Decision("year", "DenseNet", "2017", source="the year of the conference"))
print((store / "curation.ttl").read_text(encoding="utf-8"))

# %% [markdown]
# The next build obeys: papers need not be read again. Every decision says whether it changed anything.

# %%
graph.close()
graph = kg.build(store=store)
for decision in graph.decisions():
    print(decision.decision, "-", "used" if decision.used else f"not used: {decision.note}")

# %%
edge = graph.edge("Mask2Former", "outperforms", "Mask R-CNN")
print(edge, [proof.source for proof in edge.proofs])
graph["DenseNet"].year

# %% [markdown]
# ## Terms of your own
#
# The graph is RDF: whoever has more to say says it in a namespace of their own, and asks both together. A class under
# ours, a property for what ours do not say:

# %%
mine = """
@prefix my: <https://example.org/lab#> .
@prefix mg: <https://w3id.org/methodome/ontology#> .
@prefix concept: <https://w3id.org/methodome/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

my:MobileArchitecture rdfs:subClassOf mg:Architecture ;
    rdfs:label "mobile architecture"@en .
my:runsOnOurRobot rdfs:domain mg:Architecture ;
    rdfs:label "runs on our robot"@en .

concept:mobilenet a my:MobileArchitecture ; my:runsOnOurRobot true .
concept:xception a my:MobileArchitecture ; my:runsOnOurRobot false .
"""
ours = Triples().parse(data=mine, format="turtle")
for subject in sorted(set(ours.subjects()) & set(graph.rdf.subjects(SKOS.prefLabel))):
    ours += graph.rdf.triples((subject, None, None))
asked = """
PREFIX my: <https://example.org/lab#>
PREFIX mg: <https://w3id.org/methodome/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name ?year WHERE {
  ?concept my:runsOnOurRobot true ; skos:prefLabel ?name ; mg:year ?year
}
"""
[tuple(map(str, row)) for row in ours.query(asked)]

# %% [markdown]
# ## Curated concepts
#
# The concepts that ship stand in `ontology/concepts`, one file a kind, one block a concept, written by hand from
# knowledge of the field. A concept looks so; a missing one is a few lines in a pull request, and `kg validate` holds a
# graph against the shapes of the ontology.

# %%
blocks = (root / "ontology" / "concepts" / "architectures.ttl").read_text(encoding="utf-8").split("\n\n")
print(next(block for block in blocks if block.startswith("concept:retinanet ")))

# %% [markdown]
# Named queries are files too (`ontology/queries`): a question in plain words, the parameters with their types, and
# SPARQL. Any `.rq` file of yours is asked the same way.

# %%
[query.name for query in list_queries()][:5]

# %%
query = store.parent / "undated.rq"
query.write_text(
    "# Which methods of a kind have no year?\n"
    "# param kind: kind\n"
    "SELECT ?name ?kind WHERE {\n"
    "  ?concept a mg:Method ; a ?class ; skos:prefLabel ?name .\n"
    "  FILTER NOT EXISTS { ?concept mg:year ?year }\n"
    "  FILTER(LCASE(STRAFTER(STR(?class), '#')) = ?kind)\n"
    "} ORDER BY ?name LIMIT 5\n",
    encoding="utf-8",
)
graph.query(query, kind="architecture")

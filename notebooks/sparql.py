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
# # Writing SPARQL against the graph
#
# The graph is plain RDF 1.1 in one default graph; nothing has to be inferred. The prefixes of the ontology need no
# declaration here. Queries only read.

# %%
import tempfile
from pathlib import Path

from rdflib.namespace import SKOS

import kg
from kg.graph import list_queries

root = next(
    folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "examples" / "landmarks.jsonl").exists()
)
workplace = Path(tempfile.mkdtemp())
graph = kg.build(root / "examples" / "landmarks.jsonl", store=workplace / "graph.kg")
graph.stats()

# %% [markdown]
# ## What there is
#
# A concept is a `mg:Concept` and one of six kinds; its name is its `skos:prefLabel`, and names are best found by
# `graph.concept`, which knows spellings: give a view as a parameter.

# %%
graph.query(
    """
    SELECT ?kind (COUNT(?concept) AS ?concepts) WHERE {
      ?concept a mg:Method , ?kind .
      FILTER(?kind IN (mg:Architecture, mg:Module, mg:Technique))
    } GROUP BY ?kind ORDER BY ?kind
    """
)

# %%
graph.query("SELECT ?concept ?predicate ?value WHERE { ?concept ?predicate ?value } LIMIT 8", concept=graph["FPN"])

# %% [markdown]
# ## Edges
#
# `mg:basedOn`, `mg:uses` and `mg:outperforms` join methods; `mg:introduces`, `mg:addresses`, `mg:evaluatesOn` and
# `mg:mentions` begin at papers. Inverses are asked with `^`, descent with `+`.

# %%
graph.query(
    """
    SELECT ?name ?year WHERE {
      ?method mg:basedOn+ ?origin ; skos:prefLabel ?name .
      ?origin skos:prefLabel "R-CNN" .
      OPTIONAL { ?method mg:year ?year }
    } ORDER BY ?year ?name LIMIT 10
    """
)

# %% [markdown]
# ## Evidence
#
# Behind every edge stands at least one `mg:Evidence`, an `rdf:Statement` about it: from a paper with its sentence and
# confidence, or from a curator with a source.

# %%
graph.query(
    """
    SELECT ?child ?parent ?sentence ?confidence WHERE {
      ?proof rdf:subject ?c ; rdf:predicate mg:basedOn ; rdf:object ?p ;
             mg:sentence ?sentence ; mg:confidence ?confidence .
      ?c skos:prefLabel ?child . ?p skos:prefLabel ?parent .
      FILTER(?confidence >= 0.9)
    } ORDER BY DESC(?confidence) ?child ?parent LIMIT 5
    """
)

# %% [markdown]
# ## Results
#
# A result is a node with the value as written, and the same as a number.

# %%
graph.query(
    """
    SELECT ?year ?method ?value WHERE {
      ?paper mg:reports ?result ; mg:year ?year .
      ?result mg:dataset/skos:prefLabel "COCO" ; mg:metric/skos:prefLabel ?metric ; mg:value ?value .
      ?result mg:method/skos:prefLabel ?method
    } ORDER BY ?year ?method ?value LIMIT 10
    """
)

# %% [markdown]
# ## Named queries
#
# Dozens ship with the ontology. Their parameters are looked up by name and bound, never pasted.

# %%
[(query.name, query.question) for query in list_queries()][:6]

# %%
graph.query("siblings", concept="Mask R-CNN")

# %% [markdown]
# ## Where SPARQL is not enough
#
# Rows become data frames where pandas is installed. The same triples are an rdflib `Dataset`; and what SPARQL cannot
# say (shortest ways, PageRank) is in the Python API.

# %%
rows = graph.query(
    "SELECT ?year (COUNT(?p) AS ?papers) WHERE { ?p a mg:Paper ; mg:year ?year } GROUP BY ?year ORDER BY ?year"
)
[tuple(row) for row in rows][-5:]

# %%
name = next(graph.rdf.subjects(SKOS.prefLabel, None))
str(name).startswith("https://w3id.org/methodome/")

# %%
try:
    graph.query("SELECT ?x WHERE { ?x mg:basedOn }")
except kg.QueryError as error:
    print(error)

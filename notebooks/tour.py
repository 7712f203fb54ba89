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
# # A tour in ten minutes
#
# A graph of the landmark papers: build it, look a method up, follow its line, ask in SPARQL, draw a page.

# %%
import tempfile
from pathlib import Path

import kg

root = next(
    folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "examples" / "landmarks.jsonl").exists()
)
workplace = Path(tempfile.mkdtemp())
graph = kg.build(root / "examples" / "landmarks.jsonl", store=workplace / "graph.kg")
graph.stats()

# %% [markdown]
# ## A concept
#
# By its name, an alias, or its IRI. A miss suggests names; a homograph lists its senses.

# %%
fpn = graph["FPN"]
fpn

# %%
fpn.name, fpn.kind, fpn.year, fpn.introduced_by

# %%
try:
    graph["Batch Normalisaton"]
except kg.UnknownName as error:
    print(error)

# %% [markdown]
# ## Why?
#
# Every edge has its proof: a paper's sentence, or a curator.

# %%
for edge in graph["DenseNet"].evidence("based_on"):
    print(edge)
    for proof in edge.proofs:
        print("   ", proof.sentence or f"curated: {proof.source}")

# %% [markdown]
# ## Lineage
#
# A NetworkX graph, child to parent; broad families such as Transformer are left out unless asked for. Edges of which
# papers are not sure enough are left out too, and counted.

# %%
lineage = graph.lineage("Vision Transformer", up=False, depth=2)
by_year = sorted(lineage.nodes(data=True), key=lambda node: (node[1]["year"] or 9999, node[1]["name"]))
[(data["year"], data["name"]) for _, data in by_year][:15]

# %% [markdown]
# The shortest way of ideas from one method to another, each step with its sentence.

# %%
graph.idea_path("Mask2Former", "Faster R-CNN")

# %% [markdown]
# ## Influence
#
# Nine measures; each says in its docstring what it counts, and who proposed it.

# %%
graph.influence(by="pagerank", top=10)

# %%
graph.influence(by="reuse", kind="module", top=5)

# %% [markdown]
# ## Results
#
# What papers state, sorted in the metric's direction; every row knows its paper and its sentence.

# %%
board = graph.leaderboard("ImageNet", "Top-1 Accuracy", top=5)
print(board.note)
board

# %%
print(board[:2].format("markdown"))
print(board[:1].format("bibtex"))

# %% [markdown]
# ## Two methods side by side

# %%
graph.compare("ResNet", "DenseNet")

# %% [markdown]
# ## SPARQL
#
# The usual prefixes are there already; named queries take parameters.

# %%
rows = graph.query(
    """
    SELECT ?title ?name WHERE {
      ?paper mg:introduces ?concept ; mg:evaluatesOn/skos:prefLabel "COCO" ; dcterms:title ?title ; mg:year ?year .
      ?concept skos:prefLabel ?name
    } ORDER BY ?year ?title ?name LIMIT 8
    """
)
rows

# %%
graph.query("outperforms-of", concept="Faster R-CNN")

# %% [markdown]
# ## A page
#
# One file, no network; it shows itself in a notebook.

# %%
page = graph.view.lineage("ResNet", down=False)
page.save(workplace / "resnet.html").name

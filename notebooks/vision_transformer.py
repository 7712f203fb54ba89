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
# # The lineage of the vision transformer
#
# What the Vision Transformer came from, what came of it, by which branches, and who says so.

# %%
import tempfile
from collections import Counter
from pathlib import Path

import kg

root = next(
    folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "examples" / "landmarks.jsonl").exists()
)
workplace = Path(tempfile.mkdtemp())
graph = kg.build(root / "examples" / "landmarks.jsonl", store=workplace / "graph.kg")
graph.stats()

# %% [markdown]
# ## Where it came from
#
# Its parents are broad families, which lineage leaves out unless asked.

# %%
vit = graph["ViT"]
up = graph.lineage(vit, down=False, families=True)
[(data["depth"], data["year"], data["name"]) for _, data in up.nodes(data=True)]

# %% [markdown]
# Why does the graph say so? Every edge has its proof.

# %%
for edge in vit.evidence("based_on"):
    if edge.subject == vit.iri:
        print(edge)
        for proof in edge.proofs[:2]:
            print("   ", proof.sentence or f"curated: {proof.source}")

# %% [markdown]
# ## What came of it
#
# Year by year, and the branches that grew most.

# %%
graph.generations(vit)

# %%
timeline = graph.timeline(vit)
branches = Counter(name for _, name in timeline.nodes(data="branch_name") if name)
branches.most_common(8)

# %% [markdown]
# The children of Swin Transformer came by it; so did their children.

# %%
sorted(data["name"] for _, data in timeline.nodes(data=True) if data["branch_name"] == "Swin Transformer")

# %% [markdown]
# ## Kin
#
# Siblings share a parent; two methods from afar share an ancestor.

# %%
graph.siblings("Swin Transformer")[:8]

# %%
graph.common_ancestors("Swin Transformer", "DeiT")

# %%
print(graph.idea_path("Segment Anything Model", "Vision Transformer"))

# %% [markdown]
# ## What it is made of, and who else uses that

# %%
[part.name for part in vit.parts]

# %%
graph.reuse("Self-Attention")

# %% [markdown]
# ## Does it win?
#
# Stated results on ImageNet, and stated wins.

# %%
graph.leaderboard("ImageNet", "Top-1 Accuracy", top=8)

# %%
for edge in graph.edges(predicate="outperforms", object=vit):
    print(edge, "-", edge.proofs[0].sentence)

# %% [markdown]
# ## A page to keep

# %%
graph.view.lineage(vit, down=True).save(workplace / "vit.html").name

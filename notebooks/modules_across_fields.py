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
# # Which modules spread across fields
#
# A module that is built into one architecture is a detail; one that is built into hundreds, for tasks that have nothing
# in common, is an idea. Which are they, and when did they spread?

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
# ## Reuse and breadth
#
# *Reuse* counts the architectures that use a module; *breadth* is over how many tasks the papers that name it spread
# (the exponential of Shannon's entropy: 3.0 says that it is as if it were three tasks, used alike).

# %%
graph.influence(by="reuse", kind="module", top=10)

# %%
graph.influence(by="breadth", kind="module", top=10)

# %% [markdown]
# Both at once: what is built into much, and for how much.

# %%
breadth = {row.concept: row.value for row in graph.influence(by="breadth", kind="module", top=1000)}
for row in graph.influence(by="reuse", kind="module", top=8):
    print(f"{row.concept.name:28}{row.value:4.0f} architectures, {breadth.get(row.concept, 0):5.1f} tasks")

# %% [markdown]
# ## Which architecture uses what
#
# The most reused modules against the architectures that use most of them.

# %%
parts = graph.module_map(modules=8, architectures=12)
print(" " * 28, [architecture.name for architecture in parts.architectures])
for module, row in zip(parts.modules, parts.grid(), strict=True):
    print(f"{module.name:28}", "".join("x" if use else "." for use in row))

# %% [markdown]
# Every x can be asked why.

# %%
use = next(use for use in parts.uses if use.support)
edge = parts.edge(use)
print(edge, "-", next(proof.sentence for proof in edge.proofs if proof.sentence))

# %% [markdown]
# ## When did attention spread?

# %%
graph.reuse("Attention")

# %%
graph.trends("Self-Attention", "Convolution", "Batch Normalization", since=2012)

# %% [markdown]
# What rises now, and what fades?

# %%
graph.emergence(kind="module", top=8)

# %%
graph.emergence(kind="module", top=8, rising=False)

# %% [markdown]
# ## A picture
#
# With matplotlib (the extra `plots`), every such table can be drawn, here or to a file.

# %%
try:
    figure = graph.reuse("Attention").plot()
except ImportError as error:
    figure = str(error)
figure

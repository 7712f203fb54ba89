"""Small graphs of our own making for the pages, with hostile texts in them."""

from __future__ import annotations

from typing import Any

import networkx as nx

from tests.views.conftest import HOSTILE_NAME, HOSTILE_TITLE

PAPER = "https://w3id.org/methodome/paper/arxiv-1512.03385"


def proof(sentence: str, *, title: str = "A paper", confidence: float = 0.9) -> dict[str, Any]:
    return {"sentence": sentence, "paper": PAPER, "title": title, "year": 2016, "confidence": confidence,
            "found_by": "extends", "source": None, "start": 0, "end": len(sentence)}  # fmt: skip


def node(graph: nx.Graph, name: str, *, kind: str = "architecture", year: int | None = 2016, **more: Any) -> None:
    graph.add_node(name, **{"id": name, "iri": f"https://w3id.org/methodome/concept/{len(graph)}", "name": name,
                            "kind": kind, "year": year, "family": False, "curated": False, "papers": 3, "depth": 1,
                            "focus": False, **more})  # fmt: skip


def link(graph: nx.Graph, subject: str, predicate: str, value: str, **more: Any) -> None:
    said = {"predicate": predicate, "support": 1, "confidence": 0.9, "curated": False, "dated_before_parent": False,
            "proofs": [proof(f"{subject} {predicate} {value}.", title=HOSTILE_TITLE)]}  # fmt: skip
    graph.add_edge(subject, value, **said | more)


def neighbourhood() -> nx.MultiDiGraph:
    """ResNet, what it came from, what uses it, a far one behind SENet."""
    graph = nx.MultiDiGraph(focus="ResNet", left_out=4)
    node(graph, "ResNet", year=2015, depth=0, focus=True, papers=9)
    node(graph, "VGG", year=2014)
    node(graph, "Batch Normalization", kind="module", year=2015)
    node(graph, "SENet", year=2017)
    node(graph, "Mask R-CNN", year=2017)
    node(graph, HOSTILE_NAME, kind="technique", year=None)
    node(graph, "CBAM", kind="module", year=2018, depth=2)
    link(graph, "ResNet", "based_on", "VGG")
    link(graph, "ResNet", "uses", "Batch Normalization", support=3)
    link(graph, "SENet", "based_on", "ResNet")
    link(graph, "Mask R-CNN", "uses", "ResNet")
    link(graph, HOSTILE_NAME, "outperforms", "ResNet", confidence=0.3)
    link(graph, "CBAM", "based_on", "SENet")
    link(graph, "Mask R-CNN", "outperforms", "SENet")
    return graph


def influence() -> nx.DiGraph:
    """Five methods, one of them undated; a link that hides a step."""
    graph = nx.DiGraph(by="descendants")
    for rank, (name, year, value) in enumerate(
        [("LeNet", 1998, 40), ("AlexNet", 2012, 30), ("ResNet", 2015, 20), (HOSTILE_NAME, None, 9), ("SENet", 2017, 2)]
    ):
        node(graph, name, year=year, depth=0, value=float(value), rank=rank + 1, community=1, community_name="LeNet")
    link(graph, "AlexNet", "based_on", "LeNet", through=0)
    graph.add_edge("ResNet", "AlexNet", through=2)
    link(graph, "SENet", "based_on", "ResNet", through=0)
    return graph


def timeline() -> nx.DiGraph:
    """A family with two branches of two, and one undated."""
    graph = nx.DiGraph()
    node(graph, "GAN", year=2014, depth=0, focus=True, family=True, branch_name=None)
    for name, parent, year, branch in (
        ("Conditional GAN", "GAN", 2014, "Conditional GAN"), ("pix2pix", "Conditional GAN", 2016, "Conditional GAN"),
        ("WGAN", "GAN", 2017, "WGAN"), ("WGAN-GP", "WGAN", 2017, "WGAN"), (HOSTILE_NAME, "GAN", None, HOSTILE_NAME),
    ):  # fmt: skip
        node(graph, name, year=year, depth=1 if parent == "GAN" else 2, branch_name=branch)
        link(graph, name, "based_on", parent)
    return graph


def modules() -> nx.DiGraph:
    """Three modules and three architectures; one use that only a curator states."""
    graph = nx.DiGraph()
    for name, year in (("Batch Normalization", 2015), ("Residual Connection", 2015), (HOSTILE_NAME, None)):
        node(graph, name, kind="module", year=year)
    for name, year in (("ResNet", 2015), ("DenseNet", 2016), ("Transformer", 2017)):
        node(graph, name, year=year)
        link(graph, name, "uses", "Residual Connection")
    link(graph, "ResNet", "uses", "Batch Normalization")
    link(graph, "DenseNet", "uses", "Batch Normalization", support=0, curated=True, confidence=1.0, proofs=[])
    link(graph, "Transformer", "uses", HOSTILE_NAME, confidence=0.5)
    return graph


def paper() -> nx.MultiDiGraph:
    """A paper that introduces ResNet, tries it on ImageNet and names a hostile one."""
    graph = nx.MultiDiGraph(focus=PAPER, results=[
        {"method": "ResNet", "configuration": "ResNet-152", "dataset": "ImageNet", "metric": "Top-5 Error",
         "value": "3.57%", "task": None, "proofs": [proof("It reaches 3.57%.")]},
    ])  # fmt: skip
    node(graph, "Deep Residual Learning", kind="paper", year=2015, depth=0, focus=True, papers=0, iri=PAPER)
    node(graph, "ResNet", year=2015)
    node(graph, "VGG", year=2014)
    node(graph, "ImageNet", kind="dataset", year=2009)
    node(graph, "Image Recognition", kind="task", year=None)
    node(graph, HOSTILE_NAME, kind="technique", year=None)
    link(graph, "Deep Residual Learning", "introduces", "ResNet")
    link(graph, "Deep Residual Learning", "evaluates_on", "ImageNet")
    link(graph, "Deep Residual Learning", "addresses", "Image Recognition")
    link(graph, "ResNet", "based_on", "VGG")
    for name in ("VGG", HOSTILE_NAME):
        link(graph, "Deep Residual Learning", "mentions", name, support=0, confidence=0.0, proofs=[])
    return graph


def comparison() -> nx.MultiDiGraph:
    """ResNet and DenseNet: one part in common, one parent and one child apart, one beats the other."""
    graph = nx.MultiDiGraph()
    for name in ("ResNet", "DenseNet", "VGG", "CondenseNet", HOSTILE_NAME):
        node(graph, name)
    node(graph, "Batch Normalization", kind="module")
    link(graph, "ResNet", "based_on", "VGG")
    link(graph, "ResNet", "uses", "Batch Normalization")
    link(graph, "DenseNet", "uses", "Batch Normalization")
    link(graph, "CondenseNet", "based_on", "DenseNet")
    link(graph, HOSTILE_NAME, "based_on", "DenseNet")
    link(graph, "DenseNet", "outperforms", "ResNet")
    return graph

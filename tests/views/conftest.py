"""Small lineages, and a real Chromium to look at their pages with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.views import Page, lineage_page

HOSTILE_TITLE = "<img src=x onerror=alert(1)> href"
HOSTILE_NAME = "</script><script>alert(1)</script>"


def add(graph: nx.DiGraph, name: str, *parents: str, year: int | None = None, depth: int = 0, **more: Any) -> None:
    """Add a node with one proof, of one paper, for each of its links to its parents."""
    data = {"name": name, "kind": "architecture", "year": year, "family": False, "curated": False, "papers": 1,
            "iri": f"https://example.org/concept/{len(graph)}", "depth": depth, "focus": False}  # fmt: skip
    graph.add_node(name, id=name, **data | more)
    for parent in parents:
        proof = {"sentence": f"{name} extends {parent}.", "paper": "https://example.org/paper/arxiv-1512.03385",
                 "title": f"On {name}", "year": year, "confidence": 0.9, "found_by": "extends",
                 "source": None}  # fmt: skip
        graph.add_edge(name, parent, predicate="based_on", support=1, confidence=0.9, curated=False,
                       dated_before_parent=False, proofs=[proof])  # fmt: skip


@pytest.fixture
def small() -> nx.DiGraph:
    """VGG, ResNet (in focus), SENet; a link that only a curator states; an undated module; hostile texts."""
    graph = nx.DiGraph(broken=[{"child": "VGG", "parent": "ResNet", "support": 1, "confidence": 0.5}])
    add(graph, "VGG", year=2014, depth=-1, papers=4)
    add(graph, "ResNet", "VGG", year=2015, papers=9, focus=True)
    add(graph, "SENet", "ResNet", year=2017, depth=1, kind="module", aliases=["Squeeze-and-Excitation"])
    add(graph, HOSTILE_NAME, "ResNet", depth=1, kind="technique")
    graph.edges["SENet", "ResNet"]["proofs"][0]["title"] = HOSTILE_TITLE
    graph.edges["SENet", "ResNet"]["support"] = 2
    curated = {"sentence": None, "paper": None, "title": None, "year": None, "confidence": 1.0,
               "found_by": "curated", "source": "He et al. 2015"}  # fmt: skip
    graph.edges["ResNet", "VGG"].update(support=0, curated=True, confidence=1.0, proofs=[curated])
    return graph


@pytest.fixture
def make_lineage() -> Callable[[int], nx.DiGraph]:
    """Return a function that makes a lineage of so many nodes, wide and deep, always the same."""

    def make(count: int) -> nx.DiGraph:
        graph = nx.DiGraph()
        add(graph, "Method 0", year=1995, focus=True, papers=count)
        for number in range(1, count):
            parent = f"Method {number * 7919 % number // 2 if number % 3 else number // 4}"
            year = min(2025, graph.nodes[parent]["year"] + 1 + number % 4)
            name = f"Method {number}" if number % 5 else f"Method {number} with a rather long name"
            graph_name = f"Method {number}"
            add(graph, graph_name, parent, year=year, depth=graph.nodes[parent]["depth"] + 1, papers=count // number)
            graph.nodes[graph_name]["name"] = name
        return graph

    return make


@dataclass
class Sight:
    """An open page, with all that it asked for and complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def run(self, script: str, argument: object = None) -> Any:
        """Return the value of a script in the page."""
        return self.page.evaluate(script, argument)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return a running Chromium of the system."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed: neither chromium nor chromium-browser is on the path")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Sight]]:
    """Return a function that opens a page from disk; after the test nothing may have gone wrong in any of them."""
    sights: list[tuple[Sight, str]] = []
    contexts = []

    def look_at(graph: nx.DiGraph | Page, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Sight:
        made = graph if isinstance(graph, Page) else lineage_page(graph)
        address = made.save(tmp_path / f"page{len(sights)}.html").as_uri()
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                       accept_downloads=True)  # fmt: skip
        contexts.append(context)
        sight = Sight(context.new_page())
        sight.page.on("request", lambda request: sight.requests.append(request.url))
        sight.page.on("console", lambda message: sight.complaints.append(message.text))
        sight.page.on("pageerror", lambda error: sight.complaints.append(str(error)))
        sight.page.on("dialog", lambda dialog: (sight.dialogs.append(dialog.message), dialog.dismiss()))
        sights.append((sight, address))
        sight.page.goto(address)
        sight.page.wait_for_function("window.methodome")
        settle(sight)
        return sight

    yield look_at
    for sight, address in sights:
        # A saved picture or data set is a blob of the page itself.
        remote = [url for url in sight.requests if url != address and not url.startswith("blob:")]
        assert (remote, sight.complaints, sight.dialogs) == ([], [], [])
    for context in contexts:
        context.close()


def settle(sight: Sight) -> None:
    """Wait until the page has drawn what it was last told: two frames."""
    sight.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

"""How fast a page is made and shows its first picture: `python benchmarks/views.py [STORE]`.

Prints, for pages of 300 and of 5,000 nodes of our own making, the seconds of the processor to make the page, its
size, and the median seconds from opening the file to the first picture in Chromium; with a store also for the pages
of its best known method, and the time of an atlas. Run it on a quiet machine; nothing here is asserted. The goals: a
first picture within 0.3 s at 300 nodes and 1.5 s at 5,000.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from kg.build import open_graph
from kg.views import (
    Page,
    influence_page,
    lineage_page,
    map_page,
    neighbourhood_page,
    timeline_page,
    write_atlas,
)

RUNS = 5
FIRST_PICTURE = """() => new Promise(done => {
  const ready = () => window.methodome
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : setTimeout(ready, 1);
  ready();
})"""


def node(graph: nx.Graph[Any], number: int, **more: Any) -> None:
    """Add a method with what the graphs of kg.graph say of one."""
    said = {"name": f"Method {number}", "kind": "architecture", "year": 2000 + number % 25, "depth": 1, "papers": 3}
    graph.add_node(f"m{number}", iri=f"https://w3id.org/methodome/concept/m{number}", **said | more)


def edge(graph: nx.Graph[Any], start: int, predicate: str, end: int) -> None:
    """Add a link with one proof."""
    proof = {"sentence": f"Method {start} is a thing that has to do with Method {end}.", "paper": "x", "title": "On it",
             "year": 2016, "confidence": 0.9, "found_by": "rule", "source": None}  # fmt: skip
    graph.add_edge(
        f"m{start}", f"m{end}", predicate=predicate, support=1, confidence=0.9, curated=False, proofs=[proof]
    )


def tree(count: int) -> nx.DiGraph[Any]:
    """Return a lineage of so many methods, wide and deep, with the attributes of all pages."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    dice = random.Random(1)
    node(graph, 0, year=1995, depth=0, focus=True, value=float(count), branch_name=None)
    for number in range(1, count):
        parent = dice.randrange(max(1, number // 2))
        above = graph.nodes[f"m{parent}"]
        branch = above["branch_name"] or f"Method {number}"
        node(graph, number, year=min(2025, above["year"] + dice.randint(0, 3)), depth=above["depth"] + 1,
             papers=count // number, value=count / number, branch_name=branch)  # fmt: skip
        edge(graph, number, "based_on", parent)
    return graph


def star(count: int) -> nx.MultiDiGraph[Any]:
    """Return a concept with so many neighbours."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    node(graph, 0, depth=0, focus=True)
    for number in range(1, count):
        node(graph, number)
        edge(graph, number, ("based_on", "uses", "outperforms")[number % 3], 0)
    return graph


def uses(count: int) -> nx.DiGraph[Any]:
    """Return so many modules and architectures, each of which uses some."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    dice = random.Random(2)
    modules = count // 4
    for number in range(count):
        node(graph, number, kind="module" if number < modules else "architecture")
    for number in range(modules, count):
        for module in {int(modules * dice.random() ** 3) for _ in range(4)}:
            edge(graph, number, "uses", module)
    return graph


def measure(label: str, make: Callable[[], Page], browser: Any, folder: Path) -> None:
    """Print how long a page takes to be made and to show its first picture."""
    start = time.process_time()
    page = make()
    made = time.process_time() - start
    address = page.save(folder / "page.html").as_uri()
    seconds = []
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        tab = context.new_page()
        tab.goto(address, wait_until="commit")
        seconds.append(tab.evaluate(FIRST_PICTURE) / 1000)
        context.close()
    size = len(page.html.encode()) / 1e6
    print(f"{label:30}{made:8.2f} s made{size:8.2f} MB{statistics.median(seconds):8.2f} s to the first picture")


def main() -> None:
    """Measure the pages, in a browser of the system."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("store", nargs="?", help="a store, for pages of real concepts and an atlas")
    store = ask.parse_args().store
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        folder = Path(name)
        for count in (300, 5_000):
            for label, make in (
                ("lineage", lambda count=count: lineage_page(tree(count))),
                ("timeline", lambda count=count: timeline_page(tree(count))),
                ("influence", lambda count=count: influence_page(tree(count))),
                ("neighbourhood", lambda count=count: neighbourhood_page(star(count))),
                ("map", lambda count=count: map_page(uses(count))),
            ):
                measure(f"{label}, {count:,} nodes", make, browser, folder)
        if store:
            with open_graph(store) as graph:
                best = graph.influence(kind="architecture", by="papers", top=1)[0].concept
                for label, make in (("lineage", graph.view.lineage), ("neighbourhood", graph.view.neighbourhood),
                                    ("timeline", graph.view.timeline)):  # fmt: skip
                    measure(f"{label} of {best.name}", lambda make=make: make(best), browser, folder)
                measure("influence", graph.view.influence, browser, folder)
                start = time.perf_counter()
                atlas = write_atlas(graph, folder / "atlas")
                pages = atlas.concepts + atlas.papers
                seconds = time.perf_counter() - start
                print(f"an atlas of {pages:,} pages: {seconds:.1f} s ({pages / seconds:,.0f} pages/s)")
        browser.close()


if __name__ == "__main__":
    main()

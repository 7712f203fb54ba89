"""What measuring and opening cost: `python benchmarks/graph.py [--store STORE] [--nodes N] [--edges M]`.

First the measures of influence on a random lineage (each method based on some that came before it), through
`kg.graph`, and the same from plain NetworkX and from rustworkx, as medians; then `import kg`, `kg --help` and, given a
store, `kg show`, each in a process of its own. Run it on a quiet machine; nothing here is asserted. The goals: 0.15 s,
0.25 s, and 0.5 s on a million triples.

NetworkX and rustworkx count descendants one method at a time, and NetworkX lays out all methods for each start of
betweenness: these are timed on a sample of methods, and the time of all is reckoned from it.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx

from kg.graph import engines, measures


def main() -> None:
    """Print the times."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--nodes", type=int, default=100_000)
    ask.add_argument("--edges", type=int, default=500_000)
    ask.add_argument(
        "--pivots",
        type=int,
        default=20,
        help="how many methods the others are timed on, where the time of all is reckoned",
    )
    ask.add_argument("--repeats", type=int, default=3)
    ask.add_argument("--store", help="time kg show on this store too")
    ask.add_argument("--concept", default="ResNet", help="what kg show shows")
    arguments = ask.parse_args()
    tree = lineage(arguments.nodes, arguments.edges)
    print(
        f"{tree.number_of_nodes():,} methods, {tree.number_of_edges():,} edges; "
        f"medians of {arguments.repeats}, in seconds"
    )
    measure(tree, pivots=arguments.pivots, repeats=arguments.repeats)
    start(arguments.store, arguments.concept, repeats=arguments.repeats)


def lineage(nodes: int, edges: int, *, seed: int = 0) -> nx.DiGraph[int]:
    """Return a random lineage: children come after their parents, and what has children gets more of them."""
    chance = random.Random(seed)
    ends: dict[tuple[int, int], None] = {}
    while len(ends) < edges:
        child = chance.randrange(1, nodes)
        # Half of the parents are drawn early, as a few methods are built upon by very many.
        ends[child, chance.randrange(child) if chance.random() < 0.5 else int(child * chance.random() ** 3)] = None
    tree: nx.DiGraph[int] = nx.DiGraph()
    tree.add_nodes_from(range(nodes))
    tree.add_edges_from(ends)
    return tree


def measure(tree: nx.DiGraph[int], *, pivots: int, repeats: int) -> None:
    """Print the times of each measure, ours, NetworkX's and rustworkx's."""
    gc.collect()
    gc.freeze()
    some = random.Random(1).sample(sorted(tree), pivots)
    share = len(tree) / pivots
    nx.pagerank(nx.path_graph(3))  # its first call imports scipy
    print(f"{'measure':38}{'kg.graph':>10}{'networkx':>10}{'rustworkx':>10}{'ours/nx':>9}{'ours/rx':>9}")
    report(
        "pagerank",
        seconds(partial(measures.pagerank, tree), repeats),
        seconds(partial(nx.pagerank, tree, tol=1e-14, max_iter=1000), repeats),
        in_rust(partial(engines.pagerank, tree), repeats),
    )
    starts = len(measures.starts_of_searches(tree))
    report(
        f"betweenness, {starts:,} starts",
        seconds(partial(measures.betweenness, tree), 1),
        starts / pivots * seconds(partial(nx.betweenness_centrality, tree, k=pivots, seed=0), 1),
        None,
    )
    report(
        "descendants of all",
        seconds(partial(measures.descendants, tree), repeats),
        share * seconds(lambda: [len(nx.ancestors(tree, node)) for node in some], 1),
        rust_descendants(tree, some, share),
    )


def in_rust(work: Callable[[], object], repeats: int) -> float | None:
    """Return how long the engine rustworkx takes, from the NetworkX graph and back, or None where it is not there."""
    try:
        return seconds(work, repeats)
    except ImportError:
        return None


def rust_descendants(tree: nx.DiGraph[int], some: list[int], share: float) -> float | None:
    """Return how long rustworkx would take for the descendants of all methods."""
    try:
        import rustworkx as rx
    except ImportError:
        return None
    whole: Any = rx.PyDiGraph()
    whole.add_nodes_from(list(tree))
    whole.add_edges_from_no_data(list(tree.edges))
    return share * seconds(lambda: [len(rx.ancestors(whole, node)) for node in some], 1)


def report(name: str, ours: float, theirs: float, rust: float | None) -> None:
    """Print a line of times and ratios."""
    rusty = f"{rust:10.2f}" if rust is not None else f"{'-':>10}"
    ratio = f"{ours / rust:9.2f}" if rust is not None else f"{'-':>9}"
    print(f"{name:38}{ours:10.2f}{theirs:10.2f}{rusty}{ours / theirs:9.3f}{ratio}", flush=True)


def start(store: str | None, concept: str, *, repeats: int) -> None:
    """Print how long the command and the import take, each in a process of its own."""
    words = {
        "python -c pass": ["-c", "pass"],
        "import kg": ["-c", "import kg"],
        "kg --help": ["-m", "kg.cli", "--help"],
    }
    if store is not None:
        words[f"kg show {concept}"] = ["-m", "kg.cli", "show", concept, "--store", store]
    for name, command in words.items():
        run = partial(subprocess.run, [sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        print(f"{name:38}{seconds(run, max(repeats, 5)):10.3f}", flush=True)


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median of how long a piece of work takes."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    main()

"""What the named queries cost: `python benchmarks/sparql.py STORE`, or `python benchmarks/sparql.py SOURCE...`.

Prints, for each named query, the median time through `graph.query` (names looked up, rows as Python values) and
that of the same text given to pyoxigraph, start-up left out; then the ratio of the sums and the median of the
queries. Parameters without a default are what the graph has the most of. Run it on a quiet machine; nothing here is
asserted. The goal on a million triples: a ratio of at most 1.1, and a median of at most 100 ms.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from pyoxigraph import QuerySolutions

import kg
from kg.graph import Graph, NamedQuery, list_queries
from kg.graph.queries import bound_text

# What stands for a parameter of a type: the first column of the first row, given as an IRI or a text.
BUSIEST = {
    "method": "{ ?other mg:basedOn|mg:uses ?value . FILTER NOT EXISTS { ?value a mg:Family } }",
    "concept": "{ ?paper mg:mentions ?value }",
    "dataset": "{ ?paper mg:evaluatesOn ?value }",
    "task": "{ ?paper mg:addresses ?value }",
    "module": "{ ?paper mg:mentions ?value . ?value a mg:Module }",
    "metric": "{ ?result mg:metric ?value }",
    "paper": "{ ?value mg:mentions ?concept }",
    "year": "{ ?concept a mg:Concept ; mg:year ?value }",
    "text": "{ ?paper dcterms:creator ?value }",
}
# A question between two concepts needs two that stand in a relation.
ENDS = {
    ("method", "origin"): "{ ?first mg:basedOn/mg:basedOn/mg:basedOn ?second }",
    ("one", "other"): "{ ?user mg:uses ?first , ?second . FILTER(STR(?first) < STR(?second)) }",
    ("subject", "object"): "{ ?evidence rdf:subject ?first ; rdf:object ?second ; rdf:predicate mg:basedOn }",
    ("task", "dataset"): "{ ?paper mg:addresses ?first ; mg:evaluatesOn ?second }",
}


def main() -> None:
    """Time every named query on a store, or on one built of the sources for this run."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("paths", nargs="+", type=Path, metavar="STORE|SOURCE")
    ask.add_argument("--repeats", type=int, default=5, help="how often each query is timed")
    arguments = ask.parse_args()
    with ExitStack() as stack:
        if (arguments.paths[0] / "format").is_file():
            graph = stack.enter_context(kg.open(arguments.paths[0]))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            graph = stack.enter_context(kg.build(*arguments.paths, store=Path(folder) / "graph.kg"))
        measure(graph, repeats=arguments.repeats)


def measure(graph: Graph, *, repeats: int) -> None:
    """Print the times of all named queries on a graph."""
    print(f"{len(graph.store):,} triples; medians of {repeats}, in milliseconds")
    print(f"{'query':40}{'rows':>7}{'graph':>10}{'raw':>10}")
    ours, raw = [], []
    for query in list_queries():
        given = parameters(graph, query)
        if given is None:
            print(f"{query.name:40} the graph has nothing to ask it about")
            continue
        text = bound_text(graph, query.name, given)
        rows = len(straight(graph, text))
        # In turn, so that what else the machine does falls on both.
        pairs = [
            (seconds(partial(through_graph, graph, query, given)), seconds(partial(straight, graph, text)))
            for _ in range(repeats)
        ]
        ours.append(statistics.median(pair[0] for pair in pairs))
        raw.append(statistics.median(pair[1] for pair in pairs))
        print(f"{query.name:40}{rows:7,}{ours[-1] * 1000:10.1f}{raw[-1] * 1000:10.1f}", flush=True)
    print(f"sum: {sum(ours) * 1000:,.0f} ms through graph.query, {sum(raw) * 1000:,.0f} ms raw")
    print(f"ratio {sum(ours) / sum(raw):.3f}; median of the queries {statistics.median(ours) * 1000:.1f} ms")


def parameters(graph: Graph, query: NamedQuery) -> dict[str, str] | None:
    """Return values for the parameters that need one, or None where the graph has none."""
    needed = {each.name: each.type for each in query.parameters if not each.optional and each.default is None}
    given: dict[str, str] = {}
    for ends, pattern in ENDS.items():
        if set(ends) <= needed.keys():
            order = "GROUP BY ?first ?second ORDER BY DESC(COUNT(*)) ?first ?second LIMIT 1"
            given |= first_row(graph, f"SELECT (?first AS ?{ends[0]}) (?second AS ?{ends[1]}) {pattern} {order}")
    for name, type_ in needed.items():
        if name not in given:
            order = "GROUP BY ?value ORDER BY DESC(COUNT(*)) ?value LIMIT 1"
            given |= first_row(graph, f"SELECT (?value AS ?{name}) {BUSIEST[type_]} {order}")
    return given if needed.keys() <= given.keys() else None


def first_row(graph: Graph, text: str) -> Mapping[str, str]:
    """Return the first row of an answer as words, or nothing."""
    return next(({name: str(cell) for name, cell in row.items()} for row in graph.query(text).to_dicts()), {})


def through_graph(graph: Graph, query: NamedQuery, given: Mapping[str, str]) -> list[object]:
    """Return the rows of a query as Python values."""
    return list(graph.query(query.name, **given))


def straight(graph: Graph, text: str) -> list[tuple[object, ...]]:
    """Return the rows of a query as pyoxigraph gives them."""
    solutions = graph.store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(solution) for solution in solutions]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

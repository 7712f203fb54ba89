"""Bringing a remote SPARQL 1.1 endpoint to the state of a local graph, by the difference alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import StoreError
from kg.store._sorting import sorted_lines
from kg.store.endpoint import Endpoint, EndpointError
from kg.store.export import canonical_lines
from kg.store.rebasing import checked
from kg.store.remote import TRIPLES, RemoteStore

BATCH: Final = 5_000
_QUERY_ENDING: Final = "/query"

Progress = Callable[[int], None]
"""Called with the number of triples sent so far."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed at the endpoint.

    Attributes:
        added, removed: how many triples.
        untouched: how many triples of others stand there; they were left alone.
    """

    added: int
    removed: int
    untouched: int


def publish(
    store: ox.Store,
    url: str,
    *,
    update_url: str | None = None,
    graph_store_url: str | None = None,
    graph: str | None = None,
    base: str = v.BASE,
    batch: int = BATCH,
    timeout_s: float = 600.0,
    progress: Progress | None = None,
) -> Published:
    """Make an endpoint say of our papers, concepts, results and evidence exactly what a local graph says.

    What stands there is read and compared with the local graph, both sorted (on the disk, where large), and
    only the difference is sent: batches of whole subjects, each one update that removes and adds. A run that
    broke off is resumed by the next one, which finds what has come through. Triples of others (whose subjects
    lie outside the base) are never removed.

    Args:
        store: the local graph.
        url: where the endpoint answers queries.
        update_url: where it takes updates; else beside ``/query``, where the address ends so, or the same.
        graph_store_url: where it speaks the graph store protocol, if it does: the whole graph is then read
            there, which no limit on answers cuts, and what only adds is posted there.
        graph: the IRI of the named graph to write to; else the default graph.
        base: what the IRIs of papers, concepts, evidence and results begin with there.
        batch: how many triples an update holds, about.
        timeout_s: how long the endpoint may be silent.
        progress: is told how many triples were sent.

    Raises:
        EndpointError: it cannot be reached, refuses, or gives only a part of its triples.
        StoreError: the local graph holds blank nodes, which nobody can compare; the base is no address.
    """
    place = _Place(url, update_url, graph_store_url, graph, timeout_s)
    counts = {"+": 0, "-": 0}
    untouched = [0]
    lines = sorted_lines(place.lines())
    wanted = _named(canonical_lines(store, base=checked(base)))
    for changes in _batches(_difference(wanted, lines, untouched, f"<{base}"), batch):
        place.change([line for sign, line in changes if sign == "-"], [line for sign, line in changes if sign == "+"])
        for sign, _ in changes:
            counts[sign] += 1
        if progress is not None:
            progress(sum(counts.values()))
    return Published(counts["+"], counts["-"], untouched[0])


class _Place:
    """One graph at one endpoint, with its two or three addresses."""

    def __init__(
        self, url: str, update_url: str | None, graph_store_url: str | None, graph: str | None, timeout_s: float
    ) -> None:
        beside = url.removesuffix(_QUERY_ENDING) + "/update" if url.endswith(_QUERY_ENDING) else url
        try:
            self._graph = None if graph is None else ox.NamedNode(graph)
        except ValueError as error:
            raise EndpointError(f"{graph}: is no IRI, and a graph is named by one") from error
        self._reading = RemoteStore(_with(url, "default-graph-uri", graph), timeout_s=timeout_s)
        self._updating = Endpoint(update_url or beside, timeout_s=timeout_s)
        self._graph_store = None
        if graph_store_url is not None:
            address = _with(graph_store_url, "graph", graph) if graph else _with(graph_store_url, "default", "")
            self._graph_store = Endpoint(address, timeout_s=timeout_s)

    def lines(self) -> Iterator[str]:
        """Yield what stands there as N-Triples, in any order.

        Raises:
            EndpointError: less or more came than stands there.
        """
        stands = len(self._reading)
        came = 0
        for triple in self._triples() if stands else ():
            came += 1
            yield f"{triple} ."
        # An endpoint whose default graph is the union of others may count a triple once for each of them.
        if came < stands and came < self._reading.count_distinct():
            raise EndpointError(
                f"{self._reading.endpoint.url}: gave {came:,} of {stands:,} triples, so it limits its answers; "
                "name the address of its graph store too (--graph-store)"
            )

    def change(self, gone: list[str], new: list[str]) -> None:
        """Remove and add triples, in one request."""
        if self._graph_store is not None and not gone:
            body = "".join(f"{line}\n" for line in new).encode()
            self._graph_store.post(body, media_type="application/n-triples")
            return
        parts = [(word, lines) for word, lines in (("DELETE", gone), ("INSERT", new)) if lines]
        self._updating.update(" ;\n".join(f"{word} DATA {{ {self._data(lines)} }}" for word, lines in parts))

    def _triples(self) -> Iterator[ox.Triple]:
        if self._graph_store is None:
            yield from self._reading.triples()
            return
        with self._graph_store.get(accept=TRIPLES) as answer:
            format = ox.RdfFormat.from_media_type(answer.media_type)
            if format is None:
                raise EndpointError(f"{self._graph_store.url}: answers {answer.media_type}, which holds no triples")
            for quad in ox.parse(answer.body, format=format):
                yield quad.triple

    def _data(self, lines: list[str]) -> str:
        text = "\n".join(lines)
        return text if self._graph is None else f"GRAPH {self._graph} {{ {text} }}"


def _difference(
    wanted: Iterator[str], present: Iterator[str], untouched: list[int], ours: str
) -> Iterator[tuple[str, str]]:
    """Yield what to add (``+``) and what of ours to remove (``-``), both sorted; count what is left alone."""
    have, want = next(present, None), next(wanted, None)
    while have is not None or want is not None:
        if want is not None and (have is None or want < have):
            yield "+", want
            want = next(wanted, None)
        elif have is not None and (want is None or have < want):
            if _is_ours(have, ours):
                yield "-", have
            else:
                untouched[0] += 1
            have = next(present, None)
        else:
            have, want = next(present, None), next(wanted, None)


def _is_ours(line: str, ours: str) -> bool:
    # A blank node never comes from here, and no update can name it.
    return line.startswith(ours) and not line.split(" ", 2)[2].startswith("_:")


def _batches(changes: Iterable[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    """Yield changes in batches of whole subjects, so that nobody reads half of one."""
    waiting: list[tuple[str, str]] = []
    for _, of_subject in groupby(changes, key=lambda change: change[1].partition(" ")[0]):
        waiting += of_subject
        if len(waiting) >= size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _named(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        subject, _, value = line.split(" ", 2)
        if subject.startswith("_:") or value.startswith(("_:", "<<( _:")):
            raise StoreError(f"a blank node cannot be published, since nothing tells it from another one: {line[:200]}")
        yield line


def _with(url: str, name: str, value: str | None) -> str:
    from urllib.parse import quote

    if value is None:
        return url
    return f"{url}{'&' if '?' in url else '?'}{name}{'=' if value else ''}{quote(value, safe='')}"

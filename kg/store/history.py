"""What became of identifiers that are gone: kept with each snapshot, so that old IRIs lead on.

The graph itself does not hold it. ``history.ttl`` in the store's folder shows what the published snapshot has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg import vocabulary as v
from kg.resolution.history import Known, redirects
from kg.resolution.local import group_of
from kg.store import snapshots
from kg.store._files import write_whole

SHOWN: Final = "history.ttl"
_HEAD: Final = "# Identifiers that are gone, and what they became; made by each build, and followed by every look-up.\n"
_REPLACED_BY: Final = ox.NamedNode(v.DCTERMS + "isReplacedBy")
_TYPE: Final = ox.NamedNode(v.RDF + "type")
_CONCEPT: Final = ox.NamedNode(v.CONCEPT)
_NAME: Final = ox.NamedNode(v.SKOS + "prefLabel")
_NAME_KEY: Final = ox.NamedNode(v.NAME_KEY)
_KINDS: Final = {iri: kind for kind, iri in v.KIND_CLASSES.items()}
_GRAPH: Final = ox.DefaultGraph()


def of(path: Path, name: str | None) -> dict[str, tuple[str, ...]]:
    """Return the redirects of a snapshot of a store; none where there is none."""
    return {} if name is None else read_redirects("".join(snapshots.lines_beside(path, name, snapshots.HISTORY)))


def brought_up_to_date(
    path: Path, base: str | None, new: ox.Store, *, gone: Iterable[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the redirects of a snapshot, and where its concepts went that a new graph lacks.

    Reads the names of those concepts, and, where it is not known which they are, the types of all; not the rest of
    the graph.

    Args:
        path: the store's folder.
        base: the snapshot before; None where there is none.
        new: the graph that comes after it.
        gone: identifiers of the concepts that the new graph lacks, where that is known.
    """
    if base is None:
        return {}
    old = ox.Store.read_only(str(snapshots.place(path, base)))
    if gone is None:
        quads = old.quads_for_pattern(None, _TYPE, _CONCEPT, _GRAPH)
        gone = [_identifier(cast(ox.NamedNode, quad.subject)) for quad in quads if quad not in new]
    missing = {each: _known(old, ox.NamedNode(v.concept_iri(each))) for each in gone}
    bearers: dict[str, Known] = {}
    for key in sorted({key for known in missing.values() for key in known.keys}):
        for quad in new.quads_for_pattern(None, _NAME_KEY, ox.Literal(key), _GRAPH):
            node = cast(ox.NamedNode, quad.subject)
            if node.value.startswith(v.concept_iri("")) and _identifier(node) not in bearers:
                bearers[_identifier(node)] = _known(new, node)
    return redirects(missing, bearers, before=of(path, base), present=_Present(new))


def lines(redirects: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield redirects as Turtle, a line each; nothing where there are none."""
    if redirects:
        yield _HEAD
    for old, became in sorted(redirects.items()):
        targets = ", ".join(f"<{v.concept_iri(one)}>" for one in became)
        yield f"<{v.concept_iri(old)}> <{_REPLACED_BY.value}> {targets} .\n"


def read_redirects(text: str) -> dict[str, tuple[str, ...]]:
    """Return the redirects of a file.

    >>> read_redirects("".join(lines({"fp-net": ("fpnet",)})))
    {'fp-net': ('fpnet',)}
    """
    found: dict[str, list[str]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        if quad.predicate == _REPLACED_BY:
            old, became = cast(ox.NamedNode, quad.subject), cast(ox.NamedNode, quad.object)
            found.setdefault(_identifier(old), []).append(_identifier(became))
    return {old: tuple(sorted(became)) for old, became in sorted(found.items())}


def show(path: Path, name: str | None) -> None:
    """Make the file in the store's folder that of a snapshot: what a kill between the two left is mended so."""
    content = "" if name is None else "".join(snapshots.lines_beside(path, name, snapshots.HISTORY))
    file = path / SHOWN
    if not content:
        file.unlink(missing_ok=True)
    elif not file.is_file() or file.read_text(encoding="utf-8") != content:
        write_whole(file, content.encode("utf-8"))


class _Present:
    """The identifiers in use in a graph."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __contains__(self, identifier: object) -> bool:
        node = ox.NamedNode(v.concept_iri(str(identifier)))
        return ox.Quad(node, _TYPE, _CONCEPT, _GRAPH) in self._store


def _known(store: ox.Store, node: ox.NamedNode) -> Known:
    kinds, preferred, keys = "", "", set()
    for quad in store.quads_for_pattern(node, None, None, _GRAPH):
        if quad.predicate == _TYPE:
            kinds = _KINDS.get(cast(ox.NamedNode, quad.object).value, kinds)
        elif quad.predicate == _NAME:
            preferred = cast(ox.Literal, quad.object).value
        elif quad.predicate == _NAME_KEY:
            keys.add(cast(ox.Literal, quad.object).value)
    return Known.of(group_of(kinds), preferred, keys)


def _identifier(node: ox.NamedNode) -> str:
    return node.value.removeprefix(v.concept_iri(""))

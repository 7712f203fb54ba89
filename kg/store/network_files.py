"""Networks as files: GraphML and GEXF for programs that draw and measure graphs, CSV for tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import IO, Final

from kg.store.networks import NetworkEdge, NetworkNode

# What no document of XML 1.0 may hold, not even escaped.
_UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line ends and tabs are written as references: a reader would turn them into other white space.
_REFERENCES: Final = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip
_NODE_TYPES: Final = {"name": "string", "kind": "string", "year": "int", "family": "boolean", "curated": "boolean",
                      "papers": "int"}  # fmt: skip
_EDGE_TYPES: Final = {"predicate": "string", "support": "int", "confidence": "double", "curated": "boolean"}
_GEXF_TYPES: Final = {"string": "string", "int": "integer", "boolean": "boolean", "double": "double"}


def write_graphml(path: Path, nodes: Iterable[NetworkNode], edges: Iterable[NetworkEdge]) -> None:
    """Write a network as GraphML; ids of nodes are IRIs, what is unknown (a year) is left out."""
    with _open(path) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for owner, types in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
            for name, type_ in types.items():
                file.write(f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n')
        file.write('<graph edgedefault="directed">\n')
        for node in nodes:
            data = _graphml_data("node", node, _NODE_TYPES)
            file.write(f'<node id="{_escape(node.iri)}">{data}</node>\n')
        for number, edge in enumerate(edges):
            ends = f'source="{_escape(edge.subject)}" target="{_escape(edge.object)}"'
            file.write(f'<edge id="e{number}" {ends}>{_graphml_data("edge", edge, _EDGE_TYPES)}</edge>\n')
        file.write("</graph>\n</graphml>\n")


def write_gexf(path: Path, nodes: Iterable[NetworkNode], edges: Iterable[NetworkEdge]) -> None:
    """Write a network as GEXF 1.2 (Gephi); ids of nodes are IRIs, what is unknown (a year) is left out."""
    with _open(path) as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        )
        file.write('<graph mode="static" defaultedgetype="directed">\n')
        for owner, types in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
            file.write(f'<attributes class="{owner}" mode="static">\n')
            for name, type_ in types.items():
                file.write(f'<attribute id="{owner}-{name}" title="{name}" type="{_GEXF_TYPES[type_]}"/>\n')
            file.write("</attributes>\n")
        file.write("<nodes>\n")
        for node in nodes:
            data = _gexf_data("node", node, _NODE_TYPES)
            file.write(f'<node id="{_escape(node.iri)}" label="{_escape(node.name)}">{data}</node>\n')
        file.write("</nodes>\n<edges>\n")
        for number, edge in enumerate(edges):
            ends = f'source="{_escape(edge.subject)}" target="{_escape(edge.object)}"'
            data = _gexf_data("edge", edge, _EDGE_TYPES)
            file.write(f'<edge id="{number}" {ends} label="{edge.predicate}">{data}</edge>\n')
        file.write("</edges>\n</graph>\n</gexf>\n")


def write_nodes_csv(path: Path, nodes: Iterable[NetworkNode]) -> None:
    """Write the nodes of a network as a table with a head line, one node a row."""
    _write_csv(path, [each.name for each in fields(NetworkNode)], nodes)


def write_edges_csv(path: Path, edges: Iterable[NetworkEdge]) -> None:
    """Write the edges of a network as a table with a head line, one edge a row."""
    _write_csv(path, [each.name for each in fields(NetworkEdge)], edges)


def _write_csv(path: Path, columns: list[str], rows: Iterable[object]) -> None:
    with _open(path) as file:
        # Texts are quoted whatever they hold: a lone carriage return would else end a row.
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(columns)
        writer.writerows([_plain(getattr(row, column)) for column in columns] for row in rows)


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _graphml_data(owner: str, item: object, types: Mapping[str, str]) -> str:
    return _data(item, types, lambda name, text: f'<data key="{owner}-{name}">{text}</data>')


def _gexf_data(owner: str, item: object, types: Mapping[str, str]) -> str:
    values = _data(item, types, lambda name, text: f'<attvalue for="{owner}-{name}" value="{text}"/>')
    return f"<attvalues>{values}</attvalues>"


def _data(item: object, types: Mapping[str, str], write: Callable[[str, str], str]) -> str:
    values = ((name, getattr(item, name)) for name in types)
    return "".join(
        write(name, str(value).lower() if isinstance(value, bool) else _escape(str(value)))
        for name, value in values
        if value is not None
    )


def _escape(text: str) -> str:
    return _UNHOLDABLE.sub("\ufffd", text).translate(_REFERENCES)


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="")

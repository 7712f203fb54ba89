"""Values into a query: VALUES blocks of terms, so that the planner of any endpoint knows them from the start.

Substitution, as Oxigraph offers it, comes after the query is planned: a chain that should begin at the one concept
asked about may then begin at all of them (measured: 5 s against 1 ms). A block in every SELECT that lists the
variable says the same in plain SPARQL 1.1, for this store, for rdflib and for a remote endpoint alike. A term writes
itself, escaped; what a user typed is never pasted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError

_TOKEN: Final = re.compile(
    r"""
    \#[^\n]* | <[^<>"{}|^`\\\s]*> | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | [?$](?P<variable>\w+)
    | (?P<word>[\w:][\w:.-]*)
    | (?P<sign>[(){}*])
    """,
    re.VERBOSE | re.DOTALL,
)


def with_values(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return a SELECT query in which variables have values, on the lines on which it was written.

    Each SELECT, the outermost and those within, that lists a variable begins with a VALUES block for it. Where
    the query itself must see a value, it stands in the same braces: a FILTER inside a branch of a UNION does not.

    Args:
        text: the query.
        values: terms by the names of variables, which must stand in the outermost SELECT list.

    Raises:
        QueryError: a variable does not stand there.

    >>> print(with_values("SELECT ?a WHERE { ?a ?b ?c }", {"a": NamedNode("https://example.org/x")}))
    SELECT ?a WHERE { VALUES (?a) { (<https://example.org/x>) } ?a ?b ?c }
    """
    if not values:
        return text
    pieces: list[str] = []
    written = 0
    for place, listed in _openings(text):
        names = [name for name in sorted(values) if listed is None or name in listed]
        if not pieces and len(names) < len(values):
            missing = next(name for name in sorted(values) if name not in names)
            raise QueryError(f"?{missing} has a value and must stand in the outermost SELECT list")
        if names:
            variables = " ".join(f"?{name}" for name in names)
            terms = " ".join(str(values[name]) for name in names)
            pieces += text[written:place], f" VALUES ({variables}) {{ ({terms}) }}"
            written = place
    if not pieces:
        raise QueryError("only a SELECT takes values of variables")
    return "".join([*pieces, text[written:]])


def _openings(text: str) -> list[tuple[int, set[str] | None]]:
    """Return, for each SELECT, the place after its first brace and the variables listed (None for all of them)."""
    found: list[tuple[int, set[str] | None]] = []
    listed: set[str] | None = None
    in_head, depth = False, 0
    for token in _TOKEN.finditer(text):
        if (token["word"] or "").upper() == "SELECT":
            in_head, depth, listed = True, 0, set()
        elif not in_head:
            continue
        elif token["sign"] in ("(", ")"):
            depth += 1 if token["sign"] == "(" else -1
        elif depth:
            continue
        elif token["variable"] and listed is not None:
            listed.add(token["variable"])
        elif token["sign"] == "*":
            listed = None
        elif token["sign"] == "{":
            found.append((token.end(), listed))
            in_head = False
    return found

"""Asking SPARQL of a store: prefixes declared, writing and fetching refused, errors with their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple, Variable

from kg import vocabulary as v
from kg.errors import QueryError
from kg.graph.rows import Answer

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PROLOGUE = re.compile(
    r"(?:\s+|\#[^\n\r]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:<]*:\s*<[^>]*>)*(?P<word>[A-Za-z]*)", re.IGNORECASE
)
_PLACE = re.compile(r"(?:error at |^)(?P<line>\d+):(?P<column>\d+): ?(?P<problem>.*)", re.DOTALL)
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)*"|\b[A-Z]{2,}\b')
_LONGEST_PROBLEM: Final = 240
_LONGEST_LINE: Final = 80


def ask(store: Store, text: str, *, bindings: Mapping[str, NamedNode | Literal] | None = None) -> Answer:
    """Return the answer of a query.

    The prefixes of :data:`kg.vocabulary.PREFIXES` need no declaration; one in the query wins over them.

    Args:
        store: what is asked.
        text: a SPARQL 1.1 query.
        bindings: values of variables, which must stand in the SELECT list; they are bound, never pasted.

    Raises:
        QueryError: the query cannot be parsed, writes, or fetches from elsewhere (``SERVICE``).
    """
    _refuse_fetching(text)
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): term for name, term in (bindings or {}).items()
    }
    try:
        return store.query(text, prefixes=dict(v.PREFIXES), substitutions=substitutions)
    except SyntaxError as error:
        raise QueryError(_explain(text, str(error))) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be asked: {error}") from error


def _refuse_fetching(text: str) -> None:
    """Raise QueryError where the algebra of a query holds a SERVICE.

    The keyword cannot be written otherwise, so that a query without the word is safe without a second parse.
    """
    if "service" not in text.casefold():
        return
    from rdflib.plugins.sparql import prepareQuery

    try:
        query = prepareQuery(text, initNs=dict(v.PREFIXES))
    except Exception as error:  # the parser behind it raises whatever its grammar actions meet
        problem = " ".join(str(error).split())[:_LONGEST_PROBLEM]
        raise QueryError(f"the query holds the word SERVICE and cannot be checked: {problem}") from error
    if _fetches(query.algebra):
        raise QueryError("SERVICE is refused: a query reads this graph and nothing else")


def _fetches(part: CompValue | Any) -> bool:
    if isinstance(part, Mapping):
        return getattr(part, "name", "") == "ServiceGraphPattern" or any(_fetches(each) for each in part.values())
    return isinstance(part, list | tuple | set) and any(_fetches(each) for each in part)


def _explain(text: str, message: str) -> str:
    first = _PROLOGUE.match(text)
    word = first["word"].upper() if first else ""
    if word in _UPDATES:
        return f"{word} is refused: queries only read; papers come and go with kg build and kg remove"
    hit = _PLACE.search(message)
    if hit is None:
        return f"the query cannot be parsed: {message}"
    line, column = int(hit["line"]), int(hit["column"])
    rows = text.splitlines()
    here = f" ({rows[line - 1].strip()[:_LONGEST_LINE]})" if line <= len(rows) else ""
    if "Prefix not found" in hit["problem"]:
        problem = f"a prefix is not declared; known without declaration are {', '.join(v.PREFIXES)}"
    else:
        # The parser lists classes of characters too; the words and signs are what helps.
        words = ", ".join(_EXPECTED.findall(hit["problem"])) or "something else"
        problem = f"expected {words}"[:_LONGEST_PROBLEM]
    return f"the query cannot be parsed: line {line}, column {column}{here}: {problem}"

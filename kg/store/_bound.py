"""Values bound to the variables of a query that goes over the wire, where no protocol carries bindings."""

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError

# What may hold a brace, a word or a sign without meaning it: comments, IRIs, strings.
_TOKEN = re.compile(
    r"""\#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>"""
    r"""|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'"""
    r"""|[A-Za-z][\w-]*|.""",
    re.DOTALL,
)
_DECLARED = re.compile(r"\bPREFIX\s+(?P<name>[^\s:<]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$-])(?P<name>[A-Za-z][\w-]*):")
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def bound(query: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query with one ``VALUES`` at the head of its outermost pattern.

    Values are written as N-Triples writes them, which escapes whatever could end them.

    Raises:
        QueryError: the query has no pattern to bind in.

    >>> bound("SELECT ?a { ?a ?b '{' }", {"b": NamedNode("http://example.org/p")})
    "SELECT ?a { VALUES (?b) { (<http://example.org/p>) } ?a ?b '{' }"
    """
    if not bindings:
        return query
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(str(term) for term in bindings.values())
    place = _pattern(query)
    return f"{query[:place]} VALUES ({names}) {{ ({values}) }}{query[place:]}"


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that declares those prefixes which it uses and does not declare itself.

    >>> declared("SELECT ?a { ?a mg:uses ?b }", {"mg": "http://example.org/", "rdf": "http://example.com/"})
    'PREFIX mg: <http://example.org/> SELECT ?a { ?a mg:uses ?b }'
    """
    own = {hit["name"] for hit in _DECLARED.finditer(query)}
    used = {hit["name"] for hit in _USED.finditer(query)} - own
    # On the line of the query itself, so that an endpoint that complains of a line means this one.
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(used & prefixes.keys())) + query


def _pattern(query: str) -> int:
    """Return the place behind the brace that opens the outermost pattern."""
    form = ""
    where = False
    depth = 0
    for hit in _TOKEN.finditer(query):
        token = hit[0]
        word = token.upper()
        if not form and word in _FORMS:
            form = word
        elif word == "WHERE" and depth == 0:
            where = True
        # The first braces of a CONSTRUCT are its template, unless it leaves it out.
        if token == "{" and depth == 0 and form and (where or form != "CONSTRUCT"):
            return hit.end()
        depth += (token in "({") - (token in ")}")
    raise QueryError("a query that binds values needs a pattern in braces, after WHERE")

"""Named queries: SPARQL files that ship with the ontology, each with its question and its typed parameters.

A file begins with comments: the question in plain words, then one line for each parameter::

    # Which methods are based on a concept?
    # param concept: method
    # param module: concept = Attention
    # param metric: metric optional
    # param families: out|in = out

The type says how a value is looked up: ``concept``, ``method`` or one of the kinds by the name of a concept,
``paper`` by its title, ``predicate`` by its name; ``kind`` is the word for a kind, ``year`` a year, ``text`` as
it is, and words with bars between them are the words to choose from. A parameter is a variable of the SELECT
list; an optional one that is not given stays free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import QueryError
from kg.graph import _terms as t
from kg.graph._choices import choose
from kg.graph._values import with_values
from kg.graph.concept import Concept
from kg.graph.paper import Paper
from kg.graph.rows import Rows
from kg.graph.sparql import ask
from kg.records import KINDS

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_ENDING: Final = ".rq"
_PARAMETER = re.compile(
    r"#\s*param\s+(?P<name>\w+)\s*:\s*(?P<type>[\w|]+)(?:\s*=\s*(?P<default>.*?\S)|\s+(?P<optional>optional))?\s*"
)
_NAME = re.compile(r"[\w-]+")
_YEAR = re.compile(r"\d{4}")
_INLINE: Final = "the query"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    Attributes:
        name: the variable.
        type: how its value is looked up.
        default: the value where none is given.
        optional: whether it may be left out without a default.
    """

    name: str
    type: str
    default: str | None = None
    optional: bool = False

    @property
    def usage(self) -> str:
        """How it is given on the command line.

        >>> Parameter("concept", "method").usage, Parameter("families", "out|in", "out").usage
        ('--concept METHOD', '[--families out|in, else out]')
        """
        kind = self.type if "|" in self.type else self.type.upper()
        left_out = f", else {self.default}" if self.default else ""
        option = f"--{self.name} {kind}{left_out}"
        return f"[{option}]" if self.default or self.optional else option


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name.

    Attributes:
        name: the file's name without its ending.
        question: what it answers, in plain words.
        parameters: in the order of the file.
        text: the SPARQL.

    >>> find_query("siblings").parameters[0].name
    'concept'
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def usage(self) -> str:
        """The name with the parameters, as they are given on the command line."""
        return " ".join([self.name, *(parameter.usage for parameter in self.parameters)])


def list_queries() -> list[NamedQuery]:
    """Return the named queries that ship with the ontology, sorted by name.

    >>> [query.name for query in list_queries()][:2]
    ['ancestors', 'children-before-parents']
    """
    folder = ontology_folder() / "queries"
    return [read_query(path) for path in sorted(folder.glob(f"*{_ENDING}"), key=lambda path: path.stem)]


def find_query(name: str) -> NamedQuery | None:
    """Return the named query of this name, or None.

    >>> find_query("siblings").parameters
    (Parameter(name='concept', type='method', default=None, optional=False),)
    """
    path = ontology_folder() / "queries" / f"{name}{_ENDING}"
    return read_query(path) if _NAME.fullmatch(name) and path.is_file() else None


def read_query(path: Path) -> NamedQuery:
    """Return the query of a file.

    Raises:
        QueryError: the file cannot be read, or declares a parameter of an unknown type.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: the query cannot be read: {error}") from error
    return parse_query(text, name=path.stem)


def parse_query(text: str, *, name: str) -> NamedQuery:
    """Return a query with what its leading comments say.

    Raises:
        QueryError: a parameter is of an unknown type.
    """
    question, parameters = [], []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if hit := _PARAMETER.fullmatch(line):
            if hit["type"] not in _LOOK_UPS and "|" not in hit["type"]:
                raise QueryError(f"{name}: parameter {hit['name']} is of the unknown type {hit['type']!r}; "
                                 f"the types are {', '.join(_LOOK_UPS)}")  # fmt: skip
            parameters.append(Parameter(hit["name"], hit["type"], hit["default"], bool(hit["optional"])))
        else:
            question.append(line.lstrip("#").strip())
    return NamedQuery(name, " ".join(filter(None, question)), tuple(parameters), text)


def run_query(graph: Graph, query: str | Path, parameters: Mapping[str, Any]) -> Rows:
    """Answer a query, given as SPARQL, as the name of a named query, or as the path of a ``.rq`` file.

    Raises:
        QueryError: it cannot be found or parsed, or a parameter is missing, unknown, or of the wrong type.
        UnknownName, AmbiguousName: a parameter names no concept, or several.

    >>> [row.name for row in run_query(graph, "descendants", {"concept": "ResNet"})]
    ['ResNeXt', 'Late']
    """
    named = _resolve(query)
    bindings = _bind(graph, named, parameters)
    if named.parameters:
        text = with_values(named.text, bindings)
        return Rows(lambda: ask(graph.store, text))
    return Rows(lambda: ask(graph.store, named.text, bindings=bindings))


def bound_text(graph: Graph, name: str, parameters: Mapping[str, Any]) -> str:
    """Return a named query as SPARQL 1.1 with its values in it: for rdflib, or for another endpoint of this graph.

    Raises:
        QueryError: there is no such query, or a parameter is missing, unknown, or of the wrong type.
        UnknownName, AmbiguousName: a parameter names no concept, or several.
    """
    named = _resolve(name)
    return with_values(named.text, _bind(graph, named, parameters))


def _resolve(query: str | Path) -> NamedQuery:
    if isinstance(query, Path):
        return read_query(query)
    word = query.strip()
    if _NAME.fullmatch(word):
        if (named := find_query(word)) is not None:
            return named
        names = ", ".join(each.name for each in list_queries())
        raise QueryError(f"no query is named {word!r}; the named ones are {names}")
    if word.endswith(_ENDING) and "\n" not in word:
        return read_query(Path(word))
    return parse_query(query, name=_INLINE)


def _bind(graph: Graph, query: NamedQuery, given: Mapping[str, Any]) -> dict[str, NamedNode | Literal]:
    declared = {parameter.name for parameter in query.parameters}
    # SPARQL typed in needs no declarations: what is bound is then as it is given.
    as_given = query.name == _INLINE and not declared
    if not as_given and (unknown := sorted(given.keys() - declared)):
        raise QueryError(f"{query.name} has no parameter {unknown[0]!r}; it takes {_signature(query)}")
    bindings = {name: _plain(value) for name, value in given.items()} if as_given else {}
    for parameter in query.parameters:
        value = given.get(parameter.name)
        value = parameter.default if value is None else value
        if value is not None:
            bindings[parameter.name] = _look_up(graph, parameter, value)
        elif not parameter.optional:
            raise QueryError(f"{query.name} needs the parameter {parameter.name!r}; it takes {_signature(query)}")
    return bindings


def _look_up(graph: Graph, parameter: Parameter, value: Any) -> NamedNode | Literal:
    if "|" in parameter.type:
        return Literal(choose(parameter.name, str(value), parameter.type.split("|")))
    return _LOOK_UPS[parameter.type](graph, value)


def _signature(query: NamedQuery) -> str:
    def sign(parameter: Parameter) -> str:
        left_out = f", else {parameter.default}" if parameter.default else ", optional" if parameter.optional else ""
        return f"{parameter.name} ({parameter.type}{left_out})"

    return ", ".join(map(sign, query.parameters)) or "none"


def _plain(value: Any) -> NamedNode | Literal:
    if isinstance(value, Concept | Paper):
        return NamedNode(value.iri)
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, str | bool | int | float):
        return Literal(value)
    raise QueryError(f"a parameter cannot be {value!r}; give a text, a number, a Concept, a Paper or an RDF term")


def _concept(kind: str | None) -> Callable[[Graph, Any], NamedNode]:
    def look_up(graph: Graph, value: Any) -> NamedNode:
        return NamedNode(value.iri if isinstance(value, Concept) else graph.concept(str(value), kind=kind).iri)

    return look_up


def _paper(graph: Graph, value: Any) -> NamedNode:
    return NamedNode(value.iri if isinstance(value, Paper) else graph.paper(str(value)).iri)


def _predicate(_graph: Graph, value: Any) -> NamedNode:
    return t.PREDICATES[choose("predicate", str(value), t.PREDICATES)]


def _year(_graph: Graph, value: Any) -> Literal:
    if not _YEAR.fullmatch(str(value)):
        raise QueryError(f"a year cannot be {value!r}; give four digits, as 2017")
    return Literal(str(value), datatype=NamedNode(v.XSD + "gYear"))


_LOOK_UPS: Final[Mapping[str, Callable[[Graph, Any], NamedNode | Literal]]] = {
    "concept": _concept(None),
    "method": _concept("method"),
    **{kind: _concept(kind) for kind in KINDS},
    "paper": _paper,
    "predicate": _predicate,
    "kind": lambda _graph, value: Literal(choose("kind", str(value), KINDS)),
    "year": _year,
    "text": lambda _graph, value: Literal(str(value)),
}

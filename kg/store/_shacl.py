"""A SHACL report in plain words: the node, what is wrong, and what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import rdflib

Shorten = Callable[[str], str]

_NODE_PROBLEMS: Final = {
    "PatternConstraintComponent": "The IRI is not made by the rules.",
    "NodeKindConstraintComponent": "The node has no IRI.",
    "ClassConstraintComponent": "The node lacks a type.",
}
_NODE_MENDS: Final = {
    "PatternConstraintComponent": "Name it by an IRI that matches {pattern}.",
    "NodeKindConstraintComponent": "Name it by an IRI.",
    "ClassConstraintComponent": "Type it as {class}.",
}
_MENDS: Final = {
    "MinCountConstraintComponent": "Give it {path}.",
    "MaxCountConstraintComponent": "Keep one {path} of {values}.",
    "DatatypeConstraintComponent": "Write {path} as a literal of type {datatype}.",
    "ClassConstraintComponent": "Let {path} lead to a node typed as {class}, or take it out.",
    "InConstraintComponent": "Choose one of {in} for {path}.",
    "HasValueConstraintComponent": "Add {path} {hasValue}.",
    "MinLengthConstraintComponent": "Give {path} a text that is not empty, or take it out.",
    "MinInclusiveConstraintComponent": "Give {path} a value of at least {minInclusive}.",
    "MaxInclusiveConstraintComponent": "Give {path} a value of at most {maxInclusive}.",
    "PatternConstraintComponent": "Write {path} so that it matches {pattern}.",
    "NodeKindConstraintComponent": "Let {path} lead to an IRI.",
    "LessThanConstraintComponent": "Let {path} be less than {lessThan}.",
    "DisjointConstraintComponent": "Take the value out of {path}: it stands in {disjoint} already.",
    "OrConstraintComponent": "Write {path} as a literal of one of the types that the schema names.",
}


def complaints_of(report: rdflib.Graph, data: rdflib.Graph, *, shorten: Shorten) -> Iterator[tuple[str, str, str]]:
    """Yield node, problem and mend of each result of a report.

    Args:
        report: what pySHACL found.
        data: the graph that was validated.
        shorten: makes an IRI short for people.
    """
    from rdflib import RDF, SH

    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = str(report.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
        node = report.value(result, SH.focusNode)
        shape = report.value(result, SH.sourceShape)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        if path is None:
            problem = _NODE_PROBLEMS.get(component, f"The node does not conform ({component}).")
            mend = _NODE_MENDS.get(component, "Make it as the shape says.")
        else:
            problem = str(report.value(result, SH.resultMessage))
            mend = _MENDS.get(component, "Make {path} as the shape says.")
            if value is not None:
                problem = f"{problem.removesuffix('.')}: {_write(value, shorten)}"
        yield str(node), problem, mend.format_map(_Words(report, shape, path, data, node, shorten))


class _Words(dict[str, str]):
    """What stands in the braces of a mend: parameters of the shape by name, its path, and the values there."""

    def __init__(
        self,
        report: rdflib.Graph,
        shape: rdflib.term.Node | None,
        path: rdflib.term.Node | None,
        data: rdflib.Graph,
        node: rdflib.term.Node | None,
        shorten: Shorten,
    ) -> None:
        from rdflib import SH, BNode

        super().__init__()
        self._report, self._shape, self._shorten = report, shape, shorten
        inverse = isinstance(path, BNode)
        step = report.value(path, SH.inversePath) if inverse else path
        self["path"] = "" if step is None else f"{'the inverse of ' if inverse else ''}{_write(step, shorten)}"
        values = data.subjects(step, node) if inverse else data.objects(node, step)
        self["values"] = ", ".join(sorted(_write(value, shorten) for value in values))

    def __missing__(self, name: str) -> str:
        from rdflib import SH
        from rdflib.collection import Collection

        value = self._report.value(self._shape, SH[name])
        if value is None:
            return "what the shape asks"
        if name == "in":
            return ", ".join(_write(member, self._shorten) for member in Collection(self._report, value))
        return _write(value, self._shorten)


def _write(value: rdflib.term.Node, shorten: Shorten) -> str:
    from rdflib import Literal

    return f'"{value}"' if isinstance(value, Literal) else shorten(str(value))

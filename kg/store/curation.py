"""``curation.ttl``: what people decided on the graph of a store, one statement a decision, by hand or by ``kg curate``.

A statement is a node with ``mg:decision``; what it is about stands in quotes (a name, or "name (kind)") or is an IRI::

    [] mg:decision "same" ; rdf:subject "ViT" ; rdf:object "Vision Transformer" .

Comments above a statement, and behind it on its line, belong to it. Statements are kept sorted.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import InputError
from kg.resolution.curation import RESULT_FIELDS, Curation, Decision, contradiction, problem_of
from kg.store._files import write_whole
from kg.store.read_only import refuse_read_only

CURATION: Final = "curation.ttl"
_HEAD: Final = """\
# What people decided about this graph. `kg curate` writes here, and so may you; the next `kg build` obeys.
# One statement a decision. Comments above a statement, or behind it on its line, stay with it when it is sorted in.
"""
_PREFIXES: Final = ("concept", "dcterms", "mg", "paper", "rdf", "xsd")
_DECLARED: Final = " ".join(f"@prefix {name}: <{space}> ." for name, space in v.PREFIXES.items())
_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n]*) | <[^<>"{}|^`\\\s]*> | \"{3}.*?(?<!\\)\"{3} | '{3}.*?(?<!\\)'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | (?P<stop>\.(?=\s|\#|\Z)) | (?P<open>[\[(]) | (?P<close>[\])])
    | (?P<end>\n) | (?P<space>[^\S\n]+) | (?P<directive>(?:PREFIX|prefix)\s+\S*\s*<[^<>\s]*>) | .
    """,
    re.VERBOSE | re.DOTALL,
)
_DECISION: Final = v.DECISION_VERB
_RESULT_IRIS: Final = {
    v.METHOD_OF: "method", v.CONFIGURATION: "configuration", v.DATASET_OF: "dataset", v.METRIC_OF: "metric",
    v.TASK_OF: "task", v.VALUE: "value",
}  # fmt: skip
_RESULT_TERMS: Final = {name: _iri for _iri, name in _RESULT_IRIS.items()}
_PREDICATES: Final = {iri: name for name, iri in v.PREDICATE_IRIS.items()}
_KINDS: Final = {iri: kind for kind, iri in v.KIND_CLASSES.items()}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision as it stands in the file.

    Attributes:
        decision: what it says.
        text: as it is written.
        above: the comments above it, with their line ends.
        behind: the comment behind it on its line.
    """

    decision: Decision
    text: str
    above: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    line: int
    above: str
    behind: str

    @property
    def is_directive(self) -> bool:
        return re.match(r"@?(?:prefix|base)\b", self.text, re.IGNORECASE) is not None


def read_curation(store: Path) -> Curation:
    """Return the decisions on the graph of a store; none where there is no file.

    Raises:
        InputError: the file is not Turtle, a statement lacks something, or two contradict each other.
    """
    return Curation.of(statement.decision for statement in read_statements(store))


def read_statements(store: Path) -> list[Statement]:
    """Return the statements of the file of a store, sorted as ``kg curate --list`` numbers them.

    Raises:
        InputError: as :func:`read_curation`.
    """
    return list(_parse(store / CURATION).statements)


def add_decision(store: Path, decision: Decision) -> bool:
    """Write a decision into the file of a store, made where there is none; return whether it is new.

    Raises:
        InputError: it lacks something, or it contradicts another.
        StoreError: the store was imported from plain RDF.
    """

    def added(statements: list[Statement]) -> list[Statement]:
        if any(known.decision == decision for known in statements):
            return statements
        return [*statements, Statement(decision, turtle(decision))]

    return _changed(store, added)


def remove_decisions(store: Path, numbers: Iterable[int]) -> list[Decision]:
    """Take the decisions with some numbers (counted from 1, as listed) out of the file; return them.

    Raises:
        InputError: there is no decision of a number; nothing is taken out then.
    """
    gone: list[Decision] = []
    wanted = set(numbers)

    def kept(statements: list[Statement]) -> list[Statement]:
        if missing := sorted(wanted - set(range(1, len(statements) + 1))):
            known = f"they go from 1 to {len(statements)}" if statements else "there is none"
            raise InputError(str(store / CURATION), f"there is no decision {missing[0]}; {known} (kg curate --list)")
        gone.extend(one.decision for number, one in enumerate(statements, start=1) if number in wanted)
        return [one for number, one in enumerate(statements, start=1) if number not in wanted]

    _changed(store, kept)
    return gone


def turtle(decision: Decision) -> str:
    """Return a decision as a statement of the file.

    >>> print(turtle(Decision("kind", "ViT", "architecture")))
    [] mg:decision "kind" ; rdf:subject "ViT" ; rdf:object mg:Architecture .
    """
    parts = [f"mg:decision {_text(decision.verb)}", f"rdf:subject {_term(decision.subject)}"]
    if decision.predicate is not None:
        parts.append(f"rdf:predicate {_short(v.PREDICATE_IRIS[decision.predicate])}")
    if decision.name is not None:
        parts.append(f"mg:named {_text(decision.name)}")
    if decision.result:
        told = " ; ".join(f"{_short(_RESULT_TERMS[name])} {_term(value)}" for name, value in decision.result)
        parts.append(f"rdf:object [ {told} ]")
    elif decision.verb == "kind":
        parts.append(f"rdf:object {_short(v.KIND_CLASSES[decision.object])}")
    elif decision.verb == "year":
        parts.append(f"rdf:object {_text(decision.object)}^^xsd:gYear")
    elif decision.object:
        parts.append(f"rdf:object {_term(decision.object)}")
    if decision.source is not None:
        parts.append(f"dcterms:source {_text(decision.source)}")
    return f"[] {' ; '.join(parts)} ."


def _changed(store: Path, change: Callable[[list[Statement]], list[Statement]]) -> bool:
    """Read the file, change its statements and write it whole; return whether they changed."""
    refuse_read_only(store)
    path = store / CURATION
    with _alone(store):
        file = _parse(path)
        after = change(list(file.statements))
        _check(path, [statement.decision for statement in after])
        if after == list(file.statements):
            return False
        missing = [name for name in _PREFIXES if not re.search(rf"(?i)@?prefix\s+{name}:", file.head)]
        lines = [file.head or _HEAD, *(f"@prefix {name}: <{v.PREFIXES[name]}> .\n" for name in missing)]
        lines += [f"\n{one.above}{one.text}{one.behind}\n" for one in _sorted(after)]
        write_whole(path, "".join([*lines, f"\n{file.tail}" if file.tail else ""]).encode("utf-8"))
    return True


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Keep others from changing the file meanwhile: a build may go on, it reads what was written last."""
    handle = os.open(store, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class _File:
    """The file: what is declared, with its comments; the statements, sorted; comments behind the last one."""

    head: str = ""
    statements: tuple[Statement, ...] = ()
    tail: str = ""


def _parse(path: Path) -> _File:
    try:
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except FileNotFoundError:
        return _File()
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 ({error.reason}); save it as UTF-8") from error
    blocks = list(_blocks(text))
    declared = "".join(block.text.replace("\n", " ") + " " for block in blocks if block.is_directive)
    head = "".join(f"{block.above}{block.text}{block.behind}\n" for block in blocks if block.is_directive)
    statements = [
        Statement(_decision(path, block, f"{_DECLARED} {declared}"), block.text, block.above, block.behind)
        for block in blocks
        if not block.is_directive and block.text
    ]
    _check(path, [statement.decision for statement in statements])
    tail = "".join(block.above for block in blocks if not block.text)
    return _File(head, tuple(_sorted(statements)), tail)


def _sorted(statements: Iterable[Statement]) -> list[Statement]:
    unique: dict[Decision, Statement] = {}
    for statement in statements:
        unique.setdefault(statement.decision, statement)
    return sorted(unique.values(), key=lambda one: one.decision.words)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the statements and directives of a text, each with its comments; the last may be without an end."""
    above: list[str] = []
    body: list[str] = []
    depth, line, first = 0, 1, 1
    position = 0
    while position < len(text):
        hit = _TOKEN.match(text, position)
        if hit is None:  # never: the last alternative takes any character
            break
        position = hit.end()
        if not body and hit["comment"]:
            above.append(hit[0] + "\n")
        elif not body and (hit["end"] or hit["space"]):
            pass
        else:
            if not body:
                first = line
            body.append(hit[0])
            depth += 1 if hit["open"] else -1 if hit["close"] else 0
            if (hit["stop"] and depth <= 0) or (hit["directive"] and len(body) == 1):
                behind = re.compile(r"[^\S\n]*(#[^\n]*)").match(text, position)
                yield _Block("".join(body), first, "".join(above), "  " + behind[1] if behind else "")
                position = behind.end() if behind else position
                above, body, depth = [], [], 0
        line += hit[0].count("\n")
    if body or above:
        yield _Block("".join(body).strip(), first, "".join(above), "")


def _decision(path: Path, block: _Block, declared: str) -> Decision:
    """Return what a statement says.

    Raises:
        InputError: it is not Turtle, or says what no decision says.
    """
    problem = 'a statement looks like this: [] mg:decision "same" ; rdf:subject "A" ; rdf:object "B" .'
    try:
        triples = [quad.triple for quad in ox.parse(f"{declared} {block.text}", format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        line = block.line + max(1, error.lineno or 1) - 1
        fault = re.sub(r"^Parser error.*?: ", "", error.msg)
        raise InputError(str(path), f"not valid Turtle: {fault}; {problem}", line=line) from error
    nodes = {str(triple.subject) for triple in triples if triple.predicate.value == _DECISION}
    if len(nodes) != 1:
        raise InputError(str(path), f"{len(nodes) or 'no'} mg:decision in it; {problem}", line=block.line)
    node = nodes.pop()
    facts: dict[str, list[ox.Triple]] = {}
    result: dict[str, str] = {}
    for triple in triples:
        iri = triple.predicate.value
        if str(triple.subject) == node:
            facts.setdefault(iri, []).append(triple)
        elif iri in _RESULT_IRIS:
            result[_RESULT_IRIS[iri]] = _value(triple)
        else:
            raise InputError(str(path), f"a result has no {_short(iri)}; {_known(_RESULT_IRIS)}", line=block.line)
    for iri, said in facts.items():
        if iri not in _FIELDS and iri != v.RDF + "type":
            raise InputError(str(path), f"a decision has no {_short(iri)}; {_known(_FIELDS)}", line=block.line)
        if len(said) > 1 and iri in _FIELDS:
            raise InputError(str(path), f"{_short(iri)} stands {len(said)} times in one statement; write one statement"
                                        " a decision", line=block.line)  # fmt: skip
    values = {
        name: _value(facts[iri][0]) for iri, name in _FIELDS.items() if iri in facts and not _is_blank(facts[iri])
    }
    decision = Decision(
        verb=values.get("verb", ""),
        subject=values.get("subject", ""),
        object=_KINDS.get(values.get("object", ""), values.get("object", "")),
        predicate=_PREDICATES.get(values.get("predicate", ""), values.get("predicate")),
        name=values.get("name"),
        result=tuple((name, result[name]) for name in RESULT_FIELDS if name in result),
        source=values.get("source"),
        line=block.line,
    )
    if (wrong := problem_of(decision)) is not None:
        raise InputError(str(path), wrong, line=block.line)
    return decision


_FIELDS: Final = {
    _DECISION: "verb", v.RDF + "subject": "subject", v.RDF + "predicate": "predicate", v.RDF + "object": "object",
    v.DECISION_NAMED: "name", v.DCTERMS + "source": "source",
}  # fmt: skip


def _check(path: Path, decisions: Sequence[Decision]) -> None:
    for decision in decisions:
        if (wrong := problem_of(decision)) is not None:
            raise InputError(str(path), wrong, line=decision.line)
    if (pair := contradiction(sorted(decisions, key=lambda one: one.line or 1_000_000_000))) is not None:
        one, other = pair
        where = f"that on line {other.line}" if other.line is not None else "another decision"
        raise InputError(
            str(path), f"{one.words} contradicts {where}: {other.words}; take one of them out", line=one.line
        )


def _is_blank(triples: Sequence[ox.Triple]) -> bool:
    return isinstance(triples[0].object, ox.BlankNode)


def _value(triple: ox.Triple) -> str:
    return str(getattr(triple.object, "value", triple.object))


def _known(terms: Iterable[str]) -> str:
    return f"it may have {', '.join(_short(iri) for iri in terms)}"


def _short(iri: str) -> str:
    for name, space in v.PREFIXES.items():
        if iri.startswith(space) and re.fullmatch(r"[\w-]+", iri.removeprefix(space)):
            return f"{name}:{iri.removeprefix(space)}"
    return f"<{iri}>"


def _term(text: str) -> str:
    """Return a reference as it is written: an IRI of ours as such, all else in quotes."""
    return _short(text) if text.startswith(v.BASE) and re.fullmatch(r"[^\s<>\"{}|\\^`]+", text) else _text(text)


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'

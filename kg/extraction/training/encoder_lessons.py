"""What annotated papers teach the encoder: the tag and the roles of each token, and the relations of methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extraction.encoder import OVERLAP, ROOM
from kg.extraction.heads import PREDICATES, ROLES, SPAN_CLASSES
from kg.extraction.pieces import Ints, PieceTable, enclosed, windows
from kg.extraction.tagger import LABELS
from kg.extraction.tokens import Tokens
from kg.extraction.training.gold import GoldPaper, gold_spans, labels
from kg.records import METHOD_KINDS, PAPER_AS_SUBJECT

_ROLE_OF_PAPER = {"introduces": "introduced", "addresses": "addressed", "evaluates_on": "evaluated_on"}
_ROLES_OF_PAIR = {
    "based_on": ("descendant", "ancestor"),
    "uses": ("user", "used"),
    "outperforms": ("winner", "loser"),
}
Relation = tuple[str, str, str]
Named = tuple[str, str]
# Spans of more tokens than this name nothing.
LONGEST = 12


@dataclass(frozen=True)
class Lesson:
    """One window of an annotated text.

    Attributes:
        numbers: its pieces.
        marks: how they look.
        asked: the first piece of each token.
        tags: of these, the number of the label.
        chances: how likely each of these labels is; else the token is in no name.
        roles: of these, an array (tokens, roles) from 0 to 1.
        methods: of each method that stands in the window, its first pieces.
        pairs: of all ordered pairs of these methods, an array (pairs, 2).
        relations: of these pairs, an array (pairs, predicates) from 0 to 1.
        spans: first token, how many tokens stand behind it, and class of each name, an array (names, 3).
        sureness: of these, from 0 to 1.
    """

    numbers: Ints
    marks: Ints
    asked: Ints
    tags: Ints
    chances: npt.NDArray[np.float32]
    roles: npt.NDArray[np.float32]
    methods: list[Ints]
    pairs: Ints
    relations: npt.NDArray[np.float32]
    spans: Ints
    sureness: npt.NDArray[np.float32]


def lessons_of(
    paper: GoldPaper,
    tokens: Tokens,
    table: PieceTable,
    *,
    sureness: Mapping[Relation, float] | None = None,
    chances: Mapping[Named, float] | None = None,
) -> Iterator[Lesson]:
    """Yield the windows of an annotated paper.

    Args:
        paper: with its annotations.
        tokens: of its text.
        table: cuts words into pieces.
        sureness: how sure each relation is, from 0 to 1, where people did not annotate it.
        chances: how sure each entity is, likewise, by its name and kind.
    """
    pieces = table.pieces(tokens)
    numbers = {label: number for number, label in enumerate(LABELS)}
    tags = np.array([numbers[label] for label in labels(tokens, paper)], np.int64)
    places = _places(paper, tokens)
    said = sureness or dict.fromkeys(paper.relations, 1.0)
    roles = _roles(said, places, len(tokens))
    sure = np.ones(len(tokens), np.float32)
    for named, standing in places.items():
        sure[standing] = (chances or {}).get(named, 1.0)
    spans = list(_spans(paper, tokens, roles, sure))
    ends = np.append(pieces.firsts, len(pieces.numbers))
    for begin, end, _, _ in windows(pieces.firsts, len(pieces.numbers), room=ROOM, overlap=OVERLAP):
        start = int(ends[begin])
        found, marks = enclosed(pieces, table, start, int(ends[end]))
        at = pieces.firsts - start + 1
        methods: dict[str, Ints] = {}
        for name, kind, _ in paper.entities:
            inside = [token for token in places.get((name, kind), ()) if begin <= token < end]
            if kind in METHOD_KINDS and inside:
                methods[name] = at[inside]
        names = list(methods)
        pairs = [(one, two) for one in range(len(names)) for two in range(len(names)) if one != two]
        relations = [
            [said.get((names[one], predicate, names[two]), 0.0) for predicate in PREDICATES] for one, two in pairs
        ]
        within = [
            (first - begin, beyond, what, chance)
            for first, beyond, what, chance in spans
            if begin <= first and first + beyond < end
        ]
        yield Lesson(
            found,
            marks,
            at[begin:end],
            tags[begin:end],
            # A wrong guess is often wrong in a border or the kind alone: its tokens are likelier names than it is one.
            1 - (1 - sure[begin:end]) ** 2,
            roles[begin:end],
            list(methods.values()),
            np.array(pairs, np.int64).reshape(-1, 2),
            np.array(relations, np.float32).reshape(-1, len(PREDICATES)),
            np.array([row[:3] for row in within], np.int64).reshape(-1, 3),
            np.array([row[3] for row in within], np.float32),
        )


def _places(paper: GoldPaper, tokens: Tokens) -> dict[tuple[str, str], list[int]]:
    """Return the tokens of each entity."""
    owner = {(form, kind): name for name, kind, mentions in reversed(paper.entities) for form in mentions}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for start, end, kind in gold_spans(tokens.text, paper.entities):
        first, last = tokens.at_start.get(start), tokens.at_end.get(end)
        if first is not None and last is not None:
            found[owner[tokens.text[start:end], kind], kind].extend(range(first, last))
    return found


def _roles(
    said: Mapping[Relation, float], places: dict[tuple[str, str], list[int]], count: int
) -> npt.NDArray[np.float32]:
    roles_of: dict[str, dict[int, float]] = defaultdict(dict)
    for (subject, predicate, target), sure in said.items():
        if subject == PAPER_AS_SUBJECT:
            ends = [(target, _ROLE_OF_PAPER[predicate])]
        else:
            ends = list(zip((subject, target), _ROLES_OF_PAIR[predicate], strict=True))
        for name, role in ends:
            number = ROLES.index(role)
            roles_of[name][number] = max(sure, roles_of[name].get(number, 0.0))
    found = np.zeros((count, len(ROLES)), np.float32)
    for (name, _), tokens in places.items():
        for number, sure in roles_of[name].items():
            found[tokens, number] = sure
    return found


def _spans(
    paper: GoldPaper, tokens: Tokens, roles: npt.NDArray[np.float32], sure: npt.NDArray[np.float32]
) -> Iterator[tuple[int, int, int, float]]:
    """Yield each name's first token, the number of tokens behind it, its class, and how sure it is."""
    for start, end, kind in gold_spans(tokens.text, paper.entities):
        first, last = tokens.at_start.get(start), tokens.at_end.get(end)
        if first is not None and last is not None and 0 < last - first <= LONGEST:
            yield first, last - first - 1, SPAN_CLASSES.index(kind), float(sure[first])
            introduced = float(roles[first, ROLES.index("introduced")])
            if introduced:
                yield first, last - first - 1, SPAN_CLASSES.index("introduced"), introduced

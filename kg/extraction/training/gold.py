"""Annotated papers: reading them, and what they say of tokens and names."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from kg.errors import InputError
from kg.extraction.findings import Findings
from kg.extraction.gazetteer import Gazetteer, Own
from kg.extraction.tagger import LABELS
from kg.extraction.tokens import Tokens
from kg.extraction.walking import PieceTable, beginnings, name_hash, walk
from kg.names import singular
from kg.records import KINDS

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class GoldPaper:
    """An annotated paper: entities as (name, kind, mentions), relations as (subject, predicate, object)."""

    id: str
    title: str
    abstract: str
    entities: tuple[tuple[str, str, tuple[str, ...]], ...]
    relations: tuple[tuple[str, str, str], ...]

    @property
    def text(self) -> str:
        """Title, newline, abstract."""
        return f"{self.title}\n{self.abstract}"


def read_gold(gold: Path, papers: Path) -> list[GoldPaper]:
    """Return annotated papers in the order of the file.

    Args:
        gold: one annotation a line.
        papers: a JSON array of objects with ``id``, ``title``, ``abstract``.

    Raises:
        InputError: an annotation's paper is missing, or a kind is none of the six.
    """
    texts = {paper["id"]: paper for paper in json.loads(papers.read_text(encoding="utf-8"))}
    found: list[GoldPaper] = []
    for number, line in enumerate(gold.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        said = json.loads(line)
        if said["id"] not in texts:
            raise InputError(str(gold), f"paper {said['id']!r} is not in {papers}", line=number)
        for entity in said["entities"]:
            if entity["type"] not in KINDS:
                raise InputError(str(gold), f"kind {entity['type']!r} is none of {', '.join(KINDS)}", line=number)
        paper = texts[said["id"]]
        found.append(
            GoldPaper(
                said["id"],
                paper["title"],
                paper["abstract"],
                tuple((e["name"], e["type"], tuple(e["mentions"])) for e in said["entities"]),
                tuple((s, p, o) for s, p, o in said["relations"]),
            )
        )
    return found


def gold_spans(text: str, entities: Iterable[tuple[str, str, Sequence[str]]]) -> list[tuple[int, int, str]]:
    """Return every occurrence of every mention at word borders, the longest first, without overlap, sorted."""
    forms = sorted(
        {(mention, kind) for _, kind, mentions in entities for mention in mentions}, key=lambda f: -len(f[0])
    )
    taken = bytearray(len(text))
    spans: list[tuple[int, int, str]] = []
    for form, kind in sorted(forms, key=lambda f: (-len(f[0]), f)):
        for hit in re.finditer(r"(?<!\w)" + re.escape(form) + r"(?!\w)", text):
            start, end = hit.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end, kind))
    return sorted(spans)


def labels(tokens: Tokens, paper: GoldPaper) -> list[str]:
    """Return the label of each token."""
    found = [LABELS[0]] * len(tokens)
    for start, end, kind in gold_spans(tokens.text, paper.entities):
        first, last = tokens.at_start.get(start), tokens.at_end.get(end)
        if first is not None and last is not None:
            found[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return found


class GazetteerMaker:
    """Counts names over annotated papers, or over a part of them.

    Args:
        papers: all annotated papers, with what was found in them (by any gazetteer).
    """

    def __init__(self, papers: Sequence[GoldPaper], findings: Sequence[Findings]) -> None:
        table = PieceTable()
        self._papers = papers
        self._own = [_own(paper) for paper in papers]
        self._prefixes: dict[int, set[int]] = defaultdict(set)
        for paper in papers:
            for name, _, mentions in paper.entities:
                for form in (name, *mentions):
                    self._prefixes[name_hash(form)].update(beginnings(table.pieces(_WORD.findall(form))))
        every = frozenset(self._prefixes)
        prefixes = frozenset(prefix for found in self._prefixes.values() for prefix in found)
        self._seen = [{name for *_, name in walk(f.pieces, every, prefixes, borders=f.borders)} for f in findings]

    def make(self, numbers: Iterable[int]) -> Gazetteer:
        """Return the gazetteer of the papers with these numbers."""
        names: dict[int, list[int]] = defaultdict(lambda: [0] * (len(KINDS) + 1))
        heads: dict[int, list[int]] = defaultdict(lambda: [0] * len(KINDS))
        seen: dict[int, int] = defaultdict(int)
        for number in sorted(numbers):
            for name, kinds in self._own[number].names.items():
                for kind in kinds:
                    names[name][kind] += 1
            for head, kinds in self._own[number].heads.items():
                for kind in kinds:
                    heads[head][kind] += 1
            for name in self._seen[number]:
                seen[name] += 1
        for name, row in names.items():
            row[-1] = seen[name]
        prefixes = frozenset(prefix for name in names for prefix in self._prefixes[name])
        return Gazetteer(
            {name: tuple(names[name]) for name in sorted(names)},
            {head: tuple(heads[head]) for head in sorted(heads)},
            prefixes,
        )

    def own(self, number: int) -> Own:
        """Return what one paper adds."""
        return self._own[number]

    def standards(self, numbers: Iterable[int]) -> dict[int, int]:
        """Return the hash of the standard name of each form that most of some papers call by another name."""
        said: dict[int, Counter[int]] = defaultdict(Counter)
        for number in sorted(numbers):
            for name, _, mentions in self._papers[number].entities:
                standard = name_hash(name)
                for form in {name_hash(mention) for mention in mentions} | {standard}:
                    said[form][standard] += 1
        found: dict[int, int] = {}
        for form in sorted(said):
            standard, count = min(said[form].items(), key=lambda pair: (-pair[1], pair[0] != form, pair[0]))
            if standard != form and count * 2 > said[form].total():
                found[form] = standard
        return found


def _own(paper: GoldPaper) -> Own:
    names: dict[int, set[int]] = defaultdict(set)
    heads: dict[int, set[int]] = defaultdict(set)
    for name, kind, mentions in paper.entities:
        number = KINDS.index(kind)
        for form in (name, *mentions):
            names[name_hash(form)].add(number)
        for form in mentions:
            heads[head_hash(form)].add(number)
    return Own(dict(names), dict(heads))


def head_hash(form: str) -> int:
    """Return the hash of the last word of a name."""
    spoken = [word for word in _WORD.findall(form) if word[0].isalnum()]
    return crc32(singular(spoken[-1].lower() if spoken else "").encode())


def gold_names(paper: GoldPaper) -> Mapping[int, set[int]]:
    """Return the kinds of each form that a paper names, by the hash of the form."""
    found: dict[int, set[int]] = defaultdict(set)
    for _, kind, mentions in paper.entities:
        for form in mentions:
            found[name_hash(form)].add(KINDS.index(kind))
    return found


def folds(count: int, parts: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the numbers to learn from and those held out, part by part."""
    for part in range(parts):
        yield [i for i in range(count) if i % parts != part], [i for i in range(count) if i % parts == part]

"""Builds whose reader and curated concepts are small and of our own making, so that hundreds of them take seconds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from kg._stages import drawing, joining, reading
from kg._stages.drawing import Drawing, decide_all
from kg._stages.reading import Reader
from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Entity, Evidence, Extraction, Mention, Paper, Record, Relation, Result
from kg.resolution.curation import Curation
from kg.store.export import canonical_lines
from kg.store.folder import Change, StoreFolder

LEXICON = index(
    [
        CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",), year=2016),
        CuratedConcept("cam", "Class Activation Map", "technique", ("CAM",), based_on=("fpn",)),
        CuratedConcept("sgd", "Stochastic Gradient Descent", "technique", ("SGD",)),
        CuratedConcept("coco", "COCO", "dataset", ("MS COCO",)),
        CuratedConcept("owlnet", "OwlNet", "architecture", year=2017, definition="for machine translation"),
    ]
)
_KINDS = {"SGD": "technique", "COCO": "dataset", "AP": "metric", "Object Detection": "task", "Translation": "task"}


def record(key: str, title: str, *said: str, source: str = "a.jsonl", **fields: object) -> Record:
    """Return a record whose abstract is a script: names, ``A=Long Form`` definitions, ``A>B`` for based on."""
    return Record(source, key, title, "; ".join(said), **fields)  # type: ignore[arg-type]


class ScriptedExtractor:
    """Reads what :func:`record` wrote: a pure function of the text."""

    fingerprint = "scripted 1"

    def __init__(self, *, model: object = None) -> None:
        if model is not None:
            self.fingerprint = f"scripted {model}"

    def digest(self, paper: Paper) -> str:
        return json.dumps([self.fingerprint, paper.text])

    def extract(self, paper: Paper) -> Extraction:
        evidence = Evidence(paper.abstract, len(paper.title) + 1, len(paper.text), "rule:test", 0.9)
        entities: dict[str, Entity] = {}
        relations: list[Relation] = []
        results: list[Result] = []
        for word in filter(None, paper.abstract.split("; ")):
            subject, _, parent = word.partition(">")
            for name in filter(None, (subject, parent)):
                short, _, long = name.partition("=")
                kind = _KINDS.get(short, "architecture" if len(paper.title) % 2 else "module")
                aliases = (short, long) if long else ()
                entities.setdefault(short, Entity(short, kind, 0.9, (Mention(0, 1, short),), ((kind, 1.0),), aliases))
            short, parent = subject.partition("=")[0], parent.partition("=")[0]
            if parent and parent != short:
                relations.append(Relation(short, "based_on", parent, evidence))
            if paper.title.startswith(f"{short}: "):
                relations.append(Relation("paper", "introduces", short, evidence))
            if short == "COCO":
                relations.append(Relation("paper", "evaluates_on", short, evidence))
                method = next(iter(entities))
                results.append(Result(method, None, short, None, "40", 40.0, None, None, evidence))
        return Extraction(paper.key, paper.title, tuple(entities.values()), tuple(relations), tuple(results))


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make builds read scripts."""
    monkeypatch.setattr(reading, "Extractor", ScriptedExtractor)


def build(
    path: Path,
    *,
    add: Iterable[Record] = (),
    replace: tuple[Sequence[Record], Sequence[str]] | None = None,
    remove: Iterable[Record] = (),
    curation: Curation | None = None,
    model: str | None = None,
    code: str = "1",
) -> Change:
    """Change the records of a store, and publish its graph as a build does."""
    with StoreFolder.create_or_open(path).writer() as writer:
        writer.add(add)
        if replace is not None:
            writer.replace(*replace)
        writer.remove(remove)
        state = writer.state(code)
        joining.join_changed(writer, state)
        reading.read_changed(writer, state, Reader(model, 1, lambda done, total: None), LEXICON)
        work = Drawing(writer, state, LEXICON, curation or Curation(), abstracts=True)
        return drawing.publish(work, decide_all(work))


def graph(path: Path) -> tuple[list[str], list[object]]:
    """Return the triples and the merge log of a store."""
    with StoreFolder.open(path).reader() as snapshot:
        return list(canonical_lines(snapshot.store)), list(snapshot.merges())

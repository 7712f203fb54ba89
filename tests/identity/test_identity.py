from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import kg
from kg import vocabulary as v
from kg.extraction import Extractor
from kg.lexicon import load
from kg.names import fold
from kg.records import METHOD_KINDS, Entity, Evidence, Extraction, Mention, Paper, Relation
from kg.resolution import resolve
from kg.resolution.local import group_of
from kg.resolution.sizes import split_size, without_head
from kg.sources import join
from kg.store.folder import StoreFolder
from tests.identity.corpus import Text, read_pairs, write_corpus
from tests.identity.judging import Judged, judge

# Words that a text may put behind a name, or not, and that a finder of names may leave out.
_GENERIC = frozenset("model architecture dataset optimizer benchmark framework transformer".split())
_MENTIONED = (
    f"SELECT ?paper ?concept ?key {{ ?paper <{v.PREDICATE_IRIS['mentions']}> ?concept . ?concept <{v.NAME_KEY}> ?key }}"
)


def show(judged: Judged) -> None:
    import sys

    sys.stdout.write(f"\n{judged}\n")


def test_there_are_enough_pairs_and_they_are_balanced() -> None:
    pairs, corpus = read_pairs()
    same = sum(pair.same for pair in pairs)
    assert len(pairs) >= 320
    assert 0.4 <= same / len(pairs) <= 0.6
    assert len({text.key for text in corpus}) == len(corpus)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """All pairs through a build of one store, each pair in papers of its own."""
    pairs, corpus = read_pairs()
    folder = tmp_path_factory.mktemp("identity")
    with kg.build(write_corpus(folder / "papers.jsonl", corpus), store=folder / "graph.kg") as graph:
        concepts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for paper, concept, key in graph.query(_MENTIONED):
            concepts[paper.removeprefix(v.paper_iri("")), key].add(concept)
    extractions = _extractions(folder / "graph.kg")

    def find(text: Text, name: str) -> frozenset[str]:
        found: set[str] = set()
        for entity in extractions[text.key].entities:
            if any(_is(mention.text, name) for mention in entity.mentions):
                surfaces = {entity.name, *(mention.text for mention in entity.mentions)}
                found.update(*(concepts[text.key, fold(surface)] for surface in surfaces))
        return frozenset(found)

    return judge(pairs, find)


def _extractions(store: Path) -> dict[str, Extraction]:
    """Return what the build read in each paper, from the store's cache."""
    extractor = Extractor()
    with StoreFolder.open(store).writer() as writer:
        found = {paper.key: writer.cached(extractor.digest(paper)) for paper in join(writer.records())}
    return {key: extraction for key, extraction in found.items() if extraction is not None}


def _is(mention: str, name: str) -> bool:
    words = name.split()
    shorter = " ".join(words[:-1]) if words[-1].casefold() in _GENERIC else name
    return fold(mention) in {fold(name), fold(shorter)}


def test_the_graph_tells_names_of_one_thing_from_names_of_two(built: Judged) -> None:
    show(built)
    assert built.precision >= 0.98
    assert built.recall >= 0.90


def test_most_names_of_the_pairs_are_found_in_their_papers(built: Judged) -> None:
    total = sum(map(len, (built.right_same, built.right_different, built.wrong_same, built.wrong_different)))
    assert total >= 0.8 * (total + len(built.not_found))


def test_resolution_alone_tells_names_of_one_thing_from_names_of_two() -> None:
    pairs, corpus = read_pairs()
    papers = [Paper(text.key, text.title, text.abstract) for text in corpus]
    extractions = {text.key: _read_by_hand(text) for text in corpus}
    resolution = resolve(papers, extractions, load())
    keys: dict[str, set[str]] = {
        concept.id: {fold(name) for name in (concept.name, *concept.aliases, *concept.configurations)}
        for concept in resolution.concepts
    }
    mentioned: dict[str, set[str]] = defaultdict(set)
    for edge in resolution.edges:
        if edge.predicate == "mentions":
            mentioned[edge.subject].add(edge.object)

    def find(text: Text, name: str) -> frozenset[str]:
        said = {fold(name), fold(without_head(name, group_of(text.type)) or name)}
        return frozenset(concept for concept in mentioned[text.key] if said & keys[concept])

    judged = judge(pairs, find)
    show(judged)
    assert judged.not_found == []
    assert judged.precision >= 0.98
    assert judged.recall >= 0.95


def _read_by_hand(text: Text) -> Extraction:
    """Return an extraction that finds what the pairs' author says is there, linked to curated concepts by name."""
    entities = []
    for names in text.names:
        stems = [split_size(name)[0] if text.type in METHOD_KINDS else name for name in names]
        name = min(stems, key=lambda stem: (len(stem), stem))
        mentions = tuple(
            Mention(start, start + len(said), said)
            for said in names
            if (start := f"{text.title}\n{text.abstract}".find(said)) >= 0
        )
        entities.append(
            Entity(
                name=name,
                type=text.type,
                confidence=0.9,
                mentions=mentions,
                kinds=((text.type, 1.0),),
                aliases=tuple(sorted(names)) if len(names) > 1 else (),
                curated=_curated(stems, text.type),
                configurations=tuple(said for said, stem in zip(names, stems, strict=True) if said != stem),
            )
        )
    entities += [_task(task) for task in text.tasks]
    proof = Evidence(text.title, 0, len(text.title), "hand", 1.0)
    introduced = [entity for entity in entities if text.introduces in (entity.name, *entity.aliases)]
    relations = tuple(Relation("paper", "introduces", entity.name, proof) for entity in introduced)
    return Extraction(text.key, text.title, tuple(entities), relations)


def _task(name: str) -> Entity:
    return Entity(name, "task", 0.9, (), (("task", 1.0),), curated=_curated([name], "task"))


def _curated(names: list[str], kind: str) -> str | None:
    concepts = load().concepts
    for name in names:
        for identifier in load().by_key.get(fold(name), ()):
            other = concepts[identifier].kind
            if other == kind or {other, kind} <= METHOD_KINDS:
                return identifier
    return None

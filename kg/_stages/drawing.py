"""Readings to a graph: who is who is decided anew, and what that changes is drawn anew."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from pyoxigraph import Quad

from kg import vocabulary as v
from kg._stages.joining import paper_of
from kg._stages.reading import extraction_of
from kg.lexicon import Lexicon
from kg.records import Concept, Extraction, Resolution
from kg.resolution.citations import citations
from kg.resolution.curated_facts import curated_papers
from kg.resolution.curation import Curation
from kg.resolution.deciding import Decisions, decide
from kg.resolution.drawing import Meaning, draw_edges, draw_scores
from kg.resolution.said import Loader, load_context
from kg.store._revision import Revision
from kg.store.state import State
from kg.store.triples import CURATED_OWNER, quads
from kg.store.writer import Change, Writer

_RULES = "rules"
# Where so many of the papers are to be drawn anew, all triples are compared at once.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a graph is drawn.

    Attributes:
        writer: of the store.
        state: of the store, with all papers read.
        lexicon: the curated concepts.
        curation: what people decided on the graph.
        abstracts: whether the graph shows abstracts.
    """

    writer: Writer
    state: State
    lexicon: Lexicon
    curation: Curation
    abstracts: bool


def decide_all(drawing: Drawing) -> Decisions:
    """Return who is who among all papers of the state."""
    state = drawing.state
    with _without_collection():
        loader = Loader(state.wordings())
        papers = [loader.load(key, said) for key, said in state.said()]
        state.forget_wordings(loader.unheard)
        return decide(
            papers,
            lambda key: load_context(state.context(key)),
            drawing.lexicon,
            curation=drawing.curation,
            named=curated_papers(map(paper_of, state.papers()), drawing.curation),
        )


def publish(drawing: Drawing, decisions: Decisions) -> Change:
    """Publish the graph that the decisions make; only what differs from the last one is drawn."""
    gc.freeze()  # the decisions stay to the end: the garbage collector need not go through them again and again
    try:
        return _Publication(drawing, decisions).publish()
    finally:
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class Cited:
    """What a paper is known by, and what it cites."""

    key: str
    doi: str | None
    arxiv: str | None
    ids: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, key: str, text: str) -> Self:
        """Return what a state keeps of it."""
        doi, arxiv, ids, references = json.loads(text)
        return cls(key, doi, arxiv, tuple(map(tuple, ids)), tuple(map(tuple, references)))


class _Publication:
    def __init__(self, drawing: Drawing, decisions: Decisions) -> None:
        self._drawing = drawing
        self._decisions = decisions
        self._kinds = decisions.kinds
        known = (Cited.of(key, text) for key, text in drawing.state.citing())
        self._cites = citations(known) if drawing.state.cites_any() else {}

    def publish(self) -> Change:
        state, writer, decisions = self._drawing.state, self._drawing.writer, self._decisions
        rules = v.digest(decisions.rules.digest, str(self._drawing.abstracts))
        papers = self._paper_marks()
        anew = state.fact(_RULES) != rules
        changed, gone = state.put_drawn("paper", papers, anew=anew)
        concepts = {concept.id: concept for concept in decisions.concepts}
        marks = {identifier: _mark(repr(concept)) for identifier, concept in concepts.items()}
        changed_concepts, gone_concepts = state.put_drawn("concept", marks)
        state.note(_RULES, rules)
        uses = decisions.uses(self._extraction)
        if state.fresh or len(changed) > _MOST * len(papers):
            return writer.publish(self._everything(papers), decisions.merges, decisions=uses)

        def change(revision: Revision) -> None:
            for key in gone:
                revision.put_paper(v.paper_iri(key), ())
            for key in changed:
                revision.put_paper(v.paper_iri(key), self._paper(key))
            for identifier in gone_concepts:
                revision.put_concept(v.concept_iri(identifier), ())
            for identifier in changed_concepts:
                revision.put_concept(v.concept_iri(identifier), _concept(concepts[identifier]))
            if anew:
                revision.put_curated(CURATED_OWNER, self._curated())

        return writer.revise(change, decisions.merges, gone=gone_concepts, decisions=uses)

    def _everything(self, papers: Iterable[str]) -> Iterator[Quad]:
        for concept in self._decisions.concepts:
            yield from _concept(concept)
        yield from self._curated()
        for key in papers:
            yield from self._paper(key)

    def _paper(self, key: str) -> Iterator[Quad]:
        kept = self._drawing.state.paper(key)
        paper, extraction = paper_of(kept), extraction_of(self._drawing.writer, kept)
        names = self._decisions.meant.get(key, {})
        meant = {name: Meaning(concept, self._kinds[concept]) for name, concept in names.items()}
        edges = draw_edges(extraction, meant, self._decisions.rules)
        scores = draw_scores(extraction, meant, self._decisions.rules)
        cites = tuple((key, cited) for cited in self._cites.get(key, ()))
        drawn = Resolution(papers=(paper,), edges=tuple(edges), scores=tuple(scores), citations=cites)
        return quads(drawn, abstracts=self._drawing.abstracts)

    def _curated(self) -> Iterator[Quad]:
        rules = self._decisions.rules
        return quads(Resolution(edges=tuple(rules.stated()), scores=tuple(rules.stated_scores())))

    def _extraction(self, key: str) -> Extraction | None:
        kept = self._drawing.state.find_paper(key)
        return None if kept is None else extraction_of(self._drawing.writer, kept)

    def _paper_marks(self) -> dict[str, str]:
        """Return for each paper a digest of what shapes its drawing beside the rules."""
        tell = self._decisions.meant.teller(self._kinds)
        return {
            key: _mark("\x1f".join((mark, *tell(key), *self._cites.get(key, ()))))
            for key, mark in self._drawing.state.marks()
        }


def _concept(concept: Concept) -> Iterator[Quad]:
    return quads(Resolution(concepts=(concept,)))


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector from going again and again through what is only ever added to."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

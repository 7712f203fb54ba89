"""The extractor: a blank English spaCy pipeline with our own components, and the facade that the house uses."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.sentences  # noqa: F401 (registers kg_sentences)
from kg import vocabulary as v
from kg.extraction.beside import in_sections, with_claims
from kg.extraction.encoder import load_encoder
from kg.extraction.entity_finder import EntityFinder
from kg.extraction.entity_model import load_entity_model, load_token_model
from kg.extraction.introductions import main_method
from kg.extraction.reading import Reading
from kg.extraction.relation_model import load_relation_model
from kg.extraction.relations import find_relations
from kg.extraction.result_model import load_result_model
from kg.extraction.results import find_results
from kg.extraction.scene import Scene
from kg.extraction.settings import find_setting
from kg.lexicon import load
from kg.records import Extraction, Paper

_PACKAGE = Path(__file__).resolve().parent.parent
# So many distinct strings between spaces have their tokens remembered.
_KEPT_CHUNKS = 100_000
# What shapes an extraction beside the lexicon: these rooms and these libraries.
_ROOMS = ("extraction", "lexicon")
_NO_ROOMS = frozenset({"training", "evaluation"})
_LIBRARIES = ("numpy", "spacy", "rapidfuzz")


@Language.factory(
    "kg_concepts",
    assigns=["doc._.kg", "doc.spans"],
    requires=["token.is_sent_start"],
    default_config={"accept": 0.0, "model": None},
)
def make_concept_finder(nlp: Language, name: str, accept: float, model: str | None) -> ConceptFinder:  # noqa: ARG001
    """Return the component that reads concepts, relations and results out of a document."""
    return ConceptFinder(accept=accept, model=model)


class ConceptFinder:
    """Finds entities, relations and results; sets ``doc._.kg`` and the spans ``doc.spans["kg"]``.

    Args:
        accept: the least confidence of an entity, from 0 to 1; the model itself gives none below about 0.3.
        model: ``fast`` or ``accurate`` of the shipped models, or a folder of trained ones.

    Raises:
        InputError: the folder holds no model.
        KgError: the setting needs a package that is not installed.
    """

    def __init__(self, *, accept: float = 0.0, model: str | Path | None = None) -> None:
        self._accept = accept
        self._lexicon = load()
        setting = find_setting(model)
        encoder = load_encoder(setting.shared) if setting.encoded else None
        tokens, entities = load_token_model(setting.shared), load_entity_model(setting.folder)
        self._entities = EntityFinder(self._lexicon, tokens, entities, encoder=encoder)
        self._relations = load_relation_model(setting.folder)
        self._results = load_result_model(setting.folder)
        if not Doc.has_extension("kg"):
            Doc.set_extension("kg", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read a document whose sentence starts are marked."""
        found = doc._.kg = self.read(Reading.of(doc))
        spans = (doc.char_span(m.start, m.end, label=e.type) for e in found.entities for m in e.mentions)
        doc.spans["kg"] = [span for span in spans if span is not None]
        return doc

    def read(self, reading: Reading) -> Extraction:
        """Return what a text says."""
        found = self._entities.find(reading)
        kept = [number for number, entity in enumerate(found.entities) if entity.confidence >= self._accept]
        entities = [found.entities[number] for number in kept]
        candidates = tuple(entity for entity in found.candidates if entity.confidence >= self._accept)
        clues = found.clues.only(kept) if found.clues else None
        scene = Scene(reading, entities, clues)
        relations = find_relations(scene, self._lexicon, model=self._relations)
        main = main_method(entities, [r for r in relations if r.predicate == "introduces"])
        results = find_results(scene, main, model=self._results)
        return Extraction("", reading.title, tuple(entities), tuple(relations), tuple(results), candidates=candidates)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write nothing: all that the component needs ships with the package or stands in its config."""

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> ConceptFinder:  # noqa: ARG002
        """Return the component as it is."""
        return self


def make_pipeline(*, accept: float = 0.0, model: str | Path | None = None) -> Language:
    """Return a spaCy pipeline that reads ``title + newline + abstract``; no model is downloaded.

    >>> doc = make_pipeline()("FooNet: A Transformer for Image Classification\\nWe propose FooNet.")
    >>> [(entity.name, entity.type) for entity in doc._.kg.entities][:2]
    [('FooNet', 'architecture'), ('Transformer', 'architecture')]
    """
    nlp = make_splitter()
    nlp.add_pipe("kg_concepts", config={"accept": accept, "model": None if model is None else str(model)})
    return nlp


def make_splitter() -> Language:
    """Return a spaCy pipeline that finds tokens and sentences."""
    nlp = spacy.blank("en")
    # A paper is read whole: the limit guards memory against no paper that a source lets through.
    nlp.max_length = 10_000_000
    # spaCy's tokeniser remembers nothing of a text behind its first special case. White space is a token with or
    # without a rule of its own; without one, most texts are remembered whole.
    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {text: rule for text, rule in tokenizer.rules.items() if not text.isspace()}
    tokenizer.max_cache_size = _KEPT_CHUNKS
    nlp.add_pipe("kg_sentences")
    return nlp


class Extractor:
    """Reads papers one by one; a pure function of the paper's text.

    Args:
        accept: the least confidence of an entity, from 0 to 1; the model itself gives none below about 0.3.
        model: ``fast`` or ``accurate`` of the shipped models, or a folder of trained ones.

    Raises:
        InputError: the folder holds no model.
        KgError: the setting needs a package that is not installed.
    """

    def __init__(self, *, accept: float = 0.0, model: str | Path | None = None) -> None:
        self._accept = accept
        self._setting = find_setting(model)
        self._split = make_splitter()
        self._finder = ConceptFinder(accept=accept, model=model)

    def extract(self, paper: Paper) -> Extraction:
        """Return what the text of a paper says.

        >>> Extractor().extract(Paper("t-1", "A Study of U-Net")).entities[0].name
        'U-Net'
        """
        found = self._finder.read(Reading.of(self._split(paper.text)))
        return with_claims(in_sections(replace(found, id=paper.key, title=paper.title), paper), paper)

    def extract_all(self, papers: Iterable[Paper]) -> Iterator[Extraction]:
        """Yield the extractions of papers, in their order."""
        return (self.extract(paper) for paper in papers)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that shapes an extraction: code, models, lexicon, options, library versions."""
        files = [path for room in _ROOMS for path in sorted((_PACKAGE / room).rglob("*.py")) if _shapes(path)]
        files += [_PACKAGE / "names.py", _PACKAGE / "records.py"]
        code = v.digest(*(path.read_text(encoding="utf-8") for path in files))
        libraries = (*_LIBRARIES, "onnxruntime") if self._setting.encoded else _LIBRARIES
        versions = [f"{name}={importlib.metadata.version(name)}" for name in libraries]
        weights = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self._setting.files()]
        return v.digest(code, load().digest, *weights, str(self._accept), platform.machine(), *versions)

    def digest(self, paper: Paper) -> str:
        """Return the key under which the extraction of a paper is cached."""
        return v.digest(self.fingerprint, paper.text, *_beside(paper), length=32)


def _shapes(path: Path) -> bool:
    return path.parent.name not in _NO_ROOMS


def _beside(paper: Paper) -> Iterator[str]:
    """Yield what shapes an extraction beside the text; of most papers nothing."""
    if paper.sections:
        yield repr([(section.role, len(section.text)) for section in paper.sections])
    if paper.claims:
        yield repr(paper.claims)


def extraction_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``kg extract`` writes, one object a paper."""
    import json

    schema: dict[str, Any] = json.loads(
        (_PACKAGE / "extraction" / "extraction.schema.json").read_text(encoding="utf-8")
    )
    return schema

"""From files of annotated papers to a folder of models."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path

import spacy

import kg.extraction.sentences  # noqa: F401 (registers kg_sentences)
from kg.extraction.reading import Reading
from kg.extraction.settings import ACCURATE, SETTINGS
from kg.extraction.tagger import Floats
from kg.extraction.training.encoder_base import PACKAGE, trainable
from kg.extraction.training.encoder_training import train_encoder
from kg.extraction.training.entities import train_entities
from kg.extraction.training.gold import read_gold
from kg.extraction.training.gold_results import read_gold_results
from kg.extraction.training.packing import save_entity_model, save_token_model, token_arrays
from kg.extraction.training.relations import Example
from kg.extraction.training.statements import train_statements
from kg.extraction.training.token_level import train_token_level
from kg.lexicon import load
from kg.names import fold


def train_models(
    gold: Path,
    papers: Path,
    folder: Path,
    *,
    texts: Path | None = None,
    without: Path | None = None,
    settings: Sequence[str] = SETTINGS,
    on_message: Callable[[str], None] = lambda _: None,
) -> None:
    """Train all models on annotated papers, and write them; the accurate setting where torch is installed.

    Args:
        gold: annotated papers, one JSON object a line.
        papers: a JSON array of their texts: ``id``, ``title``, ``abstract``.
        folder: for the models; made where it does not exist.
        texts: unannotated papers of the field as JSON lines with ``title`` and ``abstract``, gzipped or not, for word
            classes; without them those of the annotated papers serve.
        without: annotated papers to be tested on, whose texts no word class may come from.
        settings: those to train.
        on_message: called with what is being done.

    Raises:
        InputError: an annotation cannot be read.
    """
    annotated = read_gold(gold, papers)
    hidden = {fold(paper.title) for paper in read_gold(without, papers)} if without else set()
    unannotated = list(_texts(texts, hidden)) if texts else [paper.text for paper in annotated]
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    readings = [Reading.of(nlp(paper.text)) for paper in annotated]
    lexicon = load()
    level = train_token_level(annotated, readings, unannotated, lexicon, on_message=on_message)
    results = read_gold_results(gold)
    save_token_model(token_arrays(level), folder)
    columns: list[Floats] | None = None
    for name in settings:
        if name == ACCURATE:
            if not trainable():
                on_message(f"the accurate setting is left out: it is trained with torch, onnx and {PACKAGE}")
                continue
            columns = train_encoder(annotated, readings, folder, on_message=on_message)
        on_message(f"the {name} setting")
        trained = train_entities(level, lexicon, columns=columns, on_message=on_message)
        save_entity_model(trained.arrays, folder / name)
        found = zip(annotated, readings, map(tuple, trained.entities), trained.clues, strict=True)
        examples = [Example(*each) for each in found]
        train_statements(examples, results, lexicon, folder / name, on_message=on_message)


def _texts(path: Path, hidden: Container[str]) -> Iterator[str]:
    content = path.read_bytes()
    for line in (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines():
        paper = json.loads(line)
        if fold(paper["title"]) not in hidden:
            yield f"{paper['title']}\n{paper['abstract']}"

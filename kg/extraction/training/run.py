"""From files of annotated papers to a folder of models."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path

import spacy

import kg.extraction.sentences  # noqa: F401 (registers kg_sentences)
from kg.extraction.reading import Reading
from kg.extraction.settings import ACCURATE, FAST, SETTINGS
from kg.extraction.tagger import Floats
from kg.extraction.training.encoder_base import PACKAGE, trainable
from kg.extraction.training.encoder_training import train_encoder
from kg.extraction.training.entities import train_entities
from kg.extraction.training.gold import read_gold
from kg.extraction.training.gold_results import read_gold_results
from kg.extraction.training.packing import save_entity_model, save_token_model, token_arrays
from kg.extraction.training.relations import Example
from kg.extraction.training.self_training import Guess, guesses
from kg.extraction.training.statements import train_statements
from kg.extraction.training.token_level import train_token_level
from kg.lexicon import load
from kg.names import fold
from kg.records import Paper


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
            classes and for a second round of the encoder, which learns from what the first round says of them;
            without them those of the annotated papers serve for the former.
        without: annotated papers to be tested on, which are left out of these texts.
        settings: those to train.
        on_message: called with what is being done.

    Raises:
        InputError: an annotation cannot be read.
    """
    annotated = read_gold(gold, papers)
    hidden = {fold(paper.title) for paper in read_gold(without, papers)} if without else set()
    others = list(unannotated_papers(texts, hidden)) if texts else []
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    readings = [Reading.of(nlp(paper.text)) for paper in annotated]
    lexicon = load()
    unannotated = [paper.text for paper in others or annotated]
    level = train_token_level(annotated, readings, unannotated, lexicon, on_message=on_message)
    results = read_gold_results(gold)

    def train_setting(name: str, columns: list[Floats] | None, out: Path) -> None:
        on_message(f"the {name} setting")
        trained = train_entities(level, lexicon, columns=columns, on_message=on_message)
        save_entity_model(trained.arrays, out / name)
        found = zip(annotated, readings, map(tuple, trained.entities), trained.clues, strict=True)
        examples = [Example(*each) for each in found]
        train_statements(examples, results, lexicon, out / name, on_message=on_message)

    def train_accurate(out: Path, guessed: Iterable[Guess] = ()) -> None:
        columns = train_encoder(annotated, readings, out, guesses=guessed, on_message=on_message)
        train_setting(ACCURATE, columns, out)

    save_token_model(token_arrays(level), folder)
    if FAST in settings:
        train_setting(FAST, None, folder)
    if ACCURATE not in settings:
        return
    if not trainable():
        on_message(f"the accurate setting is left out: it is trained with torch, onnx and {PACKAGE}")
        return
    known = {fold(paper.title) for paper in annotated}
    unseen = [paper for paper in others if fold(paper.title) not in known]
    if not unseen:
        train_accurate(folder)
        return
    with tempfile.TemporaryDirectory() as teacher:
        on_message("the teacher of the encoder")
        save_token_model(token_arrays(level), Path(teacher))
        train_accurate(Path(teacher))
        on_message(f"what it says of {len(unseen):,} papers")
        train_accurate(folder, guesses(unseen, Path(teacher)))


def unannotated_papers(path: Path, hidden: Container[str] = ()) -> Iterator[Paper]:
    """Yield the papers of a file, each with the number of its line as its key.

    Args:
        path: JSON lines with ``title`` and ``abstract``, gzipped or not.
        hidden: folded titles of those that are left out.
    """
    content = path.read_bytes()
    for number, line in enumerate((gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()):
        paper = json.loads(line)
        if fold(paper["title"]) not in hidden:
            yield Paper(str(number), paper["title"], paper["abstract"])

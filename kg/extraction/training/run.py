"""From files of annotated papers to a folder of models."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.extraction.pipeline import make_splitter
from kg.extraction.reading import Reading
from kg.extraction.settings import ACCURATE, FAST, SETTINGS
from kg.extraction.tagger import Floats
from kg.extraction.training.encoder_base import PACKAGE, load_base, trainable
from kg.extraction.training.encoder_training import train_encoder
from kg.extraction.training.entities import train_entities
from kg.extraction.training.gold import GoldPaper, read_gold
from kg.extraction.training.gold_results import read_gold_results
from kg.extraction.training.packing import save_entity_model, save_token_model, token_arrays
from kg.extraction.training.relations import Example
from kg.extraction.training.self_training import guesses
from kg.extraction.training.statements import train_statements
from kg.extraction.training.threads import one_thread
from kg.extraction.training.token_level import train_token_level
from kg.lexicon import load
from kg.names import fold
from kg.records import Paper

# What is done so far, in the folder of the models until all is: a round of the encoder is not trained twice.
UNFINISHED: Final = "unfinished"
ROUNDS: Final = "rounds"


@one_thread()
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
            classes and for the encoder, which first learns from what the fast setting says of them; without them
            those of the annotated papers serve for the former.
        without: annotated papers to be tested on, which are left out of these texts.
        settings: those to train.
        on_message: called with what is being done.

    Raises:
        InputError: an annotation cannot be read, or the folder has an accurate setting and gets no new one.
    """
    encoded = ACCURATE in settings and trainable()
    if not encoded and (folder / ACCURATE).exists():
        problem = "its accurate setting goes with other word classes than would be learned now: name another folder"
        raise InputError(str(folder), problem)
    annotated = read_gold(gold, papers)
    others = list(unannotated_papers(texts, read_gold(without, papers) if without else ())) if texts else []
    split = make_splitter()
    readings = [Reading.of(split(paper.text)) for paper in annotated]
    lexicon = load()
    unannotated = [paper.text for paper in others or annotated]
    level = train_token_level(annotated, readings, unannotated, lexicon, on_message=on_message)
    results = read_gold_results(gold)
    unfinished = folder / UNFINISHED
    models, rounds = unfinished / "models", unfinished / ROUNDS
    shutil.rmtree(models, ignore_errors=True)

    def train_setting(name: str, columns: list[Floats] | None) -> None:
        on_message(f"the {name} setting")
        trained = train_entities(level, lexicon, columns=columns, on_message=on_message)
        save_entity_model(trained.arrays, models / name)
        found = zip(annotated, readings, map(tuple, trained.entities), trained.clues, strict=True)
        examples = [Example(*each) for each in found]
        train_statements(examples, results, lexicon, models / name, on_message=on_message)

    save_token_model(token_arrays(level), models)
    # The fast setting is also the teacher of the encoder.
    train_setting(FAST, None)
    if encoded:
        base = load_base()
        unseen = list(_but_for(annotated, others))
        on_message(f"what the fast setting says of {len(unseen):,} papers")
        guessed = guesses(unseen, models / FAST, base.vocabulary, on_message=on_message)
        columns = train_encoder(
            annotated, readings, models, guessed=guessed, base=base, kept=rounds, on_message=on_message
        )
        train_setting(ACCURATE, columns)
    elif ACCURATE in settings:
        on_message(f"the accurate setting is left out: it is trained with torch, onnx and {PACKAGE}")
    for path in sorted(path for path in models.rglob("*") if path.is_file()):
        target = folder / path.relative_to(models)
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    # The rounds of an encoder that was interrupted outlast a training of the fast setting alone.
    shutil.rmtree(unfinished if encoded or not rounds.exists() else models)


def unannotated_papers(path: Path, hidden: Sequence[GoldPaper] = ()) -> Iterator[Paper]:
    """Yield the papers of a file, each with the number of its line as its key.

    Args:
        path: JSON lines with ``title`` and ``abstract``, gzipped or not.
        hidden: those that are left out.
    """
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()
    papers = ((number, json.loads(line)) for number, line in enumerate(lines))
    return _but_for(hidden, (Paper(str(number), paper["title"], paper["abstract"]) for number, paper in papers))


def _but_for(known: Iterable[GoldPaper], papers: Iterable[Paper]) -> Iterator[Paper]:
    """Yield papers whose title and abstract are none of some others'."""
    texts = {fold(text) for paper in known for text in (paper.title, paper.abstract)}
    return (paper for paper in papers if texts.isdisjoint((fold(paper.title), fold(paper.abstract))))

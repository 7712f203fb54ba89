"""What each part of the extraction is worth: the fast setting, learned anew with one part left out.

`python benchmarks/ablations.py GOLD PAPERS [--texts FILE --without GOLD] [--only PART ...]` prints the F1 of entities
and relations on the annotated papers themselves, each read by models that have not seen it. It takes about three
minutes of a quiet core for each part, and eight for those of the token level.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from kg.extraction.aliases import Group
from kg.extraction.gazetteer import Gazetteer, Own
from kg.extraction.pipeline import make_splitter
from kg.extraction.priors import Priors
from kg.extraction.reading import Reading
from kg.extraction.relation_model import PairReader
from kg.extraction.training import entities as document_level
from kg.extraction.training import relations, token_level
from kg.extraction.training.entities import Trained, train_entities
from kg.extraction.training.gold import GazetteerMaker, GoldPaper, read_gold
from kg.extraction.training.relations import Example, train_relations
from kg.extraction.training.run import unannotated_papers
from kg.extraction.training.threads import one_thread
from kg.extraction.training.token_level import TokenLevel, train_token_level
from kg.lexicon import Lexicon, load
from kg.records import EXTRACTED_PREDICATES

Patches = Callable[[], AbstractContextManager[Any]]
TOKEN_LEVEL = ("curated concepts", "annotated names", "word classes")
NONE = "nothing"


def no_annotated_names() -> AbstractContextManager[Any]:
    """Let the gazetteer know no name."""
    return patch.multiple(
        GazetteerMaker, make=lambda *_: Gazetteer({}, {}, frozenset()), own=lambda *_: Own(), standards=lambda *_: {}
    )


def no_contexts() -> AbstractContextManager[Any]:
    """Let the model of contexts say nothing."""
    learned = document_level._contexts

    def silent(ready: Sequence[Any]) -> Any:
        found, model = learned(ready)
        return [np.zeros_like(each) for each in found], model

    return patch.object(document_level, "_contexts", silent)


def no_aliases() -> AbstractContextManager[Any]:
    """Let each form be a thing of its own."""
    alone = lambda choices, *_: [Group([choice]) for choice in choices]  # noqa: E731
    return patch.object(document_level, "group_aliases", alone)


DOCUMENT_LEVEL: dict[str, Patches] = {"contexts": no_contexts, "merging of aliases": no_aliases}
STATEMENTS: dict[str, Patches] = {
    "what other papers say of a name": lambda: patch.object(relations, "learn_priors", lambda _: Priors.learned([])),
    "sentences that name both": lambda: patch.object(PairReader, "of_sentences", lambda *_: set()),
    "what stands around the object": lambda: patch.object(PairReader, "of_object", lambda *_: []),
    "curated lineage": lambda: patch("kg.extraction.pair_features._lineage", lambda *_: iter(())),
}


def main() -> None:
    """Print a row for each part."""
    parts = [NONE, *TOKEN_LEVEL, *DOCUMENT_LEVEL, *STATEMENTS]
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("papers", type=Path)
    ask.add_argument("--texts", type=Path, help="unannotated papers, for word classes")
    ask.add_argument("--without", type=Path, help="annotated papers whose texts are left out of these")
    ask.add_argument("--only", nargs="+", choices=parts, default=parts)
    told = ask.parse_args()
    annotated = read_gold(told.gold, told.papers)
    hidden = read_gold(told.without, told.papers) if told.without else ()
    others = list(unannotated_papers(told.texts, hidden)) if told.texts else annotated
    split = make_splitter()
    readings = [Reading.of(split(paper.text)) for paper in annotated]
    texts = [paper.text for paper in others]
    print(f"{'left out':34}{'entities':>10}" + "".join(f"{name:>14}" for name in EXTRACTED_PREDICATES))
    for part, figures in measured(annotated, readings, texts, told.only):
        print(f"{part:34}" + "".join(f"{figure:{14 if n else 10}.3f}" for n, figure in enumerate(figures)), flush=True)


def measured(
    annotated: Sequence[GoldPaper], readings: Sequence[Reading], texts: Sequence[str], parts: Sequence[str]
) -> Iterator[tuple[str, list[float]]]:
    """Yield of each part the F1 of the entities and of each predicate, out of fold, without it."""
    lexicon = load()

    @one_thread()
    def level_of(lexicon: Lexicon) -> TokenLevel:
        return train_token_level(annotated, readings, texts, lexicon)

    @cache
    def usual() -> tuple[TokenLevel, Trained]:
        level = level_of(lexicon)
        return level, train_entities(level, lexicon)

    for part in parts:
        if part == "curated concepts":
            yield part, figures_of(level_of(Lexicon()), Lexicon())
        elif part == "annotated names":
            with no_annotated_names():
                yield part, figures_of(level_of(lexicon), lexicon)
        elif part == "word classes":
            with patch.object(token_level, "word_classes", lambda _: {}):
                yield part, figures_of(level_of(lexicon), lexicon)
        elif part in STATEMENTS:
            level, trained = usual()
            with STATEMENTS[part]():
                yield part, figures_of(level, lexicon, trained)
        else:
            level, trained = usual()
            with DOCUMENT_LEVEL.get(part, nullcontext)():
                yield part, figures_of(level, lexicon, None if part in DOCUMENT_LEVEL else trained)


def figures_of(level: TokenLevel, lexicon: Lexicon, found: Trained | None = None) -> list[float]:
    """Return the F1 of the entities and of each predicate."""
    found = found or train_entities(level, lexicon)
    ready = zip(level.papers, level.readings, found.entities, found.clues, strict=True)
    examples = [Example(paper, reading, tuple(entities), clues) for paper, reading, entities, clues in ready]
    told: Mapping[str, Any] = train_relations(examples, lexicon)[0].figures
    right = [sum(document_level._right(each.gold, each.entities)) for each in examples]
    said = sum(len(each.entities) + len(each.gold.entities) for each in examples)
    return [2 * sum(right) / said, *(told[name]["f1"] for name in EXTRACTED_PREDICATES)]


if __name__ == "__main__":
    main()

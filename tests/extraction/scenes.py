"""Small papers for tests: a text and entities that stand wherever their names do."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.language import Language

from kg.extraction.pipeline import make_splitter
from kg.extraction.reading import Reading
from kg.extraction.scene import Scene
from kg.records import Entity, Mention


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return make_splitter()


def read(title: str, abstract: str = "") -> Reading:
    return Reading.of(pipeline()(f"{title}\n{abstract}"))


def entity(reading: Reading, name: str, kind: str, *others: str, curated: str | None = None) -> Entity:
    places = {}
    for form in sorted((name, *others), key=len):
        for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", reading.text):
            places[hit.start()] = Mention(hit.start(), hit.end(), form)
    return Entity(name, kind, 0.95, tuple(places[start] for start in sorted(places)), curated=curated)


def scene(title: str, abstract: str, **kinds: str) -> Scene:
    """Return a scene whose entities are given as ``name=kind``; ``_`` in a name is a space."""
    reading = read(title, abstract)
    return Scene(reading, [entity(reading, name.replace("_", " "), kind) for name, kind in kinds.items()])

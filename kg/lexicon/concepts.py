"""Reading ``ontology/concepts/*.ttl``: the prior of the extractor and the anchor of identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.errors import InputError
from kg.names import fold
from kg.records import KINDS


@dataclass(frozen=True, slots=True)
class CuratedConcept:
    """A concept as a curator states it; links are identifiers of other curated concepts, sorted."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    family: bool = False
    broader: tuple[str, ...] = ()
    year: int | None = None
    introduced_in: str | None = None
    based_on: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    direction: str | None = None
    tasks: tuple[str, ...] = ()
    definition: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All curated concepts, by identifier and by folded name.

    Attributes:
        concepts: by identifier, sorted.
        by_key: identifiers by the folded form of any of their names; several where a name has several senses.
        digest: of the files that were read, so that a cache knows when they change.
    """

    concepts: Mapping[str, CuratedConcept] = field(default_factory=dict)
    by_key: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""

    def find(self, name: str, *, kind: str | None = None) -> CuratedConcept | None:
        """Return the concept that a name means, or None where none or several bear it.

        >>> load().find("feature pyramid networks").name
        'Feature Pyramid Network'
        """
        senses = [self.concepts[i] for i in self.by_key.get(fold(name), ())]
        if kind is not None:
            senses = [sense for sense in senses if sense.kind == kind]
        return senses[0] if len(senses) == 1 else None


def index(concepts: Iterable[CuratedConcept], *, digest: str = "") -> Lexicon:
    """Return a lexicon over some concepts."""
    by_id = {concept.id: concept for concept in sorted(concepts, key=lambda concept: concept.id)}
    by_key: dict[str, list[str]] = defaultdict(list)
    for concept in by_id.values():
        for key in sorted({fold(name) for name in concept.names} - {""}):
            by_key[key].append(concept.id)
    return Lexicon(by_id, {key: tuple(ids) for key, ids in by_key.items()}, digest)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Return the lexicon that ships with the package; it is read once a process."""
    return read_folder(ontology_folder() / "concepts")


def read_folder(folder: Path) -> Lexicon:
    """Return the lexicon of all ``*.ttl`` files of a folder.

    Raises:
        InputError: there is none, a file is not Turtle, or a concept lacks its name or its kind.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise InputError(str(folder), "no curated concepts there: install the package again, whole")
    contents = [path.read_bytes() for path in files]
    concepts: list[CuratedConcept] = []
    for path, content in zip(files, contents, strict=True):
        concepts.extend(_read_turtle(path, content))
    fingerprint = v.digest(*(content.decode("utf-8") for content in contents))
    return index(concepts, digest=fingerprint)


def _read_turtle(path: Path, content: bytes) -> Iterable[CuratedConcept]:
    import pyoxigraph as ox

    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in ox.parse(content, format=ox.RdfFormat.TURTLE):
            subjects[triple.subject.value][triple.predicate.value].append(triple.object.value)
    except SyntaxError as error:
        raise InputError(str(path), f"not valid Turtle: {error}") from error
    kinds = {iri: kind for kind, iri in v.KIND_CLASSES.items()}
    prefix = v.concept_iri("")
    for iri, properties in subjects.items():
        kind = next((kinds[t] for t in properties[v.RDF + "type"] if t in kinds), None)
        labels = properties[v.SKOS + "prefLabel"]
        if kind is None or len(labels) != 1:
            problem = f"{iri} needs one skos:prefLabel and a kind (one of {', '.join(KINDS)})"
            raise InputError(str(path), problem)

        def links(predicate: str, properties: Mapping[str, list[str]] = properties) -> tuple[str, ...]:
            return tuple(sorted(value.removeprefix(prefix) for value in properties.get(predicate, ())))

        def first(predicate: str, properties: Mapping[str, list[str]] = properties) -> str | None:
            return next(iter(properties.get(predicate, ())), None)

        year = first(v.YEAR)
        yield CuratedConcept(
            id=iri.removeprefix(prefix),
            name=labels[0],
            kind=kind,
            aliases=tuple(sorted(properties.get(v.SKOS + "altLabel", ()))),
            family=v.FAMILY in properties[v.RDF + "type"],
            broader=links(v.SKOS + "broader"),
            year=int(year) if year else None,
            introduced_in=first(v.INTRODUCED_IN),
            based_on=links(v.PREDICATE_IRIS["based_on"]),
            uses=links(v.PREDICATE_IRIS["uses"]),
            direction=first(v.DIRECTION),
            tasks=links(v.RELEVANT_TASK),
            definition=first(v.SKOS + "definition"),
        )

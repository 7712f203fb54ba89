"""The nouns of the house: what a source says, what a paper says, what the graph holds.

All of them are immutable. Those that are kept or exchanged go to JSON and back by :func:`to_json` and
``from_json``; the shape of an extraction is ``kg/extraction/extraction.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

KINDS: Final = ("architecture", "module", "technique", "dataset", "task", "metric")
METHOD_KINDS: Final = frozenset({"architecture", "module", "technique"})
PAPER_PREDICATES: Final = ("introduces", "mentions", "addresses", "evaluates_on", "reports")
METHOD_PREDICATES: Final = ("based_on", "uses", "outperforms")
# What an extraction may relate; ``mentions`` and ``reports`` follow from its entities and results.
EXTRACTED_PREDICATES: Final = ("introduces", "based_on", "uses", "addresses", "evaluates_on", "outperforms")
PAPER_AS_SUBJECT: Final = "paper"
_LEFT_OUT_WHERE_EMPTY: Final = {"left_out_where_empty": True}
SECTION_ROLES: Final = ("introduction", "method", "experiments", "other")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper's full text.

    Attributes:
        heading: as it stands in the paper, without its number.
        role: one of :data:`SECTION_ROLES`.
        text: its paragraphs in one, each on a line of its own.
    """

    heading: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source states of a paper's concepts beside the paper's own text: weak, and marked as such.

    Attributes:
        subject: ``paper``, or the name of a method.
        predicate: one of :data:`EXTRACTED_PREDICATES`, or ``reports``.
        object: the name of a concept; for ``reports`` the value as written.
        kind: what the object is, one of :data:`KINDS`; empty for ``reports``.
        found_by: whose statement it is, in one word (``pwc``).
        statement: the same as a sentence for people, with its source.
        about: further names by what they are, sorted: ``alias`` (of the object); for ``reports`` ``dataset``,
            ``metric``, ``task``, ``configuration``.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    found_by: str
    statement: str
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says of one paper.

    Attributes:
        source: the name of the source (a file's name, without its folder).
        key: the paper's own key in that source, where it has one; else a digest of what is said of it.
        date: the day of publication as ``YYYY-MM-DD``, or the month as ``YYYY-MM``.
        arxiv: the arXiv number without version.
        doi: the DOI in lower case, without a resolver before it.
        ids: other identifiers by their scheme, sorted (``openalex``, ``s2``, ``acl`` ...).
        references: the papers that it cites, each by scheme (``doi`` and ``arxiv`` among them) and identifier, sorted.
        sections: what was read of its full text, in its order.
        claims: what the source states of its concepts, sorted.
    """

    source: str
    key: str
    title: str
    abstract: str = ""
    year: int | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    venue: str | None = None
    url: str | None = None
    ids: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, str], ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)
    sections: tuple[Section, ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)
    claims: tuple[Claim, ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        """Return the record that :func:`to_json` wrote."""
        return cls(**_stated(data))


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: a pure function of the set of its records.

    Attributes:
        key: the last part of its IRI: ``doi-...``, else ``arxiv-...``, else ``t-`` and a digest of its title.
        year: the earliest year that a record gives.
        sources: the sources that know the paper, sorted.
    """

    key: str
    title: str
    abstract: str = ""
    year: int | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    venue: str | None = None
    url: str | None = None
    ids: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)
    sections: tuple[Section, ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)
    claims: tuple[Claim, ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Paper:
        """Return the paper that :func:`to_json` wrote."""
        return cls(**{**_stated(data), "sources": tuple(data["sources"])})

    @property
    def text(self) -> str:
        """What is read of the paper: title, newline, abstract, then each section behind a newline.

        All offsets count in it.
        """
        return "\n".join((self.title, self.abstract, *(section.text for section in self.sections)))

    def section_at(self, offset: int) -> Section | None:
        """Return the section in which a place of the text stands; None for title and abstract."""
        end = len(self.title) + 1 + len(self.abstract)
        for section in self.sections:
            start, end = end + 1, end + 1 + len(section.text)
            if start <= offset < end:
                return section
        return None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a paper's text that names a concept: Unicode code points, the end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a relation or a result.

    Attributes:
        sentence: the sentence, exactly as it stands in the paper's text.
        start, end: where the sentence stands in that text; both 0 for what a source claims beside the text, of
            which the sentence is the claim in words.
        found_by: the rule or the model that found it, or the source that claims it.
        confidence: from 0 to 1.
        section: the role of the section in which it stands; None for title and abstract.
    """

    sentence: str
    start: int
    end: int
    found_by: str
    confidence: float
    section: str | None = field(default=None, metadata=_LEFT_OUT_WHERE_EMPTY)


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept as one paper names it.

    Attributes:
        name: the name by which the paper's relations refer to it; unique within the paper.
        type: the likeliest of :data:`KINDS`.
        mentions: every occurrence, sorted.
        kinds: all kinds that were considered, with their scores, the likeliest first.
        aliases: names that the text itself defines as the same ("long form (ACRONYM)").
        curated: the identifier of the curated concept that it matched, if any.
        configurations: sizes and settings named ("ResNet-50"), sorted.
    """

    name: str
    type: str
    confidence: float
    mentions: tuple[Mention, ...]
    kinds: tuple[tuple[str, float], ...] = ()
    aliases: tuple[str, ...] = ()
    curated: str | None = None
    configurations: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Entity:
        """Return the entity that :func:`to_json` wrote."""
        return cls(
            name=data["name"],
            type=data["type"],
            confidence=data["confidence"],
            mentions=tuple(Mention(**m) for m in data["mentions"]),
            kinds=tuple((kind, score) for kind, score in data.get("kinds", ())),
            aliases=tuple(data.get("aliases", ())),
            curated=data.get("curated"),
            configurations=tuple(data.get("configurations", ())),
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject (an entity's name, or ``paper``), predicate, object (an entity's name), with its proof."""

    subject: str
    predicate: str
    object: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """A score as a paper states it; what the text does not say is None.

    Attributes:
        method, dataset, metric, task: names of entities of the paper.
        configuration: the size or setting of the method that scored.
        value: as written ("87.1%"); ``number`` the same as a number, ``unit`` its unit.
    """

    method: str | None
    configuration: str | None
    dataset: str | None
    metric: str | None
    value: str
    number: float
    unit: str | None
    task: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one paper's text says, before other papers are heard.

    Attributes:
        candidates: what scored too low to be an entity, for a second look when other papers are heard; their names
            differ from those of the entities, and no relation or result is about them.
    """

    id: str
    title: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    candidates: tuple[Entity, ...] = field(default=(), metadata=_LEFT_OUT_WHERE_EMPTY)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Extraction:
        """Return the extraction that :func:`to_json` wrote."""
        return cls(
            id=data["id"],
            title=data["title"],
            entities=tuple(map(Entity.from_json, data["entities"])),
            relations=tuple(Relation(**{**r, "evidence": Evidence(**r["evidence"])}) for r in data["relations"]),
            results=tuple(Result(**{**r, "evidence": Evidence(**r["evidence"])}) for r in data["results"]),
            candidates=tuple(map(Entity.from_json, data.get("candidates", ()))),
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing of the field, as the whole graph knows it.

    Attributes:
        id: the last part of its IRI: a slug, with a suffix where homographs need one.
        aliases: all other names, sorted.
        curated: whether it stands among the curated concepts.
        family: whether it is a broad family (Transformer, GAN), which lineage leaves out unless asked.
        year: the curated year, else that of the earliest dated paper here that introduces it.
        introduced_in: the curated title of the introducing paper.
        broader: identifiers of more general concepts.
        direction: for a metric, ``higher`` or ``lower``: which is better.
        tasks: for a dataset, identifiers of the tasks that it is made for.
        configurations: sizes and settings seen, sorted.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    curated: bool = False
    family: bool = False
    year: int | None = None
    introduced_in: str | None = None
    broader: tuple[str, ...] = ()
    direction: str | None = None
    tasks: tuple[str, ...] = ()
    configurations: tuple[str, ...] = ()
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence for an edge of the graph: what a paper says, or what a curator states.

    Attributes:
        paper: the key of the paper; None where a curator states it.
        source: where the curator has it from.
    """

    paper: str | None
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A distinct edge of the graph with everything that proves it.

    Attributes:
        subject: a concept's identifier; the paper's key where the predicate is a paper's.
        object: a concept's identifier.
        proofs: sorted; empty only for ``mentions``.
    """

    subject: str
    predicate: str
    object: str
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A result in the graph: as :class:`Result`, with identifiers of concepts in place of names.

    Attributes:
        evidence: None where a curator states it.
        source: where the curator has it from.
    """

    paper: str
    method: str | None
    configuration: str | None
    dataset: str | None
    metric: str | None
    value: str
    number: float
    unit: str | None
    task: str | None
    evidence: Evidence | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A decision on names: two were held to be one, or were kept apart, and why.

    Attributes:
        concept: the identifier of the concept in question.
        name: the name that was merged into it, or kept apart from it.
        merged: whether they were merged.
        reason: in plain words.
        papers: keys of the papers behind the decision, sorted.
    """

    concept: str
    name: str
    merged: bool
    reason: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionUse:
    """What became of one decision of a curator.

    Attributes:
        decision: in the words of ``kg curate``.
        used: whether the graph is another one for it.
        note: why not, where it is not used.
    """

    decision: str
    used: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The graph before it is written as triples; every tuple is sorted.

    Attributes:
        citations: keys of papers: the one that cites, and the one that it cites.
    """

    papers: tuple[Paper, ...] = ()
    concepts: tuple[Concept, ...] = ()
    edges: tuple[Edge, ...] = ()
    scores: tuple[Score, ...] = ()
    merges: tuple[Merge, ...] = field(default=())
    decisions: tuple[DecisionUse, ...] = ()
    citations: tuple[tuple[str, str], ...] = ()


def _stated(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the JSON of a record or a paper says, lists as tuples."""
    said = dict(data)
    said["authors"] = tuple(data.get("authors", ()))
    for name in ("ids", "references"):
        said[name] = tuple((scheme, value) for scheme, value in data.get(name, ()))
    said["sections"] = tuple(Section(**section) for section in data.get("sections", ()))
    said["claims"] = tuple(
        Claim(**{**claim, "about": tuple((what, value) for what, value in claim["about"])})
        for claim in data.get("claims", ())
    )
    return said


def to_json(noun: Any) -> Any:
    """Return a noun as what ``json.dumps`` takes: dataclasses as objects, tuples as lists, in field order.

    >>> to_json(Mention(0, 3, "ViT"))
    {'start': 0, 'end': 3, 'text': 'ViT'}
    """
    if is_dataclass(noun) and not isinstance(noun, type):
        return {
            f.name: to_json(value)
            for f in fields(noun)
            if (value := getattr(noun, f.name)) or "left_out_where_empty" not in f.metadata
        }
    if isinstance(noun, Sequence) and not isinstance(noun, str):
        return [to_json(item) for item in noun]
    return noun

"""All formats at once: one graph of concepts whatever the format, and no bytes that crash or hang a reader."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.records import METHOD_PREDICATES, Extraction, Paper, Record, Resolution
from kg.sources import FORMATS, join
from kg.sources.formats import DEFAULTS, ReadOptions, SourceFormat
from kg.sources.reading import lacking_module, read_sources
from tests.sources import writers_src, writers_srj, writers_srx
from tests.sources.samples import Sample, samples

Writer = Callable[[Sequence[Sample]], bytes]
WRITERS: dict[str, Writer] = {**writers_src.WRITERS, **writers_srx.WRITERS, **writers_srj.WRITERS}
WITHOUT_ABSTRACTS: dict[str, Writer] = {**writers_srx.WITHOUT_ABSTRACTS, **writers_srj.WITHOUT_ABSTRACTS}
ALL = {**WRITERS, **WITHOUT_ABSTRACTS}
# These take what no other format knows: of two that say yes, the narrow one is asked first.
WIDE = {"JSON", "Markdown", "full text", "listing page"}
INSTALLED = [form for form in FORMATS if lacking_module(form) is None]


def written(name: str, number: int, folder) -> list[Record]:
    path = folder / "papers"
    path.write_bytes(ALL[name](samples(number)))
    return list(read_sources([path]))


def ids(mapping: dict[str, Writer]) -> list[str]:
    return sorted(mapping)


def skip_without_its_library(name: str) -> None:
    form = next(form for form in FORMATS if form.name == name.partition(":")[0])
    if (lacking := lacking_module(form)) is not None:
        pytest.skip(f"needs {lacking}")


def test_every_format_has_a_writer() -> None:
    assert {name.partition(":")[0] for name in ALL} == {form.name for form in FORMATS}


@pytest.mark.parametrize("name", ids(ALL))
def test_a_format_reads_every_paper_that_its_writer_wrote(name: str, tmp_path) -> None:
    skip_without_its_library(name)
    papers = samples(20)
    said = join(written(name, 20, tmp_path))
    assert {paper.title for paper in said} == {paper.title for paper in papers}
    if name in WRITERS:
        assert {paper.abstract for paper in said} == {paper.abstract for paper in papers}


@pytest.mark.parametrize("name", ids(ALL))
def test_one_narrow_format_says_yes_to_what_a_writer_wrote(name: str) -> None:
    head = writers_src.first_file(ALL[name](samples(3)))[: 64 * 1024]
    yes = [form.name for form in FORMATS if form.recognise(head)]
    form = name.partition(":")[0]
    assert yes[0] == form
    assert set(yes[1:]) <= WIDE


@cache
def extractor():
    from kg.extraction import Extractor

    return Extractor()


@cache
def extraction_of(title: str, abstract: str) -> Extraction:
    """Return what a text says: read once, since an extraction is a function of the text."""
    return extractor().extract(Paper("", title, abstract))


def concepts_of(records: list[Record]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return the concepts and the edges between methods, without the papers, whose keys differ with their sources."""
    from kg.lexicon import load
    from kg.resolution import resolve

    papers = join(records)
    extractions = {p.key: replace(extraction_of(p.title, p.abstract), id=p.key) for p in papers}
    graph: Resolution = resolve(papers, extractions, load())
    named = {edge.object for edge in graph.edges if edge.predicate not in METHOD_PREDICATES}
    concepts = {(c.id, c.name, c.kind, *c.aliases) for c in graph.concepts if c.id in named}
    edges = {(e.subject, e.predicate, e.object) for e in graph.edges if e.predicate in METHOD_PREDICATES}
    return concepts, edges


@pytest.mark.slow
def test_the_same_papers_make_the_same_graph_of_concepts_in_every_format(tmp_path) -> None:
    first = None
    for name in ids(WRITERS):
        if lacking_module(next(form for form in FORMATS if form.name == name.partition(":")[0])) is not None:
            continue
        found = concepts_of(written(name, 200, tmp_path))
        first = first or found
        assert found == first, name
    assert first is not None
    concepts, edges = first
    assert len(concepts) > 150
    assert len(edges) > 150


def read_all(form: SourceFormat, content: bytes, options: ReadOptions = DEFAULTS) -> list[Record]:
    form.recognise(content[: 64 * 1024])
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(content), 64 * 1024)
    places: list[int] = []

    def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
        assert place >= 1
        assert reason
        assert "\n" not in reason
        assert unit in ("line", "record", "row", "page", "byte")
        places.append(place)

    records = list(form.read(stream, source="x", skip=skip, options=options))
    for record in records:
        assert record.source == "x"
        assert record.key
        str(record).encode("utf-8")
    return records


@cache
def whole(name: str) -> bytes:
    return writers_src.first_file(ALL[name](samples(4)))


OPENINGS = [
    b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"<dblp><article>", b"@article{a,",
    b"TY  - JOUR\nTI  - ", b'{"title": "', b'{"results": [', b"title,abstract\n", b"PAR1", b"%PDF-1.7\n",
    b"# A title\n\n## Abstract\n", b"<html><title>", b"PMID- 1\n", b"\xff\xfe", b"\0", b"]]>", b"&amp;&lt;&#xd800;",
]  # fmt: skip
TEXT = st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace"))
PIECES = st.lists(st.binary(max_size=40) | st.sampled_from(OPENINGS) | TEXT, max_size=8).map(b"".join)


@pytest.mark.parametrize("form", INSTALLED, ids=lambda form: form.name)
@settings(max_examples=60, deadline=None)
@given(content=PIECES)
@example(b"")
@example(b"<" * 50_000)
@example(b"<a>" * 20_000)
@example(b"{" * 50_000)
@example(b'{"a":[' * 20_000)
@example(b"\n" * 50_000)
@example(b"@" * 50_000)
@example(b"@a{" * 20_000)
@example(b"a," * 30_000)
@example(b'"' * 50_000)
@example(b"<!--" * 20_000)
@example(b"&" * 50_000)
@example(b"# " * 30_000)
@example(b"\\" * 50_000)
@example(b"<!DOCTYPE a [" + b"<!ENTITY b 'c'>" * 2_000)
def test_no_bytes_whatever_crash_or_hang_a_reader(form: SourceFormat, content: bytes) -> None:
    read_all(form, content)


@pytest.mark.parametrize("name", ids(ALL))
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), sections=st.booleans())
def test_damage_anywhere_in_a_file_crashes_no_reader(name: str, seed: int, sections: bool) -> None:
    skip_without_its_library(name)
    form = next(form for form in FORMATS if form.name == name.partition(":")[0])
    chance = random.Random(seed)
    content = bytearray(whole(name))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randrange(200)]
            case 2:
                content[place:place] = chance.choice(OPENINGS)
            case 3:
                content[place:place] = content[place : place + chance.randrange(400)]
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    read_all(form, bytes(content), ReadOptions(sections=sections))


LEVELS = "abcdefghijklm"
BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in pairwise(LEVELS)
)
SECRET = "the secret of another file"


@pytest.mark.parametrize("name", [name for name in ids(ALL) if whole(name).lstrip().startswith(b"<")])
def test_entities_that_expand_and_external_ones_are_refused(name: str, tmp_path) -> None:
    form = next(form for form in FORMATS if form.name == name.partition(":")[0])
    outside = tmp_path / "secret"
    outside.write_text(SECRET, encoding="utf-8")
    title = samples(1)[0].title.encode()
    body = whole(name)
    body = body[body.index(b"?>") + 2 :] if body.startswith(b"<?xml") else body
    for entities in (BOMB, f'<!ENTITY m SYSTEM "{outside.as_uri()}">'):
        prolog = f'<?xml version="1.0"?><!DOCTYPE a [{entities}]>'.encode()
        records = read_all(form, prolog + body.replace(title, b"&m;&m;"))
        assert not any(SECRET in str(record) or "a" * 21 in str(record) for record in records)

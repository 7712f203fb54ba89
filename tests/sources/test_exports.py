"""All JSON and bibliography formats: the same papers come out of each, and nothing brings one down."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources import FORMATS
from kg.sources.formats import ReadOptions, SourceFormat
from kg.sources.limits import Limits
from kg.sources.text import one_line
from tests.sources.reading_one import read_one
from tests.sources.samples import samples
from tests.sources.writers_srj import BARE, WITHOUT_ABSTRACTS, WRITERS

ALL = {**WRITERS, **WITHOUT_ABSTRACTS}
OURS = [form for form in FORMATS if form.name in {layout.partition(":")[0] for layout in ALL}]
# What a format has no field for
UNKNOWN = {"OpenReview notes": {"doi"}, "Papers with Code archive": {"doi"}}
LINES = {"arXiv snapshot", "Crossref works: lines", "OpenAlex works: lines", "Semantic Scholar: data set of papers"}
LISTS_AND_PAGES = [layout for layout in ALL if layout not in {*LINES, "BibTeX", "RIS", "Zotero CSV"}]


def form_of(layout: str) -> SourceFormat:
    return next(form for form in OURS if form.name == layout.partition(":")[0])


@pytest.mark.parametrize("layout", ALL)
def test_every_layout_gives_back_what_was_written(layout: str) -> None:
    # No paper of the first of January: some formats say that where only the year is known.
    papers = [paper for paper in samples(24) if not paper.date.endswith("-01-01")]
    records, left = read_one(form_of(layout), ALL[layout](papers))
    assert left == []
    names = {"title", "abstract", "year", "date", "authors", "arxiv", "doi", "venue"}
    names -= UNKNOWN.get(form_of(layout).name, set())
    names -= {"abstract"} if layout in WITHOUT_ABSTRACTS else set()
    for name in sorted(names):
        assert [getattr(record, name) for record in records] == [getattr(paper, name) for paper in papers], name
    assert len({record.key for record in records}) == len(papers)


@pytest.mark.parametrize("layout", ALL)
def test_one_format_alone_knows_each_file_as_its_own(layout: str) -> None:
    for papers in (samples(1), samples(60)):
        head = ALL[layout](papers)[: 64 * 1024]
        found = [form.name for form in FORMATS if form.recognise(head)]
        assert found[0] == form_of(layout).name
        assert {"CSV and TSV", *(form.name for form in OURS)} & set(found[1:]) == set()


def test_every_layout_has_a_bare_parser_for_the_benchmark() -> None:
    assert sorted(BARE) == sorted(ALL)


@pytest.mark.parametrize("layout", ALL)
def test_a_file_that_is_cut_off_keeps_what_stands_before(layout: str) -> None:
    content = ALL[layout](samples(5))
    records, left = read_one(form_of(layout), content[: len(content) * 7 // 10])
    assert 2 <= len(records) <= 4
    assert len(left) <= 1


@pytest.mark.parametrize("layout", ALL)
def test_a_record_beyond_the_limit_is_left_out_and_the_others_are_read(layout: str) -> None:
    first, second, third = samples(3)
    long = replace(second, **{"venue" if layout in WITHOUT_ABSTRACTS else "abstract": "long " * 9_000})
    limits = Limits(line_bytes=1_000 if layout.startswith("Papers") else 16_000)
    records, left = read_one(form_of(layout), ALL[layout]([first, long, third]), options=ReadOptions(limits=limits))
    # Of what is told line by line, only the line is left out.
    read = [record.title for record in records if record.abstract or layout in WITHOUT_ABSTRACTS]
    assert read == [first.title, third.title]
    assert left
    assert all("longer than" in reason or "not JSON" in reason or "bare" in reason for _, reason in left)


DAMAGE = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_file_brings_its_reader_down(data: Any) -> None:
    layout = data.draw(st.sampled_from(sorted(ALL)))
    content = ALL[layout](samples(3))
    for where, length, instead in data.draw(st.lists(DAMAGE, min_size=1, max_size=4)):
        at = int(where * len(content))
        content = content[:at] + instead + content[at + length :]
    stands(form_of(layout), content)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=200), form=st.sampled_from(OURS))
def test_no_bytes_whatever_bring_a_reader_down(content: bytes, form: SourceFormat) -> None:
    form.recognise(content)
    stands(form, content)


JSON_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_value_in_place_of_another_brings_a_reader_down(data: Any) -> None:
    layout = data.draw(st.sampled_from(sorted(LISTS_AND_PAGES)))
    content = json.loads(ALL[layout](samples(2)))
    for _ in range(data.draw(st.integers(1, 4))):
        node: Any = content
        while True:
            keys = sorted(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(node[key], dict | list) and data.draw(st.booleans()):
                node = node[key]
                continue
            node[key] = data.draw(JSON_VALUE)
            break
    stands(form_of(layout), json.dumps(content).encode())


def stands(form: SourceFormat, content: bytes) -> None:
    """Read a file to its end, whatever is in it."""
    reasons: list[str] = []

    def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
        assert place >= 1
        reasons.append(reason)

    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
    for record in form.read(stream, source="x", skip=skip):
        assert record.source == "x"
        assert record.key
        str(record).encode("utf-8")
    assert all(reason == one_line(reason) for reason in reasons)

"""Reading files: what is recognised, what is refused, and how it is said."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.records import Record
from kg.sources import FORMATS, Skip, read_sources
from kg.sources.text import MAX_LINE_BYTES, text_lines

ABSTRACT = "We study functions on sets. They are invariant to permutations, and so are ours."


def refuse(*skipped: object) -> None:
    raise AssertionError(skipped)


def write(folder: Path, content: bytes | str, name: str = "papers") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def titles(path: Path, **options: object) -> list[str]:
    return [record.title for record in read_sources([path], **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["papers.txt", "papers.json", "papers.pdf", "papers"])
def test_the_format_is_told_by_content_and_not_by_name(tmp_path: Path, name: str) -> None:
    assert titles(write(tmp_path, f"Deep Sets\n\n{ABSTRACT}\n", name)) == ["Deep Sets"]
    assert titles(write(tmp_path, '{"title": "Deep Sets"}\n', name)) == ["Deep Sets"]


def test_files_are_read_one_after_the_other_and_name_their_source_without_the_folder(tmp_path: Path) -> None:
    first = write(tmp_path, '{"title": "Deep Sets", "id": "a"}', "one.jsonl")
    second = write(tmp_path, '[{"title": "WL meet VC", "id": 2}]', "two.json")
    assert list(read_sources([second, str(first)])) == [
        Record(source="two.json", key="2", title="WL meet VC"),
        Record(source="one.jsonl", key="a", title="Deep Sets"),
    ]


def test_a_byte_order_mark_carriage_returns_and_a_missing_last_newline_do_no_harm(tmp_path: Path) -> None:
    page = f"new\r\n\r\nDeep Sets\r\n\r\n{ABSTRACT}"
    assert [(r.title, r.abstract) for r in read_sources([write(tmp_path, "\ufeff" + page)])] == [
        ("Deep Sets", ABSTRACT)
    ]
    assert titles(write(tmp_path, '\ufeff{"title": "A set"}\r\n{"title": "B set"}')) == ["A set", "B set"]
    assert titles(write(tmp_path, '\ufeff[\r\n{"title": "A set"}\r\n]')) == ["A set"]


def test_a_file_with_one_paper_reads_and_reports_what_it_skips(tmp_path: Path) -> None:
    path = write(tmp_path, 'oops\n{"title": "Deep Sets"}\n{"title": 5}\n')
    skips: list[Skip] = []
    assert titles(path, on_skip=skips.append) == ["Deep Sets"]
    assert skips == [
        Skip(str(path), 1, "not JSON: Expecting value at column 1"),
        Skip(str(path), 3, "the field title is 5, not a text"),
    ]
    assert titles(path) == ["Deep Sets"]


def test_strict_makes_the_first_skip_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, '{"title": "Deep Sets"}\n{"title": 5}\n')
    with pytest.raises(InputError) as caught:
        titles(path, strict=True)
    assert str(caught.value) == f"{path}, line 2: the field title is 5, not a text (what is skipped is an error here)"


MEND = "`kg sources` lists what can be read"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", f": is empty; {MEND}"),
        (b"\xef\xbb\xbf", f": is empty; {MEND}"),
        (b" \n\n\t\n", f": is empty; {MEND}"),
        (bytes(range(256)) * 40, f": is binary, and no format that can be read; {MEND}"),
        (b"#!/bin/sh\necho Deep Sets\n", f": is in no format that can be read; {MEND}"),
        (
            "Упражнение\n\nМы упражняемся.\n".encode("koi8-r"),
            f", line 1: no paper in the file: the line is not UTF-8 (byte 1 of it) (and 1 more such places); {MEND}",
        ),
        (
            b'{"title": "Deep Sets\n{"title": \n{}\n',
            ", line 1: no paper in the file: not JSON: Unterminated string starting at at column 11"
            f" (and 2 more such places); {MEND}",
        ),
        (b"[]", f": holds no paper; {MEND}"),
        (b"new\n\nUpvote\n\nMar 14\n", f": holds no paper; {MEND}"),
        (
            b"x" * 10_000_000,
            f", line 1: no paper in the file: the line is longer than {MAX_LINE_BYTES:,} bytes; {MEND}",
        ),
        (
            b"some words " * 100_000,
            f", line 1: no paper in the file: an abstract without a title before it; {MEND}",
        ),
    ],
)
def test_a_file_without_a_paper_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError) as caught:
        titles(path)
    assert str(caught.value) == f"{path}{message}"


def test_a_file_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as missing:
        titles(tmp_path / "none.txt")
    assert str(missing.value) == f"{tmp_path}/none.txt: there is no such file; check its name and folder"
    with pytest.raises(InputError, match="zero byte"):
        titles(Path("a\0b"))
    path = write(tmp_path, '{"title": "Deep Sets"}')
    with pytest.raises(InputError, match="papers/x: cannot be read: Not a directory"):
        titles(path / "x")


def test_a_long_line_between_papers_is_skipped_and_parts_its_neighbours(tmp_path: Path) -> None:
    page = f"Deep Sets\n{'x' * (MAX_LINE_BYTES + 1)}\n{ABSTRACT}\nWL meet VC\n{ABSTRACT}\n"
    skips: list[Skip] = []
    path = write(tmp_path, page)
    assert titles(path, on_skip=skips.append) == ["WL meet VC"]
    assert [(skip.place, skip.reason) for skip in skips] == [
        (2, f"the line is longer than {MAX_LINE_BYTES:,} bytes"),
        (1, "no abstract stands behind this line"),
        (3, "no abstract stands behind this line"),
    ]


def test_a_line_of_exactly_the_limit_is_read() -> None:
    stream = io.BytesIO(b"x" * MAX_LINE_BYTES + b"\nshort")
    assert [(n, len(text or "")) for n, text in text_lines(stream, skip=refuse)] == [
        (1, MAX_LINE_BYTES),
        (2, 5),
    ]


def test_a_last_character_that_is_cut_in_two_is_dropped(tmp_path: Path) -> None:
    page = f"Deep Sets\n{ABSTRACT} Größe".encode()
    cut = page[: page.index("ö".encode()) + 1]
    assert [record.abstract for record in read_sources([write(tmp_path, cut)], strict=True)] == [f"{ABSTRACT} Gr"]


def test_every_format_has_a_name_of_its_own() -> None:
    names = [form.name for form in FORMATS]
    assert len(set(names)) == len(names)
    assert names[-1] == "listing page"


JSON_TEXT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "abstract", "authors", "year", "date", "doi", "arxiv", "id", "papers", "name"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
).map(lambda value: json.dumps(value).encode())
PIECES = st.lists(
    st.binary(max_size=30)
    | JSON_TEXT
    | st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))
    | st.sampled_from(
        [b"\n", b"\r\n", b"{", b"[", b"]}", b",", b'{"papers":[', b"Deep Sets\n", ABSTRACT.encode(), b"\0"]
    ),
    max_size=10,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=PIECES)
@example([b"[" * 200_000])
@example([b'{"a":' * 100_000])
@example([b"[" + b"9" * 10_000 + b"]"])
@example([b'{"title": "\\ud800 \\u0000", "id": "\\udfff"}'])
@example([b"\x28\xb5\x2f\xfd\x00\xa9"])  # a frame of zstandard that asks for too much memory
def test_no_bytes_whatever_crash_a_reader(tmp_path: Path, pieces: list[bytes]) -> None:
    path = write(tmp_path, b"".join(pieces))
    try:
        records = list(read_sources([path]))
    except InputError as error:
        assert len(str(error).splitlines()) == 1
        return
    assert records
    for record in records:
        assert record.title
        str(record).encode("utf-8")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(min_size=1, max_size=200))
def test_no_bytes_whatever_crash_any_one_format(content: bytes) -> None:
    for form in FORMATS:
        form.recognise(content)
        stream: io.BufferedReader = io.BufferedReader(io.BytesIO(content))
        for record in form.read(stream, source="x", skip=lambda *_, **__: None):
            assert record.source == "x"

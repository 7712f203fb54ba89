"""Objects out of JSON: every layout, and what damage costs."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from kg.sources._json_elements import at, elements, has_keys, list_at, text_at
from kg.sources.formats import ReadOptions
from kg.sources.limits import Limits

UNDER = (("results",), ("message", "items"))
PAPERS: list[dict[str, Any]] = [
    {"id": n, "authors": [{"name": "A"}, {"name": "B"}], "title": f"T{n}"} for n in range(4)
]


def read(content: str | bytes, **options: Any) -> tuple[list[Any], list[tuple[int, str]]]:
    left: list[tuple[int, str]] = []

    def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
        left.append((place, reason))

    raw = content if isinstance(content, bytes) else content.encode()
    stream = io.BufferedReader(io.BytesIO(raw))  # type: ignore[arg-type]
    found = elements(stream, under=UNDER, marks=("id", "title"), skip=skip, **options)
    return [(line, value["id"]) for line, value in found], left


def test_lines_lists_and_pages_are_read_with_the_lines_on_which_they_stand() -> None:
    lines = "\n".join(map(json.dumps, PAPERS))
    assert read(lines) == ([(1, 0), (2, 1), (3, 2), (4, 3)], [])
    assert read(json.dumps(PAPERS)) == ([(1, n) for n in range(4)], [])
    assert read("[\n" + lines.replace("\n", ",\n") + "\n]") == ([(2, 0), (3, 1), (4, 2), (5, 3)], [])
    page = {"meta": {"id": 9}, "results": PAPERS, "next": None}
    assert read(json.dumps(page)) == ([(1, n) for n in range(4)], [])
    assert read(json.dumps(page) + "\n" + json.dumps(page)) == (
        [(1, n) for n in range(4)] + [(2, n) for n in range(4)],
        [],
    )
    nested = {"status": "ok", "message": {"facets": {}, "items": PAPERS}}
    assert read(json.dumps(nested, indent=1))[0][:2] == [(6, 0), (18, 1)]


def test_a_page_with_one_object_in_place_of_a_list_holds_that() -> None:
    assert read(json.dumps({"status": "ok", "message": PAPERS[2]})) == ([(1, 2)], [])
    assert read(json.dumps({"results": PAPERS[3]})) == ([(1, 3)], [])


def test_an_object_without_the_list_is_one_itself_and_null_is_nothing() -> None:
    assert read(json.dumps(PAPERS[1], indent=2)) == ([(1, 1)], [])
    assert read(json.dumps([None, PAPERS[1], None])) == ([(1, 1)], [])


def test_a_damaged_line_costs_itself() -> None:
    lines = [json.dumps(paper) for paper in PAPERS]
    lines[1] = lines[1][:20]
    lines[2] = "oops"
    assert read("\n".join(lines)) == (
        [(1, 0), (4, 3)],
        [
            (2, "not JSON: Expecting value"),
            (3, "not JSON: neither an object nor a list begins here"),
        ],
    )


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("found", ['"B"', '"title": "T1"', '{"name": "A"}', '"authors": [', "},"])
def test_a_damaged_element_of_a_list_costs_itself_and_is_told_once(indent: int | None, found: str) -> None:
    text = json.dumps(PAPERS, indent=indent)
    if indent:
        found = {'{"name": "A"}': '{\n    "name": "A"'}.get(found, found)
    second = text.index('"id": 1')
    at = text.index(found, second)
    damaged = text[:at] + text[at + 3 :]
    ids, left = read(damaged)
    assert {paper for _, paper in ids} >= {0, 2, 3}
    assert len(left) <= 1


def test_a_bare_value_and_bytes_that_are_not_utf8_are_told() -> None:
    assert read(b'{"id": 1}\n{"id": "\xff"}\n[3]\n{"id": 2}') == (
        [(1, 1), (4, 2)],
        [(2, "the record is not UTF-8"), (3, "3 is not an object")],
    )


def test_an_object_beyond_the_limit_is_left_out() -> None:
    content = "\n".join(json.dumps({"id": n, "text": "x" * (900_000 if n == 1 else 3)}) for n in range(3))
    assert read(content, options=ReadOptions(limits=Limits(line_bytes=1_000))) == (
        [(1, 0), (3, 2)],
        [(2, "not JSON, or longer than 1,000 bytes")],
    )


def test_a_cut_off_file_keeps_what_stands_before() -> None:
    cut = json.dumps(PAPERS)[:-9]
    assert read(cut) == ([(1, 0), (1, 1), (1, 2)], [(1, "not JSON: Unterminated string starting at")])
    assert read(json.dumps(PAPERS)[:-1]) == ([(1, n) for n in range(4)], [(1, "not JSON: the list is cut off")])


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '[{"a":' * 50_000, '[{"a":[' * 50_000, '{"results":[' * 50_000, ',{"' * 50_000, '\n{"id":"x' * 500],
)
def test_brackets_without_end_are_told_and_left(content: str) -> None:
    ids, left = read(content)
    assert ids == []
    assert left


def test_values_are_found_whatever_stands_in_their_place() -> None:
    data = {"a": {"b": "x", "n": 7, "yes": True, "list": [1]}}
    assert (text_at(data, "a", "b"), text_at(data, "a", "n"), text_at(data, "a", "yes")) == ("x", "7", "")
    assert (text_at(data, "a", "b", "c"), at(data, "z", "y"), list_at(data, "a", "list"), list_at(data, "a")) == (
        "",
        None,
        [1],
        [],
    )


def test_keys_are_known_behind_leading_nulls_in_pages_and_in_lists() -> None:
    assert has_keys(b'[null, null, {"id": 1, "title": "A"}]', "id", "title")
    assert has_keys(b'{"message": {"items": [{"id": 1', "id", under=UNDER)
    assert has_keys(b'{"message": {"id": 1}}', "id", under=UNDER)
    assert not has_keys(b'{"message": {"id": 1}}', "title", under=UNDER)
    assert not has_keys(b"\xff\x00", "id")

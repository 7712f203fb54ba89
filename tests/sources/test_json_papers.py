"""Papers as JSON: the layouts, the fields, and what is skipped."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.records import Record
from kg.sources import Skip, read_sources
from kg.sources.text import MAX_ABSTRACT_CHARS, MAX_LINE_BYTES, MAX_TITLE_CHARS

WHOLE = {
    "id": "x-1",
    "title": "Deep Residual\n  Learning",
    "abstract": " We present it. ",
    "year": 2015,
    "date": "2015-12-10T17:57:34Z",
    "authors": [{"name": "Kaiming He"}, "Zhang,  Xiangyu", ""],
    "arxiv_id": "https://arxiv.org/abs/1512.03385v1",
    "doi": "https://doi.org/10.1109/CVPR.2016.90",
    "venue": "CVPR",
    "url": "https://example.org/x",
    "openalex": "https://openalex.org/W2194775991",
    "s2": 206594692,
    "keywords": ["passed", "over"],
}
RECORD = Record(
    source="papers",
    key="x-1",
    title="Deep Residual Learning",
    abstract="We present it.",
    year=2015,
    date="2015-12-10",
    authors=("Kaiming He", "Zhang, Xiangyu"),
    arxiv="1512.03385",
    doi="10.1109/cvpr.2016.90",
    venue="CVPR",
    url="https://example.org/x",
    ids=(("openalex", "W2194775991"), ("s2", "206594692")),
)


def refuse(*skipped: object) -> None:
    raise AssertionError(skipped)


def read(folder: Path, text: str, skips: list[Skip] | None = None) -> list[Record]:
    path = folder / "papers"
    path.write_text(text, encoding="utf-8")
    return list(read_sources([path], on_skip=refuse if skips is None else skips.append))


def read_one(folder: Path, **fields: Any) -> Record:
    (record,) = read(folder, json.dumps({"title": "Deep Sets", "id": "1", **fields}))
    return record


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE),
        f"\n{json.dumps(WHOLE)}\n\n",
        json.dumps([WHOLE]),
        json.dumps([WHOLE], indent=1),
        f"[\n{json.dumps(WHOLE)}\n]\n",
        json.dumps({"papers": [WHOLE]}),
        json.dumps({"about": {"papers": 1}, "papers": [WHOLE], "next": None}, indent=2),
        json.dumps(WHOLE, indent=2),
    ],
)
def test_lines_a_list_and_an_object_with_a_list_say_the_same(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == [RECORD]


def test_objects_in_a_row_over_several_lines_are_read_one_by_one(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"title": title}, indent=2) for title in ("Deep Sets", "WL meet VC"))
    assert [record.title for record in read(tmp_path, text)] == ["Deep Sets", "WL meet VC"]


def test_a_title_alone_is_a_paper_and_its_key_a_digest_of_what_is_said(tmp_path: Path) -> None:
    first, again, other = read(
        tmp_path,
        '{"title": "Deep Sets"}\n{"abstract": null, "title": "Deep Sets"}\n{"title": "Deep Sets", "year": 2017}\n',
    )
    assert first == again == Record(source="papers", key=first.key, title="Deep Sets")
    assert first.key != other.key


@pytest.mark.parametrize(
    "title", ["$gen$CNN: A", "A 🤗 Title", '"Quoted" \\times', "enough:Large", "<img src=x> href", "--"]
)
def test_a_title_stays_as_it_is(tmp_path: Path, title: str) -> None:
    assert read_one(tmp_path, title=title).title == title


def test_characters_that_no_store_can_hold_are_replaced_one_for_one(tmp_path: Path) -> None:
    assert read_one(tmp_path, abstract="a\0b\ud800c").abstract == "a b\ufffdc"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"arxiv": "arXiv:1706.03762v5"}, {"arxiv": "1706.03762"}),
        ({"doi": "10.48550/arXiv.1706.03762"}, {"arxiv": "1706.03762"}),
        ({"url": "http://arxiv.org/pdf/1706.03762v5.pdf"}, {"arxiv": "1706.03762"}),
        ({"url": "https://doi.org/10.1000/AB"}, {"doi": "10.1000/ab"}),
        ({"doi": "doi:10.1000/AB", "arxiv": ""}, {"doi": "10.1000/ab"}),
        ({"doi": "N/A", "arxiv": None, "acl": "https://aclanthology.org/P17-1001/"}, {"ids": (("acl", "P17-1001"),)}),
        ({"year": "2017"}, {"year": 2017}),
        ({"year": 2017.0}, {"year": 2017}),
        ({"date": "2017-06"}, {"date": "2017-06", "year": 2017}),
        ({"date": "2017/6/2"}, {"date": "2017-06-02", "year": 2017}),
        ({"date": "2017"}, {"date": None, "year": 2017}),
        ({"date": "2016-12-31", "year": 2017}, {"date": "2016-12-31", "year": 2017}),
        ({"authors": "Ashish Vaswani, Noam Shazeer and Niki Parmar"}, {"authors": 3}),
        ({"authors": "Vaswani, Ashish"}, {"authors": 1}),
        ({"authors": "Vaswani, Ashish; Shazeer, Noam"}, {"authors": 2}),
        ({"authors": "Ashish Vaswani"}, {"authors": 1}),
        ({"authors": []}, {"authors": 0}),
    ],
)
def test_values_are_brought_into_their_one_spelling(
    tmp_path: Path, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    record = read_one(tmp_path, **fields)
    if "authors" in expected:
        assert len(record.authors) == expected["authors"]
    else:
        assert {name: getattr(record, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": None}, "the title is missing"),
        ({"title": " \n"}, "the title is missing"),
        ({"title": ["Deep Sets"]}, "the field title is ['Deep Sets'], not a text"),
        ({"title": "x" * (MAX_TITLE_CHARS + 1)}, "the field title is longer than 1,000 characters"),
        ({"abstract": "x" * (MAX_ABSTRACT_CHARS + 1)}, "the field abstract is longer than 50,000 characters"),
        ({"abstract": 5}, "the field abstract is 5, not a text"),
        ({"year": "soon"}, "the year 'soon' is not a number of four digits"),
        ({"year": True}, "the year True is not a number of four digits"),
        ({"year": 20177}, "the year 20177 is not a number of four digits"),
        ({"year": [2017]}, "the year [2017] is not a number of four digits"),
        ({"date": "2017-02-30"}, "the date '2017-02-30' is not YYYY-MM-DD, YYYY-MM or YYYY"),
        ({"date": 2017}, "the field date is 2017, not a text"),
        ({"authors": {"name": "A"}}, "the authors are {'name': 'A'}, not a list of names"),
        ({"authors": [5]}, "the author 5 is neither a name nor an object with a name"),
        ({"arxiv": 1706.03762}, "the field arxiv is 1706.03762, not a text"),
        ({"arxiv": "1706"}, "the field arxiv is '1706', not an arXiv number such as 1706.03762"),
        ({"doi": "a/b"}, "the field doi is 'a/b', not a DOI such as 10.1109/cvpr.2016.90"),
        ({"id": {}}, "the field id is {}, not a text"),
    ],
)
def test_a_record_of_wrong_types_is_skipped_and_the_others_are_read(
    tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    skips: list[Skip] = []
    wrong, right = {"title": "Deep Sets", **fields}, {"title": "WL meet VC"}
    assert [r.title for r in read(tmp_path, json.dumps([wrong, right], indent=1), skips)] == ["WL meet VC"]
    assert [(skip.place, skip.reason) for skip in skips] == [(2, reason)]


def test_what_is_no_object_is_skipped_with_its_line(tmp_path: Path) -> None:
    skips: list[Skip] = []
    assert len(read(tmp_path, '{"title": "Deep Sets"}\n[1]\n"x"\n', skips)) == 1
    assert [(skip.place, skip.reason) for skip in skips] == [
        (2, "[1] is not an object with a title"),
        (3, "'x' is not an object with a title"),
    ]


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        ("", 2, "not JSON: the list is cut off"),
        (' {"title": "WL"}]', 2, "not JSON: a comma is missing here"),
        (',\n{"title": "WL', 3, "not JSON: Unterminated string starting at"),
        (',\n{"title"\n: oops}]', 4, "not JSON: Expecting value"),
        ("]\noops", 3, "not JSON: neither an object nor a list begins here"),
    ],
)
def test_a_list_that_breaks_off_keeps_what_stands_before(tmp_path: Path, rest: str, line: int, reason: str) -> None:
    skips: list[Skip] = []
    assert [r.title for r in read(tmp_path, '[\n{"title": "Deep Sets"}' + rest, skips)] == ["Deep Sets"]
    assert [(skip.place, skip.reason) for skip in skips] == [(line, f"{reason}; the rest of the file is left out")]


def test_bytes_that_are_not_utf8_cost_one_paper_in_either_layout(tmp_path: Path) -> None:
    objects = [b'{"title": "A set"}', b'{"title": "caf\xe9"}', b'{"title": "B set"}']
    for content, reason in (
        (b"\n".join(objects), "the line is not UTF-8 (byte 15 of it)"),
        (b"[" + b",\n".join(objects) + b"]", "the paper is not UTF-8"),
    ):
        path = tmp_path / "papers"
        path.write_bytes(content)
        skips: list[Skip] = []
        assert [r.title for r in read_sources([path], on_skip=skips.append)] == ["A set", "B set"]
        assert skips == [Skip(str(path), 2, reason)]


def test_a_list_in_one_line_may_be_longer_than_a_line(tmp_path: Path) -> None:
    papers = [{"title": f"Paper {n}", "abstract": "x" * 40_000} for n in range(MAX_LINE_BYTES // 40_000 + 2)]
    assert len(read(tmp_path, json.dumps(papers))) == len(papers)
    assert len(read(tmp_path, json.dumps({"papers": papers}))) == len(papers)


def test_an_element_longer_than_the_limit_ends_the_list(tmp_path: Path) -> None:
    papers = [{"title": "Deep Sets"}, {"title": "WL", "body": "x" * 3 * MAX_LINE_BYTES}]
    skips: list[Skip] = []
    assert len(read(tmp_path, json.dumps(papers), skips)) == 1
    assert [skip.reason for skip in skips] == [
        f"not JSON, or longer than {MAX_LINE_BYTES:,} bytes; the rest of the file is left out"
    ]


def test_wrong_json_all_through_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: no paper in the file: not JSON: Expecting value at column 11"):
        read(tmp_path, '{"title": Deep}\n{"title": Sets}\n', [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    titles=st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9), min_size=1),
    indent=st.none() | st.integers(0, 2),
    ascii_only=st.booleans(),
)
def test_all_layouts_give_the_same_records(
    tmp_path: Path, titles: list[str], indent: int | None, ascii_only: bool
) -> None:
    papers = [{"title": title} for title in titles]
    lines = "\n".join(json.dumps(paper, ensure_ascii=ascii_only) for paper in papers)
    listed = json.dumps(papers, indent=indent, ensure_ascii=ascii_only)
    under = json.dumps({"n": 1, "papers": papers}, indent=indent, ensure_ascii=ascii_only)
    first, *others = (read(tmp_path, text) for text in (lines, listed, under))
    assert [record.title for record in first] == titles
    assert others == [first, first]


def test_references_are_identifiers_or_objects_of_them(tmp_path: Path) -> None:
    cited = ["arXiv:1512.03385v2", "https://doi.org/10.1109/CVPR.2016.90", "He et al.", {"openalex": "W7", "isbn": "1"}]
    assert read_one(tmp_path, references=cited).references == (
        ("arxiv", "1512.03385"), ("doi", "10.1109/cvpr.2016.90"), ("openalex", "W7"),
    )  # fmt: skip
    assert read_one(tmp_path, acl="https://aclanthology.org/P16-1001/", pmid=12).ids == (
        ("acl", "P16-1001"),
        ("pmid", "12"),
    )


@pytest.mark.parametrize("references", ["10.1000/x", [7]])
def test_references_that_are_no_list_of_identifiers_skip_the_paper(tmp_path: Path, references: object) -> None:
    skips: list[Skip] = []
    assert (
        len(read(tmp_path, f'{{"title": "x", "references": {json.dumps(references)}}}\n{{"title": "y"}}', skips)) == 1
    )
    assert "reference" in skips[0].reason

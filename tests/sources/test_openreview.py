"""Submissions of OpenReview: both versions of the API, and replies that are no papers."""

import json
from typing import Any

import pytest

from kg.records import Record
from kg.sources import openreview
from tests.sources.reading_one import read_one

CONTENT = {
    "title": "GridSet",
    "abstract": "We study\ngrids.",
    "authors": ["Ada Example", "Anonymous"],
    "venue": "Samples 2021 poster",
    "pdf": "/pdf/0a.pdf",
    "keywords": ["grids"],
}
V1: dict[str, Any] = {
    "id": "GridSet_001",
    "forum": "GridSet_001",
    "replyto": None,
    "invitation": "Samples.cc/2021/-/Submission",
    "cdate": 1614816000000,
    "content": CONTENT,
}
V2: dict[str, Any] = {
    "id": "GridSet_001",
    "forum": "GridSet_001",
    "invitations": ["Samples.cc/2021/-/Submission"],
    "cdate": 1,
    "pdate": 1614816000000,
    "content": {key: {"value": value} for key, value in CONTENT.items()},
}
RECORD = Record(
    source="x",
    key="GridSet_001",
    title="GridSet",
    abstract="We study grids.",
    year=2021,
    date="2021-03-04",
    authors=("Ada Example",),
    venue="Samples 2021 poster",
    url="https://openreview.net/forum?id=GridSet_001",
    ids=(("openreview", "GridSet_001"),),
)


@pytest.mark.parametrize("note", [V1, V2])
def test_both_versions_say_the_same_in_every_layout(note: dict[str, Any]) -> None:
    for content in ({"notes": [note], "count": 1}, [note], note):
        assert read_one(openreview, json.dumps(content, indent=1)) == ([RECORD], [])


def test_a_link_to_arxiv_in_place_of_a_file_is_its_number() -> None:
    (record,), _ = read_one(
        openreview, json.dumps({**V1, "content": {**CONTENT, "pdf": "https://arxiv.org/abs/1312.00001"}})
    )
    assert record.arxiv == "1312.00001"


def test_replies_are_told_and_what_is_missing_is_left_out() -> None:
    review = {**V2, "id": "review_0001", "content": {"title": {"value": "Good work"}}}
    few = {"id": "few_00001", "forum": "few_00001", "cdate": 10**30, "content": {"title": "A Grid", "authors": "x"}}
    records, left = read_one(openreview, "\n".join(map(json.dumps, [review, few, {**few, "content": None}])))
    assert [(record.key, record.title, record.date, record.authors) for record in records] == [
        ("few_00001", "A Grid", None, ())
    ]
    assert left == [(1, "a review or a comment is no paper"), (3, "the title is missing")]


def test_damage_costs_its_note() -> None:
    page = json.dumps({"notes": [{**V2, "id": f"note_000{n}", "forum": f"note_000{n}"} for n in range(3)]}, indent=1)
    at = page.index('"abstract"', page.index("note_0001"))
    records, left = read_one(openreview, page[:at] + page[at + 1 :])
    assert [record.key for record in records] == ["note_0000", "note_0002"]
    assert len(left) == 1

import io

import pytest

from kg.records import Section
from kg.sources import plain_text
from kg.sources.formats import ReadOptions
from tests.sources.reading_one import read_one

PAPER = """Learning on
Grids

Ada Example, Bo Sample
https://doi.org/10.5555/A

Abstract

We propose GridNet for seg-
mentation. It is fine.

1 Introduction

Once upon a time.
\f2 Method

We do.

References

[1] Old. arXiv:1901.00001.
"""


def test_the_text_of_a_paper_is_read() -> None:
    (found,), skipped = read_one(plain_text, PAPER, options=ReadOptions(sections=True))
    assert skipped == []
    assert (found.title, found.abstract, found.doi, found.references) == (
        "Learning on Grids",
        "We propose GridNet for segmentation. It is fine.",
        "10.5555/a",
        (("arxiv", "1901.00001"),),
    )
    assert found.sections == (
        Section("Introduction", "introduction", "Once upon a time."),
        Section("Method", "method", "We do."),
    )


def test_a_text_with_keys_is_read() -> None:
    text = "Title: Learning on Grids\nAuthors: Ada Example, Bo Sample\nDate: 2 Jan 2021\nAbstract: We do.\nAnd more.\n"
    (found,), _ = read_one(plain_text, text)
    assert (found.title, found.authors, found.date, found.abstract) == (
        "Learning on Grids",
        ("Ada Example", "Bo Sample"),
        "2021-01-02",
        "We do. And more.",
    )


def test_listings_and_texts_without_an_introduction_are_left_to_others() -> None:
    entry = "Deep Sets\n\nAbstract\n\nWe do.\n\n"
    assert not plain_text.recognise(entry.encode())
    assert not plain_text.recognise((entry * 2 + "Introduction\n").encode())
    assert not plain_text.recognise(b"Abstract\n\nWe do.\n\nIntroduction\n")


def test_damage_in_the_middle_is_named_and_the_rest_is_read() -> None:
    content = PAPER.encode().replace(b"Once upon", b"Once \xff upon")
    (found,), skipped = read_one(plain_text, content)
    assert (found.title, skipped) == ("Learning on Grids", [(14, "the line is not UTF-8 (byte 6 of it)")])


@pytest.mark.parametrize(
    "piece", ["x", " ", "1 ", "-\n", "a-\nb ", "Abstract\n", "References\n", "10.5555/", "\f", ". "]
)
def test_hostile_texts_take_time_in_proportion_to_their_length(piece: str) -> None:
    text = "Grids\n\nAbstract\nWe do." + piece * (300_000 // len(piece)) + ".\n\nIntroduction\n" + piece * 10_000
    stream = io.BufferedReader(io.BytesIO(text.encode()))  # type: ignore[arg-type]
    options = ReadOptions(sections=True)
    for record in plain_text.read(stream, source="x", skip=lambda *_, unit="line": None, options=options):
        assert record.title == "Grids"

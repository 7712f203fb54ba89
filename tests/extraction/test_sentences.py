from __future__ import annotations

import pytest
import spacy

import kg.extraction.sentences  # noqa: F401 (registers kg_sentences)
from kg.extraction.reading import Reading


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("kg_sentences")
    return pipeline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title\nOne. Two!", ["A title", "One.", "Two!"]),
        ("T\nSmith et al. Show this, e.g. here. Next.", ["T", "Smith et al. Show this, e.g. here.", "Next."]),
        ("T\nIt gains 1.5 points. ResNet vs. VGG is old.", ["T", "It gains 1.5 points.", "ResNet vs. VGG is old."]),
        ("T\nCode is at https://a.b/c. We thank you.", ["T", "Code is at https://a.b/c.", "We thank you."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(nlp: spacy.language.Language, text: str, expected: list[str]) -> None:
    reading = Reading.of(nlp(text))
    assert [sentence.text for sentence in reading.sentences] == expected
    assert all(text[s.start : s.end] == s.text for s in reading.sentences)

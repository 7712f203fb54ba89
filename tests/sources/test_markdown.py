import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Record, Section
from kg.sources import markdown
from kg.sources._front_matter import front_matter
from kg.sources.formats import ReadOptions
from tests.sources.reading_one import read_one

PROSE = "We study grids, and at such a length that nobody could take these lines for a list of names or for a badge" * 2

PAPER = """---
title: "Learning on Grids: a \\"Study\\""
author: Ada Example and Bo Sample
date: 2021-01-02
doi: 10.5555/A
arxiv: 2101.00001   # the preprint
keywords: [grids, nets]
---

# Learning on Grids

## Abstract

We propose **GridNet**, a [U-Net](https://example.org) with $a_i * b_i$ and `attention`
over file_names.

It is *fine*[^1].

## 1. Introduction

Once upon a time.

```python
# not a heading
```

## Our Method

- First.

### Loss

Second &amp; last.

## References

1. Old. <https://arxiv.org/abs/1901.00001>, doi:10.5555/OLD
2. [New](https://arxiv.org/abs/1902.00002)
"""


def test_front_matter_abstract_and_references_are_read() -> None:
    assert read_one(markdown, PAPER) == (
        [
            Record(
                source="x",
                key=read_one(markdown, PAPER)[0][0].key,
                title='Learning on Grids: a "Study"',
                abstract="We propose GridNet, a U-Net with $a_i * b_i$ and attention over file_names. It is fine.",
                year=2021,
                date="2021-01-02",
                authors=("Ada Example", "Bo Sample"),
                arxiv="2101.00001",
                doi="10.5555/a",
                references=(("arxiv", "1901.00001"), ("arxiv", "1902.00002"), ("doi", "10.5555/old")),
            )
        ],
        [],
    )


def test_sections_come_where_they_are_asked_for() -> None:
    (found,), _ = read_one(markdown, PAPER, options=ReadOptions(sections=True))
    assert found.sections[:3] == (
        Section("Introduction", "introduction", "Once upon a time."),
        Section("Our Method", "method", "First."),
        Section("Loss", "method", "Second & last."),
    )


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        (f"# Grids\n\nAda Example\n\n{PROSE}.\n\n{PROSE}!\n\n## More\n\n{PROSE}.", "Grids", f"{PROSE}. {PROSE}!"),
        (f"# *Deep* Sets #\n\n**Abstract.** {PROSE}.\n", "Deep Sets", f"{PROSE}."),
        ("---\ntitle: Grids\nabstract: |\n  We do.\n  And more.\n---\n", "Grids", "We do. And more."),
        ("---\ntitle: Grids\n---\n", "Grids", ""),
        ("---\nlayout: x\ntitle:\n---\n# Nets\n\n## Abstract\nWe do.", "Nets", "We do."),
        ("# Nets\r\n\r\nTL;DR\r\n-----\r\n\r\nWe do.\r\n", "Nets", "We do."),
    ],
)
def test_titles_and_abstracts_are_found_where_people_put_them(text: str, title: str, abstract: str) -> None:
    (found,), skipped = read_one(markdown, text)
    assert (found.title, found.abstract, skipped) == (title, abstract, [])


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\nimport os\n",
        "## Second level\n\n" + PROSE + ".",
        "# Title\n\n- " + PROSE + ".",
        "# Title\n\n" + "x" * 400,
        "---\nlayout: post\n---\n" + PROSE,
        "Title\n=====\n",
        "---\n",
    ],
)
def test_what_has_no_title_or_no_prose_is_no_paper(text: str) -> None:
    assert not markdown.recognise(text.encode())


def test_a_line_that_cannot_be_read_is_told_and_the_rest_is_read() -> None:
    content = PAPER.encode().replace(b"Once upon", b"Once \xff upon")
    (found,), skipped = read_one(markdown, content)
    assert (found.doi, skipped) == ("10.5555/a", [(21, "the line is not UTF-8 (byte 6 of it)")])


def test_a_title_that_is_missing_is_told() -> None:
    assert read_one(markdown, "---\ntitle:\n---\nText.\n") == ([], [(1, "the title is missing")])


def test_front_matter_is_the_plain_part_of_yaml() -> None:
    lines = """---
title: >-
  Folded
  title
author:
- 'Example, Ada'
- name: Bo Sample   # a person
  affiliation: X
- given: Eve
empty:
# comment
tags: [a, "b, c"]
key-1: it's 5:30
...""".splitlines()
    assert front_matter(lines) == (
        {
            "title": "Folded\ntitle",
            "author": ["Example, Ada", "Bo Sample"],
            "empty": "",
            "tags": ["a", "b, c"],
            "key-1": "it's 5:30",
        },
        14,
    )
    assert front_matter(["---", "title: x"]) == ({}, 0)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(max_size=10)
        | st.sampled_from(["---\n", "# ", "title: ", "\n", "**", "_", "`", "$", "[", "](", ")", "- "]),
        max_size=20,
    ).map("".join)
)
def test_no_text_whatever_crashes_the_reader(text: str) -> None:
    data = text.encode("utf-8", "replace")
    markdown.recognise(data)
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    for record in markdown.read(stream, source="x", skip=lambda *_, unit="line": None):
        str(record).encode("utf-8")


@pytest.mark.parametrize("piece", ["*", "_", "[", "`", "$", "![", "](", "**a", "#", "- ", "\\", "<", "[^"])
def test_hostile_markdown_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = "---\ntitle: Grids\n---\n## Abstract\n" + piece * (200_000 // len(piece))
    records, skipped = read_one(markdown, text, options=ReadOptions(sections=True))
    assert records or skipped

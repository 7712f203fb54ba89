import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Record, Section
from kg.sources import pdf
from kg.sources._fulltext import abstract_of, joined, sections_of
from kg.sources.formats import ReadOptions
from tests.sources.pdf_files import pdf_file
from tests.sources.reading_one import read_one

pytest.importorskip("pypdf", reason="needs the extra pdf")

Page = Sequence[tuple[str, float]]
FIRST: Page = [
    ("Journal of Grids", 9),
    ("Learning on Grids: Self-", 18),
    ("Attention for Müller Seg-", 18),
    ("mentation", 18),
    ("Ada Example", 11),
    ("Abstract", 12),
    ("We propose GridNet for seg-", 10),
    ("mentation with self-", 10),
    ("attention. It is fine.", 10),
    ("Keywords: grids", 10),
    ("1 Introduction", 12),
    ("Once upon a time.", 10),
    ("https://doi.org/10.5555/Grid.1", 8),
]
SECOND: Page = [
    ("2 Our Method", 12),
    ("We use self-attention on 3 grids.", 10),
    ("4 apples are not a heading here", 10),
    ("III. EXPERIMENTS", 12),
    ("It works.", 10),
    ("References", 12),
    ("[1] A. Old. Nets. arXiv preprint arXiv:1901.00001, 2019.", 9),
    ("[2] B. Older. Sets. doi:10.5555/OLD.", 9),
]


def read(content: bytes, **options: bool) -> tuple[Record, list[tuple[int, str]]]:
    (record,), skipped = read_one(pdf, content, options=ReadOptions(**options))  # type: ignore[arg-type]
    return record, skipped


def test_title_abstract_and_identifiers_are_found_by_their_looks() -> None:
    stamp = "arXiv:2101.00001v1 [cs.LG] 2 Jan 2021"
    record, skipped = read(pdf_file([FIRST, SECOND], stamp=stamp, title="Microsoft Word - grids.docx"))
    assert skipped == []
    assert (record.title, record.abstract) == (
        "Learning on Grids: Self-Attention for Müller Segmentation",
        "We propose GridNet for segmentation with self-attention. It is fine.",
    )
    assert (record.arxiv, record.doi, record.date, record.sections, record.references) == (
        "2101.00001",
        "10.5555/grid.1",
        "2021-01-02",
        (),
        (),
    )


def test_a_later_version_does_not_date_its_paper() -> None:
    record, _ = read(pdf_file([FIRST], stamp="arXiv:2101.00001v3 [cs.LG] 4 May 2023"))
    assert (record.arxiv, record.date) == ("2101.00001", None)


def test_identifiers_of_papers_that_are_cited_are_not_the_papers_own() -> None:
    lines = [*FIRST[:10], ("References", 12), ("Old. arXiv:1901.00001v2 [cs.LG] 3 Mar 2019. doi:10.5555/OLD", 9)]
    record, _ = read(pdf_file([lines]))
    assert (record.arxiv, record.doi) == (None, None)


def test_sections_and_references_come_where_they_are_asked_for() -> None:
    record, _ = read(pdf_file([FIRST, SECOND]), sections=True)
    assert record.sections == (
        Section("Introduction", "introduction", "Once upon a time. https://doi.org/10.5555/Grid.1"),
        Section("Our Method", "method", "We use self-attention on 3 grids. 4 apples are not a heading here"),
        Section("EXPERIMENTS", "experiments", "It works."),
    )
    assert record.references == (("arxiv", "1901.00001"), ("doi", "10.5555/old"))


def test_what_is_not_found_is_said_in_one_line() -> None:
    record, skipped = read(pdf_file([[("Learning on Grids", 18), ("Ada Example", 11), ("We do things.", 10)]]))
    assert (record.title, record.abstract) == ("Learning on Grids", "")
    assert skipped == [(1, "no abstract was found (no line begins with the word); the paper goes in by its title")]
    assert read_one(pdf, pdf_file([[]])) == (
        [],
        [(1, "no title was found: the first page has no text (a scan?); run it through OCR")],
    )


def test_a_title_that_the_file_states_helps_a_page_without_one() -> None:
    lines = [("Abstract", 10), ("We do things.", 10)]
    record, _ = read(pdf_file([lines], title="Learning on Grids"))
    assert (record.title, record.abstract) == ("Learning on Grids", "We do things.")
    assert read_one(pdf, pdf_file([lines], title="grids.dvi"))[1] == [
        (1, "no title was found on the first page; give title and abstract as JSON")
    ]


def test_a_logo_in_larger_type_is_no_title() -> None:
    record, _ = read(pdf_file([[("MDPI", 40), *FIRST]]))
    assert record.title == "Learning on Grids: Self-Attention for Müller Segmentation"


def test_damage_is_told_and_what_can_be_read_is_read() -> None:
    content = pdf_file([FIRST, SECOND])
    shifted = content[:15] + b"% every place in the table is wrong now\n" + content[15:]
    assert read(shifted)[0].title == "Learning on Grids: Self-Attention for Müller Segmentation"
    records, skipped = read_one(pdf, content[:200])
    assert records == []
    assert [(place, reason.startswith("the PDF cannot be read: ")) for place, reason in skipped] == [(1, True)]
    at = content.rindex(b"/Length")
    record, skipped = read(content[:at] + b"/Filter /Unheard " + content[at:], sections=True)
    assert record.title == "Learning on Grids: Self-Attention for Müller Segmentation"
    assert [(place, reason[:24]) for place, reason in skipped] == [(2, "the page cannot be read:")]


def test_nothing_is_written_to_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    read_one(pdf, pdf_file([FIRST])[:-300])
    assert capfd.readouterr() == ("", "")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 100), length=st.integers(0, 100), put=st.binary(max_size=20))
def test_no_damage_whatever_crashes_the_reader(at: int, length: int, put: bytes) -> None:
    content = pdf_file([FIRST, SECOND], stamp="arXiv:2101.00001v1")
    start = len(content) * at // 101
    broken = b"%PDF-1.7" + content[8:start] + put + content[max(8, start) + length :]
    stream = io.BufferedReader(io.BytesIO(broken))  # type: ignore[arg-type]
    for record in pdf.read(stream, source="x", skip=lambda *_, unit="line": None, options=ReadOptions(sections=True)):
        str(record).encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_crash_the_reader(content: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(b"%PDF-1.4\n" + content))  # type: ignore[arg-type]
    list(pdf.read(stream, source="x", skip=lambda *_, unit="line": None))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["seg-", "mentation"], "segmentation"),
        (["a multi-", "scale net"], "a multi-scale net"),
        (["an auto-", "encoder; the auto-encoder"], "an auto-encoder; the auto-encoder"),
        (["a multi-", "task and multitask net"], "a multitask and multitask net"),
        (["GPT-", "2 and ResNet-", "Based"], "GPT-2 and ResNet-Based"),
    ],
)
def test_hyphens_at_the_ends_of_lines_go_unless_the_word_has_them(lines: list[str], text: str) -> None:
    assert joined(lines) == text


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        (["T", "ABSTRACT", "We do.", "Index Terms—grids"], ["We do."]),
        (["T", "Abstract—We do.", "More.", "I. INTRODUCTION"], ["We do.", "More."]),
        (["T", "A B S T R A C T", "", "We do.", "1. Introduction"], ["We do."]),
        (["T", "Abstract We propose a net that does a great many things", "1 Setting"], [
            "We propose a net that does a great many things"]),
        (["Abstract Meaning Representation", "No such heading"], []),
    ],
)  # fmt: skip
def test_abstracts_stand_between_their_heading_and_the_next(lines: list[str], abstract: list[str]) -> None:
    assert abstract_of(lines)[1] == abstract


def test_sections_end_where_the_references_begin() -> None:
    lines = ["1 Introduction", "A.", "2 Method", "B.", "References", "3 Things", "C."]
    assert [section.heading for section in sections_of(lines)] == ["Introduction", "Method"]

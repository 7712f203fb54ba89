"""Identifiers: every way of writing one leads to its one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.identifiers import arxiv_id, doi


@pytest.mark.parametrize("text", [
    "1706.03762", "1706.03762v7", "arXiv:1706.03762", "arxiv: 1706.03762v2 [cs.CL]", " ARXIV.1706.03762 ",
    "http://arxiv.org/abs/1706.03762", "https://www.arxiv.org/pdf/1706.03762v5.pdf", "arxiv.org/pdf/1706.03762",
    "https://export.arxiv.org/abs/1706.03762?context=cs", "https://ar5iv.org/html/1706.03762",
    "10.48550/arXiv.1706.03762", "https://doi.org/10.48550/arxiv.1706.03762", "doi:10.48550/ARXIV.1706.03762",
])  # fmt: skip
def test_every_spelling_of_an_arxiv_number_is_read(text: str) -> None:
    assert arxiv_id(text) == "1706.03762"


@pytest.mark.parametrize(
    "text", ["cs/9901001", "cs.LG/9901001v2", "https://arxiv.org/abs/CS/9901001", "arXiv:cs/9901001"]
)
def test_the_subject_class_is_no_part_of_an_old_number(text: str) -> None:
    assert arxiv_id(text) == "cs/9901001"


@pytest.mark.parametrize(
    "text", ["", "1706", "17060.3762", "hello", "10.1000/1706.03762", "https://example.org/1706.03762"]
)
def test_what_is_no_arxiv_number_is_none(text: str) -> None:
    assert arxiv_id(text) is None


@pytest.mark.parametrize("text", [
    "10.1000/Ab(c)", "doi:10.1000/ab(c)", "DOI: 10.1000/AB(C)", "https://doi.org/10.1000/ab(c)",
    "http://dx.doi.org/10.1000/ab%28c%29", "doi.org/10.1000/ab(c).",
])  # fmt: skip
def test_every_spelling_of_a_doi_is_read(text: str) -> None:
    assert doi(text) == "10.1000/ab(c)"


@pytest.mark.parametrize(
    "text", ["", "n/a", "10.1000", "10.1/x", "11.1000/x", "10.1000/a b", "https://example.org/10.1000/x"]
)
def test_what_is_no_doi_is_none(text: str) -> None:
    assert doi(text) is None


@given(st.text())
def test_reading_an_identifier_again_changes_nothing(text: str) -> None:
    for read in (arxiv_id, doi):
        found = read(text)
        assert found is None or read(found) == found

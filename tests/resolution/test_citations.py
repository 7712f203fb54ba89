"""Citations between the papers here: by any identifier, in any order, and never to oneself."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.records import Paper
from kg.resolution.citations import citations

OLD = Paper("doi-10-1000-a", "Old", doi="10.1000/a", arxiv="1501.00001", ids=(("openalex", "W1"),))
NEW = Paper("t-2", "New", references=(("doi", "10.1000/z"), ("openalex", "W1")))


def test_a_reference_counts_once_a_paper_bears_its_identifier() -> None:
    assert citations([NEW]) == {}
    assert citations([NEW, OLD]) == {"t-2": ("doi-10-1000-a",)}


def test_several_identifiers_of_one_paper_are_one_citation() -> None:
    paper = Paper("t-3", "Newer", references=(("arxiv", "1501.00001"), ("doi", "10.1000/a")))
    assert citations([OLD, paper]) == {"t-3": ("doi-10-1000-a",)}


def test_a_paper_does_not_cite_itself() -> None:
    paper = Paper("doi-10-1000-b", "Same", doi="10.1000/b", references=(("doi", "10.1000/b"),))
    assert citations([paper]) == {}


def test_of_two_papers_with_one_identifier_the_first_key_is_cited() -> None:
    twins = [Paper(key, key, ids=(("s2", "7"),), doi=None) for key in ("t-b", "t-a")]
    assert citations([*twins, Paper("t-c", "c", references=(("s2", "7"),))]) == {"t-c": ("t-a",)}


PAPERS = st.lists(
    st.builds(
        Paper,
        key=st.sampled_from("abcdef"),
        title=st.just("x"),
        doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
        ids=st.sampled_from([(), (("s2", "1"),), (("s2", "2"),)]),
        references=st.sampled_from([(), (("s2", "1"),), (("doi", "10.1000/a"), ("s2", "2"))]),
    ),
    max_size=6,
    unique_by=lambda paper: paper.key,
)


@given(papers=PAPERS, seed=st.integers(0, 9))
def test_the_order_of_the_papers_does_not_matter(papers: list[Paper], seed: int) -> None:
    shuffled = list(papers)
    random.Random(seed).shuffle(shuffled)
    assert citations(shuffled) == citations(papers)

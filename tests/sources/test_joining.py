"""Records to papers: what is one, what is two, and that neither order nor repetition matters."""

import random
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.names import fold
from kg.records import Paper, Record
from kg.sources import join
from kg.vocabulary import digest

TITLE = "Deep Residual Learning for Image Recognition"


def record(number: int, **fields: Any) -> Record:
    return Record(source=f"{number}.txt", key=str(number), **{"title": TITLE, **fields})


def parts(*records: Record) -> list[list[int]]:
    """Return which records are one paper, by their numbers; the same in every order."""
    results = [join(order) for order in permutations(records)] if len(records) < 5 else [join(records)]
    assert all(result == results[0] for result in results)
    keys = [paper.key for paper in results[0]]
    assert keys == sorted(set(keys))
    return sorted(sorted(int(source.removesuffix(".txt")) for source in paper.sources) for paper in results[0])


def test_fields_are_chosen_by_fixed_rules() -> None:
    first = record(
        1,
        abstract="Long abstract.",
        year=2016,
        date="2016-01-09",
        authors=("K. He",),
        venue="arXiv preprint",
        doi="10.1/a",
    )
    second = record(
        2,
        title=TITLE.lower(),
        abstract="Short.",
        date="2015-12",
        authors=("Kaiming He", "Xiangyu Zhang"),
        venue="CVPR",
        url="https://example.org/long",
        ids=(("s2", "7"),),
    )
    third = record(3, date="2015-12-10", url="https://example.org", arxiv="1512.03385")
    assert join([first, second, third]) == [
        Paper(
            key="doi-10-1-a",
            title=TITLE,
            abstract="Long abstract.",
            year=2015,
            date="2015-12-10",
            authors=("Kaiming He", "Xiangyu Zhang"),
            arxiv="1512.03385",
            doi="10.1/a",
            venue="CVPR",
            url="https://example.org",
            ids=(("s2", "7"),),
            sources=("1.txt", "2.txt", "3.txt"),
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ({}, {}, True),
        ({}, {"title": "Deep residual-learning for image recognition."}, True),
        ({}, {"title": "Deep Residual Learning for Image Recognition 2"}, False),
        ({"doi": "10.1/a", "title": "ResNet"}, {"doi": "10.1/a"}, True),
        ({"doi": "10.1/a"}, {"doi": "10.1/b"}, False),
        ({"arxiv": "1", "doi": "10.1/a"}, {"arxiv": "1", "doi": "10.1/b"}, False),
        ({"arxiv": "1"}, {"doi": "10.1/b"}, True),
        ({"ids": (("s2", "1"),)}, {"ids": (("s2", "2"),)}, False),
        ({"ids": (("s2", "1"),), "title": "ResNet"}, {"ids": (("s2", "1"),)}, True),
        ({"ids": (("s2", "1"),), "title": "ResNet"}, {"ids": (("acl", "1"),)}, False),
        ({"year": 2015}, {"year": 2016}, True),
        ({"year": 2015}, {"year": 2017}, False),
        ({"year": 2015}, {"date": "2017-01"}, False),
        ({"year": 2015}, {}, True),
        ({"year": 2015, "arxiv": "1"}, {"year": 2019, "arxiv": "1"}, True),
        ({"authors": ("Kaiming He",)}, {"authors": ("He, K.",)}, True),
        ({"authors": ("Kaiming He",)}, {"authors": ("X. Zhang",)}, False),
        ({"authors": ("Kaiming He",)}, {}, True),
        ({"title": "Introduction"}, {"title": "Introduction", "year": 2015}, False),
        ({"title": "Introduction"}, {"title": "Introduction"}, True),
        ({"title": "Introduction", "authors": ("A. He",)}, {"title": "Introduction", "authors": ("A. Li",)}, False),
        ({"title": "Introduction", "authors": ("A. He",)}, {"title": "Introduction", "authors": ("C. He",)}, True),
        ({"title": "Introduction", "authors": ("A. He",)}, {"title": "Introduction"}, False),
        ({"title": "SDXL", "abstract": "A model."}, {"title": "SDXL", "abstract": "A  model.", "year": 2023}, True),
        ({"title": "SDXL", "abstract": "A model."}, {"title": "SDXL", "abstract": "A car."}, False),
    ],
)
def test_what_is_one_paper_and_what_is_two(one: dict[str, Any], other: dict[str, Any], joined: bool) -> None:
    assert parts(record(1, **one), record(2, **other)) == ([[1, 2]] if joined else [[1], [2]])


def test_an_identifier_joins_across_a_third_record() -> None:
    assert parts(
        record(1, title="A", doi="10.1/a"),
        record(2, title="B", arxiv="1"),
        record(3, title="C", doi="10.1/a", arxiv="1"),
    ) == [[1, 2, 3]]


def test_years_do_not_creep_on_from_record_to_record() -> None:
    assert parts(*(record(year, year=year) for year in (2014, 2015, 2016, 2017))) == [[2014, 2015], [2016, 2017]]


def test_a_record_that_could_be_of_two_papers_goes_to_one_of_them_whatever_the_order() -> None:
    assert parts(record(1, doi="10.1/a"), record(2, doi="10.1/b"), record(3)) == [[1, 3], [2]]
    assert parts(record(1, doi="10.1/a", arxiv="1"), record(2, doi="10.1/b", arxiv="1"), record(3, arxiv="1")) == [
        [1, 3],
        [2],
    ]


def test_keys_are_a_doi_else_an_arxiv_number_else_a_digest_of_the_folded_title() -> None:
    assert join([record(1, doi="10.1109/cvpr.2016.90", arxiv="1512.03385")])[0].key == "doi-10-1109-cvpr-2016-90"
    assert join([record(1, arxiv="1512.03385")])[0].key == "arxiv-1512.03385"
    assert join([record(1, arxiv="cs/9901001")])[0].key == "arxiv-cs-9901001"
    assert join([record(1, year=2015)])[0].key == "t-" + digest(fold(TITLE))


def test_papers_of_one_title_have_keys_with_year_and_first_author() -> None:
    papers = join([record(1, year=2015, authors=("A He",)), record(2, year=2020)])
    assert [paper.key for paper in papers] == sorted(
        ["t-" + digest(fold(TITLE), "2015", "he"), "t-" + digest(fold(TITLE), "2020", "")]
    )


@pytest.mark.parametrize("shared", [{"doi": "10.1/a"}, {"arxiv": "1"}, {"title": "Introduction"}])
def test_keys_are_unique_even_where_papers_share_what_makes_them(shared: dict[str, str]) -> None:
    records = [record(n, **shared, ids=(("s2", str(n)),), abstract=f"Abstract {n}.") for n in range(3)]
    assert parts(*records) == [[0], [1], [2]]
    assert parts(record(1, doi="10.1/a-b"), record(2, doi="10.1/a.b")) == [[1], [2]]


def test_a_title_of_which_folding_leaves_nothing_is_a_paper() -> None:
    assert [paper.title for paper in join([record(1, title="$$"), record(2, title="—")])] in (["$$", "—"], ["—", "$$"])


def test_nothing_is_no_paper() -> None:
    assert join([]) == []


def identifiers_of(paper: Paper) -> list[tuple[str, str]]:
    named = [("doi", paper.doi), ("arxiv", paper.arxiv), *paper.ids]
    return [(scheme, value) for scheme, value in named if value]


RECORDS = st.builds(
    Record,
    source=st.sampled_from(["a", "b"]),
    key=st.sampled_from(["1", "2"]),
    title=st.sampled_from([TITLE, TITLE.upper(), "Deep Sets of Anything", "Introduction", "!", "SDXL"]),
    abstract=st.sampled_from(["", "We do.", "We do it."]),
    year=st.sampled_from([None, 2014, 2015, 2016, 2017]),
    date=st.sampled_from([None, None, "2015-03", "2015-03-02", "2016-01"]),
    authors=st.sampled_from([(), ("A He",), ("B Zhang", "A He"), ("He, Ann",)]),
    arxiv=st.sampled_from([None, None, "1706.00001", "1706.00002"]),
    doi=st.sampled_from([None, None, "10.1000/a", "10.1000/b", "10.1000/A-b"]),
    venue=st.sampled_from([None, "CVPR", "arXiv"]),
    ids=st.sampled_from([(), (), (("s2", "1"),), (("acl", "1"), ("s2", "2"))]),
)


@settings(max_examples=400, deadline=None)
@given(records=st.lists(RECORDS, max_size=14), seed=st.integers(0, 9))
def test_the_papers_are_a_function_of_the_set_of_records(records: list[Record], seed: int) -> None:
    papers = join(records)
    shuffled = [*records, *records[: seed % 4]]
    random.Random(seed).shuffle(shuffled)
    assert join(iter(shuffled)) == papers
    keys = [paper.key for paper in papers]
    assert keys == sorted(set(keys))
    assert {source for paper in papers for source in paper.sources} == {record.source for record in records}
    # Whatever was joined, every identifier still belongs to a paper, and every title is in reach.
    for scheme in ("doi", "arxiv"):
        assert {getattr(p, scheme) for p in papers} - {None} == {getattr(r, scheme) for r in records} - {None}
        # Two papers that share an identifier are apart only since they contradict each other in another one.
        for one, other in combinations(papers, 2):
            if getattr(one, scheme) and getattr(one, scheme) == getattr(other, scheme):
                ours, theirs = dict(identifiers_of(one)), dict(identifiers_of(other))
                assert any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys())
    assert {fold(paper.title) for paper in papers} <= {fold(record.title) for record in records}


@given(records=st.lists(RECORDS, max_size=10))
def test_a_paper_read_back_as_a_record_stays_itself(records: list[Record]) -> None:
    said = [replace(record, ids=()) for record in records]
    for paper in join(said):
        again = Record(
            source="x",
            key="x",
            **{name: getattr(paper, name) for name in Record.__slots__ if name not in ("source", "key")},
        )
        (same,) = join([again])
        assert replace(same, key="", sources=()) == replace(paper, key="", sources=())


def test_a_thousand_papers_that_contradict_each_other_are_joined_in_near_linear_time() -> None:
    namesakes = [record(n, doi=f"10.1000/{n}") for n in range(2000)]
    placeholder = [record(n, title=f"Title number {n}", doi=f"10.2000/{n}", arxiv="0000.00000") for n in range(2000)]
    introductions = [record(n, title="Introduction", abstract=f"Of {n}.") for n in range(2000)]
    assert len(join([*namesakes, *placeholder, *introductions])) == 6000

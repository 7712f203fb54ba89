import pytest

from kg.graph import Graph, UnknownChoice
from kg.records import Concept, Edge, Paper, Resolution

from .examples import store_of


def named(**by_year: list[str]) -> Graph:
    """Make a graph of papers, a list of the modules that each names for each year (``y2015=["ab", "a"]``)."""
    papers, edges = [], []
    for year, each in by_year.items():
        for number, modules in enumerate(each):
            key = f"t-{year}{number}"
            papers.append(Paper(key, f"Paper {key}", "", int(year[1:])))
            edges += [Edge(key, "mentions", module) for module in modules]
    names = sorted({edge.object for edge in edges})
    concepts = tuple(Concept(name, name.upper(), "module") for name in names)
    return Graph(store_of(Resolution(tuple(papers), concepts, tuple(edges))))


def test_a_trend_counts_papers_and_their_share_in_every_year() -> None:
    graph = named(y2015=["a", "b"], y2017=["ab", "b", "b", "b"])
    assert [(row.year, row.papers, row.share) for row in graph.trends("A")] == [
        (2015, 1, 0.5),
        (2016, 0, 0.0),
        (2017, 1, 0.25),
    ]
    assert [row.year for row in graph.trends("A", since=2016, until=2016)] == [2016]


def test_without_names_the_best_known_are_shown(graph: Graph) -> None:
    assert {row.concept.name for row in named(y2015=["a", "ab", "abc"]).trends(top=2)} == {"A", "B"}
    assert {row.concept.name for row in graph.trends(kind="dataset")} == {"ADE20K", "ImageNet-1K"}
    assert graph.trends(kind="metric", top=0) == []


def test_undated_papers_are_left_out(graph: Graph) -> None:
    assert sum(row.papers for row in graph.trends("ResNet")) == 2


def test_what_emerges_and_what_fades() -> None:
    graph = named(y2015=["a", "a", "a", "ab"], y2016=["b", "b", "b", "ab"])
    rising, fading = graph.emergence(window=1), graph.emergence(window=1, rising=False)
    assert [(row.concept.name, row.share_before, row.share_now, row.change) for row in rising] == [
        ("B", 0.25, 1.0, 0.75)
    ]
    assert [(row.concept.name, row.change, row.first_year, row.peak_year) for row in fading] == [
        ("A", -0.75, 2015, 2015)
    ]
    assert graph.emergence(window=1, least=6) == []
    assert graph.emergence(window=1, kind="task") == []


def test_a_half_life_tells_a_fashion_from_what_stays() -> None:
    graph = named(y2010=["ab", "ab", "a"], y2011=["b"], y2019=["b"], y2020=["c", "b", "ab"])
    lives = {row.concept.name: row.half_life for rising in (True, False) for row in graph.emergence(rising=rising)}
    assert lives == {"A": 0.67, "B": 2.0}


def test_words_that_do_not_exist_name_the_valid_ones(graph: Graph) -> None:
    with pytest.raises(UnknownChoice, match="no kind 'model'"):
        graph.emergence(kind="model")
    with pytest.raises(ValueError, match="window of 0 years"):
        graph.emergence(window=0)

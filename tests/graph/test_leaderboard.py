import pytest

from kg.errors import UnknownName
from kg.graph import Graph, Placing
from kg.records import Concept, Evidence, Paper, Resolution, Score

from .examples import SEGFORMER, store_of


def score(paper: str, method: str, value: str, *, metric: str | None = "acc", dataset: str = "imagenet",
          confidence: float = 0.9) -> Score:  # fmt: skip
    sentence = f"{method} reaches {value}."
    unit = "%" if value.endswith("%") else None
    evidence = Evidence(sentence, 0, len(sentence), "test-rule", confidence)
    return Score(paper, method, None, dataset, metric, value, float(value.rstrip("%")), unit, None, evidence)


def board(*scores: Score) -> Graph:
    concepts = (
        *(Concept(name, name.upper(), "architecture") for name in "abcd"),
        Concept("acc", "Accuracy", "metric", direction="higher"),
        Concept("err", "Error", "metric", direction="lower"),
        Concept("imagenet", "ImageNet", "dataset", curated=True),
        Concept("imagenet-1k", "ImageNet-1K", "dataset", curated=True, broader=("imagenet",)),
        Concept("tiny", "Tiny ImageNet", "dataset", curated=True, broader=("imagenet",)),
    )
    papers = tuple(Paper(f"t-{year}", f"Of {year}", "", year) for year in range(2015, 2021))
    ordered = tuple(sorted(scores, key=lambda each: (each.paper, each.method or "", each.value)))
    return Graph(store_of(Resolution(papers, tuple(sorted(concepts, key=lambda c: c.id)), (), ordered)))


def placed(graph: Graph, *names: str, **choices: object) -> list[tuple[int | None, str | None, str, bool]]:
    return [(row.rank, row.method, row.value, row.record) for row in graph.leaderboard(*names, **choices)]  # type: ignore[arg-type]


def test_scores_are_ranked_with_their_paper_and_sentence(graph: Graph) -> None:
    assert graph.leaderboard("ADE20K")[0] == Placing(
        rank=1, method="SegFormer", configuration=None, value="51.8%", number=51.8, unit="%", metric="mIoU",
        direction="higher", dataset="ADE20K", year=2021, title="SegFormer: Simple and Efficient Design",
        paper=f"https://w3id.org/methodome/paper/{SEGFORMER}", sentence="SegFormer reaches 51.8% mIoU.",
        confidence=0.9, papers=1, record=True,
    )  # fmt: skip
    assert graph.leaderboard("ADE20K").metrics == ("mIoU",)
    assert [paper.key for paper in graph.leaderboard("ADE20K").papers()] == [SEGFORMER]


def test_a_record_is_better_than_all_before() -> None:
    graph = board(score("t-2015", "a", "70%"), score("t-2016", "b", "69%"), score("t-2017", "c", "75%"))
    assert placed(graph, "ImageNet") == [(1, "C", "75%", True), (2, "A", "70%", True), (3, "B", "69%", False)]


def test_lower_is_better_where_the_metric_says_so() -> None:
    graph = board(score("t-2015", "a", "9%", metric="err"), score("t-2016", "b", "5%", metric="err"))
    assert placed(graph, "ImageNet", "Error") == [(1, "B", "5%", True), (2, "A", "9%", True)]
    assert graph.leaderboard("ImageNet")[0].direction == "lower"


def test_equal_numbers_share_a_rank_and_one_score_stands_once() -> None:
    graph = board(score("t-2015", "a", "70%"), score("t-2016", "b", "70%"), score("t-2017", "a", "70%"))
    assert placed(graph, "ImageNet") == [(1, "A", "70%", True), (1, "B", "70%", False)]
    assert [row.papers for row in graph.leaderboard("ImageNet")] == [2, 1]


def test_imagenet_shows_its_1k_with_it_and_says_so_and_other_parts_apart() -> None:
    graph = board(score("t-2015", "a", "70%"), score("t-2016", "b", "72%", dataset="imagenet-1k"),
                  score("t-2017", "c", "60%", dataset="tiny"))  # fmt: skip
    found = graph.leaderboard("ImageNet")
    assert placed(graph, "ImageNet") == [(1, "B", "72%", True), (2, "A", "70%", True), (1, "C", "60%", True)]
    assert found.note == "ImageNet is shown with ImageNet-1K, Tiny ImageNet"
    assert placed(graph, "ImageNet-1K") == [(1, "B", "72%", True)]
    assert graph.leaderboard("ImageNet-1K").note is None


def test_what_was_read_unsurely_is_left_out_and_counted() -> None:
    graph = board(score("t-2015", "a", "70%"), score("t-2016", "b", "99%", confidence=0.2))
    assert placed(graph, "ImageNet") == [(1, "A", "70%", True)]
    assert graph.leaderboard("ImageNet").note == "1 result read with a confidence below 0.4 left out"
    assert len(graph.leaderboard("ImageNet", min_confidence=0)) == 2


def test_a_score_without_metric_has_no_rank_and_comes_last() -> None:
    graph = board(score("t-2015", "a", "99%", metric=None), score("t-2016", "b", "70%"))
    assert placed(graph, "ImageNet") == [(1, "B", "70%", True), (None, "A", "99%", False)]


def test_the_metric_of_most_scores_comes_first_and_top_cuts_each() -> None:
    graph = board(score("t-2015", "a", "9%", metric="err"), score("t-2015", "a", "70%"), score("t-2016", "b", "71%"))
    assert graph.leaderboard("ImageNet").metrics == ("Accuracy", "Error")
    assert placed(graph, "ImageNet", top=1) == [(1, "B", "71%", True), (1, "A", "9%", True)]


def test_only_a_data_set_has_a_leaderboard(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        graph.leaderboard("ResNet")
    assert graph.leaderboard("SGD") == []

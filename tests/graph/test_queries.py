import pytest

from kg.errors import QueryError, UnknownName
from kg.graph import Graph, list_queries
from kg.graph.queries import NamedQuery, Parameter, parse_query

# What each named query answers on the small graph: its parameters, the columns to look at, their values.
ANSWERS = {
    "ancestors": ({"concept": "ResNet"}, ("name", "family"),
                  [("LeNet", False), ("AlexNet", False), ("Convolutional Neural Network", True)]),
    "concepts-of-paper": ({"paper": "arxiv-1512.03385"}, ("name", "kind", "introduces", "evaluatesOn"),
                          [("AlexNet", "architecture", False, False), ("ResNeXt", "architecture", False, False),
                           ("ResNet", "architecture", True, False), ("ImageNet-1K", "dataset", False, True)]),
    "contested-claims": ({}, ("claim", "oneName", "otherName"), []),
    "descendants": ({"concept": "AlexNet"}, ("name", "year"), [("Late", 2014), ("ResNet", 2015), ("ResNeXt", 2016)]),
    "evidence-of-edge": ({"subject": "ResNet", "object": "AlexNet", "predicate": "based_on"},
                         ("relation", "sentence", "source", "confidence"),
                         [("basedOn", None, "the curated concepts", 1.0),
                          ("basedOn", "ResNets go on from AlexNet.", None, 0.8)]),
    "first-to-combine": ({"one": "ViT", "other": "Self-Attention"}, ("name", "oneRelation", "otherRelation"),
                         [("SegFormer", "based on", "uses")]),
    "introduces-with-attention-on-dataset": (
        {"dataset": "ADE20K"}, ("title", "newName", "partName", "sentence", "testSentence"),
        [("SegFormer: Simple and Efficient Design", "SegFormer", "Self-Attention", "SegFormer uses self-attention.",
          "On ADE20K it wins.")]),
    "leaderboard": ({"dataset": "ADE20K", "metric": "mIoU"}, ("methodName", "configuration", "value", "sentence"),
                    [("SegFormer", None, "51.8%", "SegFormer reaches 51.8% mIoU."),
                     ("ResNet", "ResNet-50", "42.1%", "ResNet-50 reaches 42.1% mIoU.")]),
    "methods-for-task": ({"task": "Semantic Segmentation"}, ("name", "sentence"),
                         [("SegFormer", "We present SegFormer.")]),
    "most-supported-edges": ({"predicate": "based_on"}, ("subjectName", "objectName", "papers"),
                             [("ResNeXt", "ResNet", 2), ("SegFormer", "Vision Transformer", 1),
                              ("ResNet", "AlexNet", 1), ("Late", "ResNeXt", 1)]),
    "most-used-modules": ({}, ("name", "users", "papers"), [("Self-Attention", 2, 1)]),
    "outperforms-of": ({"concept": "ResNet"}, ("direction", "name", "sentence"),
                       [("outperforms", "AlexNet", "ResNet beats AlexNet."),
                        ("is outperformed by", "SegFormer", "SegFormer beats ResNet.")]),
    "papers-that-introduce-nothing": ({}, ("title",), [("A <b>Survey</b> of href",)]),
    "papers-that-use": ({"concept": "Self-Attention"}, ("userName", "sentence"),
                        [("SegFormer", "SegFormer uses self-attention.")]),
    "siblings": ({"concept": "ResNet"}, ("name",), []),
}  # fmt: skip


def test_every_named_query_has_a_question_and_an_answer_here() -> None:
    queries = list_queries()
    assert [query.name for query in queries] == sorted(ANSWERS)
    assert all(query.question.endswith((".", "?")) for query in queries)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_named_query_answers_its_question(graph: Graph, name: str) -> None:
    parameters, columns, expected = ANSWERS[name]
    rows = graph.query(name, **parameters)
    assert [tuple(row[column] for column in columns) for row in rows.to_dicts()] == expected


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_the_order_of_answers_leaves_nothing_to_chance(graph: Graph, query: NamedQuery) -> None:
    assert "ORDER BY" in query.text
    parameters = ANSWERS[query.name][0]
    assert graph.query(query.name, **parameters) == graph.query(query.name, **parameters)


def test_a_leaderboard_counts_data_sets_under_the_one_asked_for(graph: Graph) -> None:
    assert graph.query("leaderboard", dataset="ImageNet") == []
    assert len(graph.query("leaderboard", dataset="ADE20K")) == 2


def test_siblings_share_a_parent_that_is_no_family(methods) -> None:
    rows = methods(("a", "p"), ("b", "p"), ("b", "q"), ("a", "q"), ("c", "q")).query("siblings", concept="a")
    assert [(row.name, row.parents) for row in rows][1] == ("c", "q")
    assert (rows[0].name, sorted(rows[0].parents.split(", "))) == ("b", ["p", "q"])


def test_contested_claims_are_found(methods) -> None:
    rows = methods(("a", "b"), ("b", "a")).query("contested-claims")
    assert [(row.claim, row.oneName, row.otherName) for row in rows] == [("each based on the other", "a", "b")]


def test_another_module_may_be_named(graph: Graph) -> None:
    name = "introduces-with-attention-on-dataset"
    assert [
        (row.relation.rpartition("#")[2], row.partName) for row in graph.query(name, dataset="ADE20K", module="ViT")
    ] == [("basedOn", "Vision Transformer"), ("uses", "Self-Attention")]


def test_parameters_are_checked(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"descendants needs the parameter 'concept'; it takes concept \(method\)"):
        graph.query("descendants")
    with pytest.raises(
        QueryError, match=r"has no parameter 'name'; it takes dataset \(dataset\), module \(method, else"
    ):
        graph.query("introduces-with-attention-on-dataset", name="x")
    with pytest.raises(QueryError, match=r"most-used-modules has no parameter 'x'; it takes none"):
        graph.query("most-used-modules", x="y")
    with pytest.raises(UnknownName):
        graph.query("descendants", concept="nothing of this graph")
    assert graph.query("descendants", concept=graph["AlexNet"])[0].name == "Late"


def test_a_name_of_no_query_lists_the_named_ones(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"no query is named 'offspring'; the named ones are ancestors, concepts-of"):
        graph.query("offspring")


def test_comments_declare_question_and_parameters() -> None:
    text = "# What is it?\n# Really.\n# param a: concept = Big Thing\n#param b : text optional\nSELECT * {}\n# no"
    assert parse_query(text, name="q") == NamedQuery(
        "q",
        "What is it? Really.",
        (Parameter("a", "concept", "Big Thing"), Parameter("b", "text", optional=True)),
        text,
    )
    with pytest.raises(QueryError, match="parameter a is of the unknown type 'wish'; the types are concept, method"):
        parse_query("# param a: wish", name="q")

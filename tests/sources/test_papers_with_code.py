"""The archive of Papers with Code: claims, placeholders, advertisements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.records import Claim, Record
from kg.sources import papers_with_code
from kg.sources._pwc_links import kind_of, linked_methods
from kg.sources._pwc_spam import spam
from tests.sources.reading_one import read_one

SITE = "https://paperswithcode.com"
PAPER: dict[str, Any] = {
    "paper_url": f"{SITE}/paper/gridset",
    "arxiv_id": "2103.00123",
    "nips_id": None,
    "openreview_id": None,
    "title": "GridSet: Grids of Sets",
    "abstract": "We study grids.",
    "short_abstract": "We.",
    "url_abs": "https://arxiv.org/abs/2103.00123v2",
    "url_pdf": "https://arxiv.org/pdf/2103.00123v2.pdf",
    "proceeding": "Samples 2021 6",
    "authors": ["Ada Example"],
    "tasks": ["Object Detection", None],
    "date": "2021-03-04",
    "methods": [
        {"name": "GridNorm", "full_name": "Grid Normalization", "introduced_year": 2000,
         "main_collection": {"name": "Normalization", "area": "General"}},
        {"name": "Dropout", "full_name": "", "main_collection": None},
    ],
}  # fmt: skip
METHOD: dict[str, Any] = {
    "url": f"{SITE}/method/gridset",
    "name": "GridSet",
    "full_name": "",
    "description": f"**GridSet** is a variant of [ResNet]({SITE}/method/resnet) for [detection]({SITE}/task/detection)."
    f" It uses [GridNorm]({SITE}/method/gridnorm). See also [SetGrid]({SITE}/method/setgrid).",
    "paper": {"title": "GridSet: Grids of Sets", "url": f"{SITE}/paper/gridset"},
    "introduced_year": 2000,
    "source_url": "https://arxiv.org/abs/2103.00123v2",
    "source_title": "GridSet: Grids\n of Sets",
    "collections": [{"collection": "Convolutional Neural Networks", "area": "Computer Vision"}],
}
DATASET: dict[str, Any] = {
    "url": f"{SITE}/dataset/samples",
    "name": "Samples",
    "full_name": "Samples of Grids",
    "paper": {"title": "A Dataset of Samples", "url": "https://doi.org/10.5555/abc"},
    "introduced_date": "2019-01-01",
    "tasks": [],
}
ROW: dict[str, Any] = {
    "model_name": "GridSet (800 px)",
    "metrics": {"box AP": "51.2", "Params (M)": "60M", "Hardware Burden": None, "mAP": "n/a"},
    "paper_url": "https://arxiv.org/abs/2103.00123v1",
    "paper_title": "GridSet: Grids of Sets",
    "paper_date": "2021-03-04",
}


def task(*rows: dict[str, Any]) -> dict[str, Any]:
    part = {"task": "Small Things", "datasets": [], "subtasks": []}
    table = {"dataset": "Samples", "sota": {"metrics": ["box AP"], "rows": list(rows)}, "subdatasets": []}
    return {"task": "Object Detection", "categories": [], "datasets": [table], "subtasks": [part], "description": ""}


def claims(record: Record) -> list[tuple[Any, ...]]:
    assert all(claim.found_by == "pwc" and claim.statement.startswith("Papers with Code") for claim in record.claims)
    return [(c.subject, c.predicate, c.object, c.kind, dict(c.about)) for c in record.claims]


def test_a_paper_is_read_with_its_tasks_and_methods() -> None:
    (record,), left = read_one(papers_with_code, json.dumps([PAPER], indent=2))
    assert left == []
    assert claims(record) == [
        ("paper", "addresses", "Object Detection", "task", {}),
        ("paper", "uses", "Dropout", "technique", {}),
        ("paper", "uses", "GridNorm", "module", {"alias": "Grid Normalization"}),
    ]
    assert record == Record(
        source="x",
        key="gridset",
        title="GridSet: Grids of Sets",
        abstract="We study grids.",
        year=2021,
        date="2021-03-04",
        authors=("Ada Example",),
        arxiv="2103.00123",
        venue="Samples 2021 6",
        url="https://arxiv.org/abs/2103.00123v2",
        claims=record.claims,
    )


def test_a_method_page_speaks_of_its_paper_and_its_links_are_weak_lineage() -> None:
    (record,), left = read_one(papers_with_code, json.dumps([METHOD]))
    assert left == []
    assert (record.key, record.title, record.arxiv, record.date) == (
        "method-gridset", "GridSet: Grids of Sets", "2103.00123", "2021-03",
    )  # fmt: skip
    assert claims(record) == [
        ("GridSet", "based_on", "ResNet", "technique", {}),
        ("GridSet", "uses", "GridNorm", "technique", {}),
        ("paper", "introduces", "GridSet", "architecture", {}),
    ]
    assert record.claims[0].statement == (
        "Papers with Code, page of GridSet: GridSet is a variant of ResNet for detection."
    )


def test_a_dataset_page_speaks_of_its_paper() -> None:
    (record,), _ = read_one(papers_with_code, json.dumps([DATASET]))
    assert (record.key, record.title, record.doi, record.date, record.year) == (
        "dataset-samples", "A Dataset of Samples", "10.5555/abc", None, 2019,
    )  # fmt: skip
    assert claims(record) == [("paper", "introduces", "Samples", "dataset", {"alias": "Samples of Grids"})]


def test_each_row_of_a_table_is_a_record_with_its_scores() -> None:
    (record,), left = read_one(papers_with_code, json.dumps([task(ROW)]))
    assert left == []
    assert (record.title, record.arxiv, record.date) == ("GridSet: Grids of Sets", "2103.00123", "2021-03-04")
    assert claims(record) == [
        ("paper", "addresses", "Object Detection", "task", {}),
        ("paper", "evaluates_on", "Samples", "dataset", {}),
        ("paper", "reports", "51.2", "", {"configuration": "800 px", "dataset": "Samples", "method": "GridSet",
                                          "metric": "box AP", "task": "Object Detection"}),
    ]  # fmt: skip


def test_a_link_to_code_is_the_paper_alone() -> None:
    link = {"paper_url": f"{SITE}/paper/gridset", "paper_title": "GridSet", "paper_arxiv_id": "2103.00123",
            "paper_url_abs": None, "repo_url": "https://example.org/code", "is_official": True}  # fmt: skip
    assert read_one(papers_with_code, json.dumps([link]))[0] == [
        Record(source="x", key="code-gridset", title="GridSet", arxiv="2103.00123")
    ]


@pytest.mark.parametrize(
    ("year", "address", "date", "of"),
    [
        (2000, "", None, None),
        (1970, "", None, None),
        (2017, "", None, 2017),
        (None, "", None, None),
        (2000, "https://example.org/", None, None),
        (2000, "https://arxiv.org/abs/1806.00001", "2018-06", 2018),
        (1986, "https://arxiv.org/abs/1806.00001", None, 1986),
        (2019, "https://arxiv.org/abs/1806.00001", "2018-06", 2018),
    ],
)
def test_placeholders_for_years_are_left_out(year: int | None, address: str, date: str | None, of: int | None) -> None:
    (record,), _ = read_one(papers_with_code, json.dumps([{**METHOD, "introduced_year": year, "source_url": address}]))
    assert (record.date, record.year) == (date, of)


def test_advertisements_and_pages_without_a_paper_are_told() -> None:
    pages = [
        METHOD,
        {**METHOD, "name": "How do I speak to someone at Example Airlines?"},
        {**METHOD, "name": "GridSet +1 (800) 555-0199"},
        {**METHOD, "paper": None, "source_title": None, "source_url": None},
        {**METHOD, "name": ""},
    ]
    records, left = read_one(papers_with_code, "[" + ",\n".join(map(json.dumps, pages)) + "]")
    assert len(records) == 1
    assert left == [
        (2, "spam: its name is an advertisement"),
        (3, "spam: a telephone number stands in its name"),
        (4, "no paper is named ('GridSet')"),
        (5, "the name is missing"),
    ]
    listed = {**PAPER, "tasks": ["Call Example Airlines customer service"], "methods": [{"name": "+1 800 555 0199"}]}
    (paper,), left = read_one(papers_with_code, json.dumps([listed]))
    assert (paper.claims, left) == ((), [])
    rows, left = read_one(papers_with_code, json.dumps([task({**ROW, "model_name": "http://spam.example/x"}, ROW)]))
    assert len(rows) == 1
    assert left == [(1, "spam: an address stands in its name")]


@pytest.mark.parametrize(
    "name",
    [
        "CIFAR-10",
        "DETR (R50, 500 epochs)",
        "COCO 2014 2015 2017",
        "US Airline Sentiment",
        "BERT-Base 110M",
        "β-VAE",
        "中文",
    ],
)
def test_a_name_of_the_field_is_no_spam(name: str) -> None:
    assert spam(name) is None


def test_words_before_a_link_tell_descent_from_parts() -> None:
    def link(name: str) -> str:
        return f"[{name}]({SITE}/method/{name.lower()})"

    text = (
        f"**A** is a [B]({SITE}/method/b) with {link('C')}. It builds on {link('D')} and uses {link('E')}, replacing"
        f" {link('A')}. Compare {link('F')} and {link('D')}."
    )
    assert [(predicate, other) for predicate, other, _ in linked_methods("A", text)] == [
        ("based_on", "B"),
        ("uses", "C"),
        ("based_on", "D"),
        ("uses", "E"),
    ]


def test_collections_tell_the_kind() -> None:
    names = [
        "Vision Transformers",
        "Activation Functions",
        "Skip Connections",
        "Image Data Augmentation",
        "Loss Functions",
    ]
    assert [kind_of([name]) for name in names] == ["architecture", "module", "module", "technique", "technique"]


def test_wrong_types_everywhere_cost_nothing_but_themselves() -> None:
    odd = {**METHOD, "collections": {"a": 1}, "description": ["x"], "paper": "none", "introduced_year": "soon"}
    records, left = read_one(papers_with_code, json.dumps([odd, {**task(), "datasets": [None, 5, {"sota": []}]}]))
    assert (len(records), left) == (1, [])


def test_damage_costs_its_page() -> None:
    text = json.dumps([{**PAPER, "paper_url": f"{SITE}/paper/{n}"} for n in "abc"], indent=1)
    at = text.index('"arxiv_id"', text.index("paper/b"))
    records, left = read_one(papers_with_code, text[:at] + text[at + 1 :])
    assert [record.key for record in records] == ["a", "c"]
    assert len(left) == 1


def test_every_claim_is_in_one_line() -> None:
    (record,), _ = read_one(papers_with_code, json.dumps([{**PAPER, "tasks": ["Object\n Detection\u0000"]}]))
    assert record.claims[0] == Claim(
        "paper", "addresses", "Object Detection", "task", "pwc",
        "Papers with Code lists the paper under the task Object Detection.",
    )  # fmt: skip

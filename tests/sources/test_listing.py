"""Listing pages: both layouts, what stands around the papers, and cut-off ends."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.sources import Skip, join, read_sources
from kg.vocabulary import digest

SETS = "We study functions on sets. They are invariant to permutations."
NETS = (
    "Networks of residual blocks are easier to train, since each of them learns what is to be added to its input "
    "and nothing else; we reach 3.57% error with 152 layers, and the gain holds for detection too. Code is "
    "available at https://example.org/nets"
)
GEN = "3D scenes are generated from one image. The code is public"
SPACED = f"""new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 14

Deep Sets

{SETS}

Residual Nets: Is Depth All You Need? Or Width...

{NETS}

$g^n$Conv — "Quoted":A 🤗 Title

{GEN}
"""
DENSE = f"""Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
Subscribe$gen$CNN: A Title
{GEN}
Deep Sets
{SETS}
"""


def refuse(*skipped: object) -> None:
    raise AssertionError(skipped)


def read(folder: Path, page: str, skips: list[Skip] | None = None) -> list[tuple[str, str]]:
    path = folder / "page.txt"
    path.write_text(page, encoding="utf-8", newline="")
    found = read_sources([path], on_skip=refuse if skips is None else skips.append)
    return [(record.title, record.abstract) for record in found]


def test_blocks_with_blank_lines_between_them(tmp_path: Path) -> None:
    assert read(tmp_path, SPACED) == [
        ("Deep Sets", SETS),
        ("Residual Nets: Is Depth All You Need? Or Width...", NETS),
        ('$g^n$Conv — "Quoted":A 🤗 Title', GEN),
    ]


def test_titles_and_abstracts_on_alternate_lines_with_a_button_glued_to_the_first(tmp_path: Path) -> None:
    assert read(tmp_path, DENSE) == [("$gen$CNN: A Title", GEN), ("Deep Sets", SETS)]


@pytest.mark.parametrize("line", [
    "Upvote", "Upvote 12", "12", "1.2k", "45 comments", "•", "Mar 14", "14 March 2024", "May 7, 2025", "2024-03-14",
    "Published on Mar 14", "3 days ago", "Submitted by someone", "byAK and the research community", "by @someone",
    "Subscribe", "Abstract", "View PDF", "https://example.org/a", "© 2024 Example, Inc.",
    "Terms of service and privacy policy",
    "Sign up for more papers", "Sunday",
])  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 2])
def test_furniture_never_becomes_a_paper_wherever_it_stands(tmp_path: Path, line: str, place: int) -> None:
    lines = ["Deep Sets", SETS]
    lines.insert(place, line)
    assert read(tmp_path, "\n".join(lines)) == [("Deep Sets", SETS)]


@pytest.mark.parametrize("title", [
    "Subscribers and Churn", "Copyright Protection for Models", "Privacy Policy Analysis with Transformers",
    "March of the Penguins", "By Hook or by Crook: Bagging", "Mars 14: A Data Set", "Get Out of the Box: An Inquiry",
    "<img src=x onerror=alert(1)> href", "CIFAR, ImageNet, and Beyond", "[Re] Deep Sets", "1 Million Papers", "词向量",
])  # fmt: skip
def test_titles_that_only_look_like_furniture_are_titles(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f"{title}\n{SETS}\n") == [(title, SETS)]


def test_a_title_without_abstract_is_skipped_with_its_line(tmp_path: Path) -> None:
    skips: list[Skip] = []
    page = f"A Lonely Title\n\nDeep Sets\n\n{SETS}\n\nLast Title Before the Cut\n"
    assert read(tmp_path, page, skips) == [("Deep Sets", SETS)]
    reason = "no abstract stands behind this line"
    assert [(skip.place, skip.reason) for skip in skips] == [(1, reason), (7, reason)]


def test_an_abstract_without_title_is_skipped_with_its_line(tmp_path: Path) -> None:
    skips: list[Skip] = []
    assert read(tmp_path, f"{NETS * 2}\nDeep Sets\n{SETS}\n", skips) == [("Deep Sets", SETS)]
    assert [(skip.place, skip.reason) for skip in skips] == [(1, "an abstract without a title before it")]


@pytest.mark.parametrize("cut", ["Transformer-based methods have exhibited", "We study how to", SETS[:40]])
def test_a_last_abstract_that_is_cut_off_stays_with_its_title(tmp_path: Path, cut: str) -> None:
    assert read(tmp_path, f"{DENSE}Feature Modulation\n{cut}")[-1] == ("Feature Modulation", cut)


def test_an_abstract_in_a_script_without_capitals_is_told_by_its_end(tmp_path: Path) -> None:
    abstract = "我们提出了一种用于集合的神经网络结构。" * 4
    assert read(tmp_path, f"深度集合\n{abstract}\n词向量\n{abstract}\n") == [
        ("深度集合", abstract),
        ("词向量", abstract),
    ]


def test_a_page_of_titles_alone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: no paper in the file: no abstract stands behind this line"):
        read(tmp_path, "Deep Sets\nResidual Nets\nWL meet VC\n", [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(["Deep Sets\n" + SETS, "Residual Nets\n" + NETS, "A ConvNet\n" + GEN]))
def test_keys_stay_when_the_page_is_sorted_anew(tmp_path: Path, order: list[str]) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Subscribe" + "\n".join(order), encoding="utf-8")
    assert {record.key: record.title for record in read_sources([path])} == {
        digest("Deep Sets", SETS): "Deep Sets",
        digest("Residual Nets", NETS): "Residual Nets",
        digest("A ConvNet", GEN): "A ConvNet",
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(min_value=SPACED.index(NETS), max_value=len(SPACED)))
def test_wherever_a_page_is_cut_off_no_paper_is_made_up(tmp_path: Path, end: int) -> None:
    whole = read(tmp_path, SPACED)
    *others, last = read(tmp_path, SPACED[:end].rstrip(), [])
    assert others == whole[: len(others)]
    title, abstract = whole[len(others)]
    assert last[0] == title
    assert abstract.startswith(last[1])


SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


@pytest.mark.shared
@pytest.mark.skipif(len(SEEDS) != 4, reason="the four listing pages do not stand beside the project")
def test_all_entries_of_the_four_pages_are_read_and_nothing_else() -> None:
    records = list(read_sources(SEEDS, strict=True))
    assert list(Counter(record.source for record in records).values()) == [62, 351, 72, 66]
    assert len(join(records)) == 493
    assert all(20 < len(record.title) < 180 and len(record.abstract) > 400 for record in records)
    assert "$gen$CNN: A Convolutional Architecture for Word Sequence Prediction" in {r.title for r in records}
    # Each line of the pages is a title, an abstract or one of the few lines of furniture.
    lines = {line.removeprefix("Subscribe") for path in SEEDS for line in path.read_text(encoding="utf-8").split("\n")}
    left = lines - {r.title for r in records} - {r.abstract for r in records}
    assert len(left) == 8
    assert max(map(len, left)) < 60

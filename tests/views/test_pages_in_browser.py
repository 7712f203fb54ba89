"""Every type of page in a real Chromium; ``look`` fails a test on any request, console message or dialog."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kg.views import (
    Page,
    compare_page,
    influence_page,
    map_page,
    neighbourhood_page,
    paper_page,
    timeline_page,
)
from kg.views.charts import columns_chart
from tests.views import graphs
from tests.views.conftest import HOSTILE_NAME, HOSTILE_TITLE, settle
from tests.views.test_browser import OVERLAPS, details, listed_names, point_of, visible_names

pytestmark = pytest.mark.browser

ABSTRACT = f"We introduce ResNet, based on VGG, and try it on Image-Net. {HOSTILE_NAME} {HOSTILE_TITLE}"


def draw_neighbourhood() -> Page:
    return neighbourhood_page(graphs.neighbourhood(), intro=columns_chart({2015: 1, 2016: 3}, title="Papers"))


def draw_paper() -> Page:
    return paper_page(graphs.paper(), abstract=ABSTRACT, byline="A. Author, 2015")


def draw_comparison() -> Page:
    columns = ("", "only ResNet", "both", "only DenseNet")
    return compare_page(
        graphs.comparison(), "ResNet", "DenseNet", columns=columns, rows=[["based on", "VGG", "", "<i>"]]
    )


# What each page draws; a node with a sentence on it, that sentence, and a kind that its filter hides with it.
PAGES: list[tuple[str, Callable[[], Page], str, str, str]] = [
    ("neighbourhood", draw_neighbourhood, "Batch Normalization", "ResNet uses Batch Normalization.", "module"),
    ("influence", lambda: influence_page(graphs.influence()), "SENet", "SENet based_on ResNet.", "architecture"),
    (
        "timeline",
        lambda: timeline_page(graphs.timeline()),
        "pix2pix",
        "pix2pix based_on Conditional GAN.",
        "architecture",
    ),
    ("map", lambda: map_page(graphs.modules()), "Batch Normalization", "ResNet uses Batch Normalization.", "module"),
    ("paper", draw_paper, "ImageNet", "Deep Residual Learning evaluates_on ImageNet.", "dataset"),
    ("compare", draw_comparison, "VGG", "ResNet based_on VGG.", "architecture"),
]
each_page = pytest.mark.parametrize(
    "draw, name, sentence, kind", [each[1:] for each in PAGES], ids=[each[0] for each in PAGES]
)


@each_page
def test_it_opens_from_disk_and_a_node_shows_its_sentence(draw, name, sentence, kind, look):
    sight = look(draw())
    assert sight.page.title() == draw().title
    assert sight.run("document.doctype.name + document.documentElement.lang") == "htmlen"
    assert sight.page.locator("#legend .entry").count() >= 3
    sight.page.click(f"#list button:has-text('{name}')")
    assert f"“{sentence}”" in details(sight)
    assert HOSTILE_TITLE in details(sight)
    sight.page.mouse.click(*point_of(sight, name))
    assert sight.page.locator("#details h2").inner_text() == name


@each_page
def test_search_finds_and_filters_hide(draw, name, sentence, kind, look):
    sight = look(draw())
    sight.page.keyboard.press("/")
    sight.page.keyboard.type(name[:6].lower())
    sight.page.keyboard.press("Enter")
    assert sight.page.locator("#details h2").inner_text() == name
    assert name in visible_names(sight)
    sight.page.click(f"#kinds label:has-text('{kind}')")
    assert name not in visible_names(sight)
    assert name not in listed_names(sight)
    sight.page.click("#reset")
    assert name in visible_names(sight)


@each_page
def test_hostile_names_are_text_and_labels_do_not_overlap(draw, name, sentence, kind, look):
    for scheme in ("light", "dark"):
        sight = look(draw(), scheme=scheme)
        assert HOSTILE_NAME in listed_names(sight)
        sight.page.fill("#search", "<scr")
        sight.page.keyboard.press("Enter")
        assert sight.page.locator("#details h2").inner_text() == HOSTILE_NAME
        assert sight.page.locator("img").count() == 0
        assert sight.run(OVERLAPS) == []


@each_page
def test_the_keyboard_reaches_the_list_and_the_data_can_be_saved(draw, name, sentence, kind, look):
    sight = look(draw())
    sight.page.focus("#list")
    sight.page.keyboard.press("Tab")
    assert sight.run("document.activeElement.closest('#list') !== null")
    sight.page.keyboard.press("End")
    sight.page.keyboard.press("Enter")
    assert sight.page.locator("#list button[aria-current=true]").count() == 1
    with sight.page.expect_download() as waiting:
        sight.page.click("#export-json")
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert name in [each["name"] for each in saved["nodes"]]
    with sight.page.expect_download() as waiting:
        sight.page.click("#export-png")
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_links_are_filtered_by_what_they_say_and_how_sure_they_are(look):
    sight = look(draw_neighbourhood())
    sight.page.click("#predicates label:has-text('uses')")
    assert visible_names(sight) == {"ResNet", "VGG", "SENet", HOSTILE_NAME, "Mask R-CNN"}
    sight.page.click("#reset")
    sight.page.fill("#confidence", "0.5")
    assert HOSTILE_NAME not in visible_names(sight)
    assert sight.page.locator("#confidence-value").inner_text() == "0.50"


def test_what_lies_beyond_a_node_is_expanded_and_collapsed(look):
    sight = look(draw_neighbourhood())
    assert "CBAM" not in visible_names(sight)
    sight.page.click("#list button:has-text('SENet')")
    sight.page.click("text=Expand: show 1 more")
    assert "CBAM" in visible_names(sight)
    sight.page.focus("#list button:has-text('SENet')")
    sight.page.keyboard.press("ArrowLeft")
    assert "CBAM" not in visible_names(sight)
    assert sight.page.locator("#status").inner_text() == "SENet is collapsed"
    sight.page.keyboard.press("ArrowRight")
    assert "CBAM" in visible_names(sight)


def test_the_search_unfolds_what_is_folded_away(look):
    sight = look(draw_neighbourhood())
    sight.page.fill("#search", "cbam")
    sight.page.keyboard.press("Enter")
    settle(sight)
    assert "CBAM" in visible_names(sight)
    assert sight.page.locator("#details h2").inner_text() == "CBAM"


def test_a_cell_of_the_map_shows_its_sentence_and_rows_can_be_ordered(look):
    sight = look(map_page(graphs.modules()))
    row, column = point_of(sight, "Batch Normalization"), point_of(sight, "ResNet")
    sight.page.mouse.click(column[0], row[1])
    assert sight.page.locator("#details h2").inner_text() == "ResNet → Batch Normalization"
    assert "“ResNet uses Batch Normalization.”" in details(sight)
    first = "methodome.data.nodes.filter(node => node.side === 'row').sort((a, b) => a.y - b.y)[0].name"
    assert sight.run(first) == "Residual Connection"
    sight.page.select_option("#order", "name")
    assert sight.run(first) == HOSTILE_NAME


def test_an_abstract_has_its_names_marked_as_buttons(look):
    sight = look(draw_paper())
    assert sight.page.locator("#reading .mention").all_text_contents() == [
        "ResNet",
        "VGG",
        "Image-Net",
        HOSTILE_NAME[2:-1],
    ]
    sight.page.click("#reading .mention:has-text('Image-Net')")
    assert sight.page.locator("#details h2").inner_text() == "ImageNet"
    assert HOSTILE_NAME in sight.page.locator("#reading").inner_text()


def test_a_paper_shows_its_results_and_a_comparison_its_table(look):
    sight = look(draw_paper())
    assert sight.page.locator("#details .results tbody tr").all_inner_texts() == [
        "ResNet-152\tImageNet\tTop-5 Error\t3.57%"
    ]
    sight = look(draw_comparison())
    assert sight.page.locator("#reading tbody tr").all_inner_texts() == ["based on\tVGG\t\t<i>"]


def test_bars_of_influence_lead_to_their_methods(look):
    sight = look(influence_page(graphs.influence()))
    assert sight.page.locator("#details .bars li").count() == 5
    sight.page.click("#details .bars button:has-text('AlexNet')")
    assert sight.page.locator("#details h2").inner_text() == "AlexNet"
    sight.page.click("#list button:has-text('ResNet')")
    assert "Through 2 steps that this page does not show." in details(sight)

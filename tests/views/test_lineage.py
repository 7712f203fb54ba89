"""What stands in the file of a lineage page, before any browser reads it."""

from __future__ import annotations

import json
import re
from typing import Any

import networkx as nx
import pytest

from kg.views import Page, Views, lineage_page
from tests.views.conftest import HOSTILE_NAME


def payload(page: Page) -> dict[str, Any]:
    hit = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert hit is not None
    data: dict[str, Any] = json.loads(hit[1])
    return data


def test_the_title_names_the_focus_unless_another_is_given(small):
    assert lineage_page(small).title == "Lineage of ResNet"
    assert lineage_page(small, title="A <b>").title == "A <b>"
    assert "<title>A &lt;b&gt;</title>" in lineage_page(small, title="A <b>").html


def test_the_same_graph_gives_the_same_bytes_whatever_its_order(small):
    turned = nx.DiGraph(**small.graph)
    for node in reversed(list(small)):
        turned.add_node(node, **small.nodes[node])
    for child, parent in reversed(list(small.edges)):
        turned.add_edge(child, parent, **small.edges[child, parent])
    assert lineage_page(turned).html == lineage_page(small).html


def test_links_are_read_from_parent_to_child_with_their_proofs(small):
    data = payload(lineage_page(small))
    names = {node["id"]: node["name"] for node in data["nodes"]}
    edges = {(names[edge["source"]], names[edge["target"]]): edge for edge in data["edges"]}
    assert edges.keys() == {("VGG", "ResNet"), ("ResNet", "SENet"), ("ResNet", HOSTILE_NAME)}
    assert edges["VGG", "ResNet"] == {
        "id": edges["VGG", "ResNet"]["id"],
        "source": "n1",
        "target": "n0",
        "predicate": "based_on",
        "support": 0,
        "confidence": 1.0,
        "asserted_only": True,
        "note": None,
            "quiet": False,
        "proofs": [{"sentence": None, "paper": None, "title": None, "year": None, "confidence": 1.0,
                    "found_by": "curated", "source": "He et al. 2015"}],
    }  # fmt: skip
    assert not edges["ResNet", "SENet"]["asserted_only"]


def test_a_broken_circle_and_a_child_before_its_parent_are_told(small):
    small.edges["SENet", "ResNet"]["dated_before_parent"] = True
    data = payload(lineage_page(small))
    assert data["notes"] == ["Left out, since it would close a circle: VGG based on ResNet."]
    assert [edge["note"] for edge in data["edges"] if edge["note"]] == ["It is dated before what it is based on."]


def test_the_summary_counts_and_dates(small):
    assert '<p class="summary">4 methods, 3 links, 2014 to 2017</p>' in lineage_page(small).html
    alone = nx.DiGraph()
    alone.add_node("a", name="A", kind="module", year=2016, depth=0, focus=True)
    assert '<p class="summary">1 method, 0 links, 2016</p>' in lineage_page(alone).html


def test_nodes_are_sized_by_descendants_where_no_paper_names_any(small):
    for node in small:
        small.nodes[node]["papers"] = 0
    data = payload(lineage_page(small))
    assert data["words"]["size"] == "what came of it"
    sizes = {node["name"]: node["radius"] for node in data["nodes"]}
    assert sizes["VGG"] > sizes["ResNet"] > sizes["SENet"]


def test_nothing_in_the_file_loads_anything(small):
    html = lineage_page(small).html
    markup = re.sub(r"<script[^>]*>.*?</script>", "<script></script>", html, flags=re.DOTALL)
    assert re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", markup) == ["#list"]
    assert "<link" not in markup and "@import" not in markup and "url(" not in markup
    assert "sourceMappingURL" not in html and "bootstrap" not in html
    assert markup.count("Content-Security-Policy") == 1
    assert "default-src &#x27;none&#x27;" in markup and "unsafe-eval" not in markup


def test_hostile_texts_cannot_leave_their_script(small, make_lineage):
    html, harmless = lineage_page(small).html, lineage_page(make_lineage(2)).html
    for markup in ("<script", "</script", "<img", "onerror"):
        expected = harmless.count(markup) + (markup == "onerror")  # as text of the data
        assert (markup, html.count(markup)) == (markup, expected)
    assert html.startswith('<!doctype html>\n<html lang="en">')


def test_line_separators_and_markup_are_escaped_in_the_data(small):
    small.nodes["VGG"]["name"] = "a\u2028b & <c>"
    html = lineage_page(small).html
    assert "\u2028" not in html.split('id="data"')[1]
    assert "a\\u2028b \\u0026 \\u003cc\\u003e" in html


def test_a_large_lineage_draws_a_connected_first_part(make_lineage):
    data = payload(lineage_page(make_lineage(300)))
    first = {node["id"] for node in data["nodes"] if node["rank"] < data["shown"]}
    inside = nx.Graph((edge["source"], edge["target"]) for edge in data["edges"]
                      if {edge["source"], edge["target"]} <= first)  # fmt: skip
    assert len(first) == 150
    assert nx.is_connected(inside) and set(inside) == first


def test_a_graph_without_nodes_is_still_a_page():
    assert payload(lineage_page(nx.DiGraph()))["nodes"] == []


@pytest.mark.parametrize("kind", ["architecture", "module", "technique", "dataset", "task", "metric"])
def test_every_kind_has_a_shape_and_a_colour(kind):
    graph = nx.DiGraph()
    graph.add_node("a", name="A", kind=kind, year=None, depth=0, focus=True)
    html = lineage_page(graph).html
    assert f"--kind-{kind}:" in html and f".glyph.{kind}" in html


def test_views_ask_the_graph_for_the_lineage_and_show_it(small):
    class Fake:
        asked: tuple[object, ...] = ()

        def lineage(self, name: str, **options: object) -> nx.DiGraph:
            self.asked = (name, options)
            return small

    fake = Fake()
    page = Views(fake).lineage("ResNet", up=False, depth=2)  # type: ignore[arg-type]
    assert page == lineage_page(small)
    asked = {"up": False, "down": True, "depth": 2, "families": False, "min_confidence": None, "reduced": False}
    assert fake.asked == ("ResNet", asked)

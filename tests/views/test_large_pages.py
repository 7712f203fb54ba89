"""Pages of many nodes: what is shown at first is bounded, families are one node, and everything can be had."""

from __future__ import annotations

import json
import re
from typing import Any

import networkx as nx
import pytest

from kg.views import Page, lineage_page, map_page, neighbourhood_page
from tests.views import graphs
from tests.views.conftest import settle
from tests.views.test_browser import OVERLAPS, visible_names


def payload(page: Page) -> dict[str, Any]:
    hit = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert hit is not None
    data: dict[str, Any] = json.loads(hit[1])
    return data


def star(count: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graphs.node(graph, "Hub", depth=0, focus=True, papers=count)
    for number in range(count):
        name = f"Method {number}"
        graphs.node(graph, name, papers=number)
        predicate = ("based_on", "uses", "outperforms")[number % 3]
        graphs.link(graph, *(name, predicate, "Hub") if number % 2 else ("Hub", predicate, name))
    return graph


def family_lineage() -> nx.DiGraph:
    graph = nx.DiGraph()
    graphs.node(graph, "Root", depth=0, focus=True, year=2010)
    graphs.node(graph, "Family", depth=1, family=True, year=2011)
    graphs.link(graph, "Family", "based_on", "Root")
    for number in range(200):
        graphs.node(graph, f"Member {number}", depth=2, year=2012 + number % 8)
        graphs.link(graph, f"Member {number}", "based_on", "Family")
    return graph


def test_the_first_look_takes_a_fair_share_of_each_group():
    data = payload(neighbourhood_page(star(3000)))
    first = {node["id"] for node in data["nodes"] if node["rank"] < data["shown"]}
    shown = [edge for edge in data["edges"] if {edge["source"], edge["target"]} <= first]
    assert len(first) == data["shown"] == 64
    assert {edge["predicate"] for edge in shown} == {"based_on", "uses", "outperforms"}
    assert len(data["nodes"]) == 3001


def test_a_broad_family_in_a_large_lineage_is_one_node_at_first():
    data = payload(lineage_page(family_lineage()))
    assert [node["name"] for node in data["nodes"] if node["collapsed"]] == ["Family"]
    assert [node["rank"] for node in data["nodes"] if node["name"] in ("Root", "Family")] == [0, 1]


def test_the_same_map_gives_the_same_bytes_whatever_the_order():
    turned = nx.DiGraph()
    for name, data in reversed(list(graphs.modules().nodes(data=True))):
        turned.add_node(name, **data)
    for start, end, data in reversed(list(graphs.modules().edges(data=True))):
        turned.add_edge(start, end, **data)
    assert map_page(turned).html == map_page(graphs.modules()).html


@pytest.mark.browser
def test_families_unfold_and_many_neighbours_are_offered(look):
    sight = look(lineage_page(family_lineage()))
    assert visible_names(sight) == {"Root", "Family"}
    sight.page.click("#list button:has-text('Family')")
    sight.page.click("text=Expand: show 200 more")
    assert len(visible_names(sight)) == 202
    sight = look(neighbourhood_page(star(500)))
    assert len(visible_names(sight)) == 64
    assert sight.run(OVERLAPS) == []
    sight.page.click("#more")
    settle(sight)
    assert len(visible_names(sight)) == 128
    assert sight.run(OVERLAPS) == []

"""Where nodes stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.labels import LINE_HEIGHT, width, wrap
from kg.views.layout import Item, layered


def item(name: str, year: int | None, *, depth: int = 0, rank: int = 0, early: bool = True) -> Item:
    return Item(id=name, year=year, depth=depth, rank=rank, early=early, radius=8.0, lines=wrap(name))


def test_later_years_stand_further_right_and_children_of_one_year_after_their_parents():
    layout = layered([item("a", 2015), item("b", 2016), item("c", 2016)], [("a", "b"), ("b", "c")])
    x = {name: place[0] for name, place in layout.positions.items()}
    assert x["a"] < x["b"] < x["c"]
    assert [mark.label for mark in layout.axis.marks] == ["2015", "2016"]
    assert [mark.x for mark in layout.axis.marks] == [x["a"], x["b"]]
    assert layout.axis.lane is None


def test_the_undated_stand_below_all_dated_nodes_in_their_lane():
    nodes = [item("a", 2015), item("b", 2016, depth=1), item("later", 2016, depth=1, early=False),
             item("c", None, depth=1), item("d", None, depth=2)]  # fmt: skip
    layout = layered(nodes, [("a", "b"), ("a", "later"), ("a", "c"), ("c", "d")])
    lane = layout.axis.lane
    assert lane is not None
    assert {name for name, (_, y) in layout.positions.items() if y > lane} == {"c", "d"}
    assert layout.positions["c"][0] == layout.positions["b"][0] < layout.positions["d"][0]


def test_depth_takes_the_place_of_time_where_no_node_is_dated():
    layout = layered([item("a", None, depth=-1), item("b", None), item("c", None, depth=1)], [("a", "b"), ("b", "c")])
    x = [layout.positions[name][0] for name in "abc"]
    assert x == sorted(set(x))
    assert (layout.axis.marks, layout.axis.lane) == ((), None)


@st.composite
def lineages(draw):
    count = draw(st.integers(1, 25))
    years = draw(st.lists(st.none() | st.integers(1990, 1998), min_size=count, max_size=count))
    nodes = [item(f"Some Method {i}", year, depth=i % 4, rank=i, early=i % 5 < 4) for i, year in enumerate(years)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = [(nodes[a].id, nodes[b].id) for a, b in draw(st.lists(pairs, max_size=30)) if a != b]
    return nodes, links


@settings(max_examples=40, deadline=None)
@given(lineages())
def test_no_two_nodes_or_labels_overlap_and_the_layout_repeats_itself(lineage):
    nodes, links = lineage
    layout = layered(nodes, links)
    assert layout == layered(nodes, links)
    boxes = []
    for node in nodes:
        x, y = layout.positions[node.id]
        half = max(8.0, max(width(line) for line in node.lines) / 2)
        boxes.append((x - half, x + half, y - 8.0, y + 8.0 + LINE_HEIGHT * len(node.lines)))
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_long_names_break_into_two_lines_and_end_in_an_ellipsis():
    assert wrap("Vision Transformer") == ("Vision Transformer",)
    assert wrap("Feature Pyramid Network") == ("Feature Pyramid", "Network")
    assert wrap("An extremely long name of a method that nobody can read") == ("An extremely long", "name of a method…")
    assert wrap("") == ("",)

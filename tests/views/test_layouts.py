"""Where nodes stand in columns of groups, in bands, and by year and value."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.labels import width
from kg.views.lanes import OTHERS, in_lanes
from kg.views.layout import Item, Layout
from kg.views.scatter import scattered
from kg.views.stacking import Block, Column, stacked


def item(name: str, *, rank: int, year: int | None = None, early: bool = True, lines: tuple[str, ...] = ()) -> Item:
    return Item(id=name, year=year, depth=1, rank=rank, early=early, radius=5.0, lines=lines or (name,))


def boxes(layout: Layout, items: list[Item], side: str) -> list[tuple[float, float, float, float]]:
    found = []
    for each in items:
        x, y = layout.positions[each.id]
        reach = max(width(line) for line in each.lines) + 10
        found.append((x - (reach if side == "left" else 5), x + (reach if side == "right" else 5), y - 8, y + 8))
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=4), st.integers(0, 60))
def test_stacked_names_never_overlap_whatever_the_sizes_of_the_groups(sizes, shown):
    count = 0
    blocks = []
    for group, size in enumerate(sizes):
        members = tuple(item(f"Method {count + i}", rank=count + i, early=count + i < shown) for i in range(size))
        blocks.append(Block(f"group {group}", members))
        count += size
    items = [each for block in blocks for each in block.items]
    layout = stacked([Column(tuple(blocks), "right")])
    assert set(layout.positions) == {each.id for each in items}
    taken = boxes(layout, items, "right")
    for i, one in enumerate(taken):
        for other in taken[i + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_columns_stand_from_left_to_right_and_grow_away_from_the_middle():
    left, right = item("parent", rank=1), item("child", rank=2)
    layout = stacked([
        Column((Block("Based on", (left,)),), "left"),
        Column((Block("", (item("focus", rank=0),)),), "below"),
        Column((Block("What came of it", (right,)),), "right"),
    ])  # fmt: skip
    x = {name: place[0] for name, place in layout.positions.items()}
    assert x["parent"] < x["focus"] < x["child"]
    assert [(head.label, head.align, head.members) for head in layout.axis.heads] == [
        ("Based on", "right", ("parent",)), ("What came of it", "left", ("child",)),
    ]  # fmt: skip


def test_what_is_offered_later_stands_beyond_what_is_shown_first():
    items = [item(f"m{i}", rank=i, early=i < 4) for i in range(40)]
    layout = stacked([Column((Block("", tuple(items)),), "right")])
    first = max(layout.positions[each.id][0] for each in items if each.early)
    assert all(layout.positions[each.id][0] > first for each in items if not each.early)


def test_bands_lie_one_under_another_and_the_undated_before_the_first_year():
    items = [item("root", rank=0, year=2014), item("a1", rank=1, year=2015), item("a2", rank=2, year=2016),
             item("b1", rank=3, year=2015), item("b2", rank=4)]  # fmt: skip
    layout = in_lanes(items, [("root", "a1"), ("a1", "a2"), ("root", "b1")],
                      {"root": "", "a1": "A", "a2": "A", "b1": "B", "b2": "B"})  # fmt: skip
    assert [band.label for band in layout.axis.bands] == ["", "A", "B"]
    edges = [band.y for band in layout.axis.bands]
    y = {name: place[1] for name, place in layout.positions.items()}
    assert edges[0] <= y["root"] < edges[1] <= min(y["a1"], y["a2"]) and max(y["a1"], y["a2"]) < edges[2] <= y["b1"]
    assert layout.positions["b2"][0] < layout.positions["root"][0]
    assert [mark.label for mark in layout.axis.marks] == ["undated", "2014", "2015", "2016"]


def test_bands_of_one_are_gathered_where_there_are_many():
    items = [item(f"m{i}", rank=i, year=2010 + i) for i in range(20)]
    bands = {each.id: "A" if each.rank < 2 else each.id for each in items}
    assert [band.label for band in in_lanes(items, [], bands).axis.bands] == ["A", OTHERS]


def test_greater_values_stand_higher_and_lines_say_where_round_values_lie():
    items = [item(f"m{i}", rank=i, year=2000 + 5 * i) for i in range(6)]
    layout = scattered(items, [], {f"m{i}": value for i, value in enumerate((120.0, 60.0, 30.0, 12.0, 6.0, 1.0))})
    heights = [layout.positions[each.id][1] for each in items]
    assert heights == sorted(heights)
    assert [band.label for band in layout.axis.bands] == ["100", "50", "20", "10", "5"]
    between = list(pairwise(heights))
    assert all(low < band.y < high for band, (low, high) in zip(layout.axis.bands, between, strict=True))


def test_layouts_of_nothing_are_empty():
    assert stacked([]).positions == in_lanes([], [], {}).positions == scattered([], [], {}).positions == {}

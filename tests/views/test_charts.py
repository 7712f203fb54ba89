"""Small charts: their numbers are there for eyes and for screen readers, and what they show is text."""

from __future__ import annotations

import re

from kg.views.charts import Bar, Point, bars_chart, columns_chart, records_chart
from kg.views.plots import trend_chart


def test_bars_are_as_long_as_their_values_and_lead_to_their_nodes():
    html = bars_chart(
        [Bar("<b>", 8, "module", goto="n1"), Bar("B", 2, href="b.html")], title="What & which", unit="papers"
    )
    assert "<figcaption>What &amp; which</figcaption>" in html
    assert re.findall(r"width:([\d.]+)%", html) == ["100.0", "25.0"]
    assert '<button type="button" class="name" data-goto="n1">&lt;b&gt;</button>' in html
    assert '<a href="b.html" class="name">B</a>' in html
    assert html.count("papers</span>") == 2


def test_columns_say_their_numbers_and_stand_on_one_line():
    html = columns_chart({2014: 1, 2015: 0, 2016: 4}, title="By year")
    assert 'aria-label="By year. 2014: 1; 2016: 4"' in html
    tops = [
        (float(y), float(height)) for y, height in re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', html)
    ]
    assert [round(y + height) for y, height in tops[::2]] == [66, 66]
    assert tops[2][1] == 4 * tops[0][1]


def test_records_are_joined_in_time_and_the_others_are_not():
    html = records_chart([Point(2016, 79.0, "A", True), Point(2018, 70.0, "B", False), Point(2019, 88.5, "C", True)],
                         title="Accuracy")  # fmt: skip
    assert len(re.findall(r'class="record"', html)) == 2
    assert len(re.findall(r'class="other"', html)) == 1
    assert html.count('class="steps"') == 1
    assert "A, 2016: 79" in html and ">88.5</text>" in html


def test_one_result_is_drawn_too():
    assert 'class="steps"' not in records_chart([Point(2016, 79.0, "A", True)], title="Accuracy")


def test_a_trend_of_one_year_is_not_drawn():
    assert trend_chart([2016, None, 2016]) is None
    assert "2016: 2; 2018: 1" in str(trend_chart([2016, 2018, 2016]))

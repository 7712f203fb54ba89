"""Pictures of tables: what they hold, and that they are the same whenever they are drawn."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.graph import Graph, Table, UnknownChoice
from kg.plots import NoPlot, draw
from kg.plots.style import INK, KINDS, LINE, PAPER, SOFT
from tests.graph.examples import SMALL, store_of

needs_matplotlib = pytest.mark.skipif(find_spec("matplotlib") is None, reason="the extra plots is not installed")
PAGE = Path(__file__).resolve().parents[2] / "kg" / "views" / "assets" / "page.css"


@pytest.fixture
def graph() -> Iterator[Graph]:
    with Graph(store_of(SMALL)) as opened:
        yield opened


def tables(graph: Graph) -> "dict[str, Table]":  # type: ignore[type-arg]
    return {
        "influence": graph.influence(),
        "trends": graph.trends("ResNet", "SegFormer"),
        "leaderboard": graph.leaderboard("ADE20K"),
        "emergence": graph.emergence(least=1),
        "fading": graph.emergence(least=1, rising=False, window=4),
        "reuse": graph.reuse("Self-Attention"),
        "generations": graph.generations("AlexNet"),
    }


@needs_matplotlib
def test_a_picture_holds_its_names_as_text_and_is_always_the_same(graph: Graph, tmp_path: Path) -> None:
    for name, table in tables(graph).items():
        if not len(table):
            continue
        path = table.plot(tmp_path / f"{name}.svg")
        first = path.read_bytes()
        assert table.plot(path).read_bytes() == first, name
        assert b"<text" in first, name
    assert "LeNet (1998)" in (tmp_path / "influence.svg").read_text(encoding="utf-8")
    assert "SegFormer" in (tmp_path / "leaderboard.svg").read_text(encoding="utf-8")


@needs_matplotlib
def test_a_picture_can_be_a_png_or_a_figure(graph: Graph, tmp_path: Path) -> None:
    assert graph.influence().plot(tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    figure = graph.influence().plot()
    assert figure.axes[0].get_title(loc="left") == "Influence by descendants"
    assert figure._repr_svg_().encode() == graph.influence().plot(tmp_path / "b.svg").read_bytes()


@needs_matplotlib
def test_a_line_that_falls_is_seen_in_whole(graph: Graph) -> None:
    axes = graph.trends("AlexNet", since=2015, until=2021).plot().axes[0]
    assert axes.lines[0].get_ydata().tolist() == [100, 0, 0, 0, 0, 0, 0]
    assert axes.get_ylim()[1] > 100


@needs_matplotlib
def test_a_leaderboard_names_the_data_sets_that_it_shows_along(graph: Graph) -> None:
    assert graph.leaderboard("ADE20K").plot().axes[0].get_title(loc="left") == "Best stated results on ADE20K"


@needs_matplotlib
def test_what_has_no_picture_says_so(graph: Graph) -> None:
    with pytest.raises(NoPlot, match="there is no picture of Community rows"):
        graph.communities(least=2).plot()
    with pytest.raises(NoPlot, match="Best stated results on ImageNet is empty"):
        graph.leaderboard("ImageNet").plot()


def test_a_path_must_end_in_svg_or_png(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownChoice, match=r"\.svg, \.png"):
        draw(graph.influence(), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_extra_is_named(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match="install the extra 'plots'"):
        graph.influence().plot()


def test_the_colours_are_those_of_the_pages() -> None:
    light = PAGE.read_text(encoding="utf-8").partition("@media")[0]
    assert {kind: f"--kind-{kind}: {color};" in light for kind, color in KINDS.items()} == dict.fromkeys(KINDS, True)
    for name, color in (("paper", PAPER), ("ink", INK), ("soft", SOFT), ("line", LINE)):
        assert f"--{name}: {color};" in light

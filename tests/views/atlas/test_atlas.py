"""The atlas: a page for each concept and paper, linked to each other, written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.views.atlas import Atlas, write_atlas
from kg.views.atlas import writing as atlas_writing
from kg.views.atlas.holdings import file_name
from kg.views.atlas.writing import AtlasError
from tests.graph.examples import SMALL, UNDATED, store_of


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph(store_of(SMALL)) as opened:
        yield opened


@pytest.fixture(scope="module")
def atlas(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_atlas(graph, tmp_path_factory.mktemp("atlas") / "site").folder


def text_of(atlas: Path, path: str) -> str:
    return (atlas / path).read_text(encoding="utf-8")


def test_it_holds_what_papers_name_and_what_is_linked_to_that(atlas):
    assert sorted(path.name for path in (atlas / "paper").iterdir()) == [
        "arxiv-1512.03385.html", "arxiv-2105.15203.html", "t-0000000000000001.html",
    ]  # fmt: skip
    concepts = {path.stem for path in (atlas / "concept").iterdir()}
    assert {"resnet", "alexnet", "cnn", "attention", "segformer"} <= concepts
    assert concepts.isdisjoint({"sgd", "sgd-dataset", "medusa-a", "medusa-b"})
    assert sorted(path.stem for path in (atlas / "kind").iterdir()) == [
        "architecture", "dataset", "metric", "module", "task", "technique",
    ]  # fmt: skip


def test_every_link_inside_it_leads_to_a_page(atlas):
    for page in (*atlas.glob("*/*.html"), atlas / "index.html"):
        for address in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            if not address.startswith("https://"):
                assert (page.parent / address).resolve().is_file(), (page.name, address)


def test_a_concept_page_tells_its_links_with_their_sentences(atlas):
    html = text_of(atlas, "concept/resnet.html")
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>ResNet · Atlas of methods</title>" in html
    assert "architecture · 2015 · named by 3 papers" in html
    assert "A deep network with &lt;shortcuts&gt;." in html
    assert "“ResNets go on from AlexNet.”" in html
    assert 'href="../paper/arxiv-1512.03385.html"' in html
    headings = re.findall(r"<h2>([^<]+)<", html)
    assert headings == ["Introduced by", "Based on", "What came of it", "Outperforms", "Outperformed by",
                        "Papers that name it"]  # fmt: skip
    assert '<svg viewBox="0 0 720' in html and ">AlexNet<" in html


def test_a_data_set_shows_the_results_of_its_papers(atlas):
    html = text_of(atlas, "concept/ade20k.html")
    assert "<td>SegFormer</td><td>mIoU</td>" in html and ">51.8%</td>" in html


def test_a_paper_page_marks_what_it_names_and_tells_what_it_says(atlas):
    html = text_of(atlas, "paper/arxiv-1512.03385.html")
    assert "Kaiming He, Jian Sun, 2015" in html
    assert 'href="https://arxiv.org/abs/1512.03385"' in html
    assert 'We present <a href="../concept/resnet.html" class="mention architecture">residual nets</a>' not in html
    assert "“ResNet beats AlexNet.”" in html
    hostile = text_of(atlas, f"paper/{UNDATED}.html")
    assert "<h1>A &lt;b&gt;Survey&lt;/b&gt; of href</h1>" in hostile and "<b>" not in hostile


def test_the_same_graph_gives_the_same_bytes_and_a_second_run_changes_nothing(graph, atlas, tmp_path):
    again = write_atlas(graph, tmp_path / "again")
    files = sorted(path.relative_to(atlas) for path in atlas.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again.folder) for path in again.folder.rglob("*") if path.is_file())
    assert all((atlas / path).read_bytes() == (again.folder / path).read_bytes() for path in files)
    before = {path: (again.folder / path).stat().st_mtime_ns for path in files}
    assert write_atlas(graph, again.folder) == Atlas(again.folder, again.concepts, again.papers, renewed=False)
    assert {path: (again.folder / path).stat().st_mtime_ns for path in files} == before


def test_an_interrupted_run_leaves_the_old_one_and_goes_on_where_it_was(graph, tmp_path, monkeypatch):
    target = tmp_path / "site"
    write_atlas(graph, target, title="Old")
    made: list[str] = []

    def make(held, paper, *, atlas):
        made.append(paper.key)
        if len(made) == 2:
            raise KeyboardInterrupt
        return "a paper"

    monkeypatch.setattr(atlas_writing, "paper_page", make)
    with pytest.raises(KeyboardInterrupt):
        write_atlas(graph, target, title="New")
    assert "<title>Old</title>" in text_of(target, "index.html")
    write_atlas(graph, target, title="New")
    assert "<title>New</title>" in text_of(target, "index.html")
    assert len(made) == 4  # the first of three was kept
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_something_else_is_left_alone(graph, tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(AtlasError, match="holds something that is no atlas; name an empty folder or a new one"):
        write_atlas(graph, tmp_path)
    with pytest.raises(AtlasError, match="is a file; name a folder"):
        write_atlas(graph, tmp_path / "thesis.tex")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_names_of_files_are_slugs_that_every_file_system_takes():
    assert file_name("resnet") == "resnet.html"
    long = file_name("a" * 300)
    assert len(long) < 60 and long != file_name("a" * 301)
    assert re.fullmatch(r"[\w.-]+", file_name("doi-10.1/<x>?"))


@pytest.mark.browser
def test_its_search_works_from_a_disk(atlas, chromium):
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((atlas / "concept" / "resnet.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("survey")
    page.wait_for_selector("#suggestions li[data-path]")
    assert page.locator("#suggestions li").first.inner_text().startswith("A <b>Survey</b> of href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{UNDATED}.html")
    assert page.locator("h1").inner_text() == "A <b>Survey</b> of href"
    assert page.locator("main b").count() == 0
    assert complaints == []
    context.close()

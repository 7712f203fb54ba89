"""Lineage pages in a real Chromium: every test fails too on a request, a console message or a dialog (see ``look``)."""

from __future__ import annotations

import json

import pytest

from tests.views.conftest import HOSTILE_NAME, HOSTILE_TITLE, Sight, add, settle

pytestmark = pytest.mark.browser

# Labels that cover each other, by their names; a hair of rounding is none.
OVERLAPS = """() => {
  const labels = methodome.labels();
  const pairs = [];
  labels.forEach((a, i) => labels.slice(i + 1).forEach(b => {
    if (a.left + 0.01 < b.right && b.left + 0.01 < a.right && a.top + 0.01 < b.bottom && b.top + 0.01 < a.bottom)
      pairs.push([a.id, b.id]);
  }));
  return pairs;
}"""


def visible_names(sight: Sight) -> set[str]:
    names: list[str] = sight.run(
        "methodome.visible().map(id => methodome.data.nodes.find(node => node.id === id).name)"
    )
    return set(names)


def listed_names(sight: Sight) -> list[str]:
    names: list[str] = sight.page.locator("#list button span:not(.unseen)").all_text_contents()
    return names


def point_of(sight: Sight, name: str) -> tuple[float, float]:
    point = sight.run(
        """name => {
          const frame = document.getElementById('mynetwork').getBoundingClientRect();
          const at = methodome.pointOf(methodome.data.nodes.find(node => node.name === name).id);
          return [frame.left + at.x, frame.top + at.y];
        }""",
        name,
    )
    return point[0], point[1]


def details(sight: Sight) -> str:
    text: str = sight.page.locator("#details").inner_text()
    return text


def test_a_page_opens_from_disk_with_title_legend_and_the_focus(small, look):
    sight = look(small)
    assert sight.page.title() == "Lineage of ResNet"
    assert (
        sight.run("document.doctype.name + document.compatMode + document.documentElement.lang") == "htmlCSS1Compaten"
    )
    assert sight.page.locator("#legend .entry").all_text_contents() == [
        "architecture", "module", "technique", "papers that name it", "said by a paper", "curated only",
    ]  # fmt: skip
    assert sight.page.locator("#details h2").inner_text() == "ResNet"
    assert sight.run("methodome.network.physics.physicsEnabled") is False
    assert sight.run("getComputedStyle(document.getElementById('mynetwork')).height") != "0px"


def test_a_click_in_the_list_shows_the_evidence(small, look):
    sight = look(small)
    sight.page.click("#list button:has-text('SENet')")
    text = details(sight)
    assert "“SENet extends ResNet.”" in text
    assert "2017 · confidence 0.90 · found by extends" in text
    assert "Also Squeeze-and-Excitation" in text
    assert sight.page.locator("#list button[aria-current=true]").count() == 1


def test_a_click_on_a_node_or_its_label_shows_the_evidence(small, look):
    sight = look(small)
    sight.page.mouse.click(*point_of(sight, "SENet"))
    assert sight.page.locator("#details h2").inner_text() == "SENet"
    assert "“SENet extends ResNet.”" in details(sight)
    x, y = point_of(sight, "VGG")
    sight.page.mouse.click(x, y + 28)
    assert sight.page.locator("#details h2").inner_text() == "VGG"


def test_the_panel_leads_on_and_keeps_the_keyboard(small, look):
    sight = look(small)
    sight.page.locator("#details .name:has-text('SENet')").press("Enter")
    assert sight.page.locator("#details h2").inner_text() == "SENet"
    assert sight.run("document.activeElement.id") == "details"
    assert sight.page.locator("#details cite a").get_attribute("href") == "https://arxiv.org/abs/1512.03385"


def test_a_click_on_a_link_shows_what_proves_it(small, look):
    sight = look(small)
    (x1, y1), (x2, y2) = point_of(sight, "VGG"), point_of(sight, "ResNet")
    sight.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    assert sight.page.locator("#details h2").inner_text() == "VGG → ResNet"
    assert "curated: He et al. 2015" in details(sight)


def test_the_pointer_finds_names(small, look):
    sight = look(small)
    sight.page.mouse.move(*point_of(sight, "SENet"))
    assert sight.page.locator("#tip").inner_text() == "SENet\nmodule · 2017 · 1 paper"


def test_hostile_texts_are_shown_as_text(small, look):
    sight = look(small)
    sight.page.click("#list button:has-text('SENet')")
    assert HOSTILE_TITLE in details(sight)
    assert HOSTILE_NAME in listed_names(sight)
    sight.page.mouse.move(*point_of(sight, HOSTILE_NAME))
    assert sight.page.locator("#tip").inner_text().startswith(HOSTILE_NAME)
    sight.page.mouse.click(*point_of(sight, HOSTILE_NAME))
    assert sight.page.locator("#details h2").inner_text() == HOSTILE_NAME
    sight.page.fill("#search", "<scr")
    assert sight.page.locator("#suggestions li").inner_text().startswith(HOSTILE_NAME)
    assert sight.page.locator("img").count() == 0


def test_search_finds_by_name_and_alias(small, look):
    sight = look(small)
    sight.page.keyboard.press("/")
    sight.page.keyboard.type("squeeze")
    assert sight.page.locator("#suggestions li").all_text_contents() == ["SENet2017"]
    sight.page.keyboard.press("Enter")
    assert sight.page.locator("#details h2").inner_text() == "SENet"
    sight.page.fill("#search", "nothing like it")
    assert sight.page.locator("#suggestions li").all_text_contents() == ["Nothing by this name"]


def test_filters_hide_and_reset_shows_again(small, look):
    sight = look(small)
    everything = {"VGG", "ResNet", "SENet", HOSTILE_NAME}
    sight.page.click("#kinds label:has-text('module')")
    assert visible_names(sight) == everything - {"SENet"}
    assert sight.run("window.nodes.get().filter(node => node.hidden).length") == 1
    assert sight.run("window.edges.get().filter(edge => edge.hidden).length") == 1
    assert "SENet" not in listed_names(sight)
    assert sight.page.locator("#list-count").inner_text() == "3 of 4"
    sight.page.click("#reset")
    assert visible_names(sight) == everything
    sight.page.fill("#year-from", "2015")
    sight.page.click("#undated")
    assert visible_names(sight) == {"ResNet", "SENet"}
    sight.page.click("#reset")
    sight.page.fill("#support", "2")
    assert visible_names(sight) == {"ResNet", "SENet"}
    sight.page.click("#reset")
    assert visible_names(sight) == everything


def test_the_list_is_in_time_order_and_goes_by_arrow_keys(small, look):
    sight = look(small)
    assert listed_names(sight) == ["VGG", "ResNet", "SENet", HOSTILE_NAME]
    assert sight.page.locator("#list .year").all_text_contents() == ["2014", "2015", "2017", "undated"]
    assert sight.page.locator("#list button[tabindex='0']").inner_text().startswith("ResNet")
    sight.page.locator("#list button[tabindex='0']").focus()
    for key in ("ArrowDown", "Enter"):
        sight.page.keyboard.press(key)
    assert sight.page.locator("#details h2").inner_text() == "SENet"
    assert sight.run("document.activeElement.textContent") == "SENet, module"
    assert sight.page.locator("#status").inner_text() == "Details of SENet"
    sight.page.keyboard.press("Home")
    assert sight.run("document.activeElement.textContent") == "VGG, architecture"
    sight.page.keyboard.press("Escape")
    assert sight.page.locator("#details h2").inner_text() == "ResNet"


def test_a_selected_node_lights_its_whole_line(small, look):
    add(small, "Wide Net", "ResNet", year=2016, depth=1)
    sight = look(small)
    sight.page.click("#list button:has-text('SENet')")
    lit = sight.run("window.nodes.get().filter(node => node.opacity === 1).map(node => node.label)")
    assert sorted(lit) == ["ResNet", "SENet", "VGG"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_the_button(small, look, scheme):
    sight = look(small, scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = "rgb(251, 250, 247)", "rgb(21, 23, 27)"
    before, after = (light, dark) if scheme == "light" else (dark, light)
    assert sight.run(paper) == before
    sight.page.click("#theme")
    assert sight.run(paper) == after
    settle(sight)
    pixel = (
        "[...document.querySelector('#mynetwork canvas').getContext('2d').getImageData(5, 5, 1, 1).data].slice(0, 3)"
    )
    assert f"rgb({', '.join(map(str, sight.run(pixel)))})" == after


def test_picture_and_data_can_be_saved(small, look, tmp_path):
    sight = look(small)
    with sight.page.expect_download() as waiting:
        sight.page.click("#export-json")
    assert waiting.value.suggested_filename == "lineage-of-resnet.json"
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert [node["name"] for node in saved["nodes"]] == sight.run("methodome.data.nodes.map(node => node.name)")
    assert saved["edges"] == sight.run("methodome.data.edges")
    with sight.page.expect_download() as waiting:
        sight.page.click("#export-png")
    assert waiting.value.suggested_filename == "lineage-of-resnet.png"
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("width, height", [(1440, 900), (1280, 720)])
def test_all_labels_of_forty_nodes_are_there_and_do_not_overlap(make_lineage, look, width, height):
    sight = look(make_lineage(40), width=width, height=height)
    assert sight.run(OVERLAPS) == []
    assert sight.run("methodome.labels().length") == 40
    assert sight.run("methodome.network.getScale()") > 0.5


def test_labels_do_not_overlap_at_any_zoom(make_lineage, look):
    sight = look(make_lineage(120))
    for button in ("#zoom-in", "#zoom-in", "#fit", "#zoom-out", "#zoom-out", "#zoom-out"):
        sight.page.click(button)
        settle(sight)
        assert sight.run(OVERLAPS) == []


def test_a_large_lineage_shows_the_most_important_and_then_all(make_lineage, look):
    sight = look(make_lineage(300))
    assert len(visible_names(sight)) == 150
    assert sight.page.locator("#more-count").inner_text() == "The 150 most important of 300 methods"
    hidden = sight.run("methodome.data.nodes.find(node => node.rank === 299).name")
    sight.page.fill("#search", hidden)
    sight.page.keyboard.press("Enter")
    settle(sight)
    assert len(visible_names(sight)) == 300
    assert sight.page.locator("#details h2").inner_text() == hidden
    assert sight.run("window.nodes.length") == 300
    assert not sight.page.locator("#more-row").is_visible()


def test_the_button_shows_more(make_lineage, look):
    sight = look(make_lineage(170))
    sight.page.click("#more")
    assert len(visible_names(sight)) == 170
    assert sight.run(OVERLAPS) == []


def test_a_narrow_screen_has_the_focus_in_sight_and_scrolls_only_down(make_lineage, look):
    sight = look(make_lineage(40), width=390, height=844)
    x, y = point_of(sight, "Method 0")
    frame = sight.page.locator("#mynetwork").bounding_box()
    assert frame is not None
    assert frame["x"] <= x <= frame["x"] + frame["width"] and frame["y"] <= y <= frame["y"] + frame["height"]
    assert sight.run("document.documentElement.scrollWidth") == 390
    assert sight.run("methodome.network.getScale()") >= 0.6
    assert sight.run(OVERLAPS) == []


def test_texts_have_enough_contrast_in_both_schemes(small, look):
    contrast = """() => {
      const light = colour => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
          .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const ground = element => {
        for (let at = element; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (colour !== 'rgba(0, 0, 0, 0)') return colour;
        }
        return 'rgb(255, 255, 255)';
      };
      return [...document.querySelectorAll('body *')].filter(element => element.offsetParent
        && [...element.childNodes].some(child => child.nodeType === 3 && child.data.trim())).map(element => {
          const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
          return [element.textContent, (a + 0.05) / (b + 0.05)];
        }).filter(([, ratio]) => ratio < 4.5);
    }"""
    for scheme in ("light", "dark"):
        sight = look(small, scheme=scheme)
        assert sight.run(contrast) == []

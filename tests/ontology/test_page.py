"""The reference page says all that the Turtle says, and asks nothing of the network."""

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg import vocabulary as v

SCRIPT = Path(__file__).parents[2] / "docs" / "ontology_page.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("ontology_page", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def html(script):
    return script.page()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.inside, self.fetched = [], [], []

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if "id" in facts and tag != "marker":
            self.ids.append(facts["id"])
        if tag == "a" and facts["href"].startswith("#"):
            self.inside.append(facts["href"][1:])
        if "src" in facts or tag in ("link", "script", "iframe", "object", "image"):
            self.fetched.append((tag, facts))


@pytest.fixture(scope="module")
def parsed(html):
    links = Links()
    links.feed(html)
    return links


def test_every_term_has_its_place(parsed):
    terms = {
        iri.removeprefix(v.ONTOLOGY)
        for name, value in vars(v).items()
        if name.isupper() and name not in ("ONTOLOGY", "PREFIXES")
        for iri in (value.values() if hasattr(value, "values") else [value])
        if iri.startswith(v.ONTOLOGY)
    }
    assert terms <= set(parsed.ids)


def test_links_within_the_page_lead_somewhere_and_no_place_is_named_twice(parsed):
    assert set(parsed.inside) <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))


def test_nothing_is_fetched(html, parsed):
    assert parsed.fetched == []
    assert "url(" not in html.replace("url(#up)", "")


def test_a_property_shows_its_domain_range_and_matches(html):
    (block,) = re.findall(r'<h3 id="basedOn">.*?</dl>', html)
    for shown in ("Lineage: the method extends", "<dt>from</dt>", "mg:Method", "prov:wasDerivedFrom", "cito:extends"):
        assert shown in block


def test_the_pictures_hold_every_class_and_the_properties_between_them(html):
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(pictures) == 2
    for name in (
        "Concept",
        "Dataset",
        "Evidence",
        "Family",
        "Method",
        "Metric",
        "Paper",
        "Result",
        "Task",
        "Technique",
    ):
        assert f">mg:{name}<" in pictures[0]
    assert ">basedOn, outperforms, uses<" in pictures[1]


def test_the_page_is_written_where_it_is_asked_for(script, monkeypatch, tmp_path, html):
    monkeypatch.setattr("sys.argv", ["ontology_page.py", str(tmp_path / "page.html")])
    script.main()
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]

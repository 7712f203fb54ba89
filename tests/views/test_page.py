"""A page as a file and in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from kg.views import Page


def test_a_page_is_saved_as_utf_8_with_its_own_line_ends(tmp_path):
    path = Page("<p>β\n</p>\n", title="t").save(tmp_path / "page.html")
    assert path == tmp_path / "page.html"
    assert path.read_bytes() == "<p>β\n</p>\n".encode()


def test_a_page_replaces_an_older_one_and_leaves_nothing_beside_it(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    Page("new", title="t").save(str(target))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("page.html", "new")]


def test_a_page_that_cannot_be_written_leaves_the_older_one(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        Page("\ud800", title="t").save(target)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("page.html", "old")]


def test_a_notebook_shows_the_page_in_a_frame_of_its_own():
    class Frame(HTMLParser):
        found: dict[str, str | None] = {}  # noqa: RUF012

        def handle_starttag(self, tag, attrs):
            assert tag == "iframe"
            self.found = dict(attrs)

    frame = Frame()
    page = Page('<p title="x">&amp;</p>', title='a "b"')
    frame.feed(page._repr_html_())
    assert (frame.found["title"], frame.found["srcdoc"]) == ('a "b"', '<p title="x">&amp;</p>')

"""The frame of every page of an atlas: the same head, the same search, paths that work from a disk."""

from __future__ import annotations

from typing import Final

from kg.views.markup import Markup, Part, join, tag

# Styles and scripts of the folder alone: a page that was copied elsewhere fetches nothing.
_POLICY: Final = (
    "default-src 'none'; style-src 'self' file: 'unsafe-inline'; script-src 'self' file:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def framed(title: str, *parts: Part, home: str, atlas: str) -> str:
    """Return a whole page.

    Args:
        title: of the page.
        parts: its content.
        home: the path from the page to the folder of the atlas: ``""`` or ``"../"``.
        atlas: what the atlas is called.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title if title == atlas else f"{title} · {atlas}"),
        tag("link", rel="stylesheet", href=f"{home}atlas.css"),
        tag("script", src=f"{home}atlas.js", defer=True),
    )
    search = tag(
        "div",
        tag("label", "Find a concept or a paper", for_="search", class_="unseen"),
        tag("input", id="search", type="search", role="combobox", aria_expanded="false", aria_controls="suggestions",
            aria_autocomplete="list", autocomplete="off", spellcheck="false", placeholder="Find a concept or a paper"),
        tag("ul", id="suggestions", role="listbox", aria_label="Suggestions", hidden=True),
        class_="search",
    )  # fmt: skip
    top = tag("header", tag("a", atlas, href=f"{home}index.html", class_="home"), search, class_="top")
    body = tag("body", tag("a", "Skip to the text", href="#text", class_="skip"), top,
               tag("main", parts, id="text", tabindex="-1"), data_home=home)  # fmt: skip
    return join(Markup("<!doctype html>\n"), tag("html", head, "\n", body, lang="en"), Markup("\n"))

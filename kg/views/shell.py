"""The frame that all pages share: one document with its styles, scripts and data, which forbids the network."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

from kg.records import to_json
from kg.views._assets import asset
from kg.views._embed import embed
from kg.views.markup import Markup, tag
from kg.views.network import draw
from kg.views.page import Page
from kg.views.payload import Payload

# In this order: each of them may use what the ones before it define.
_SCRIPTS = (
    "model.js", "folding.js", "labels.js", "map.js", "overlay.js", "picture.js", "details.js", "list.js",
    "controls.js", "start.js",
)  # fmt: skip
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page(
    payload: Payload,
    *,
    summary: str,
    intro: Markup | None = None,
    reading: Markup | None = None,
    layout: str = "above",
) -> Page:
    """Return the page that shows a payload.

    Args:
        payload: what it shows.
        summary: one line under the title.
        intro: what the panel of details says while nothing is selected, or of the focus.
        reading: what is to be read beside the picture.
        layout: where that stands: ``above`` or ``below`` the picture.
    """
    first = {node.id for node in payload.nodes if node.rank < payload.shown}
    drawing = draw(
        (node for node in payload.nodes if node.id in first),
        (edge for edge in payload.edges if edge.source in first and edge.target in first and not edge.quiet)
        if payload.picture == "network"
        else (),
    )
    # One script, so that what it defines is seen by its own parts alone.
    names = [name for name in _SCRIPTS if name != "map.js" or payload.picture == "map"]
    own = "(() => {\n'use strict';\n" + "\n".join(asset(name) for name in names) + "})();\n"
    scripts = [drawing.library, drawing.script, own]
    slots = {
        "policy": escape(_policy(scripts)),
        "title": escape(payload.title),
        "summary": escape(summary),
        "style": asset("page.css"),
        "layout": layout if reading else "",
        "reading": tag("div", reading, id="reading", tabindex="0", role="region", aria_label="Text") if reading else "",
        "intro": tag("div", intro, class_="intro") if intro else "",
        "data": embed(to_json(payload)),
        "library": scripts[0],
        "drawing": scripts[1],
        "script": scripts[2],
    }
    # One pass: what a slot is filled with is never read for slots again.
    html = _SLOT.sub(lambda hit: slots[hit[1]], asset("page.html"))
    return Page(html=html, title=payload.title)


def _policy(scripts: list[str]) -> str:
    """Return the content security policy: these scripts and no others, no network at all."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")

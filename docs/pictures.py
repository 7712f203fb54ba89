"""Make the pictures of the pages in `docs/img` anew: `python docs/pictures.py [NAME...]`.

Builds a store of the demo papers in a folder that is thrown away, draws each page, looks at it in Chromium, light and
dark, and writes the screenshots in 256 colours, so that they stay small. Needs Playwright, Pillow and a Chromium of the
system.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.build import add_papers, open_graph
from kg.graph import Graph
from kg.views import Page, write_atlas

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "img"
SIZE = {"width": 1440, "height": 900}

# The picture's name, what it draws, what is clicked before it is taken, whether it is dark.
PICTURES: tuple[tuple[str, Callable[[Graph], Page], str | None, bool], ...] = (
    ("lineage-resnet", lambda graph: graph.view.lineage("ResNet", min_confidence=0.2), None, False),
    ("neighbourhood-resnet", lambda graph: graph.view.neighbourhood("ResNet"), None, False),
    ("neighbourhood-imagenet", lambda graph: graph.view.neighbourhood("ImageNet"), None, True),
    ("influence", lambda graph: graph.view.influence(), None, False),
    ("timeline-gan", lambda graph: graph.view.timeline("GAN"), None, True),
    ("map", lambda graph: graph.view.map(), "#list button:has-text('RMSNorm')", False),
    ("paper-resnet", lambda graph: graph.view.paper("Deep Residual Learning for Image Recognition"), None, False),
    ("compare-resnet-vit", lambda graph: graph.view.compare("ResNet", "Vision Transformer"), None, True),
)
ATLAS = (("atlas-index", "index.html", False), ("atlas-resnet", "concept/resnet.html", True))


def main() -> None:
    """Draw the pictures named, or all."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", help="the pictures to make; all where none is named")
    wanted = set(ask.parse_args().names)
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        add_papers([ROOT / "examples" / "landmarks.jsonl"], store=folder / "graph.kg")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        with open_graph(folder / "graph.kg") as graph:
            for label, draw, click, dark in PICTURES:
                if not wanted or label in wanted:
                    page = draw(graph).save(folder / "page.html")
                    take(browser, page, label, dark=dark, ready="window.methodome", click=click)
            if not wanted or wanted & {label for label, *_ in ATLAS}:
                atlas = write_atlas(graph, folder / "atlas").folder
                for label, page_name, dark in ATLAS:
                    take(browser, atlas / page_name, label, dark=dark, ready="document.body", click=None)
        browser.close()


def take(browser: Any, page: Path, label: str, *, dark: bool, ready: str, click: str | None) -> None:
    """Write the screenshot of a page."""
    from PIL import Image

    context = browser.new_context(viewport=SIZE, color_scheme="dark" if dark else "light")
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_function(ready)
    if click:
        tab.click(click)
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    # Half of the colours are those that are there most, as they are; the other half stand for all others, each of
    # them counted once: signs and lines of few pixels keep their colour, which a mean over pixels would grey.
    counts = sorted(picture.getcolors(SIZE["width"] * SIZE["height"]), reverse=True)
    rest = Image.new("RGB", (max(1, len(counts) - 128), 1))
    rest.putdata([colour for _, colour in counts[128:]])
    kept = [part for _, colour in counts[:128] for part in colour]
    kept += rest.quantize(128, method=Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(kept[: 3 * 256])
    picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    target = IMAGES / f"{label}.png"
    picture.save(target, optimize=True)
    context.close()


if __name__ == "__main__":
    main()

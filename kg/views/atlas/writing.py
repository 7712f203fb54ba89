"""Writing an atlas: beside its place, resumed where it was interrupted, moved into place when it is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.graph.sureness import sureness
from kg.records import KINDS
from kg.views._assets import asset
from kg.views.atlas.holdings import Holdings, read_holdings
from kg.views.atlas.index import index_page, kind_page, search_index
from kg.views.atlas.pages import concept_page, paper_page

if TYPE_CHECKING:
    from kg.graph import Graph

Tell = Callable[[str, int, int | None], None]
_STAMP: Final = "atlas.json"
_TITLE: Final = "Atlas of methods"
# Whoever changes what a page looks like counts this up, so that no half-written atlas goes on in the old way.
_FORM: Final = 1
_TELL_EVERY: Final = 200


class AtlasError(KgError, OSError):
    """An atlas cannot be written where it should be."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """A written atlas.

    Attributes:
        folder: where it lies; ``index.html`` is its first page.
        concepts, papers: how many pages there are.
        renewed: whether it was written now; else it was there and as it should be.
    """

    folder: Path
    concepts: int
    papers: int
    renewed: bool


def write_atlas(
    graph: Graph,
    folder: str | Path,
    *,
    title: str = _TITLE,
    min_confidence: float | None = None,
    progress: Tell | None = None,
) -> Atlas:
    """Write an index and a page for each concept and paper, linked to each other, ready to publish.

    Concepts that no paper names have a page where they are linked to one that papers name. All is written beside
    the folder and moved into place at the end; an interrupted run goes on where it was, and one on the same graph
    changes nothing.

    Args:
        graph: an open graph.
        folder: made where it is missing; an atlas that is there is replaced.
        title: what the atlas is called.
        min_confidence: how sure what papers say of methods must be; None for
            :data:`kg.graph.sureness.LEAST_CONFIDENCE`.
        progress: hears the stage, how much of it is done, and of how much.

    Raises:
        AtlasError: the folder holds something else, or cannot be written.
    """
    target = Path(folder)
    tell = progress or _silent
    _refuse_other(target)
    held = read_holdings(graph, tell, least=sureness(min_confidence).least)
    stamp = {"atlas": title, "form": _FORM, "graph": held.digest}
    if _stamp_of(target) == stamp:
        return Atlas(target, len(held.concepts), len(held.papers), renewed=False)
    part = target.with_name(f".{target.name}.part")
    try:
        _begin(part, stamp)
        written = _pages(held, title)
        total = len(held.concepts) + len(held.papers) + len(KINDS) + 2
        tell("pages", 0, None)
        for done, (path, make) in enumerate(written, start=1):
            place = part / path
            if not place.exists():
                _write(place, make())
            if done % _TELL_EVERY == 0:
                tell("pages", done, total)
        for path, text in _extras(graph).items():
            _write(part / path, text)
        for name in ("atlas.css", "atlas.js"):
            _write(part / name, asset("page.css") + asset(name) if name == "atlas.css" else asset(name))
        _write(part / "index.html", index_page(held, atlas=title, extras=_EXTRAS))
        (part / ".stamp").rename(part / _STAMP)
        _move(part, target)
    except OSError as error:
        raise AtlasError(f"{target}: cannot be written: {error.strerror or error}") from error
    return Atlas(target, len(held.concepts), len(held.papers), renewed=True)


_EXTRAS: Final = (("influence.html", "Influence map"), ("map.html", "Modules and architectures"))


def _extras(graph: Graph) -> dict[str, str]:
    """Return the interactive pages of the whole graph."""
    return {"influence.html": graph.view.influence().html, "map.html": graph.view.map().html}


def _pages(held: Holdings, title: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the paths of all pages, each with what makes its text."""
    for concept in held.concepts.values():
        yield str(held.page_of(concept.iri)), lambda concept=concept: concept_page(held, concept, atlas=title)  # type: ignore[misc]
    for paper in held.papers.values():
        yield str(held.page_of(paper.iri)), lambda paper=paper: paper_page(held, paper, atlas=title)  # type: ignore[misc]
    for kind in sorted(KINDS):
        yield f"kind/{kind}.html", lambda kind=kind: kind_page(held, kind, atlas=title)  # type: ignore[misc]
    yield "search.js", lambda: search_index(held)


def _begin(part: Path, stamp: dict[str, object]) -> None:
    """Make the folder to write to; what an interrupted run on the same graph left there is kept."""
    begun = part / ".stamp"
    if not begun.exists() or json.loads(begun.read_text(encoding="utf-8")) != stamp:
        shutil.rmtree(part, ignore_errors=True)
    for name in ("concept", "paper", "kind"):
        (part / name).mkdir(parents=True, exist_ok=True)
    _write(begun, json.dumps(stamp, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name[:100]}.new")
    beside.write_text(text, encoding="utf-8", newline="\n", errors="replace")
    beside.replace(path)


def _move(part: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_other(target: Path) -> None:
    """Raise AtlasError where the folder holds something that is no atlas: it would be deleted."""
    if target.is_dir() and any(target.iterdir()) and not (target / _STAMP).exists():
        raise AtlasError(f"{target}: holds something that is no atlas; name an empty folder or a new one")
    if target.exists() and not target.is_dir():
        raise AtlasError(f"{target}: is a file; name a folder for the atlas")


def _stamp_of(target: Path) -> object:
    try:
        return json.loads((target / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _silent(stage: str, done: int, total: int | None) -> None:
    """Say nothing."""

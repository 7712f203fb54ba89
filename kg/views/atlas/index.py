"""The way into an atlas: its first page, a list for each kind, and what the search looks through."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.records import KINDS
from kg.views.atlas.frame import framed
from kg.views.atlas.holdings import Holdings
from kg.views.atlas.pages import reference
from kg.views.charts import Bar, bars_chart, columns_chart
from kg.views.markup import Markup, tag
from kg.views.wording import counted

if TYPE_CHECKING:
    from kg.graph import Concept

_TOP: Final = 12
_LISTED: Final = 3_000
_PLURALS: Final = {
    "architecture": "architectures",
    "module": "modules",
    "technique": "techniques",
    "dataset": "data sets",
    "task": "tasks",
    "metric": "metrics",
}


def index_page(held: Holdings, *, atlas: str, extras: Iterable[tuple[str, str]] = ()) -> str:
    """Return the first page: what is here, the best known of each kind, the papers by year.

    Args:
        held: what the atlas tells.
        atlas: what it is called.
        extras: paths and names of further pages.
    """
    years: dict[int, float] = {}
    for paper in held.papers.values():
        if paper.year is not None:
            years[paper.year] = years.get(paper.year, 0) + 1
    more = [tag("li", tag("a", name, href=path)) for path, name in extras]
    charts = [
        bars_chart(
            [Bar(each.name, len(held.names.get(each.iri, ())), kind, href=held.page_of(each.iri)) for each in best],
            title=f"{_PLURALS[kind]} that most papers name".capitalize(),
            unit="papers",
        )
        for kind in sorted(KINDS, key=list(_PLURALS).index)
        if (best := [each for each in best_known(held, kind) if held.names.get(each.iri)][:_TOP])
    ]
    kinds = [tag("li", tag("a", f"All {name}", href=f"kind/{kind}.html")) for kind, name in _PLURALS.items()]
    trend = None
    if len(years) > 1:
        every = {year: years.get(year, 0) for year in range(min(years), max(years) + 1)}
        trend = columns_chart(every, title="Papers by year")
    return framed(
        atlas,
        tag("h1", atlas),
        tag("p", f"{counted(len(held.concepts), 'concept')} and {counted(len(held.papers), 'paper')}, "
                 "each with what it is linked to and the sentences that say so.", class_="definition"),
        tag("ul", kinds, more, class_="inline"),
        tag("div", charts, trend, class_="charts"),
        home="",
        atlas=atlas,
    )  # fmt: skip


def kind_page(held: Holdings, kind: str, *, atlas: str) -> str:
    """Return the list of the concepts of one kind by name; of very many the best known."""
    best = best_known(held, kind)
    listed = sorted(best[:_LISTED], key=lambda each: (each.name.casefold(), each.iri))
    groups: dict[str, list[Markup]] = {}
    for each in listed:
        initial = each.name[:1].upper() if each.name[:1].isalpha() else "0–9"
        groups.setdefault(initial, []).append(tag("li", reference(held, each.iri)))
    sections = [tag("section", tag("h2", initial), tag("ul", items, class_="inline"))
                for initial, items in sorted(groups.items())]  # fmt: skip
    left_out = len(best) - len(listed)
    note = f"The {len(listed):,} best known of {len(best):,}; the search finds all." if left_out else ""
    return framed(
        _PLURALS[kind].capitalize(),
        tag("h1", _PLURALS[kind].capitalize()),
        tag("p", note or counted(len(best), "concept"), class_="soft"),
        sections,
        home="../",
        atlas=atlas,
    )


def best_known(held: Holdings, kind: str) -> list[Concept]:
    """Return the concepts of a kind, those that most papers name first."""
    found = [concept for concept in held.concepts.values() if concept.kind == kind]
    return sorted(found, key=lambda each: (-len(held.names.get(each.iri, ())), each.name.casefold(), each.iri))


def search_index(held: Holdings) -> str:
    """Return the script that holds what the search looks through: it can be loaded from a disk, as JSON cannot.

    A row is name, kind, path, year, aliases; the best known come first.
    """
    concepts = sorted(
        held.concepts.values(), key=lambda each: (-len(held.names.get(each.iri, ())), each.name, each.iri)
    )
    rows: list[list[object]] = [
        [each.name, each.kind, held.page_of(each.iri), each.year, list(each.aliases)] for each in concepts
    ]
    rows += [[paper.title, "paper", held.page_of(paper.iri), paper.year, []] for paper in held.papers.values()]
    lines = ",\n".join(json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows)
    return f"window.ATLAS = [\n{lines}\n];\n"

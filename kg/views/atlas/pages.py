"""The pages of an atlas: one concept, one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from kg.views.assembling import paper_url
from kg.views.atlas.frame import framed
from kg.views.atlas.holdings import Holdings
from kg.views.atlas.sketch import Neighbour, glyph, sketch
from kg.views.highlighting import marked, name_keys
from kg.views.markup import Markup, join, tag
from kg.views.paper import byline, results_table
from kg.views.plots import board_charts, trend_chart
from kg.views.wording import PREDICATES, counted

if TYPE_CHECKING:
    from kg.graph import Concept, Edge, Paper
    from kg.graph.evidence import Proof

_HOME: Final = "../"
_METHOD: Final = ("based_on", "uses", "outperforms")
_OPEN_LINKS: Final = 24  # more than these are folded
_MOST_PAPERS: Final = 300
_SKETCHED: Final = 8


def concept_page(held: Holdings, concept: Concept, *, atlas: str) -> str:
    """Return the page of a concept: what it is, its links with their sentences, who names it."""
    outgoing, incoming = held.outgoing.get(concept.iri, ()), held.incoming.get(concept.iri, ())
    papers = [held.papers[iri] for iri in held.names.get(concept.iri, ())]
    facts = ["family" if concept.family else concept.kind, str(concept.year) if concept.year is not None else "undated",
             f"named by {counted(len(papers), 'paper')}" if papers else "named by no paper here"]  # fmt: skip
    sections: list[Markup | None] = []
    for predicate in _METHOD:
        words = PREDICATES[predicate]
        turned = predicate == "based_on"
        mine = [edge for edge in outgoing if edge.predicate == predicate]
        theirs = [edge for edge in incoming if edge.predicate == predicate]
        sections.append(_links(held, words.incoming if turned else words.outgoing, mine, lambda edge: edge.object))
        sections.append(_links(held, words.outgoing if turned else words.incoming, theirs, lambda edge: edge.subject))
    said = {name: [edge for edge in incoming if edge.predicate == name] for name in ("addresses", "evaluates_on")}
    sections.append(_links(held, "Work on it", said["addresses"], lambda edge: edge.subject))
    sections.append(_links(held, "Tried on it", said["evaluates_on"], lambda edge: edge.subject))
    introduced = [edge for edge in incoming if edge.predicate == "introduces"]
    return framed(
        concept.name,
        tag("h1", concept.name),
        tag("p", glyph(concept.kind), " · ".join(facts), class_="facts"),
        tag("p", f"Also {', '.join(concept.aliases)}", class_="soft") if concept.aliases else None,
        tag("p", concept.definition, class_="definition") if concept.definition else None,
        _sketch(held, concept, outgoing, incoming),
        _links(held, "Introduced by", introduced, lambda edge: edge.subject),
        _boards(held, concept, papers),
        sections,
        _naming(held, papers),
        tag("p", concept.iri, class_="iri"),
        home=_HOME,
        atlas=atlas,
    )


def paper_page(held: Holdings, paper: Paper, *, atlas: str) -> str:
    """Return the page of a paper: its abstract with links, what it introduces and tries, what it says of methods."""
    mine = held.outgoing.get(paper.iri, ())
    named = [held.concepts[iri] for iri in held.named.get(paper.iri, ()) if iri in held.concepts]
    address = paper.url or paper_url(paper.iri)
    said = [(edge, own) for concept in named for edge in held.outgoing.get(concept.iri, ())
            if edge.predicate in _METHOD
            and (own := [proof for proof in edge.proofs if proof.paper == paper.iri])]  # fmt: skip
    results = [result.to_json() for result in held.results.get(paper.iri, ())]
    headings = (("introduces", "Introduces"), ("addresses", "Works on"), ("evaluates_on", "Tried on"))
    linked = {edge.object for edge in mine}
    also = [concept for concept in named if concept.iri not in linked]
    return framed(
        paper.title,
        tag("h1", paper.title),
        tag("p", glyph("paper"), byline(paper.authors, paper.year) or "paper", class_="facts"),
        tag("p", tag("a", "Read the paper", href=address, rel="noopener noreferrer")) if _is_web(address) else None,
        _abstract(held, paper, named),
        [
            _links(held, heading, [edge for edge in mine if edge.predicate == name], lambda edge: edge.object)
            for name, heading in headings
        ],
        _statements(held, said),
        results_table(results),
        _inline(held, "Names also", also),
        tag("p", paper.iri, class_="iri"),
        home=_HOME,
        atlas=atlas,
    )


def reference(held: Holdings, iri: str, *, home: str = _HOME) -> Markup:
    """Return the sign, the linked name and the year of a concept or a paper."""
    concept, paper = held.concepts.get(iri), held.papers.get(iri)
    if concept is not None:
        kind, name, year = concept.kind, concept.name, concept.year
    elif paper is not None:
        kind, name, year = "paper", paper.title, paper.year
    else:
        return tag("span", iri.rsplit("/", 1)[-1], class_="name")
    shown = tag("a", name, href=f"{home}{held.page_of(iri)}", class_="name")
    return join(glyph(kind), shown, tag("span", str(year), class_="when") if year is not None else None)


def _links(held: Holdings, heading: str, edges: Sequence[Edge], end: Callable[[Edge], str]) -> Markup | None:
    """Return a section of links with their sentences, in time; many are folded."""
    if not edges:
        return None

    def when(edge: Edge) -> tuple[int, str]:
        other = held.concepts.get(end(edge)) or held.papers.get(end(edge))
        year = other.year if other is not None and other.year is not None else 9999
        return (year, end(edge))

    items = [tag("li", tag("div", reference(held, end(edge)), class_="ref"), _proofs(held, edge.proofs))
             for edge in sorted(edges, key=when)]  # fmt: skip
    return tag("section", _heading(heading, len(edges)), _folded(items, "links"))


def _folded(items: Sequence[Markup], kind: str) -> Markup:
    first, rest = items[:_OPEN_LINKS], items[_OPEN_LINKS:]
    more = tag("details", tag("summary", f"{len(rest):,} more"), tag("ul", rest, class_=kind)) if rest else None
    return join(tag("ul", first, class_=kind), more)


def _proofs(held: Holdings, proofs: Sequence[Proof]) -> Markup | None:
    """Return the sentences behind a link: the surest at once, the others folded."""
    made = [_proof(held, proof) for proof in proofs]
    if not made:
        return None
    # What a curator states is short; where a paper says so too, its sentence is what one wants to read.
    shown = 2 if proofs[0].paper is None else 1
    more = tag("details", tag("summary", f"{len(made) - shown} more"), made[shown:]) if made[shown:] else None
    return join(made[:shown], more)


def _proof(held: Holdings, proof: Proof) -> Markup:
    if proof.paper is None:
        return tag("p", f"curated: {proof.source}" if proof.source else "curated", class_="soft")
    page = held.page_of(proof.paper)
    title = proof.title or proof.paper
    source = tag("a", title, href=f"{_HOME}{page}") if page else title
    year = f", {proof.year}" if proof.year is not None else ""
    cite = tag("cite", source, f"{year} · confidence {proof.confidence:.2f}")
    return tag("blockquote", tag("p", f"“{proof.sentence}”") if proof.sentence else None, cite)


def _sketch(held: Holdings, concept: Concept, outgoing: Iterable[Edge], incoming: Iterable[Edge]) -> Markup | None:
    """Return the small drawing of a method's lineage; the best known of many."""

    def known(iris: Iterable[str]) -> list[Neighbour]:
        here = sorted(
            {iri for iri in iris if iri in held.concepts}, key=lambda iri: (-len(held.names.get(iri, ())), iri)
        )
        found = [held.concepts[iri] for iri in here[:_SKETCHED]]
        return [Neighbour(each.name, each.kind, each.year, f"{_HOME}{held.page_of(each.iri)}")
                for each in sorted(found, key=lambda each: (each.year or 9999, each.iri))]  # fmt: skip

    before = known(edge.object for edge in outgoing if edge.predicate == "based_on")
    after = known(edge.subject for edge in incoming if edge.predicate == "based_on")
    if not before and not after:
        return None
    return sketch(Neighbour(concept.name, concept.kind, concept.year, None), before, after)


def _boards(held: Holdings, concept: Concept, papers: Iterable[Paper]) -> Markup | None:
    """Return the results on a data set over time, and all of them as a table."""
    if concept.kind != "dataset":
        return None
    results = [each for paper in papers for each in held.results.get(paper.iri, ()) if each.dataset == concept.name]
    if not results:
        return None
    directions = {each.name: each.direction for each in held.concepts.values() if each.kind == "metric"}
    rows = sorted(results, key=lambda each: (each.metric or "", each.year or 9999, each.iri))
    body = [
        tag("tr", tag("td", each.configuration or each.method or "-"), tag("td", each.metric or "-"),
            tag("td", each.value, class_="number"), tag("td", str(each.year or "")),
            tag("td", tag("a", each.title or each.paper, href=f"{_HOME}{held.page_of(each.paper)}")))
        for each in rows
    ]  # fmt: skip
    head = tag("tr", [tag("th", said, scope="col") for said in ("Method", "Metric", "Score", "Year", "Paper")])
    table = tag("table", tag("thead", head), tag("tbody", body), class_="results")
    charts = tag("div", board_charts(results, directions), class_="charts")
    return tag("section", _heading("Results as papers state them", len(rows)), charts, table)


def _naming(held: Holdings, papers: Sequence[Paper]) -> Markup | None:
    if not papers:
        return None
    newest = list(reversed(papers))[:_MOST_PAPERS]
    items = [tag("li", tag("div", reference(held, paper.iri), class_="ref")) for paper in newest]
    left_out = len(papers) - len(newest)
    note = tag("p", f"{left_out:,} earlier ones are not listed.", class_="soft") if left_out else None
    chart = trend_chart(paper.year for paper in papers)
    return tag("section", _heading("Papers that name it", len(papers)), chart, _folded(items, "refs"), note)


def _abstract(held: Holdings, paper: Paper, named: Sequence[Concept]) -> Markup | None:
    if not paper.abstract:
        return None
    keys = name_keys((name, concept.iri) for concept in named for name in (concept.name, *concept.aliases))
    pieces = [
        text if iri is None
        else tag("a", text, href=f"{_HOME}{held.page_of(iri)}", class_=f"mention {held.concepts[iri].kind}")
        for text, iri in marked(paper.abstract, keys)
    ]  # fmt: skip
    return tag("p", pieces, class_="abstract")


def _statements(held: Holdings, said: Sequence[tuple[Edge, Sequence[Proof]]]) -> Markup | None:
    """Return what a paper says of methods, each with its own sentences."""
    if not said:
        return None
    verbs = {"based_on": "is based on", "uses": "uses", "outperforms": "outperforms"}
    items = [
        tag("li", tag("div", reference(held, edge.subject), tag("span", verbs[edge.predicate], class_="verb"),
                      reference(held, edge.object), class_="ref"), _proofs(held, own))
        for edge, own in said
    ]  # fmt: skip
    return tag("section", _heading("What it says of methods", len(said)), _folded(items, "links"))


def _inline(held: Holdings, heading: str, concepts: Sequence[Concept]) -> Markup | None:
    if not concepts:
        return None
    items = [tag("li", reference(held, concept.iri)) for concept in concepts]
    return tag("section", _heading(heading, len(concepts)), tag("ul", items, class_="inline"))


def _heading(text: str, count: int) -> Markup:
    return tag("h2", text, tag("span", f"{count:,}", class_="count"))


def _is_web(address: str | None) -> bool:
    return address is not None and address.startswith(("https://", "http://"))

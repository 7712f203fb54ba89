"""The verbs that ask and answer in text: stats, find, show, query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli._options import DEFAULT, JsonOption, KindOption, StoreOption
from kg.cli._output import counted, put, put_json, put_table
from kg.cli.sourcing import list_conflicts
from kg.records import to_json

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import Concept, Edge

_SHOWN_EDGES = 12


def stats(
    *,
    store: StoreOption = DEFAULT,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="List instead where sources disagree about a paper.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say what a graph holds, in figures."""
    from kg.build import open_graph

    if conflicts:
        list_conflicts(store, as_json=as_json)
        return
    with open_graph(store) as graph:
        found = graph.stats()
    if as_json:
        put_json(found)
        return
    put(
        f"{counted(found.papers, 'paper')}, {counted(found.concepts, 'concept')} named in them"
        f" ({found.curated_only:,} more are curated)\n"
        f"{counted(found.relations, 'relation')}, {counted(found.results, 'result')},"
        f" {counted(found.evidence, 'piece')} of evidence, {counted(found.quads, 'triple')}"
    )
    put_table(("kind", "concepts"), found.concepts_by_kind.items())
    put_table(("predicate", "relations"), found.relations_by_predicate.items())


def find(
    text: Annotated[str, typer.Argument(help="A name, or the beginning of one.")],
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Find concepts by name. Equal names come first, then those that begin alike or are spelled alike."""
    from kg.build import open_graph
    from kg.errors import UnknownName

    with open_graph(store) as graph:
        found = graph.find(text, kind=kind, limit=limit)
        if not found:
            raise UnknownName(text)
        if as_json:
            put_json([concept.to_json() for concept in found])
        else:
            put_table(
                ("name", "kind", "year", "papers", "also called"),
                [(c.name, c.kind, c.year, c.paper_count, ", ".join(c.aliases[:3])) for c in found],
            )


def show(
    concept: Annotated[str, typer.Argument(help="A concept's name, alias or IRI, or a paper's title.")],
    *,
    store: StoreOption = DEFAULT,
    kind: KindOption = None,
    all_edges: Annotated[bool, typer.Option("--all", help="Show every edge, not only the best proved.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show a concept or a paper. Its edges come with the sentences that prove them."""
    from kg.build import open_graph
    from kg.errors import UnknownName

    with open_graph(store) as graph:
        try:
            found = graph.concept(concept, kind=kind)
        except UnknownName:
            if kind is not None:
                raise
            try:
                paper = graph.paper(concept)
            except UnknownName:
                paper = None
            if paper is None:
                raise
            _show_paper(paper, as_json=as_json)
            return
        edges = found.evidence()
        if as_json:
            put_json({**found.to_json(), "edges": [edge.to_json() for edge in edges]})
        else:
            _show_concept(found, edges, most=len(edges) if all_edges else _SHOWN_EDGES)


def _show_concept(concept: Concept, edges: list[Edge], *, most: int) -> None:
    facts = [
        concept.kind,
        "family" if concept.family else "",
        str(concept.year or ""),
        "curated" if concept.curated else "",
    ]
    put(f"{concept.name}  ({', '.join(fact for fact in facts if fact)})")
    for label, value in (
        ("also called", ", ".join(concept.aliases)),
        ("sizes", ", ".join(concept.configurations)),
        ("introduced by", "; ".join(f"{p.title} ({p.year})" if p.year else p.title for p in concept.introduced_by)),
        ("named in", counted(concept.paper_count, "paper")),
        ("iri", concept.iri),
    ):
        if value:
            put(f"  {label}: {value}")
    _put_edges(edges, most, concept.graph.store)


def _show_paper(paper: Any, *, as_json: bool) -> None:
    edges = paper.evidence()
    if as_json:
        put_json({**paper.to_json(), "edges": [edge.to_json() for edge in edges]})
        return
    put(f"{paper.title}" + (f"  ({paper.year})" if paper.year else ""))
    put(f"  iri: {paper.iri}")
    _put_edges(edges, len(edges), paper.graph.store)


def _put_edges(edges: list[Edge], most: int, store: Store) -> None:
    """Print edges by predicate, each with its best proof; the best supported first."""
    from pyoxigraph import NamedNode

    from kg.graph.citing import supporting_citations

    for predicate in sorted({edge.predicate for edge in edges}):
        of_kind = sorted((e for e in edges if e.predicate == predicate), key=lambda e: (-e.support, -e.confidence))
        put(f"\n{predicate.replace('_', ' ')} ({len(of_kind)})")
        for edge in of_kind[:most]:
            put(f"  {edge.subject_name} -> {edge.object_name}")
            for line in _proof_lines(edge):
                put(f"      {line}")
            if predicate == "based_on":
                for citation in supporting_citations(store, NamedNode(edge.subject), NamedNode(edge.object)):
                    put(f"      cited: {citation.title} cites {citation.cited_title}")
        if len(of_kind) > most:
            put(f"  ... {len(of_kind) - most} more (--all shows them)")


def _proof_lines(edge: Edge) -> list[str]:
    """Return the best sentence behind an edge and where it stands; what a curator states stands in where none is."""
    said = [proof for proof in edge.proofs if not proof.curated]
    if not said:
        return [f"curated: {proof.source}" for proof in edge.proofs[:1]]
    best = said[0]
    more = f", and {len(edge.proofs) - 1} more" if len(edge.proofs) > 1 else ""
    return [f'"{best.sentence}"', f"{best.title} [{best.confidence:.2f}, {best.found_by}{more}]"]


def query(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="SPARQL, a file of it, or a named query.", show_default=False)
    ] = None,
    *,
    store: StoreOption = DEFAULT,
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    form: Annotated[str, typer.Option("--format", help="table, json, csv, tsv, xml or turtle.")] = "table",
    as_json: JsonOption = False,
) -> None:
    """Ask in SPARQL, or by a named query. Parameters are options (kg query descendants --concept ResNet)."""
    from kg.build import open_graph

    if list_:
        from kg.graph import list_queries

        queries = list_queries()
        if as_json:
            put_json(
                [
                    {"name": q.name, "question": q.question, "parameters": list(map(to_json, q.parameters))}
                    for q in queries
                ]
            )
        else:
            put_table(("query", "answers"), [(q.usage, q.question.partition("?")[0] + "?") for q in queries])
        return
    if text is None:
        raise typer.BadParameter("give a query, a file or a name; kg query --list lists the names")
    parameters = _parameters(context.args)
    with open_graph(store) as graph:
        rows_found = graph.query(text, **parameters)
        if as_json or form != "table":
            put(rows_found.format("json" if as_json else form).rstrip("\n"))
        else:
            put_table(rows_found.columns, rows_found)


def _parameters(words: list[str]) -> dict[str, str]:
    """Return ``--name value`` pairs as a dictionary."""
    parameters: dict[str, str] = {}
    pending = list(words)
    while pending:
        word = pending.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name or (not equals and not pending):
            raise typer.BadParameter(f"{word!r} is no parameter; write --name VALUE")
        parameters[name.replace("-", "_")] = value if equals else pending.pop(0)
    return parameters


VERBS = (stats, find, show)

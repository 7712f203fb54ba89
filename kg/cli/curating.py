"""The verb that lets people decide: kg curate, with a verb of its own for each kind of decision."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from kg.cli._options import DEFAULT, JsonOption
from kg.cli._output import put, put_json, put_table, say

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.resolution.curation import Decision

_Store: TypeAlias = Annotated[
    str | None, typer.Option("--store", envvar="KG_STORE", help=f"The store's folder; else {DEFAULT}.")
]
_Source: TypeAlias = Annotated[str | None, typer.Option("--source", help="Where you have it from.")]
_Concept: TypeAlias = Annotated[str, typer.Argument(help='A concept: its name, "name (kind)", or its IRI.')]
_Paper: TypeAlias = Annotated[str, typer.Argument(help="A paper: its title, key, IRI, arXiv number or DOI.")]
_Method: TypeAlias = Annotated[str | None, typer.Option("--method", help="The method that scored.")]
_Configuration: TypeAlias = Annotated[str | None, typer.Option("--configuration", help="Its size or setting.")]
_Dataset: TypeAlias = Annotated[str | None, typer.Option("--dataset", help="The data set.")]
_Metric: TypeAlias = Annotated[str | None, typer.Option("--metric", help="The metric.")]
_Task: TypeAlias = Annotated[str | None, typer.Option("--task", help="The task.")]
_Value: TypeAlias = Annotated[str | None, typer.Option("--value", help="The value as written: 87.1%.")]
_Predicate: TypeAlias = Annotated[str, typer.Argument(help="based_on, uses, outperforms, introduces, addresses ...")]

curate = typer.Typer(
    help="Decide what is one, two, wrong or missing. Your word wins over what the papers seem to say.\n\n"
    "Decisions are kept in curation.ttl in the store's folder, which may be written by hand too; each kg build obeys"
    " them before all else. Without a verb they are listed, with whether the graph is another one for them.",
    invoke_without_command=True,
)


@curate.callback()
def options(
    context: typer.Context,
    *,
    store: _Store = None,
    list_: Annotated[bool, typer.Option("--list", help="List the decisions, with numbers.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the decisions, or take one (see the verbs)."""
    context.obj = store
    if context.invoked_subcommand is None or list_:
        _list(Path(store or DEFAULT), as_json=as_json)
        if context.invoked_subcommand is not None:
            raise typer.Exit


def _list(store: Path, *, as_json: bool) -> None:
    from kg.store.curation import read_statements
    from kg.store.folder import StoreFolder

    folder = StoreFolder.open(store)
    known = {}
    if folder.snapshots():
        with folder.reader() as snapshot:
            known = {use.decision: use for use in snapshot.decisions()}
    rows = []
    for number, statement in enumerate(read_statements(store), start=1):
        words = statement.decision.words
        use = known.get(words)
        state = "new" if use is None else "used" if use.used else "not used"
        note = "the next kg build obeys it" if use is None else use.note
        rows.append({"number": number, "decision": words, "state": state, "note": note})
    if as_json:
        put_json(rows)
    elif rows:
        put_table(("number", "decision", "state", "note"), [tuple(row.values()) for row in rows])
    else:
        say(f"{store}: no decisions yet; kg curate --help shows how to take one")


@curate.command()
def same(
    context: typer.Context, concept: _Concept, other: _Concept, *, source: _Source = None, store: _Store = None
) -> None:
    """Two names mean one thing. One name twice: all its senses are one."""
    _add(context, store, "same", concept, other, source=source)


@curate.command()
def different(
    context: typer.Context, name: _Concept, other: _Concept, *, source: _Source = None, store: _Store = None
) -> None:
    """Two names mean two things."""
    _add(context, store, "different", name, other, source=source)


@curate.command()
def kind(
    context: typer.Context,
    concept: _Concept,
    kind: Annotated[str, typer.Argument(help="architecture, module, technique, dataset, task or metric.")],
    *,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """A concept is of a kind."""
    _add(context, store, "kind", concept, kind, source=source)


@curate.command()
def name(
    context: typer.Context,
    concept: _Concept,
    preferred: Annotated[str, typer.Argument(help="What it is to be called.")],
    *,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """A concept has a preferred name. The one before becomes an alias, and the IRI stays."""
    _add(context, store, "name", concept, preferred, source=source)


@curate.command()
def drop(context: typer.Context, concept: _Concept, *, source: _Source = None, store: _Store = None) -> None:
    """A concept is none: it leaves with all its edges."""
    _add(context, store, "drop", concept, source=source)


@curate.command()
def year(
    context: typer.Context,
    concept: _Concept,
    year: Annotated[str, typer.Argument(help="Four digits.")],
    *,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """A concept is of a year."""
    _add(context, store, "year", concept, year, source=source)


@curate.command()
def introduced(
    context: typer.Context,
    concept: _Concept,
    paper: _Paper,
    *,
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="The paper is not in the graph: its title.")] = False,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """A paper introduced a concept. No other did, but those that are named so too."""
    _add(context, store, "introduced", concept, paper, source=source, elsewhere=elsewhere)


@curate.command()
def sense(
    context: typer.Context,
    paper: _Paper,
    name: Annotated[str, typer.Argument(help="As the paper writes it.")],
    concept: _Concept,
    *,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """A paper means a concept by a name."""
    _add(context, store, "sense", paper, concept, name=name, source=source)


@curate.command()
def reject(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="A concept, or a paper.")],
    predicate: _Predicate,
    concept: _Concept,
    *,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """An edge is wrong: it leaves with all its evidence."""
    _add(context, store, "reject", subject, concept, predicate.replace("-", "_"), source=source)


@curate.command("assert")
def assert_(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="A concept, or a paper.")],
    predicate: _Predicate,
    concept: _Concept,
    *,
    source: Annotated[str, typer.Option("--source", help="Where you have it from.")],
    store: _Store = None,
) -> None:
    """An edge is right, whatever papers say. Its source is shown as its evidence."""
    _add(context, store, "assert", subject, concept, predicate.replace("-", "_"), source=source)


@curate.command("reject-result")
def reject_result(
    context: typer.Context,
    paper: _Paper,
    *,
    method: _Method = None,
    configuration: _Configuration = None,
    dataset: _Dataset = None,
    metric: _Metric = None,
    task: _Task = None,
    value: _Value = None,
    source: _Source = None,
    store: _Store = None,
) -> None:
    """Results of a paper are wrong. All that have the parts that are given leave."""
    _add(
        context,
        store,
        "reject",
        paper,
        predicate="reports",
        result=_told(method, configuration, dataset, metric, task, value),
        source=source,
    )


@curate.command("assert-result")
def assert_result(
    context: typer.Context,
    paper: _Paper,
    *,
    method: _Method = None,
    configuration: _Configuration = None,
    dataset: _Dataset = None,
    metric: _Metric = None,
    task: _Task = None,
    value: _Value = None,
    source: Annotated[str, typer.Option("--source", help="Where you have it from.")],
    store: _Store = None,
) -> None:
    """A paper reports a result. Title and abstract need not say so."""
    _add(
        context,
        store,
        "assert",
        paper,
        predicate="reports",
        result=_told(method, configuration, dataset, metric, task, value),
        source=source,
    )


@curate.command()
def remove(
    context: typer.Context,
    numbers: Annotated[list[int], typer.Argument(help="As kg curate --list shows them.")],
    *,
    store: _Store = None,
) -> None:
    """Take decisions back."""
    from kg.store.curation import remove_decisions

    place = _place(context, store)
    for decision in remove_decisions(place, numbers):
        put(f"removed: {decision.words}")
    _say_what_next(place)


def _told(*parts: str | None) -> tuple[tuple[str, str], ...]:
    """Return the parts of a result that were given, in the order of ``RESULT_FIELDS``, by name."""
    from kg.resolution.curation import RESULT_FIELDS

    return tuple((name, value) for name, value in zip(RESULT_FIELDS, parts, strict=True) if value is not None)


def _place(context: typer.Context, store: str | None) -> Path:
    from kg.store.folder import StoreFolder

    return StoreFolder.open(store or context.obj or DEFAULT).path


def _add(
    context: typer.Context,
    store: str | None,
    verb: str,
    subject: str,
    other: str = "",
    predicate: str | None = None,
    *,
    elsewhere: bool = False,
    **more: Any,
) -> None:
    """Take a decision, said as :class:`kg.resolution.curation.Decision` takes it."""
    from kg.build import open_graph
    from kg.resolution.curation import Decision, problem_of
    from kg.store.curation import CURATION, add_decision

    decision = Decision(verb, subject, other, predicate, **more)
    if (problem := problem_of(decision)) is not None:
        raise typer.BadParameter(problem)
    place = _place(context, store)
    with open_graph(place) as graph:
        decision = _checked(graph, decision, elsewhere=elsewhere)
    if add_decision(place, decision):
        put(f"{place / CURATION}: {decision.words}")
        _say_what_next(place)
    else:
        put(f"{place / CURATION}: has it already: {decision.words}")


def _say_what_next(place: Path) -> None:
    where = "" if str(place) == DEFAULT else f" --store {shlex.quote(str(place))}"
    say(f"to bring it into the graph: kg build{where}")


def _checked(graph: Graph, decision: Decision, *, elsewhere: bool) -> Decision:
    """Return a decision whose names the graph knows; papers are told by their IRIs.

    Raises:
        UnknownName: the graph lacks one; the nearest names come with it.
        AmbiguousName: one has several senses, and the decision is not about them.
    """
    from dataclasses import replace

    from kg.resolution.curation import of_paper

    verb, subject, target = decision.verb, decision.subject, decision.object
    several = verb == "different" or (verb == "same" and subject == target)
    subject = graph.paper(subject).iri if of_paper(decision) else _known(graph, subject, several=several)
    if verb in ("same", "different", "sense") or (verb in ("reject", "assert") and not decision.result):
        target = _known(graph, target, several=several)
    elif verb == "introduced" and not elsewhere:
        target = graph.paper(target).iri
    for part, value in decision.result:
        if part not in ("configuration", "value"):
            _known(graph, value, several=False)
    return replace(decision, subject=subject, object=target)


def _known(graph: Graph, text: str, *, several: bool) -> str:
    """Return how a concept is to be told: by the name that was typed, or by its IRI where an identifier was."""
    from kg.errors import AmbiguousName

    try:
        found = graph.concept(text)
    except AmbiguousName:
        if several:
            return text
        raise
    return found.iri if text.startswith((found.iri.removesuffix(found.id), "concept:")) else text

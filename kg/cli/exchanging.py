"""The verbs that take the graph out and in: export, import, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli._options import DEFAULT, JsonOption, QuietOption, StoreOption
from kg.cli._output import counted, put, put_json, say
from kg.vocabulary import BASE

BaseOption = Annotated[
    str,
    typer.Option("--base", help="What the IRIs of concepts, papers, evidence and results begin with there."),
]


def export(
    output: Annotated[Path, typer.Argument(help="The file to write; its ending tells the format.")],
    *,
    store: StoreOption = DEFAULT,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="nq (canonical), nt, ttl, trig, jsonld, nt12 or ttl12 (RDF 1.2), graphml, gexf, or csv (two files);"
            " else by the ending.",
        ),
    ] = None,
    void: Annotated[
        Path | None, typer.Option("--void", help="Write a VoID description of the graph here too (Turtle).")
    ] = None,
    base: BaseOption = BASE,
    archive: Annotated[
        bool, typer.Option("--archive", help="Write the whole store (zip): kg import makes one of it that builds on.")
    ] = False,
) -> None:
    """Write the whole graph to a file. The same graph gives the same bytes."""
    from kg.store.archive import write_archive
    from kg.store.export import export as export_store
    from kg.store.folder import StoreFolder

    if archive and (form or void or base != BASE):
        raise typer.BadParameter("--archive takes no --format, --void or --base; an archive is a zip with all in it")
    folder = StoreFolder.open(store)
    if archive:
        write_archive(folder, output)
        say(f"wrote {output}")
        return
    with folder.reader() as snapshot:
        form = form or output.suffix.lstrip(".").lower() or "nq"
        for path in export_store(snapshot.store, output, format=form, void_path=void, base=base):
            say(f"wrote {path}")


def import_(
    file: Annotated[Path, typer.Argument(help="An archive of kg export --archive, or RDF.")],
    *,
    store: StoreOption = DEFAULT,
    form: Annotated[
        str | None,
        typer.Option("--format", help="nq, nt, ttl, trig, jsonld, nt12, ttl12 or rdf (XML); else by the ending."),
    ] = None,
    base: BaseOption = BASE,
    as_json: JsonOption = False,
) -> None:
    """Make a store of a file. One of an archive builds on, one of plain RDF is read-only."""
    from kg.store.importing import import_file

    found = import_file(file, store, format=form, base=base)
    if found.from_named_graphs:
        say(f"{counted(found.from_named_graphs, 'triple')} stood in named graphs; all are in one graph now")
    if found.read_only:
        say(f"{file} holds triples and no records: the store can be asked, and kg build and kg remove will refuse it")
    if as_json:
        put_json(found)
    else:
        put(f"{store}: {counted(found.triples, 'triple')}{', read-only' if found.read_only else ''}")


def publish(
    url: Annotated[str, typer.Argument(help="Where the endpoint answers queries.")],
    *,
    store: StoreOption = DEFAULT,
    update: Annotated[
        str | None, typer.Option("--update", help="Where it takes updates; else beside /query, or the same address.")
    ] = None,
    graph_store: Annotated[
        str | None, typer.Option("--graph-store", help="Where it speaks the graph store protocol, if it does.")
    ] = None,
    graph: Annotated[
        str | None, typer.Option("--graph", help="The IRI of a named graph; else the default one.")
    ] = None,
    base: BaseOption = BASE,
    batch: Annotated[int, typer.Option("--batch", min=1, help="About so many triples a request.")] = 5_000,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Bring a SPARQL endpoint to the state of the graph. The difference is sent, by SPARQL 1.1.

    Credentials come from KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN. A run that broke off
    is resumed by running it again. What others have put there is left alone.
    """
    from kg.store.folder import StoreFolder
    from kg.store.publishing import publish as publish_store

    def tell(sent: int) -> None:
        if not quiet:
            say(f"sent: {counted(sent, 'triple')}")

    with StoreFolder.open(store).reader() as snapshot:
        done = publish_store(
            snapshot.store,
            url,
            update_url=update,
            graph_store_url=graph_store,
            graph=graph,
            base=base,
            batch=batch,
            progress=tell,
        )
    if as_json:
        put_json(done)
        return
    if done.untouched:
        say(f"{counted(done.untouched, 'triple')} of others stand there too, and were left alone")
    if done.added or done.removed:
        put(f"{url}: {done.added:,} triples came, {done.removed:,} went")
    else:
        put(f"{url}: nothing changed")


VERBS = (export, publish)

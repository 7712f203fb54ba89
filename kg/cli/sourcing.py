"""What is said of sources: the verb that lists their formats, and where they disagree."""

from __future__ import annotations

from kg.cli._options import JsonOption
from kg.cli._output import counted, put, put_json, put_table


def sources(*, as_json: JsonOption = False) -> None:
    """List the formats that are read, as they are asked.

    A file is recognised by its content, whatever its name; it may be packed (gzip, bzip2, xz, zstandard), stand in
    an archive (zip, tar) or a folder, or come from standard input (-).
    """
    from kg.sources import known_formats
    from kg.sources.reading import lacking_module

    rows = []
    for form in known_formats():
        lacking = lacking_module(form)
        extra = getattr(form, "extra", None)
        needs = "" if lacking is None else f"{lacking} (extra {extra!r})" if extra else lacking
        rows.append({"name": form.name, "about": getattr(form, "about", ""), "extra": extra, "lacks": needs or None})
    if as_json:
        put_json(rows)
        return
    put_table(("format", "what it is", "lacks"), [(row["name"], row["about"], row["lacks"]) for row in rows])


def list_conflicts(store: str, *, as_json: bool) -> None:
    """Print where the sources of a store disagree about a paper."""
    from kg.sources.conflicts import find_conflicts
    from kg.store.published import published_records

    found = find_conflicts(published_records(store))
    if as_json:
        put_json(found)
        return
    put(f"{counted(len(found), 'conflict')} between sources")
    for conflict in found:
        shared = f" share {conflict.shared}" if conflict.shared else ""
        put(f"\n{' and '.join(conflict.papers)}{shared}: {conflict.field}")
        for value, said_by in conflict.sayings:
            put(f"  {value}  ({', '.join(said_by)})")


VERBS = (sources,)

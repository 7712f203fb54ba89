"""Records to papers: those that changed, and those that share something with them, are joined anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.records import Paper, to_json
from kg.sources import join_with_records
from kg.sources.ties import ties_of
from kg.store.records import Row
from kg.store.state import Kept, State
from kg.store.writer import Writer

# So many records are joined at a time where all are; what belongs together is never parted.
_TOGETHER = 500


def join_changed(writer: Writer, state: State) -> bool:
    """Bring the papers of a state up to date with the records; return whether any paper came, went or changed."""
    if state.joined:
        return _join_touched(writer, state)
    for row in writer.numbered_records():
        state.tie(row.id, ties_of(row.record))
    for group in _groups(writer, state):
        _join(writer.fetch_records(sorted(group)), state)
    state.joined = True
    return True


def paper_of(kept: Kept) -> Paper:
    """Return a paper that was kept."""
    return Paper.from_json(json.loads(kept.data))


def _groups(writer: Writer, state: State) -> Iterator[set[int]]:
    """Yield sets of all records, so that no record of one is tied to a record of another."""
    seen: set[int] = set()
    group: set[int] = set()
    for number in writer.record_numbers():
        if number not in seen:
            found = state.tied(state.ties(number)) or {number}
            seen |= found
            group |= found
        if len(group) >= _TOGETHER:
            yield group
            group = set()
    if group:
        yield group


def _join_touched(writer: Writer, state: State) -> bool:
    touched = writer.touched_records()
    if not touched:
        return False
    old: set[str] = set()
    ties: set[int] = set()
    for row in touched:
        ties |= ties_of(row.record)
        if row.live:
            state.tie(row.id, ties_of(row.record))
    affected = state.tied(ties) | {row.id for row in touched}
    old |= state.papers_of(affected)
    for row in touched:
        if not row.live:
            state.untie(row.id)
    return _join(writer.fetch_records(sorted(affected)), state, old=old)


def _join(rows: Iterable[Row], state: State, *, old: Iterable[str] = ()) -> bool:
    """Join some records, and keep their papers in place of the old ones of these records."""
    numbers = {row.record: row.id for row in rows}
    gone = set(old)
    changed = False
    for paper, records in join_with_records(numbers):
        gone.discard(paper.key)
        changed |= state.put_paper(paper.key, _dump(paper), _citing(paper))
        state.assign((numbers[record] for record in records), paper.key)
    for key in gone:
        state.drop_paper(key)
    return changed or bool(gone)


def _dump(paper: Paper) -> str:
    return json.dumps(to_json(paper), separators=(",", ":"))


def _citing(paper: Paper) -> str:
    """Return what a paper is known by and what it cites, as JSON."""
    return json.dumps([paper.doi, paper.arxiv, paper.ids, paper.references], separators=(",", ":"))

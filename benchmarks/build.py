"""How fast builds are, how they grow, and how much memory they take: `python benchmarks/build.py SOURCE...`.

Builds a store of the sources with all cores; then grows a corpus of readings recombined from theirs (`--grow`), and
measures joining, deciding and writing at two sizes, writing against Oxigraph's own bulk loader, and what 100 papers
more cost. Recombined means: a synthetic paper has a title and an abstract of its own, and the entities, relations and
results of a real one; in every fifth its coined names are new, so that concepts grow with papers as they do in life.
Texts are not read anew for it, since reading is linear by contract: its rate is measured on the sources.

Seconds are those of the clock, and behind the stroke those of the processor, which other work on the machine
disturbs less. Run it on a quiet machine and read the median of some runs; nothing here is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from unittest import mock

from kg._stages import reading
from kg._stages.drawing import Drawing, decide_all, publish
from kg._stages.joining import join_changed
from kg.build import add_papers, code_digest
from kg.extraction import Extractor
from kg.lexicon import load
from kg.records import Extraction, Paper, Record
from kg.resolution.curation import Curation
from kg.store._differences import CHUNK
from kg.store.folder import StoreFolder
from kg.vocabulary import digest

_MORE = 100
_RENAMED = 5


Reading = tuple[Record, Extraction]


@dataclass(frozen=True, slots=True)
class Took:
    """What a piece of work took: seconds of the clock and of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:8.1f} s |{self.processor:8.1f} s"


class Watch:
    """Times what is done in its block, this process and its children."""

    def __enter__(self) -> Watch:
        self._begun = self._now()
        return self

    def __exit__(self, *error: object) -> None:
        now = self._now()
        self.took = Took(now[0] - self._begun[0], now[1] - self._begun[1])

    @staticmethod
    def _now() -> tuple[float, float]:
        times = os.times()
        return time.perf_counter(), times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Measure, and print a line for each measure."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sources", nargs="*", type=Path)
    ask.add_argument("--grow", type=int, nargs="*", default=[], help="sizes of the recombined corpus, as 1000 100000")
    ask.add_argument("--store", type=Path, help="a store of the sources that is there already: nothing is built")
    given = ask.parse_args()
    if not given.sources and given.store is None:
        ask.error("give sources, or a store of them")
    with tempfile.TemporaryDirectory() as folder:
        real = given.store or Path(folder) / "real.kg"
        if given.store is None:
            measure_sources(given.sources, real)
        readings = list(readings_of(real)) if given.grow else []
        for size in given.grow:
            measure_growth(readings, size, Path(folder) / f"{size}.kg")
            shutil.rmtree(Path(folder) / f"{size}.kg")


def measure_sources(sources: Sequence[Path], store: Path) -> None:
    """Build a store, then the same again; print the stages, and whether the rate of reading holds to the end."""
    for label in ("a fresh store", "the same again"):
        told: list[tuple[str, int, float]] = []

        def tell(stage: str, done: int, total: int | None, told: list[tuple[str, int, float]] = told) -> None:  # noqa: ARG001
            told.append((stage, done, time.perf_counter()))

        with Watch() as watch:
            report = add_papers(sources, store=store, progress=tell)
        print(f"{label}: {report.papers:,} papers in {watch.took}")
        stages = list(dict.fromkeys(stage for stage, _, _ in told))
        begun = {stage: next(moment for name, _, moment in told if name == stage) for stage in stages}
        for stage, following in zip(stages, [*stages[1:], None], strict=True):
            end = begun[following] if following else told[-1][2]
            print(f"  {stage:12}{end - begun[stage]:8.1f} s")
        read = [(done, moment) for stage, done, moment in told if stage == "extracting"]
        many = min(8_000, len(read) // 2)
        if report.extracted > 1 and many > 1:
            first, last = (_rate(part) for part in (read[:many], read[-many:]))
            print(
                f"  read {first:,.0f} papers/s over the first {many:,}, {last:,.0f} over the last: {last / first:.2f}"
            )
    print(f"  at most {_memory():,.0f} MiB in this process, {_memory(resource.RUSAGE_CHILDREN):,.0f} MiB in a worker")


def measure_growth(readings: Sequence[Reading], size: int, path: Path) -> None:
    """Build a recombined corpus of some size, then 100 papers more, nothing more, and those 100 alone."""
    print(f"{size:,} recombined papers; this process has {_memory():,.0f} MiB before")

    def said(paper: Paper) -> Extraction:
        number = int(paper.title.rsplit(" r", 1)[1])
        return replace(recombined(readings, number)[1], id=paper.key, title=paper.title)

    def records(first: int, last: int) -> Iterator[Record]:
        return (recombined(readings, number)[0] for number in range(first, last))

    with mock.patch.object(reading, "Extractor", _knowing(said)):
        with Watch() as whole:
            _build(records(0, size), path)
        print(f"  all in {whole.took}: {size / whole.took.processor:,.0f} papers/s; {_memory():,.0f} MiB at most")
        with Watch() as more:
            changes = _build(records(size, size + _MORE), path)
        with Watch() as nothing:
            _build((), path)
        with Watch() as alone:
            _build(records(size, size + _MORE), path.with_name("alone.kg"))
        shutil.rmtree(path.with_name("alone.kg"))
    print(f"  {_MORE} more in {more.took}, {changes:,} triples came or went; nothing more in {nothing.took}")
    print(f"  those {_MORE} alone in {alone.took}: {_ratio(more.took, alone.took)} times")
    measure_writing(path)
    for part in ("extractions", "snapshots"):
        held = sum(file.stat().st_size for file in (path / part).rglob("*") if file.is_file())
        print(f"  {part}: {held / 2**20:,.0f} MiB")


def measure_writing(path: Path) -> None:
    """Write the triples of a store by its own writer, as a build hands them over, and by the bulk loader alone."""
    import pyoxigraph as ox

    with StoreFolder.open(path).reader() as snapshot, tempfile.TemporaryDirectory() as folder:
        quads = list(islice(snapshot.store, 1_000_000))
        with Watch() as raw:
            store = ox.Store(f"{folder}/raw")
            for first in range(0, len(quads), CHUNK):
                store.bulk_extend(quads[first : first + CHUNK])
        with Watch() as ours, StoreFolder.create_or_open(f"{folder}/ours.kg").writer() as writer:
            writer.publish(quads, ())
    print(f"  {len(quads):,} triples written in {ours.took}")
    print(f"  the same by the bulk loader alone in {raw.took}: {_ratio(raw.took, ours.took)} of its rate")


def readings_of(store: Path) -> Iterator[Reading]:
    """Yield what a store knows of its papers: a record of each, and what its text says."""
    book = sqlite3.connect(f"file:{store}/extractions/records.sqlite?mode=ro", uri=True)
    said: dict[str, Extraction] = {}
    for (data,) in book.execute("SELECT data FROM extractions"):
        extraction = Extraction.from_json(json.loads(data))
        said[extraction.title] = extraction
    for (data,) in book.execute("SELECT data FROM records WHERE removed IS NULL ORDER BY source, key"):
        record = Record.from_json(json.loads(data))
        if (known := said.pop(record.title, None)) is not None:
            yield record, known


def recombined(readings: Sequence[Reading], number: int) -> Reading:
    """Return a paper with the reading of a real one and a title of its own; the same for the same number."""
    record, said = random.Random(number).choice(readings)
    if number % _RENAMED == 0:
        said = _renamed(said, f"Q{number}")
    title = f"{record.title} r{number}"
    return Record("recombined.jsonl", str(number), title, record.abstract, record.year, authors=record.authors), said


def _renamed(said: Extraction, mark: str) -> Extraction:
    """Return a reading in which what its paper introduces has a name of its own."""
    coined = {relation.object for relation in said.relations if relation.predicate == "introduces"}

    def name(text: str) -> str:
        return f"{text}{mark}" if text in coined else text

    entities = (
        replace(
            entity,
            name=name(entity.name),
            aliases=(),
            curated=None,
            mentions=tuple(replace(mention, text=name(entity.name)) for mention in entity.mentions),
        )
        if entity.name in coined
        else entity
        for entity in said.entities
    )
    relations = (replace(one, subject=name(one.subject), object=name(one.object)) for one in said.relations)
    results = (replace(one, method=one.method and name(one.method)) for one in said.results)
    return replace(said, entities=tuple(entities), relations=tuple(relations), results=tuple(results))


def _knowing(said: Callable[[Paper], Extraction]) -> Callable[..., object]:
    """Return a maker of readers that have read everything before."""

    class Knowing:
        fingerprint = "recombined"
        extract = staticmethod(said)

        @staticmethod
        def digest(paper: Paper) -> str:
            return digest(paper.title, length=32)

    def make(model: object = None) -> Knowing:  # noqa: ARG001
        Extractor()  # with which every build begins
        return Knowing()

    return make


def _build(records: Iterable[Record], path: Path) -> int:
    """Build as the command does, but for the reading of files and texts; return how many triples came and went."""
    with StoreFolder.create_or_open(path).writer() as writer:
        writer.add(records)
        state = writer.state(code_digest())
        join_changed(writer, state)
        reading.read_changed(writer, state, reading.Reader(None, 1, lambda *_: None), load())
        drawing = Drawing(writer, state, load(), Curation(), abstracts=True)
        change = publish(drawing, decide_all(drawing))
        return change.added + change.removed


def _rate(told: Sequence[tuple[int, float]]) -> float:
    return (told[-1][0] - told[0][0]) / max(told[-1][1] - told[0][1], 1e-9)


def _ratio(one: Took, other: Took) -> str:
    return f"{one.clock / other.clock:.2f} | {one.processor / other.processor:.2f}"


def _memory(who: int = resource.RUSAGE_SELF) -> float:
    """Return the peak memory of this process, or of the largest of its children that are done, in MiB."""
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""How well and how fast papers are read.

`python benchmarks/extraction.py speed [SOURCE...]` reads papers on one core with each setting: the median papers a
second of some rounds, and the peak of memory. `python benchmarks/extraction.py quality GOLD PAPERS` prints the F1 of
each setting on annotated papers and on the twenty of other fields in `out_of_field/`. `python
benchmarks/extraction.py curve GOLD PAPERS --test GOLD` trains the fast setting on 300, 600, 1,200 and all annotated
papers. Run it on a quiet machine; nothing here is asserted.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.build import read_records
from kg.extraction import Extractor
from kg.extraction.evaluation import intervals, read_papers, sum_up
from kg.sources import join

HERE = Path(__file__).resolve().parent
OTHER_FIELDS = HERE / "out_of_field" / "annotations.jsonl", HERE / "out_of_field" / "papers.json"
DEMO = HERE.parent / "examples" / "landmarks.jsonl"
SIZES = (300, 600, 1_200)
SETTINGS = ("fast", "accurate")


def main() -> None:
    """Run what the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = ask.add_subparsers(dest="verb", required=True)
    of_speed = verbs.add_parser("speed")
    of_speed.add_argument("sources", nargs="*", type=Path, default=[DEMO])
    of_speed.add_argument("--most", type=int, default=1_000, help="so many papers at most")
    of_speed.add_argument("--rounds", type=int, default=3)
    of_speed.add_argument("--model", help="one setting only, in this process")
    of_quality = verbs.add_parser("quality")
    of_curve = verbs.add_parser("curve")
    for verb in (of_quality, of_curve):
        verb.add_argument("gold", type=Path)
        verb.add_argument("papers", type=Path)
    of_curve.add_argument("--test", type=Path, required=True, help="annotated papers that are not trained on")
    of_curve.add_argument("--texts", type=Path, help="unannotated papers, for word classes")
    told = ask.parse_args()
    if told.verb == "speed" and told.model:
        measure_speed(told.sources, told.model, most=told.most, rounds=told.rounds)
    elif told.verb == "speed":
        # A process each: what one setting holds in memory must not count for the other.
        for setting in SETTINGS:
            command = [sys.executable, __file__, "speed", *map(str, told.sources), "--model", setting]
            subprocess.run([*command, "--most", str(told.most), "--rounds", str(told.rounds)], check=True)
    elif told.verb == "quality":
        measure_quality(told.gold, told.papers)
    else:
        measure_curve(told.gold, told.papers, told.test, told.texts)


def measure_speed(sources: list[Path], model: str, *, most: int, rounds: int) -> None:
    """Print the papers a second of one process with one setting, and its memory."""
    papers = join(read_records(sources)[0])[:most]
    extractor = Extractor(model=model)
    for _ in extractor.extract_all(papers[:50]):
        pass
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in extractor.extract_all(papers):
            pass
        took.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{model:10}{len(papers) / statistics.median(took):8.1f} papers/s  {peak:6.0f} MiB  ({len(papers):,} papers)")


def measure_quality(gold: Path, papers: Path) -> None:
    """Print the F1 of every row for each setting, on the annotated papers and on those of other fields."""
    columns = {}
    for setting in SETTINGS:
        extractor = Extractor(model=setting)
        for name, (annotated, texts) in {"given": (gold, papers), "other fields": OTHER_FIELDS}.items():
            tallies = [judged.tallies for judged in read_papers(annotated, texts, extractor=extractor)]
            columns[f"{setting}, {name}"] = (sum_up(tallies), intervals(tallies))
    print(f"{'':24}" + "".join(f"{column:>28}" for column in columns))
    for row in next(iter(columns.values()))[0]:
        cells = [f"{t[row].f1:.3f} ({s[row].low:.3f} to {s[row].high:.3f})" for t, s in columns.values()]
        print(f"{row:24}" + "".join(f"{cell:>28}" for cell in cells))


def measure_curve(gold: Path, papers: Path, test: Path, texts: Path | None) -> None:
    """Print what the fast setting reaches when it is trained on fewer annotated papers."""
    from kg.extraction.training.run import train_models

    lines = [line for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = ("spans", "entities", "relations.introduces", "relations.based_on", "relations.uses", "relations", "results")
    print(f"{'papers':>8}" + "".join(f"{row.removeprefix('relations.'):>14}" for row in rows))
    for size in (*SIZES, len(lines)):
        with tempfile.TemporaryDirectory() as folder:
            # Every so manieth paper, so that each part holds all sources and years alike.
            part = Path(folder) / "gold.jsonl"
            part.write_text("\n".join(lines[i * len(lines) // size] for i in range(size)), encoding="utf-8")
            train_models(part, papers, Path(folder) / "models", texts=texts, without=test, settings=("fast",))
            extractor = Extractor(model=Path(folder) / "models")
            figures = sum_up(judged.tallies for judged in read_papers(test, papers, extractor=extractor))
        print(f"{size:8,}" + "".join(f"{figures[row].f1:14.3f}" for row in rows), flush=True)


if __name__ == "__main__":
    main()

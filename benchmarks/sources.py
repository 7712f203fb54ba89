"""What reading costs: `python benchmarks/sources.py [FILE...]`.

For each format, the same papers of our own making are written, read, and parsed by a bare parser; printed are the
processor time of both a paper, and their ratio. The goal: a ratio of at most 5. Then each FILE is streamed into
papers (read and joined); printed are papers a second, and the most memory that reading alone takes at 1 times and
10 times the papers, which must be the same. Run it on a quiet machine; nothing here is asserted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.sources import FORMATS, join, read_sources
from kg.sources.reading import lacking_module
from tests.sources import writers_src, writers_srj, writers_srx
from tests.sources.samples import samples

WRITERS = {
    **writers_src.WRITERS, **writers_srx.WRITERS, **writers_srj.WRITERS,
    **writers_srx.WITHOUT_ABSTRACTS, **writers_srj.WITHOUT_ABSTRACTS,
}  # fmt: skip
BARE = {**writers_src.BARE, **writers_srx.BARE, **writers_srj.BARE}


def main() -> None:
    """Measure every format, then every file that is given."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--papers", type=int, default=1_000, help="how many papers each format is tried on")
    ask.add_argument("--repeats", type=int, default=5, help="how often each is timed")
    arguments = ask.parse_args()
    lacking = {form.name for form in FORMATS if lacking_module(form) is not None}
    print(f"{'format':32} {'µs a paper':>10} {'bare':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(WRITERS):
            if name.partition(":")[0] not in lacking:
                measure_format(name, Path(folder, "papers"), papers=arguments.papers, repeats=arguments.repeats)
        for file in arguments.files:
            measure_file(file, repeats=arguments.repeats)
        if arguments.files:
            measure_memory(Path(folder, "papers"), papers=arguments.papers)


def measure_format(name: str, path: Path, *, papers: int, repeats: int) -> None:
    """Print what one format costs."""
    # As long as abstracts are
    long = [replace(paper, abstract=" ".join([paper.abstract] * 6)) for paper in samples(papers)]
    content = WRITERS[name](long)
    path.write_bytes(content)
    ours = timed(lambda: sum(1 for _ in read_sources([path])), repeats) / papers
    bare = BARE.get(name)
    line = f"{name:32} {ours * 1e6:10.1f}"
    if bare is not None:
        theirs = timed(lambda: bare(content), repeats) / papers
        line += f" {theirs * 1e6:8.1f} {ours / theirs:6.1f}"
    print(line, flush=True)


def measure_file(path: Path, *, repeats: int) -> None:
    """Print how many papers a second a file gives."""
    number = sum(1 for _ in read_sources([path]))
    reading = timed(lambda: sum(1 for _ in read_sources([path])), repeats)
    both = timed(lambda: join(read_sources([path])), repeats)
    print(
        f"{path.name}: {number:,} papers; read {number / reading:,.0f} a second, read and joined {number / both:,.0f}"
    )


def measure_memory(path: Path, *, papers: int) -> None:
    """Print the most memory that reading takes, whatever the number of papers."""
    for times in (1, 10):
        path.write_bytes(b"".join([writers_src.json_lines(samples(papers))] * times))
        tracemalloc.start()
        for _ in read_sources([path]):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"reading {papers * times:,} papers takes {peak / 1024**2:.1f} MiB at most")


def timed(work: Callable[[], object], repeats: int) -> float:
    """Return the median processor time of some work, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()

"""How fast a build is, and how much memory it takes: `python benchmarks/build.py SOURCE...`.

Prints, for each stage, its seconds and papers a second, and the peak memory of the process. Run it on a quiet
machine and read the median of some runs; nothing here is asserted.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from kg.build import add_papers


def main() -> None:
    """Build a fresh store of the sources, then build it again, and print what each stage took."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sources", nargs="+", type=Path)
    sources = ask.parse_args().sources
    with tempfile.TemporaryDirectory() as folder:
        for label in ("a fresh store", "the same again"):
            begun: dict[str, float] = {}

            def tell(stage: str, done: int, total: int | None, begun: dict[str, float] = begun) -> None:  # noqa: ARG001
                begun.setdefault(stage, time.perf_counter())

            start = time.perf_counter()
            report = add_papers(sources, store=Path(folder) / "graph.kg", progress=tell)
            seconds = time.perf_counter() - start
            print(f"{label}: {report.papers:,} papers in {seconds:.1f} s ({report.papers / seconds:,.0f} papers/s)")
            stages = [*begun.items(), ("end", start + seconds)]
            for (stage, first), (_, last) in pairwise(stages):
                rate = f"{report.papers / (last - first):10,.0f} papers/s" if last > first else ""
                print(f"  {stage:12}{last - first:8.2f} s {rate}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:,.0f} MiB")


if __name__ == "__main__":
    main()

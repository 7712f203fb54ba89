"""Papers of our own making, as every format's writer takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sample:
    """One paper with every field that any format knows."""

    key: str
    title: str
    abstract: str
    year: int
    date: str
    authors: tuple[str, ...]
    arxiv: str
    doi: str
    venue: str


_FIRST: Final = "Grid Lattice Prism Vertex Contour Harbor Meadow Ember Quartz Willow".split()
_SECOND: Final = "Net Former Flow Conv".split()
_TASKS: Final = ("object detection", "semantic segmentation", "machine translation", "question answering")
_DATA: Final = ("COCO", "ADE20K", "Cityscapes", "SQuAD", "ImageNet")
_BASES: Final = ("ResNet", "U-Net", "Mask R-CNN", "BERT", "Faster R-CNN")
_QUIRKS: Final = (
    "",
    " We keep 50% of the tokens & lose < 1 point.",
    " With p > 0.5, the “gain” is naïve; β-scaling isn't.",
    ' It is "simple", costs $5 and reads file_name {here}.',
    " 我们的方法; señor Gödel's 2nd, improved.",
)
_PEOPLE: Final = ("Ada Example", "Bo Sample", "Zoë Müller", "José Ñandú", "Mei 李", "Max van der Roe")


def samples(number: int = 200) -> list[Sample]:
    """Return some papers, each introducing a method of its own that extends a known one."""
    return [_sample(n) for n in range(number)]


def _sample(n: int) -> Sample:
    method = f"{_FIRST[n % 10]}{_SECOND[n // 10 % 4]}{n // 40 + 2}"
    base, task, data = _BASES[n % 5], _TASKS[n // 2 % 4], _DATA[n // 3 % 5]
    month, day = n % 12 + 1, n % 28 + 1
    year = 2018 + n % 7
    return Sample(
        key=f"s{n:03}",
        title=f"{method}: Extending {base} for {task.title()}",
        abstract=f"We propose {method}, which is based on {base}, for {task}. {method} is evaluated on {data} and"
        f" outperforms {base}.{_QUIRKS[n % len(_QUIRKS)]} The code of number {n} is public.",
        year=year,
        date=f"{year}-{month:02}-{day:02}",
        authors=tuple(_PEOPLE[(n + step) % len(_PEOPLE)] for step in range(n % 3 + 1)),
        arxiv=f"{year % 100}{month:02}.{n + 1:05}",
        doi=f"10.5555/sample.{n:03}",
        venue="Conference on Samples & Examples",
    )

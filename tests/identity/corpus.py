"""A small corpus for the judged pairs: each name in papers of its own, in sentences as papers write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAIRS = Path(__file__).with_name("pairs.jsonl")

# By kind: the title and the abstract of the paper that holds the one name, and of that which holds the other.
_FRAMES = {
    "architecture": (
        ("A Closer Look at {}", "We evaluate {} in our experiments. In our comparison, {} is a strong baseline."),
        ("How Good Are Baselines?", "We compare several architectures, among them {}. Our backbone network is {}."),
    ),
    "module": (
        ("What Is in a Block", "The network uses {} in each block. We find that {} improves accuracy."),
        ("A Closer Look at {}", "Each layer has {}. Replacing convolutions by {} makes the network faster."),
    ),
    "technique": (
        ("How to Train Networks", "We train the network with {}. We find that {} improves accuracy."),
        ("A Closer Look at {}", "Our method is based on {}. Compared with other methods, {} converges quickly."),
    ),
    "dataset": (
        ("A Study of Backbones", "We evaluate our model on {}. On {}, our model reaches 71.2% accuracy."),
        ("How to Train Networks", "Experiments on the {} dataset show that our model is strong. We train on {}."),
    ),
    "task": (
        ("A Closer Look at {}", "We address {} with neural networks. Our method for {} is simple."),
        ("Learning with Few Labels", "We study the task of {}. Methods for {} need labels, and ours needs few."),
    ),
    "metric": (
        ("A Study of Backbones", "We report {} on the test set. Our model improves {} by 2.1 points."),
        ("How to Train Networks", "Performance is measured by {}. In terms of {}, our model is better than others."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A paper of the corpus.

    Attributes:
        number: its place in the corpus.
        names: what it names, by judgement: each thing with all names that the text gives it.
        introduces: the name of what it introduces, if anything.
        tasks: that it names beside.
        type: the kind of what it names.
    """

    number: int
    title: str
    abstract: str
    names: tuple[tuple[str, ...], ...]
    introduces: str | None
    type: str
    tasks: tuple[str, ...] = ()

    @property
    def arxiv(self) -> str:
        """A number of its own, so that no two papers are taken for one."""
        return f"{2001 + self.number // 9000}.{self.number % 9000 + 1:05d}"

    @property
    def key(self) -> str:
        """The key of the paper in the graph."""
        return f"arxiv-{self.arxiv}"


@dataclass(frozen=True)
class Pair:
    """Two names, each in one paper, and the judgement whether they mean one thing there."""

    one: str
    other: str
    same: bool
    kind: str
    one_text: Text
    other_text: Text

    def __str__(self) -> str:
        return f"{self.kind}: {self.one!r} and {self.other!r}"


def read_pairs() -> tuple[list[Pair], list[Text]]:
    """Return the judged pairs and all papers that mention their names."""
    pairs: list[Pair] = []
    corpus: list[Text] = []
    framed: dict[tuple[str, str, int], Text] = {}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        kinds: Sequence[str] = judged.get("types") or (judged["type"], judged["type"])
        own: list[Text] = []
        for text in judged.get("texts", ()):
            own.append(_written(text, len(corpus), judged["type"]))
            corpus.append(own[-1])
        sides: list[Text] = []
        for side, name in enumerate((judged["one"], judged["other"])):
            place = judged.get(("one_in", "other_in")[side])
            if place is not None:
                sides.append(own[place])
                continue
            # One name in one kind of sentence is one paper, whichever pairs it serves.
            if (name, kinds[side], side) not in framed:
                title, abstract = (part.replace("{}", name) for part in _FRAMES[kinds[side]][side])
                corpus.append(Text(len(corpus), title, abstract, ((name,),), None, kinds[side]))
                framed[name, kinds[side], side] = corpus[-1]
            sides.append(framed[name, kinds[side], side])
        pairs.append(Pair(judged["one"], judged["other"], judged["same"], judged["kind"], *sides))
    return pairs, corpus


def write_corpus(path: Path, corpus: Sequence[Text]) -> Path:
    """Write the papers as JSON lines."""
    lines = (
        json.dumps({"title": text.title, "abstract": text.abstract, "arxiv": text.arxiv, "year": 2020})
        for text in corpus
    )
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def _written(text: dict[str, Any], number: int, kind: str) -> Text:
    return Text(
        number=number,
        title=text["title"],
        abstract=text["abstract"],
        names=tuple(tuple(names) for names in text["names"]),
        introduces=text.get("introduces"),
        type=text.get("types", [kind])[0],
        tasks=tuple(text.get("tasks", ())),
    )

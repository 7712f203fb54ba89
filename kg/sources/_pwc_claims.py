"""What the pages of Papers with Code state of concepts, as claims; names and texts come out in one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.names import fold
from kg.records import Claim
from kg.sources._json_elements import list_at, text_at
from kg.sources._pwc_links import kind_of, linked_methods
from kg.sources._pwc_spam import spam
from kg.sources.text import one_line

_SOURCE: Final = "pwc"
_HOUSE: Final = "Papers with Code"
_LONGEST_VALUE: Final = 100
_LONGEST_DESCRIPTION: Final = 20_000
# Columns of evaluation tables that measure no quality
_NO_METRIC = re.compile(
    r"params?\b|parameters|flops|macs\b|hardware|extra training|pre-?train|operations", re.IGNORECASE
)
_CONFIGURATION = re.compile(r"(.*\S)\s*\(([^()]*)\)\s*")


def name_at(data: object, *path: str) -> str:
    """Return a name in one line; an empty one where none stands there."""
    return one_line(text_at(data, *path))


def claims_of_paper(page: Mapping[str, Any]) -> Iterator[Claim]:
    """Yield the tasks and the methods that are listed for a paper."""
    for task in list_at(page, "tasks"):
        if isinstance(task, str) and (named := one_line(task)) and not spam(named):
            yield _claim("paper", "addresses", named, "task", f"{_HOUSE} lists the paper under the task {named}.")
    for method in list_at(page, "methods"):
        if (named := name_at(method, "name")) and not spam(named):
            kind = kind_of([text_at(method, "main_collection", "name")])
            stated = f"{_HOUSE} lists {named} among the methods of the paper."
            yield _claim("paper", "uses", named, kind, stated, alias=_alias(method, named))


def claims_of_method(page: Mapping[str, Any]) -> Iterator[Claim]:
    """Yield that its paper introduces a method, and what the links of its page say of descent and parts."""
    named = name_at(page, "name")
    kind = kind_of(text_at(collection, "collection") for collection in list_at(page, "collections"))
    stated = f"{_HOUSE} names the paper as the source of {named}."
    yield _claim("paper", "introduces", named, kind, stated, alias=_alias(page, named))
    description = text_at(page, "description")[:_LONGEST_DESCRIPTION]
    for predicate, other, sentence in linked_methods(named, description):
        if not spam(other := one_line(other)):
            stated = f"{_HOUSE}, page of {named}: {one_line(sentence)}"
            yield _claim(named, predicate, other, "technique", stated)


def claims_of_dataset(page: Mapping[str, Any]) -> Iterator[Claim]:
    """Yield that its paper introduces a dataset."""
    named = name_at(page, "name")
    stated = f"{_HOUSE} names the paper as the source of the dataset {named}."
    yield _claim("paper", "introduces", named, "dataset", stated, alias=_alias(page, named))


def rows_of_task(page: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield task, dataset and row for each row of a task's tables, those of its parts among them."""
    tasks: list[Any] = [page]
    while tasks:
        task = tasks.pop(0)
        tasks += list_at(task, "subtasks")
        datasets = list(list_at(task, "datasets"))
        while datasets:
            dataset = datasets.pop(0)
            datasets += list_at(dataset, "subdatasets")
            for row in list_at(dataset, "sota", "rows"):
                if isinstance(row, dict):
                    yield name_at(task, "task"), name_at(dataset, "dataset"), row


def claims_of_row(task: str, dataset: str, row: Mapping[str, Any]) -> Iterator[Claim]:
    """Yield the scores of a row, and on what they were reached."""
    stated = f"{_HOUSE}, table of {task} on {dataset}"
    if task:
        yield _claim("paper", "addresses", task, "task", f"{stated}: has a row of the paper.")
    if not dataset:
        return
    yield _claim("paper", "evaluates_on", dataset, "dataset", f"{stated}: has a row of the paper.")
    model = name_at(row, "model_name")
    # "Swin-L (384 px)": what stands in brackets is the setting
    hit = _CONFIGURATION.fullmatch(model)
    method, configuration = (hit[1], hit[2].strip()) if hit else (model, "")
    metrics = row.get("metrics")
    for metric, value in sorted(metrics.items()) if isinstance(metrics, dict) else ():
        metric, shown = one_line(metric), one_line(value) if isinstance(value, str) else text_at(row, "metrics", metric)
        if method and any(char.isdecimal() for char in shown) and not _NO_METRIC.search(metric):
            yield _claim(
                "paper", "reports", shown[:_LONGEST_VALUE], "", f"{stated}: {model} reaches {shown} {metric}.",
                configuration=configuration, dataset=dataset, method=method, metric=metric, task=task,
            )  # fmt: skip


def _alias(page: object, named: str) -> str:
    """Return the full name, where it is another one."""
    full = name_at(page, "full_name")
    return "" if fold(full) == fold(named) or spam(full) else full


def _claim(subject: str, predicate: str, named: str, kind: str, statement: str, **about: str) -> Claim:
    pairs = tuple(sorted((what, value) for what, value in about.items() if value))
    return Claim(subject, predicate, named, kind, _SOURCE, statement, pairs)

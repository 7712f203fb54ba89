"""How far an encoder misses what texts teach: tags, roles, relations of methods, spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.heads import (
    FIRST_COLUMNS,
    INNER_COLUMNS,
    LAST_COLUMNS,
    OBJECT_COLUMNS,
    ROLE_COLUMNS,
    SPAN_CLASSES,
    SUBJECT_COLUMNS,
    TAG_COLUMNS,
    pair_scores,
    span_scores,
)
from kg.extraction.tagger import LABELS
from kg.extraction.training.encoder_lessons import LONGEST, Lesson
from kg.extraction.training.encoder_network import encode

_NO_NAME = LABELS.index("O")
# How much each of the tasks counts beside the tags.
_ROLE_SHARE, _PAIR_SHARE, _SPAN_SHARE = 0.5, 0.25, 0.5


def loss_of(
    tensors: Mapping[str, Any], batch: Sequence[Lesson], numbers: npt.NDArray[np.int64], *, dropped: float
) -> Any:
    """Return the loss on some texts: a tensor of one number.

    Args:
        tensors: the weights.
        batch: the texts.
        numbers: their pieces, one text behind the other, some of them hidden.
        dropped: the share of values that is dropped.
    """
    import torch
    from torch.nn import functional

    lengths = [len(lesson.numbers) for lesson in batch]
    starts = np.cumsum([0, *lengths])
    marks = torch.from_numpy(np.concatenate([lesson.marks for lesson in batch]))
    asked = np.concatenate([lesson.asked + start for lesson, start in zip(batch, starts, strict=False)])
    with torch.autocast("cpu", torch.bfloat16):
        state = encode(tensors, torch.from_numpy(numbers), marks, lengths, dropped=dropped)
        columns = functional.linear(state, tensors["head"], tensors["head_bias"]).float()
    said = columns[torch.from_numpy(asked)]
    roles = torch.from_numpy(np.concatenate([lesson.roles for lesson in batch]))
    missed = functional.binary_cross_entropy_with_logits(said[:, ROLE_COLUMNS], roles, reduction="none")
    loss = _of_tags(said[:, TAG_COLUMNS], batch) + _ROLE_SHARE * missed.sum(1).mean()
    loss = loss + _SPAN_SHARE * _of_spans(said, batch)
    scores, relations = [], []
    for lesson, start in zip(batch, starts.tolist(), strict=False):
        if len(lesson.pairs):
            methods = torch.stack([columns[torch.from_numpy(places + start)].mean(0) for places in lesson.methods])
            one, two = methods[lesson.pairs[:, 0]], methods[lesson.pairs[:, 1]]
            scores.append(pair_scores(one[:, SUBJECT_COLUMNS], two[:, OBJECT_COLUMNS]))
            relations.append(torch.from_numpy(lesson.relations))
    if scores:
        missed = functional.binary_cross_entropy_with_logits(torch.cat(scores), torch.cat(relations), reduction="none")
        loss = loss + _PAIR_SHARE * missed.sum(1).mean()
    return loss


def _of_tags(scores: Any, batch: Sequence[Lesson]) -> Any:
    """Return the cross entropy a token; where a label is not sure, the rest of its chance is that of no name."""
    import torch

    tags = torch.from_numpy(np.concatenate([lesson.tags for lesson in batch]))
    chances = torch.from_numpy(np.concatenate([lesson.chances for lesson in batch]))
    likely = torch.log_softmax(scores, 1)
    return -(chances * likely.gather(1, tags[:, None])[:, 0] + (1 - chances) * likely[:, _NO_NAME]).mean()


def _of_spans(said: Any, batch: Sequence[Lesson]) -> Any:
    """Return the cross entropy of all short spans of some texts, a token.

    Args:
        said: the columns of the texts' tokens, one text behind the other.
        batch: the texts.
    """
    import torch
    from torch.nn import functional

    sizes = [len(lesson.tags) for lesson in batch]
    starts = np.cumsum([0, *sizes])
    ends = np.repeat(starts[1:], sizes)
    tokens = np.arange(len(ends))
    sums = torch.cat([said.new_zeros(1, len(SPAN_CLASSES)), said[:, INNER_COLUMNS].cumsum(0)])
    total = said.new_zeros(())
    for beyond in range(LONGEST):
        first = tokens[tokens + beyond < ends]
        last = first + beyond
        inner = (sums[last + 1] - sums[first]) / (beyond + 1)
        scores = span_scores(said[first][:, FIRST_COLUMNS], said[last][:, LAST_COLUMNS], inner)
        answers = np.zeros((len(tokens), len(SPAN_CLASSES)), np.float32)
        for lesson, start in zip(batch, starts.tolist(), strict=False):
            names = lesson.spans[:, 1] == beyond
            answers[lesson.spans[names, 0] + start, lesson.spans[names, 2]] = lesson.sureness[names]
        target = torch.from_numpy(answers[first])
        total = total + functional.binary_cross_entropy_with_logits(scores, target, reduction="sum")
    return total / max(len(tokens), 1)

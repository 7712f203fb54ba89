"""Fine-tuning the encoder to tag tokens, on a CPU.

One epoch over 2,600 abstracts takes about 8 minutes of one core of 2023 with bfloat16 arithmetic. With one thread, and
no more is used, the same papers in the same order give the same weights on the same machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.heads import OBJECT_COLUMNS, ROLE_COLUMNS, SUBJECT_COLUMNS, TAG_COLUMNS, pair_scores
from kg.extraction.training.encoder_lessons import Lesson
from kg.extraction.training.encoder_network import FROZEN, encode

# How much each of the three tasks counts: tags, roles, relations.
_ROLE_SHARE, _PAIR_SHARE = 0.5, 0.15


@dataclass(frozen=True)
class Recipe:
    """How the encoder is trained.

    Attributes:
        epochs: how often each text is seen.
        rate: the greatest step; it rises over the first tenth of all steps and falls to nothing by the last.
        head_rate: how many times as great the steps of the head and of the marks are.
        batch: texts a step.
        dropped: the share of values that is dropped.
        masked: the share of pieces that is hidden.
        decay: of the weights.
        seed: of all that is drawn.
    """

    epochs: int = 7
    rate: float = 3e-4
    head_rate: float = 5.0
    batch: int = 6
    dropped: float = 0.1
    masked: float = 0.06
    decay: float = 0.01
    seed: int = 1


def fit_encoder(
    weights: Mapping[str, npt.NDArray[np.float32]],
    lessons: Sequence[Lesson],
    *,
    mask: int,
    recipe: Recipe | None = None,
    on_message: Callable[[str], None] = lambda _: None,
) -> dict[str, npt.NDArray[np.float32]]:
    """Return weights fine-tuned on annotated texts.

    Args:
        weights: to begin with.
        lessons: the texts; their order matters.
        mask: the row of the piece that hides another.
        recipe: in place of the default.
        on_message: called with lines on the progress.
    """
    import torch

    torch.set_num_threads(1)
    chosen = recipe or Recipe()
    torch.manual_seed(chosen.seed)
    rng = np.random.default_rng(chosen.seed)
    tensors = {name: torch.tensor(array, requires_grad=name not in FROZEN) for name, array in weights.items()}
    optimizer = torch.optim.AdamW(_groups(tensors, chosen), betas=(0.9, 0.98), fused=True)
    steps = chosen.epochs * math.ceil(len(lessons) / chosen.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
    )
    step = 0
    for epoch in range(chosen.epochs):
        total, count = 0.0, 0
        for batch in _batches(lessons, chosen.batch, rng):
            hidden = [np.where(rng.random(len(each.numbers)) < chosen.masked, mask, each.numbers) for each in batch]
            loss = _loss(tensors, batch, np.concatenate(hidden), chosen.dropped)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([t for t in tensors.values() if t.requires_grad], 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += float(loss.detach())
            count += 1
            step += 1
            if step % 50 == 0:
                on_message(f"encoder: step {step} of {steps}, loss {total / count:.4f}")
        on_message(f"encoder: epoch {epoch + 1} of {chosen.epochs}, loss {total / max(count, 1):.4f}")
    return {name: tensor.detach().numpy() for name, tensor in tensors.items()}


def _loss(tensors: Mapping[str, Any], batch: Sequence[Lesson], numbers: Any, dropped: float) -> Any:
    import torch
    from torch.nn import functional

    lengths = [len(lesson.numbers) for lesson in batch]
    starts = np.cumsum([0, *lengths])
    marks = torch.from_numpy(np.concatenate([lesson.marks for lesson in batch]))
    asked = np.concatenate([lesson.asked + start for lesson, start in zip(batch, starts, strict=False)])
    tags = torch.from_numpy(np.concatenate([lesson.tags for lesson in batch]))
    roles = torch.from_numpy(np.concatenate([lesson.roles for lesson in batch]))
    with torch.autocast("cpu", torch.bfloat16):
        state = encode(tensors, torch.from_numpy(numbers), marks, lengths, dropped=dropped)
        columns = functional.linear(state, tensors["head"], tensors["head_bias"]).float()
    said = columns[torch.from_numpy(asked)]
    loss = functional.cross_entropy(said[:, TAG_COLUMNS], tags)
    missed = functional.binary_cross_entropy_with_logits(said[:, ROLE_COLUMNS], roles, reduction="none")
    loss = loss + _ROLE_SHARE * missed.sum(1).mean()
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


def _groups(tensors: Mapping[str, Any], recipe: Recipe) -> list[dict[str, Any]]:
    fast = {"head", "head_bias", "marks"}
    groups = []
    for quick in (False, True):
        for plain in (False, True):
            found = [
                tensor
                for name, tensor in sorted(tensors.items())
                if tensor.requires_grad and (name in fast) == quick and ("norm" in name or "bias" in name) == plain
            ]
            rate = recipe.rate * (recipe.head_rate if quick else 1.0)
            groups.append({"params": found, "lr": rate, "weight_decay": 0.0 if plain else recipe.decay})
    return [group for group in groups if group["params"]]


def _batches(lessons: Sequence[Lesson], size: int, rng: np.random.Generator) -> Iterator[list[Lesson]]:
    order = rng.permutation(len(lessons)).tolist()
    for begin in range(0, len(order), size):
        yield [lessons[i] for i in order[begin : begin + size]]

"""Fine-tuning the encoder to tag tokens, on a CPU.

One epoch over 2,600 abstracts takes about 8 minutes of one core of 2023 with bfloat16 arithmetic. A process uses one
thread, and each draws from seeds of its own: the same papers in the same order give the same weights on the same kind
of processor, whatever else it does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.training.encoder_lessons import Lesson
from kg.extraction.training.encoder_loss import loss_of
from kg.extraction.training.encoder_network import FROZEN
from kg.extraction.training.side_by_side import Side, side_by_side

Weights = dict[str, npt.NDArray[np.float32]]

_STEPS_BETWEEN_MEETINGS = 25
_STEPS_BETWEEN_MESSAGES = 50


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
        processes: that train at once, each on batches of its own; every 25 steps all go on from the mean of their
            weights (Stich, "Local SGD converges fast and communicates little", ICLR 2019).
    """

    epochs: int = 7
    rate: float = 3e-4
    head_rate: float = 5.0
    batch: int = 6
    dropped: float = 0.1
    masked: float = 0.06
    decay: float = 0.01
    seed: int = 1
    processes: int = 1


def fit_encoder(
    weights: Mapping[str, npt.NDArray[np.float32]],
    lessons: Sequence[Lesson],
    *,
    mask: int,
    recipe: Recipe | None = None,
    on_message: Callable[[str], None] = lambda _: None,
) -> Weights:
    """Return weights fine-tuned on annotated texts.

    Args:
        weights: to begin with.
        lessons: the texts; their order matters.
        mask: the row of the piece that hides another.
        recipe: in place of the default.
        on_message: called with lines on the progress.
    """
    chosen = recipe or Recipe()
    processes = min(chosen.processes, math.ceil(len(lessons) / chosen.batch))
    if processes <= 1:
        return fit_side(Side(say=on_message), weights, lessons, mask, chosen)
    calls = [(weights, lessons, mask, chosen)] * processes
    size = sum(array.size for name, array in weights.items() if name not in FROZEN)
    return side_by_side(fit_side, calls, shared=size, on_message=on_message)[0]


def fit_side(
    side: Side,
    weights: Mapping[str, npt.NDArray[np.float32]],
    lessons: Sequence[Lesson],
    mask: int,
    recipe: Recipe,
) -> Weights:
    """Return weights as :func:`fit_encoder` does, as one of the processes that train them."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1000 * side.number + recipe.seed)
    # All processes draw the same batches, of which each takes its own, and hide other pieces.
    order, hiding = np.random.default_rng(recipe.seed), np.random.default_rng([recipe.seed, side.number])
    tensors = {name: torch.tensor(array, requires_grad=name not in FROZEN) for name, array in weights.items()}
    trained = [tensor for _, tensor in sorted(tensors.items()) if tensor.requires_grad]
    optimizer = torch.optim.AdamW(_groups(tensors, recipe), betas=(0.9, 0.98), fused=True)
    in_epoch = max(1, math.ceil(len(lessons) / recipe.batch) // side.count)
    steps = recipe.epochs * in_epoch
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
    )
    losses: list[float] = []
    for epoch in range(recipe.epochs):
        batches = list(_batches(lessons, recipe.batch, order))
        for batch in batches[side.number :: side.count][:in_epoch]:
            pieces = [np.where(hiding.random(len(each.numbers)) < recipe.masked, mask, each.numbers) for each in batch]
            loss = loss_of(tensors, batch, np.concatenate(pieces), dropped=recipe.dropped)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(float(loss.detach()))
            if len(losses) % _STEPS_BETWEEN_MEETINGS == 0 or len(losses) == steps:
                _meet(side, trained)
            if len(losses) % _STEPS_BETWEEN_MESSAGES == 0 and side.number == 0:
                recent = sum(losses[-_STEPS_BETWEEN_MESSAGES:]) / _STEPS_BETWEEN_MESSAGES
                side.say(f"encoder: step {len(losses)} of {steps}, loss {recent:.4f}")
        if side.number == 0:
            side.say(f"encoder: epoch {epoch + 1} of {recipe.epochs}, loss {sum(losses[-in_epoch:]) / in_epoch:.4f}")
    return {name: tensor.detach().numpy() for name, tensor in tensors.items()}


def _meet(side: Side, tensors: Sequence[Any]) -> None:
    """Give the weights of all processes their mean."""
    import torch

    if side.count == 1:
        return
    with torch.no_grad():
        flat = side.mean(torch.cat([tensor.reshape(-1) for tensor in tensors]).numpy())
        for tensor, part in zip(tensors, np.split(flat, np.cumsum([t.numel() for t in tensors])[:-1]), strict=True):
            tensor.copy_(torch.from_numpy(part).view_as(tensor))


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

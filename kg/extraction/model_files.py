"""A model on disk: arrays in ``NAME.npz`` and, beside them, what people should read in ``NAME.json``."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.errors import KgError

MODELS: Final = Path(__file__).resolve().parent / "models"
# What all settings share: word classes, annotated names, the tagger.
WORDS: Final = "words.npz"
SHIPPED: Final = MODELS / "fast"


def write_model(
    folder: Path, name: str, arrays: Mapping[str, npt.NDArray[Any]], readable: Mapping[str, object]
) -> None:
    """Write the two files of a model, the same bytes for the same model."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part.npz"
    np.savez_compressed(part, **arrays)  # type: ignore[arg-type]
    part.replace(folder / f"{name}.npz")
    beside = folder / f"{name}.part.json"
    beside.write_text(json.dumps(readable, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    beside.replace(folder / f"{name}.json")


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write arrays beside their place and move them into it; equal arrays give equal bytes.

    Args:
        path: of the ``.npz`` file.
        arrays: by name.
        method: how :mod:`zipfile` compresses them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".partial")
    with zipfile.ZipFile(beside, "w", method) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.save(content, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            # A fixed time: the same model is the same file.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), content.getvalue(), method)
    return beside.replace(path)


def read_model(folder: Path, name: str) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any]]:
    """Return the arrays and the readable part of a model.

    Raises:
        KgError: one of the two files is missing or is no such file.
    """
    try:
        readable = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz") as stored:
            return dict(stored), readable
    except (OSError, ValueError) as error:
        problem = f"the folder needs {name}.npz and {name}.json of one training ({error})"
        raise KgError(f"no model of {name} in {folder}: {problem}") from error

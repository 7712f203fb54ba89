"""Learned weights as small arrays, as :mod:`kg.extraction.entity_model` reads them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.chooser import Trees
from kg.extraction.entity_model import ENTITIES
from kg.extraction.model_files import WORDS, write_arrays
from kg.extraction.tagger import Floats
from kg.extraction.training.token_level import TokenLevel
from kg.records import KINDS


def token_arrays(level: TokenLevel) -> dict[str, Any]:
    """Return a token model as arrays by name; names stand in them as hashes alone."""
    classes, gazetteer, maker = level.classes, level.finders.gazetteer, level.maker
    standards = maker.standards(range(len(level.papers)))
    words, names, heads, aliases = sorted(classes), sorted(gazetteer.names), sorted(gazetteer.heads), sorted(standards)
    buckets, weights, transitions = level.tagger
    flat = weights.astype(np.float16).ravel()
    places = np.flatnonzero(flat)
    return {
        "words": np.array(words, np.uint32),
        "word_classes": np.array([classes[word] for word in words], np.uint16).reshape(-1, 2),
        "names": np.array(names, np.uint32),
        "name_counts": np.array([gazetteer.names[n] for n in names], np.uint16).reshape(-1, len(KINDS) + 1),
        "heads": np.array(heads, np.uint32),
        "head_counts": np.array([gazetteer.heads[h] for h in heads], np.uint16).reshape(-1, len(KINDS)),
        "prefixes": np.array(sorted(gazetteer.prefixes), np.uint32),
        "aliases": np.array(aliases, np.uint32),
        "standards": np.array([standards[alias] for alias in aliases], np.uint32),
        "tagger_buckets": buckets.astype(np.uint32),
        "tagger_places": np.diff(places, prepend=0).astype(np.uint16),
        "tagger_weights": flat[places],
        "tagger_transitions": transitions,
    }


def pack_entity_model(
    *,
    contexts: tuple[npt.NDArray[np.int64], Floats, Floats],
    trees: Trees,
    calibration: Floats,
    threshold: float,
) -> dict[str, Any]:
    """Return the parts of an entity model as arrays by name."""
    return {
        "context_buckets": contexts[0].astype(np.uint32),
        "context_weights": contexts[1].astype(np.float16),
        "context_bias": contexts[2],
        "tree_traits": trees.traits.astype(np.uint16),
        "tree_limits": trees.limits.ravel(),
        "tree_masks": trees.masks.ravel(),
        "tree_lengths": np.diff(np.append(trees.firsts, len(trees.traits))).astype(np.uint16),
        "tree_leaves": trees.leaves,
        "tree_bias": np.array([trees.bias]),
        "calibration": calibration,
        "threshold": np.array([threshold]),
    }


def save_token_model(arrays: Mapping[str, Any], folder: Path) -> Path:
    """Write a token model into a folder of models; equal arrays give equal bytes."""
    return write_arrays(folder / WORDS, arrays, method=zipfile.ZIP_LZMA)


def save_entity_model(arrays: Mapping[str, Any], folder: Path) -> Path:
    """Write an entity model into the folder of a setting; equal arrays give equal bytes."""
    return write_arrays(folder / ENTITIES, arrays, method=zipfile.ZIP_LZMA)

"""Learned weights as small arrays, as :func:`kg.extraction.entity_model.load_entity_model` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.chooser import Trees
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.tagger import Floats
from kg.records import KINDS


def pack_entity_model(
    *,
    classes: Mapping[int, tuple[int, int]],
    gazetteer: Gazetteer,
    standards: Mapping[int, int],
    tagger: tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], Floats],
    contexts: tuple[npt.NDArray[np.int64], Floats, Floats],
    trees: Trees,
    calibration: Floats,
) -> dict[str, Any]:
    """Return the parts of an entity model as arrays by name; names stand in them as hashes alone."""
    words, names, heads, aliases = sorted(classes), sorted(gazetteer.names), sorted(gazetteer.heads), sorted(standards)
    buckets, weights, transitions = tagger
    flat = weights.astype(np.float16).ravel()
    places = np.flatnonzero(flat)
    lengths = np.diff(np.append(trees.firsts, len(trees.traits)))
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
        "context_buckets": contexts[0].astype(np.uint32),
        "context_weights": contexts[1].astype(np.float16),
        "context_bias": contexts[2],
        "tree_traits": trees.traits.astype(np.uint16),
        "tree_limits": trees.limits.ravel(),
        "tree_masks": trees.masks.ravel(),
        "tree_lengths": lengths.astype(np.uint16),
        "tree_leaves": trees.leaves,
        "tree_bias": np.array([trees.bias]),
        "calibration": calibration,
    }

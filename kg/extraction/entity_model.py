"""The learned weights that ship with the package, or that a user trained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import InputError
from kg.extraction.chooser import MAX_LEAVES, Trees
from kg.extraction.contexts import ContextModel
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.model_files import MODELS, SHIPPED, WORDS
from kg.extraction.tagger import Floats, Tagger

ENTITIES = "entities.npz"


@dataclass(frozen=True)
class TokenModel:
    """What all settings share.

    Attributes:
        classes: the coarse and fine class of a word by the hash of its lower case.
        gazetteer: counts of annotated names.
        standard: the hash of the standard name of an annotated name, where it is another.
        tagger: the token level.
    """

    classes: dict[int, tuple[int, int]]
    gazetteer: Gazetteer
    standard: dict[int, int]
    tagger: Tagger


@dataclass(frozen=True)
class EntityModel:
    """What a setting decides by: the document level.

    Attributes:
        contexts: guesses the kind of a form by the words in and around it.
        trees: decide on a form and a kind.
        calibration: confidences at equal steps of the score of an entity, from 0 to 1.
        threshold: the least score of a form.
    """

    contexts: ContextModel
    trees: Trees
    calibration: Floats
    threshold: float


@lru_cache(maxsize=4)
def load_token_model(folder: Path = MODELS) -> TokenModel:
    """Return the token model of a folder; it is read once a process.

    Raises:
        InputError: the folder holds none.
    """
    a = _arrays(folder / WORDS)
    names = dict(zip(a["names"].tolist(), map(tuple, a["name_counts"].tolist()), strict=True))
    heads = dict(zip(a["heads"].tolist(), map(tuple, a["head_counts"].tolist()), strict=True))
    return TokenModel(
        classes=dict(zip(a["words"].tolist(), map(tuple, a["word_classes"].tolist()), strict=True)),
        gazetteer=Gazetteer(names, heads, frozenset(a["prefixes"].tolist())),
        standard=dict(zip(a["aliases"].tolist(), a["standards"].tolist(), strict=True)),
        tagger=Tagger.of(
            a["tagger_buckets"].astype(np.int64),
            _dense(a["tagger_places"], a["tagger_weights"], (len(a["tagger_buckets"]), len(a["tagger_transitions"]))),
            a["tagger_transitions"],
        ),
    )


@lru_cache(maxsize=4)
def load_entity_model(folder: Path = SHIPPED) -> EntityModel:
    """Return the document level of a setting; it is read once a process.

    Raises:
        InputError: the setting's folder holds none.
    """
    a = _arrays(folder / ENTITIES)
    lengths = a["tree_lengths"].astype(np.int64)
    leaves = np.zeros((len(lengths), MAX_LEAVES))
    leaves[:] = a["tree_leaves"]
    return EntityModel(
        contexts=ContextModel.of(
            a["context_buckets"].astype(np.int64), a["context_weights"].astype(np.float64), a["context_bias"]
        ),
        trees=Trees(
            a["tree_traits"].astype(np.int64),
            a["tree_limits"][:, None],
            a["tree_masks"][:, None],
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64),
            leaves,
            float(a["tree_bias"][0]),
        ),
        calibration=a["calibration"],
        threshold=float(a["threshold"][0]),
    )


def _arrays(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InputError(str(path), "no such model; train one with `kg train GOLD PAPERS -o FOLDER`")
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _dense(places: Any, weights: Any, shape: tuple[int, int]) -> Floats:
    flat = np.zeros(shape[0] * shape[1])
    flat[np.cumsum(places.astype(np.int64))] = weights
    return flat.reshape(shape)

"""What the encoder says of each piece, column by column: tags, roles, and the two sides of relations.

All is one linear map of a piece's vector. A relation of two entities is scored by a product of one's side as a subject
and the other's as an object, each the mean over the entity's tokens; so nothing but these columns need leave the
encoder.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from kg.extraction.tagger import LABELS

Floats = npt.NDArray[np.float64]
# What an entity can be in a paper: of the paper's relations, and an end of the relations of methods.
ROLES: Final = (
    "introduced",
    "addressed",
    "evaluated_on",
    "descendant",
    "ancestor",
    "user",
    "used",
    "winner",
    "loser",
)
PREDICATES: Final = ("based_on", "uses", "outperforms")
_RANK: Final = 32
_SIDE = len(PREDICATES) * (_RANK + 1)
TAG_COLUMNS: Final = slice(0, len(LABELS))
ROLE_COLUMNS: Final = slice(len(LABELS), len(LABELS) + len(ROLES))
SUBJECT_COLUMNS: Final = slice(ROLE_COLUMNS.stop, ROLE_COLUMNS.stop + _SIDE)
OBJECT_COLUMNS: Final = slice(SUBJECT_COLUMNS.stop, SUBJECT_COLUMNS.stop + _SIDE)
COLUMNS: Final = OBJECT_COLUMNS.stop


def tag_marginals(columns: Floats) -> Floats:
    """Return the probability of each label of each token: an array (tokens, labels)."""
    scores = columns[:, TAG_COLUMNS]
    likelihoods = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf)) if len(scores) else scores
    shares: Floats = likelihoods / likelihoods.sum(axis=1, keepdims=True)
    return shares


def pair_scores(subjects: Floats, targets: Floats) -> Floats:
    """Return the log odds of each predicate: an array (pairs, predicates); torch tensors do as well.

    Args:
        subjects: columns of subjects, an array (pairs, side).
        targets: columns of objects, likewise.
    """
    count, joint = len(PREDICATES), len(PREDICATES) * _RANK
    products = (subjects[:, :joint] * targets[:, :joint]).reshape(-1, count, _RANK).sum(-1)
    scores: Floats = products * _RANK**-0.5 + subjects[:, joint:] + targets[:, joint:]
    return scores

"""What the encoder says of each piece, column by column: tags, roles, the sides of relations, the ends of names.

All is one linear map of a piece's vector. A relation of two entities is scored by a product of one's side as a subject
and the other's as an object, each the mean over the entity's tokens; a span is scored by a product of its two ends,
which is the same for all kinds, and a sum for each kind (Su and others, "Global Pointer", 2022, in its efficient form,
here with a mean over the tokens of the span). So nothing but these columns need leave the encoder.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from kg.extraction.tagger import LABELS
from kg.records import KINDS

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
# What a span can be: a name of a kind, or of what the paper introduces.
SPAN_CLASSES: Final = (*KINDS, "introduced")
_SPAN_RANK: Final = 48
_END: Final = _SPAN_RANK + len(SPAN_CLASSES)
FIRST_COLUMNS: Final = slice(OBJECT_COLUMNS.stop, OBJECT_COLUMNS.stop + _END)
LAST_COLUMNS: Final = slice(FIRST_COLUMNS.stop, FIRST_COLUMNS.stop + _END)
INNER_COLUMNS: Final = slice(LAST_COLUMNS.stop, LAST_COLUMNS.stop + len(SPAN_CLASSES))
COLUMNS: Final = INNER_COLUMNS.stop


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


def span_scores(first: Floats, last: Floats, inner: Floats) -> Floats:
    """Return the log odds of each class of spans: an array (spans, classes); torch tensors do as well.

    Args:
        first: columns of the first tokens of spans, an array (spans, end).
        last: columns of their last tokens, likewise.
        inner: the mean of their tokens' inner columns, an array (spans, classes).
    """
    joint = (first[:, :_SPAN_RANK] * last[:, :_SPAN_RANK]).sum(-1)[:, None] * _SPAN_RANK**-0.5
    scores: Floats = joint + first[:, _SPAN_RANK:] + last[:, _SPAN_RANK:] + inner
    return scores


def place_scores(columns: Floats, places: npt.NDArray[np.int64]) -> Floats:
    """Return the log odds of each class of some places in a text: an array (places, classes).

    Args:
        columns: what the encoder says of each token.
        places: the first token of each and the one behind it, an array (places, 2).
    """
    first, last = places[:, 0], places[:, 1]
    sums = np.concatenate([np.zeros((1, len(SPAN_CLASSES))), np.cumsum(columns[:, INNER_COLUMNS], axis=0)])
    inner = (sums[last] - sums[first]) / (last - first)[:, None]
    return span_scores(columns[first][:, FIRST_COLUMNS], columns[last - 1][:, LAST_COLUMNS], inner)

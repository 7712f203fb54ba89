"""What the whole paper says of a form and a kind, as a row of numbers for the chooser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.extraction.contexts import CLASSES
from kg.extraction.findings import Findings
from kg.extraction.forms import FLAGS, Forms
from kg.extraction.heads import SPAN_CLASSES, place_scores
from kg.extraction.tagger import LABELS, Floats, span_scores
from kg.records import KINDS

_KINDS = len(KINDS)
_NONE = CLASSES.index("none")
_NEW = SPAN_CLASSES.index("introduced")
# Log odds beyond these say no more.
_MOST_ODDS = 12.0


def traits(
    findings: Findings,
    forms: Forms,
    rows: npt.NDArray[np.int64],
    marginals: Floats,
    known: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]],
    contexts: Floats,
    opinions: Sequence[Floats] = (),
    columns: Floats | None = None,
) -> npt.NDArray[np.float32]:
    """Return the numbers on which the chooser decides: an array (rows, traits).

    Args:
        findings: of the text.
        forms: of the text.
        rows: pairs of form and kind.
        marginals: the tagger's, or the mean of those of several.
        known: what :func:`kg.extraction.forms.counts_of` gives.
        contexts: the probability of each class of each form by its context.
        opinions: the marginals of each tagger, where there are several.
        columns: what the encoder says of each token, where it was asked.
    """
    counts, seen, heads, curated = known
    n = len(forms.names)
    places, owners = _flat(forms)
    number_of_places = np.bincount(owners, minlength=n)
    best, mean, either = _tagged(forms, owners, n)
    form, kind = rows[:, 0], rows[:, 1]
    others = _others(best)
    partner_best, partner_counts = _partners(forms, best, counts)
    above, below, across = _overlaps(forms, places, owners, n)
    inside, border = _densities(marginals, places, owners, n)
    tokens = findings.tokens
    first = np.array([p[0][0] for p in forms.places], np.int64)
    last = np.array([p[0][1] for p in forms.places], np.int64)
    looks = np.array([_look(tokens.span(a, b)) for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    share = counts / np.maximum(seen, 1)[:, None]
    head_share = heads / np.maximum(heads.sum(axis=1), 1)[:, None]
    context_others = _others(contexts[:, :_KINDS])
    by_form = np.stack(
        [
            best.sum(axis=1),
            either.sum(axis=1),
            counts.max(axis=1),
            seen,
            share.max(axis=1),
            counts.sum(axis=1),
            curated.sum(axis=1),
            np.minimum(heads.sum(axis=1), 50),
            number_of_places,
            np.bincount(owners, weights=places[:, 0] < tokens.title_count, minlength=n),
            first / max(len(tokens), 1),
            last - first,
            above,
            below,
            across,
            inside,
            border,
            partner_best.max(axis=1),
            contexts[:, _NONE],
            contexts.max(axis=1),
            forms.phrase_kind,
            *looks.T,
            *(forms.has(flag) for flag in FLAGS),
        ],
        axis=1,
    ).astype(np.float32)
    by_kind = np.stack(
        [
            kind,
            best[form, kind],
            mean[form, kind],
            either[form, kind],
            others[form, kind],
            counts[form, kind],
            share[form, kind],
            _others(counts.astype(float))[form, kind],
            curated[form, kind],
            head_share[form, kind],
            partner_best[form, kind],
            partner_counts[form, kind],
            contexts[form, kind],
            context_others[form, kind],
            forms.phrase_kind[form] == kind,
        ],
        axis=1,
    ).astype(np.float32)
    single = [column for opinion in opinions for column in _opinion(opinion, places, owners, rows, n)]
    if columns is not None:
        single += _spanned(columns, places, owners, rows, n)
    return np.concatenate([by_form[form], by_kind, *single], axis=1)


def _flat(forms: Forms) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    places = np.array([place for places in forms.places for place in places], np.int64).reshape(-1, 2)
    owners = np.repeat(np.arange(len(forms.names)), [len(places) for places in forms.places])
    return places, owners


def _tagged(forms: Forms, owners: npt.NDArray[np.int64], n: int) -> tuple[Floats, Floats, Floats]:
    """Return the best and mean score over a form's places, and that of any: arrays (forms, kinds)."""
    best, total, doubt = np.zeros((n, _KINDS)), np.zeros((n, _KINDS)), np.zeros((n, _KINDS))
    np.maximum.at(best, forms.form_of_span, forms.scores)
    np.add.at(total, forms.form_of_span, forms.scores)
    np.add.at(doubt, forms.form_of_span, np.log1p(-np.minimum(forms.scores, 0.999)))
    return best, total / np.bincount(owners, minlength=n)[:, None], 1 - np.exp(doubt)


def _opinion(
    marginals: Floats,
    places: npt.NDArray[np.int64],
    owners: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
    n: int,
) -> list[npt.NDArray[np.float32]]:
    """Return what one tagger says of each form and kind at the form's places: best, mean, of any kind, in a name."""
    scores = span_scores(marginals, places)
    best, total = np.zeros((n, _KINDS)), np.zeros((n, _KINDS))
    np.maximum.at(best, owners, scores)
    np.add.at(total, owners, scores)
    mean = total / np.maximum(np.bincount(owners, minlength=n), 1)[:, None]
    inside, border = _densities(marginals, places, owners, n)
    form, kind = rows[:, 0], rows[:, 1]
    columns = (best[form, kind], mean[form, kind], _others(best)[form, kind], inside[form], border[form])
    return [column.astype(np.float32)[:, None] for column in columns]


def _spanned(
    columns: Floats, places: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], n: int
) -> list[npt.NDArray[np.float32]]:
    """Return how the encoder scores a form's places as wholes: of the kind, of others, as new, against rivals."""
    scores = np.clip(place_scores(columns, places), -_MOST_ODDS, _MOST_ODDS)
    best, total = np.full((n, scores.shape[1]), -_MOST_ODDS), np.zeros((n, scores.shape[1]))
    np.maximum.at(best, owners, scores)
    np.add.at(total, owners, scores)
    mean = total / np.maximum(np.bincount(owners, minlength=n), 1)[:, None]
    top = scores[:, :_KINDS].max(axis=1)
    strongest = np.full(len(places), -_MOST_ODDS)
    place, rival = overlapping(places, places)
    of_others = owners[place] != owners[rival]
    np.maximum.at(strongest, place[of_others], top[rival[of_others]])
    margin = np.full(n, -2 * _MOST_ODDS)
    np.maximum.at(margin, owners, top - strongest)
    form, kind = rows[:, 0], rows[:, 1]
    found = (
        best[form, kind],
        mean[form, kind],
        _others(best[:, :_KINDS])[form, kind],
        best[form, _NEW],
        mean[form, _NEW],
        margin[form],
    )
    return [column.astype(np.float32)[:, None] for column in found]


def _others(values: Floats) -> Floats:
    """Return for each form and kind the greatest value among the other kinds."""
    ordered = np.sort(values, axis=1)
    return np.where(values == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])


def _partners(forms: Forms, best: Floats, counts: npt.NDArray[np.int64]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the scores and counts of the form that the text defines as the same."""
    scores, known = np.zeros_like(best), np.zeros_like(counts)
    for one, other in forms.partners:
        scores[one], scores[other] = np.maximum(scores[one], best[other]), np.maximum(scores[other], best[one])
        known[one], known[other] = np.maximum(known[one], counts[other]), np.maximum(known[other], counts[one])
    return scores, known


def _overlaps(
    forms: Forms, places: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], n: int
) -> tuple[Floats, Floats, Floats]:
    """Return the best score of a likely span around, within and across the borders of a form's places."""
    found = np.zeros((3, n))
    place, span = overlapping(places, forms.spans)
    first, last = places[place].T
    start, end = forms.spans[span].T
    around = (start <= first) & (end >= last)
    within = (start >= first) & (end <= last)
    score = forms.scores.max(axis=1)
    for row, related in enumerate((around & ~within, within & ~around, ~around & ~within)):
        np.maximum.at(found[row], owners[place[related]], score[span[related]])
    return found[0], found[1], found[2]


def overlapping(
    places: npt.NDArray[np.int64], others: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return which places share a token with which of some others: two arrays of their numbers.

    Only what starts near a place is compared with it, so that a long text costs no more a word than a short one.
    """
    order = np.argsort(others[:, 0], kind="stable")
    starts = others[order, 0]
    longest = (others[:, 1] - others[:, 0]).max(initial=0)
    low = np.searchsorted(starts, places[:, 0] - longest, side="right")
    counts = np.searchsorted(starts, places[:, 1]) - low
    one = np.repeat(np.arange(len(places)), counts)
    other = order[np.arange(len(one)) + np.repeat(low - np.cumsum(counts) + counts, counts)]
    shared = others[other, 1] > places[one, 0]
    return one[shared], other[shared]


def _densities(
    marginals: Floats, places: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], n: int
) -> tuple[Floats, Floats]:
    """Return how far the tokens of a form are in names at all, and how far those beside it are."""
    named = 1 - marginals[:, LABELS.index("O")]
    sums = np.concatenate([[0.0], np.cumsum(named)])
    first, last = places[:, 0], places[:, 1]
    mean = (sums[last] - sums[first]) / (last - first)
    padded = np.concatenate([[0.0], named, [0.0]])
    beside = np.maximum(padded[first], padded[last + 1])
    inside, border = np.zeros(n), np.zeros(n)
    np.maximum.at(inside, owners, mean)
    np.maximum.at(border, owners, beside)
    return inside, border


@lru_cache(maxsize=32_768)
def _look(text: str) -> tuple[int, int, int, int]:
    capitals = sum(map(str.isupper, text))
    return capitals, any(map(str.isdigit, text)), text.islower(), len(text)

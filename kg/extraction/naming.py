"""The name of an entity by the guidelines: a system's short name, else the descriptive one in Title Case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.extraction.surfaces import is_coined, split_configuration
from kg.names import singular, strip_latex

_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to via with".split())
_DESCRIBED = frozenset({"task", "metric", "module"})


def entity_name(surfaces: Sequence[str], long_forms: Sequence[str], kind: str) -> str:
    """Return the name of an entity.

    Args:
        surfaces: its spellings, one a mention.
        long_forms: those that the text defines as the long form of another.
        kind: the kind of the entity.

    >>> entity_name(["ResNet-50", "ResNet"], [], "architecture"), entity_name(["graph networks"], [], "architecture")
    ('ResNet', 'Graph Network')
    """
    counted = Counter(surfaces)
    forms = sorted(counted, key=lambda form: (-counted[form], form))
    stems = forms if kind == "dataset" else [split_configuration(form)[0] for form in forms]
    coined = [stem for stem in stems if len(stem.split()) == 1 and is_coined(stem)]
    longs = [form for form in long_forms if form and not is_coined(form.split()[0])]
    spelled_small = bool(longs) and all(form.islower() for form in longs)
    if coined and not (spelled_small and kind in _DESCRIBED):
        return strip_latex(singular(coined[0]) if coined[0][-1:] == "s" else coined[0]) or coined[0]
    chosen = max(longs, key=lambda form: (len(form), form)) if longs else stems[0]
    return (chosen if kind == "dataset" else title_case(chosen)) or forms[0]


def title_case(name: str) -> str:
    """Return a descriptive name in the singular and in Title Case; coined words stay as they are.

    >>> title_case("graph-based semantic segmentations"), title_case("self-attention")
    ('Graph-Based Semantic Segmentation', 'Self-Attention')
    """
    words = re.sub(r"\s+", " ", strip_latex(name)).split(" ")
    words[-1] = singular(words[-1])
    return " ".join(
        word if i and word in _SMALL_WORDS else "-".join(p[:1].upper() + p[1:] for p in word.split("-"))
        for i, word in enumerate(words)
    )

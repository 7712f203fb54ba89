"""Second looks: what scored too low in one paper counts where enough other papers surely mean it.

A candidate never makes a concept, never votes on its kind and never gives it a name: it only says that one more paper
names what the others agree on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from kg.lexicon import Lexicon
from kg.resolution.candidates import MILLION, Candidate
from kg.resolution.clusters import Clustering, Place
from kg.resolution.said import Said
from kg.resolution.spelling import identity_key

# What a sure paper weighs against one in doubt; more where a paper introduces the thing by this name, or a curator
# knows it so.
_WEIGHT: Final = 2
_WEIGHT_KNOWN: Final = 4
# What no paper introduces and no curator knows must be named by so many papers.
_LEAST_PAPERS: Final = 2


def look_again(papers: Sequence[Said], clustering: Clustering, lexicon: Lexicon) -> dict[str, dict[str, Place]]:
    """Return the places of the candidates that other papers confirm, by paper's key and name in the extraction.

    The odds of a candidate by its own paper are multiplied by the odds of its name elsewhere: how many papers surely
    mean one thing by it, against how many are in doubt as this one is. The name must mean one thing only.
    Linear in the candidates and in what the papers say.

    Args:
        papers: what each paper says.
        clustering: of what the papers surely say.
        lexicon: the curated concepts.
    """
    doubted = Counter([candidate.key for paper in papers for candidate in paper.candidates])
    if not doubted:
        return {}
    sure: dict[Place, Counter[Place]] = defaultdict(Counter)
    known: set[tuple[Place, str]] = set()
    for place, found in clustering.clusters.items():
        curated = lexicon.concepts.get(found.curated or "")
        known.update((place, identity_key(name)) for name in (curated.names if curated else ()))
        introducing: set[str] | None = None
        for member in found.members:
            key = member.local.key
            if key in doubted:
                sure[place[0], key][place] += len(member.papers)
                if introducing is None:
                    introducing = {paper for _, paper in found.introduced_in}
                if introducing and any(paper.paper in introducing for paper in member.papers):
                    known.add((place, key))

    def confirming(candidate: Candidate) -> tuple[Place, int] | None:
        """Return where a candidate belongs, and how much the others are worth; None where they are worth nothing."""
        bearers = {
            place: count
            for group in candidate.groups
            if (group, candidate.key) not in clustering.disputed
            for place, count in sure.get((group, candidate.key), {}).items()
        }
        if len(bearers) != 1:
            return None
        ((place, count),) = bearers.items()
        is_known = (place, candidate.key) in known
        if not is_known and count < _LEAST_PAPERS:
            return None
        return place, count * (_WEIGHT_KNOWN if is_known else _WEIGHT)

    found_for: dict[int, tuple[Place, int] | None] = {}
    accepted: dict[str, dict[str, Place]] = {}
    for paper in papers:
        for candidate, confidence in zip(paper.candidates, paper.doubts, strict=True):
            if id(candidate) not in found_for:
                found_for[id(candidate)] = confirming(candidate)
            confirmed = found_for[id(candidate)]
            if confirmed is None:
                continue
            place, weight = confirmed
            if confidence * weight >= (MILLION - confidence) * doubted[candidate.key]:
                accepted.setdefault(paper.paper, {})[candidate.said] = place
    return accepted

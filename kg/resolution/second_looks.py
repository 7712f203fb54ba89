"""Second looks: what scored too low in one paper counts where enough other papers surely mean it.

A candidate never makes a concept, never votes on its kind and never gives it a name: it only says that one more paper
names what the others agree on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from kg.lexicon import Lexicon
from kg.resolution.candidates import MILLION, Candidate
from kg.resolution.clusters import Clustering, Place
from kg.resolution.spelling import identity_key

# What a sure paper weighs against one in doubt; more where a paper introduces the thing by this name, or a curator
# knows it so.
_WEIGHT: Final = 2
_WEIGHT_KNOWN: Final = 4
# What no paper introduces and no curator knows must be named by so many papers.
_LEAST_PAPERS: Final = 2


def look_again(
    candidates: Mapping[str, Sequence[Candidate]], clustering: Clustering, lexicon: Lexicon
) -> dict[tuple[str, str], Place]:
    """Return the places of the candidates that other papers confirm, by paper's key and name in the extraction.

    The odds of a candidate by its own paper are multiplied by the odds of its name elsewhere: how many papers surely
    mean one thing by it, against how many are in doubt as this one is. The name must mean one thing only.
    Linear in the candidates and in what the papers say.

    Args:
        candidates: of each paper.
        clustering: of what the papers surely say.
        lexicon: the curated concepts.
    """
    doubted = Counter(candidate.key for found in candidates.values() for candidate in found)
    if not doubted:
        return {}
    sure: dict[Place, Counter[Place]] = defaultdict(Counter)
    known: set[tuple[Place, str]] = set()
    for place, found in clustering.clusters.items():
        curated = lexicon.concepts.get(found.curated or "")
        known.update((place, identity_key(name)) for name in (curated.names if curated else ()))
        introducing = {paper for _, paper in found.introduced_in}
        for local in found.members:
            if local.key in doubted:
                sure[place[0], local.key][place] += 1
                if local.paper in introducing:
                    known.add((place, local.key))
    accepted: dict[tuple[str, str], Place] = {}
    for paper, among in candidates.items():
        for candidate in among:
            bearers = {
                place: papers
                for group in candidate.groups
                if (group, candidate.key) not in clustering.disputed
                for place, papers in sure.get((group, candidate.key), {}).items()
            }
            if len(bearers) != 1:
                continue
            ((place, papers),) = bearers.items()
            is_known = (place, candidate.key) in known
            weight = papers * (_WEIGHT_KNOWN if is_known else _WEIGHT)
            against = (MILLION - candidate.confidence) * doubted[candidate.key]
            if (is_known or papers >= _LEAST_PAPERS) and candidate.confidence * weight >= against:
                accepted[paper, candidate.said] = place
    return accepted

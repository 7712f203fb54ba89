"""Identifiers of papers, each in the one spelling by which two records are known to mean the same."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ARXIV = re.compile(
    r"""(?: (?:https?://)? (?:[a-z0-9-]+\.)* (?:arxiv|ar5iv|alphaxiv)\.org/
            (?:abs|pdf|html|format|ps|src|e-print)/
          | (?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)? 10\.48550/ )?
        (?:arxiv\s*[:.]\s*)?
        (?: (?P<new>[0-9]{4}\.[0-9]{4,5})
          | (?P<archive>[a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2})?/(?P<old>[0-9]{7}) )
        (?:v[0-9]+)? (?:\.pdf)? /? (?:\s*\[[^\]]*\])? (?:[?\#].*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_DOI_PREFIX = re.compile(r"(?:doi\s*:\s*)?(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/)?", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")


def arxiv_id(text: str) -> str | None:
    """Return the arXiv number that a text is: without version, prefix, address or subject class.

    >>> [arxiv_id(text) for text in ("arXiv:1706.03762v5", "https://arxiv.org/pdf/1706.03762v5.pdf")]
    ['1706.03762', '1706.03762']
    >>> arxiv_id("math.GT/0309136v1"), arxiv_id("10.48550/arXiv.1706.03762"), arxiv_id("1706")
    ('math/0309136', '1706.03762', None)
    """
    hit = _ARXIV.fullmatch(text.strip())
    if hit is None:
        return None
    return hit["new"] or f"{hit['archive'].lower()}/{hit['old']}"


def doi(text: str) -> str | None:
    """Return the DOI that a text is: in lower case, without a resolver before it.

    The DOI that arXiv gives a preprint is returned as any other; :func:`arxiv_id` reads it too.

    >>> doi("https://doi.org/10.1109/CVPR.2016.90"), doi("doi:10.1162/neco.1997.9.8.1735."), doi("n/a")
    ('10.1109/cvpr.2016.90', '10.1162/neco.1997.9.8.1735', None)
    """
    text = text.strip()
    bare = text[_DOI_PREFIX.match(text).end() :]  # type: ignore[union-attr]  # an empty match is one too
    if len(bare) < len(text) and "doi.org/" in text.lower():
        bare = unquote(bare)
    bare = bare.rstrip(".,;").lower()
    return bare if _DOI.fullmatch(bare) else None

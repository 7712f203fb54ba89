"""Identifiers of papers, each in the one spelling by which two records are known to mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
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
_NAMED_ARXIV = re.compile(
    r"arxiv\s{0,3}[:.]\s{0,3}([a-z][a-z.-]{1,18}/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?![0-9])", re.IGNORECASE
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


def arxiv_in(text: str) -> str | None:
    """Return the first arXiv number that a longer text names as one.

    >>> arxiv_in("arXiv preprint arXiv:1706.03762v5 [cs]"), arxiv_in("CVPR 2017")
    ('1706.03762', None)
    """
    if "arxiv" not in text.lower():  # ten times faster than the pattern, and most texts name none
        return None
    return next((number for hit in _NAMED_ARXIV.finditer(text) if (number := arxiv_id(hit[1]))), None)


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


def identifier(scheme: str, text: str) -> str | None:
    """Return an identifier of a scheme in its one spelling; None where it is none, or the scheme is unknown.

    >>> identifier("openalex", "https://openalex.org/W2194775991"), identifier("acl", "https://aclanthology.org/P16-1001/")
    ('W2194775991', 'P16-1001')
    >>> identifier("pmid", "n/a"), identifier("isbn", "978-3-16-148410-0")
    (None, None)
    """
    read = _READERS.get(scheme)
    return None if read is None else read(text)


def find_identifiers(text: str) -> list[tuple[str, str]]:
    """Return the identifiers that an address or a short text states, each with its scheme; sorted.

    >>> find_identifiers("https://aclanthology.org/2020.acl-main.1.pdf"), find_identifiers("arXiv:1512.03385 [cs]")
    ([('acl', '2020.acl-main.1')], [('arxiv', '1512.03385')])
    """
    text = text.strip()
    if not text:
        return []
    found = set()
    arxiv, a_doi = arxiv_id(text), doi(text)
    if arxiv is not None:
        found.add(("arxiv", arxiv))
    elif a_doi is not None:
        found.add(("doi", a_doi))
    for scheme, address in _ADDRESSES.items() if _HOSTS.search(text) else ():
        if (hit := address.search(text)) and (value := identifier(scheme, hit[1])):
            found.add((scheme, value))
    return sorted(found)


def _last_part(text: str) -> str:
    """Return an identifier without the address before it."""
    text = text.strip().rstrip("/")
    return text.rpartition("/")[2] if text.lower().startswith(("http://", "https://")) else text


def _matching(pattern: str, *, spell: Callable[[str], str] = str) -> Callable[[str], str | None]:
    """Return a reader of what a pattern describes; its first group is the identifier."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def read(text: str) -> str | None:
        hit = compiled.fullmatch(_last_part(text))
        return None if hit is None else spell(hit[1])

    return read


def _acl(text: str) -> str:
    """Return an identifier of the ACL Anthology: those up to 2019 begin with a capital."""
    return text.upper() if text[:1].isalpha() else text.lower()


def _digits(text: str) -> str:
    return text.lstrip("0") or "0"


def _dblp(text: str) -> str | None:
    """Return a key of DBLP, of which slashes are a part."""
    bare = re.sub(r"^(?:https?://)?(?:[a-z-]+\.)*dblp\.(?:org|uni-trier\.de)/rec/|^dblp:", "", text.strip(), flags=re.I)
    bare = re.sub(r"\.(?:html|xml|bib|rdf)$", "", bare.strip("/"))
    return bare if re.fullmatch(r"[a-z]+(?:/[A-Za-z0-9_.+-]+){1,3}", bare) else None


def _openreview(text: str) -> str | None:
    bare = re.sub(r"^.*[?&](?:id|noteId)=", "", text.strip())
    return bare if re.fullmatch(r"[A-Za-z0-9_-]{6,40}", bare) else None


_READERS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "acl": _matching(
        r"([a-z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)(?:v[0-9]+)?(?:\.(?:pdf|bib))?",
        spell=_acl,
    ),
    "arxiv": arxiv_id,
    "dblp": _dblp,
    "doi": doi,
    "mag": _matching(r"(?:mag:)?([0-9]{1,15})", spell=_digits),
    "openalex": _matching(r"(w[0-9]{1,15})", spell=str.upper),
    "openreview": _openreview,
    "pmc": _matching(r"(?:pmcid:\s*)?(pmc[0-9]{1,12})(?:\.[0-9]+)?", spell=str.upper),
    "pmid": _matching(r"(?:pmid:?\s*)?([0-9]{1,12})", spell=_digits),
    "s2": _matching(r"(?:corpusid:\s*)?([0-9]{1,15})", spell=_digits),
    "s2paper": _matching(r"([0-9a-f]{40})", spell=str.lower),
}
SCHEMES: Final = tuple(_READERS)
"""The schemes of identifiers by which papers are known, sorted."""

# Most addresses are of none of these houses, which one look tells
_HOSTS = re.compile(r"aclanthology|aclweb|dblp|ncbi\.nlm|openalex|openreview|semanticscholar", re.IGNORECASE)
_ADDRESSES: Final[Mapping[str, re.Pattern[str]]] = {
    "acl": re.compile(r"(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/[^\s]*/)?([^/\s?#]+)", re.IGNORECASE),
    "openalex": re.compile(r"openalex\.org/(?:works/)?(w[0-9]+)", re.IGNORECASE),
    "openreview": re.compile(r"openreview\.net/[a-z]+\?(?:[^\s#]*&)?id=([A-Za-z0-9_-]+)", re.IGNORECASE),
    "pmc": re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?(?:articles/)?(pmc[0-9]+)", re.IGNORECASE),
    "pmid": re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/([0-9]+)", re.IGNORECASE),
    "s2": re.compile(r"semanticscholar\.org/(?:[^\s?#]*/)?corpusid:([0-9]+)", re.IGNORECASE),
    "s2paper": re.compile(r"semanticscholar\.org/(?:[^\s?#]*/)?([0-9a-f]{40})", re.IGNORECASE),
    "dblp": re.compile(r"dblp\.(?:org|uni-trier\.de)/rec/([^\s?#]+)", re.IGNORECASE),
}

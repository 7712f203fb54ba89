"""The key under which the names of one thing meet across papers: American spelling, folded."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.names import fold

# Parts of words in British and in American spelling.
_PARTS = {
    "colour": "color", "behaviour": "behavior", "neighbour": "neighbor", "favour": "favor", "flavour": "flavor",
    "labour": "labor", "honour": "honor", "harbour": "harbor", "vapour": "vapor", "tumour": "tumor",
    "armour": "armor", "rumour": "rumor", "odour": "odor", "paediatric": "pediatric", "haemo": "hemo",
    "anaem": "anem", "leukaem": "leukem", "anaesth": "anesth", "orthopaed": "orthoped", "oedema": "edema",
    "foetal": "fetal", "artefact": "artifact", "catalogue": "catalog", "dialogue": "dialog",
    "analogue": "analog", "defence": "defense", "offence": "offense", "licence": "license",
    "judgement": "judgment", "sulph": "sulf", "programme": "program", "analyse": "analyze", "analysing": "analyzing",
}  # fmt: skip
_PART = re.compile(r"programme(?!r|d)|" + "|".join(sorted(_PARTS.keys() - {"programme"}, key=len, reverse=True)))
_GREY = re.compile(r"^grey(?=$|scale|level)")
_CENTRE = re.compile(r"^(epi|multi|bi)?(cent|theat|fib|lit|met)re(s?|d)$")
# A doubled l before an ending, in words that Americans write with one.
_DOUBLED_L = re.compile(
    r"((?:mode|labe|trave|signa|cance|channe|tunne|leve|fue|marsha|tota|equa|dia|spira|initia|pane|parce|funne|marve)l)"
    r"l(?=(?:ed|ing|ings|er|ers)$)"
)
_ISE = re.compile(r"(?<=[^aeiouw])is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)")
# Words that everybody writes with -ise; what stands before it, whatever prefix they bear.
_ALWAYS_ISE = re.compile(
    r"^(?:un|re|pre|de|en|over|multi|self|semi)*(?:r|ar|prec|conc|exerc|exc|inc|prom|prem|comprom|surpr|enterpr|compr"
    r"|adv|rev|dev|superv|perv|improv|telev|franch|advert|merchand|parad|expert|treat|dem|chast|circumc|desp|apr|mort)is"
)
_MAY_BE_BRITISH = re.compile(
    r"is(?:e|ing|ation|able)|our|ae|oe|re[sd]?\b|centre|ll(?:ed|ing|er)|ys(?:e|ing)|ogue|grey|ence|artef|judge|sulph|mme",
    re.IGNORECASE,
)
_BORDERS = re.compile(r"([^A-Za-z]+|(?<=[a-z])(?=[A-Z]))")
_SHORTEST_ISE = 7
# An acronym within a name, which says nothing that the words before it do not: "temporal difference (TD) learning".
_INNER_ACRONYM = re.compile(r"\s*\((?=[^()]*[A-Z][^()]*[A-Z])[A-Za-z\d-]{2,}\)(?=[\sa-z])")
# The plural of two initials, which spelling alone takes for a name: "LMs".
_PLURAL_INITIALS = re.compile(r"(?<![A-Za-z\d])([A-Z]{2})s$")


@lru_cache(maxsize=262_144)
def identity_key(name: str) -> str:
    """Return the key under which names of one thing meet: that of :func:`kg.names.fold`, spelled as Americans do.

    >>> identity_key("batch normalisation") == identity_key("Batch-Normalization")
    True
    >>> identity_key("precise noise modelling"), identity_key("CharacteriseNet")
    ('precisenoisemodeling', 'characterizenet')
    """
    return fold(american(_PLURAL_INITIALS.sub(r"\1", _INNER_ACRONYM.sub("", name))))


def is_plural_of_initials(name: str) -> bool:
    """Return whether a name ends in the plural of two initials, which small letters alone tell from another name.

    >>> [is_plural_of_initials(name) for name in ("LMs", "deep NNs", "LMS", "GANs")]
    [True, True, False, False]
    """
    return name.endswith("s") and _PLURAL_INITIALS.search(name) is not None


def american(name: str) -> str:
    """Return a name with its British spellings replaced by American ones; all else stays as it is.

    >>> american("Colourised centre-loss catalogue"), american("pairwise supervised promise")
    ('Colorized center-loss catalog', 'pairwise supervised promise')
    """
    if not _MAY_BE_BRITISH.search(name):
        return name
    return "".join(_american_word(part) if part else "" for part in _BORDERS.split(name))


def _american_word(word: str) -> str:
    lower = word.lower()
    if not lower.isalpha() or (word.isupper() and len(word) > 1):
        return word
    spelled = _PART.sub(lambda hit: _PARTS[hit[0]], lower)
    spelled = _CENTRE.sub(
        lambda hit: f"{hit[1] or ''}{hit[2]}er{'ed' if hit[3] == 'd' else hit[3]}", _GREY.sub("gray", spelled)
    )
    spelled = _DOUBLED_L.sub(r"\1", spelled)
    if len(spelled) >= _SHORTEST_ISE and not _ALWAYS_ISE.search(spelled):
        spelled = _ISE.sub("iz", spelled)
    if spelled == lower:
        return word
    return spelled[:1].upper() + spelled[1:] if word[0].isupper() else spelled

"""Which rows of the Papers with Code archive are advertisements: anyone could edit it."""

from __future__ import annotations

import re
from typing import Final

_LONGEST_NAME: Final = 300
_ADDRESS = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|org|io)/", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"\+[0-9][0-9\s().–-]{8,}|(?<![0-9])[0-9]{3}[\s().–-]{1,3}[0-9]{3}[\s.–-]{1,3}[0-9]{4}(?![0-9])"
)
_ADVERTISEMENT = re.compile(
    r"\b(?:customer (?:service|support|care)|toll[- ]free|help ?line|phone number|contact number"
    r"|how (?:do|can|to) (?:i |you )?(?:contact|call|reach|speak|talk|dispute|get a (?:human|refund))\b.{0,40}"
    r"\b(?:airlines?|airways|support|agent|representative|refund|someone|person)"
    r"|(?:airlines?|airways|flight) (?:refund|cancellation|name change|booking|reservations?|number)"
    r"|casino|cash app|payday loan|promo codes?|discount codes?|escorts?|viagra)\b",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W\d_]*")


def spam(name: str) -> str | None:
    """Return by which rule a name is none of a method, dataset or paper; None where it may be one.

    >>> spam("How do I speak to someone at Example Airlines?"), spam("Call +1 800 555 0199")
    ('its name is an advertisement', 'a telephone number stands in its name')
    >>> spam("DETR (R50, 500 epochs)") is None
    True
    """
    if len(name) > _LONGEST_NAME:
        return f"its name is longer than {_LONGEST_NAME} characters"
    if _ADDRESS.search(name):
        return "an address stands in its name"
    if _TELEPHONE.search(name):
        return "a telephone number stands in its name"
    if _ADVERTISEMENT.search(name):
        return "its name is an advertisement"
    return "its name has no letter" if name and _NO_LETTER.fullmatch(name) else None

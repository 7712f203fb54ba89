"""What stands on a listing page around the papers: buttons, counters, dates, notices."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = frozenset(
    " ".join(word.split())
    for word in """about; abstract; abstract:; all; ask; back; blog; careers; cite; code; comment; comments; community;
    contact; cookies; daily; daily papers; datasets; docs; download; enterprise; explore; filter; follow;
    github; help; home; hot; html; join; latest; like; likes; load more; log in; log out; login; menu;
    models; monthly; more; new; newest; next; organizations; page; papers; pdf; popular; posts; prev;
    previous; pricing; privacy; profile; project page; reply; reset; save; search; see all; see more;
    settings; share; show all; show less; show more; sign in; sign out; sign up; sort; spaces; submit;
    subscribe; summary; terms; this month; this week; tl;dr; today; top; trending; trending papers; upvote;
    upvotes; vote; view; view all; view html; view paper; view pdf; website; weekly; yesterday""".split(";")
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_DATE = (
    rf"(?:{_DAY_NAME},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH},?\s+\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)
_COUNT = r"[+\-•·]?\s*\d[\d.,]*\s*[kKmM]?"
_NOTICE = r"(?:(?:our|the)\s+)?(?:terms|privacy|cookies?)(?:\s+(?:of (?:service|use)|policy|settings|notice))?"
_PATTERNS = re.compile(
    "|".join(
        (
            rf"(?:(?:published|submitted|posted|updated|accepted|last updated)(?:\s+on|:)?\s+)?{_DATE}",
            rf"{_DAY_NAME}",
            r"(?:an?|\d+)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago",
            rf"{_COUNT}\s*(?:up)?(?:votes?|likes?|comments?|stars?|views?|authors?|citations?|downloads?|pages?)?",
            rf"(?:up)?(?:votes?|likes?|comments?|stars?|views?|citations?|page)\s*:?\s*{_COUNT}",
            r"(?:submitted|posted|published|curated)\s+by\b.{0,80}",
            r"get\b.{0,60}\b(?:inbox|e-?mail|newsletter)\b.{0,30}",
            r"(?:sign|log)\s+(?:in|up)\s+(?:to|for|with)\b.{0,80}",
            r"subscribe\s+(?:to|for|now)\b.{0,80}",
            r"(?:©|\(c\)|copyright)\W{0,3}\d{4}\b.{0,80}",
            r".{0,60}\ball rights reserved\b.{0,30}",
            rf"{_NOTICE}(?:\W+(?:and\s+)?{_NOTICE})*",
            r"(?:we|this (?:web)?site) uses? cookies\b.{0,400}",
            r"https?://\S+",
            r"\S+@\S+\.[a-z]{2,}",
        )
    ),
    re.IGNORECASE,
)
# "byAK and the research community": a lower-case "by" at the beginning of a line names a curator
_BYLINE = re.compile(r"by\s?[A-Z@].{0,80}")
_HAS_NAME = re.compile(r"[^\W\d_]")
# The button before the first title is glued to it; the word in a title has a space or a small letter behind
_GLUED_BUTTON = re.compile(r"Subscribe(?=[^\sa-z:,.;!?'’)\]/&-])")


def is_furniture(line: str) -> bool:
    """Return whether a line belongs to the page, not to a paper.

    >>> [is_furniture(line) for line in ("new", "Mar 14", "Upvote 12", "byAK and the research community")]
    [True, True, True, True]
    >>> is_furniture("Subscribe to Attention"), is_furniture("A ConvNet for the 2020s")
    (True, False)
    """
    return (
        line.lower() in _WORDS
        or not _HAS_NAME.search(line)
        or bool(_BYLINE.fullmatch(line))
        or bool(_PATTERNS.fullmatch(line))
    )


def without_button(line: str) -> str:
    """Return a line without the button that is glued in front of it.

    >>> without_button("Subscribe$gen$CNN: A Convolutional Architecture"), without_button("Subscribers Count")
    ('$gen$CNN: A Convolutional Architecture', 'Subscribers Count')
    """
    return _GLUED_BUTTON.sub("", line, count=1) if line.startswith("Subscribe") else line

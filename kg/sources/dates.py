"""Dates as sources write them, to ``YYYY-MM-DD`` or ``YYYY-MM`` and a year; what is no date is none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

YEARS: Final = range(1500, 2200)
"""The years in which a paper may have come out; anything else is a placeholder."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV_MONTH = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?([0-9]{2})([0-9]{2})")
# The first numbers were given in 1991
_FIRST_ARXIV_YEAR: Final = 91
_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:[T /].*)?)?)?/*")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9},?\s+)?([0-9]{1,2})\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+([0-9]{4})(?:\s.*)?", re.I)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?(?:\s+([0-9]{1,2})(?:st|nd|rd|th)?)?,?\s+([0-9]{4})", re.I)
_YEAR_FIRST = re.compile(r"([0-9]{4})\s+([a-z]{3,9})\.?(?:\s+([0-9]{1,2}))?", re.I)


def date_and_year(date: object, year: object = None) -> tuple[str | None, int | None]:
    """Return a date (to the day or the month) and a year, from what a source states.

    Args:
        date: a text, or year, month and day in a sequence as far as they are known.
        year: a number or a text; where it is none, the date gives it.

    >>> date_and_year("2015-12-10T17:57:34Z"), date_and_year("10 Dec 2015"), date_and_year("Dec. 2015")
    (('2015-12-10', 2015), ('2015-12-10', 2015), ('2015-12', 2015))
    >>> date_and_year("Thu, 10 Dec 2015 17:57:34 GMT"), date_and_year((2015, 12)), date_and_year("n/a", "2015")
    (('2015-12-10', 2015), ('2015-12', 2015), (None, 2015))
    """
    day, of_date = None, None
    if (parts := _parts(date)) is not None:
        day, of_date = _checked(*parts)
    stated = year_of(year)
    return day, of_date if stated is None else stated


def earliest(dates: Iterable[object]) -> str | None:
    """Return the earliest of some dates, to the day, the month or the year; of one month, or year, the most exact.

    >>> earliest(["2017", "2017-06", "June 12, 2017", "2017-07-01"]), earliest(["n/a"])
    ('2017-06-12', None)
    """
    found = [day or str(year) for date in dates if date for day, year in (date_and_year(date),) if year]
    return min(found, key=lambda date: (date[:4], date[5:7] or "13", -len(date), date), default=None)


def arxiv_month(number: str) -> tuple[int, int] | None:
    """Return the year and the month that an arXiv number holds; None where it is none.

    >>> arxiv_month("1706.03762"), arxiv_month("cs/9901001"), arxiv_month("1799.00001")
    ((2017, 6), (1999, 1), None)
    """
    hit = _ARXIV_MONTH.match(number)
    if hit is None or not 1 <= int(hit[2]) <= 12:
        return None
    year = int(hit[1])
    return (1900 if year >= _FIRST_ARXIV_YEAR else 2000) + year, int(hit[2])


def year_of(value: object) -> int | None:
    """Return a year, from a number or a text; None where it is none.

    >>> [year_of(value) for value in (2015, "2015", 2015.0, "c2015", 0, 9999, True, None)]
    [2015, 2015, 2015, 2015, None, None, None, None]
    """
    number: object = None
    if isinstance(value, str):
        hit = re.fullmatch(r"[^0-9]{0,3}([0-9]{4})(?:\.0+|[^0-9].*)?", value.strip(), re.DOTALL)
        number = int(hit[1]) if hit else None
    elif isinstance(value, float):
        number = int(value) if value.is_integer() else None
    elif isinstance(value, int) and not isinstance(value, bool):
        number = value
    return number if isinstance(number, int) and number in YEARS else None


def month_of(name: str) -> int | None:
    """Return the number of a month by its English name or the beginning of it.

    >>> month_of("September"), month_of("sept."), month_of("Spring")
    (9, 9, None)
    """
    start = name.strip()[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def _parts(date: object) -> tuple[int, int | None, int | None] | None:
    if isinstance(date, str):
        return _parts_of_text(date.strip())
    if isinstance(date, list | tuple):
        try:
            numbers = [int(part) for part in date[:3] if part is not None]
        except (TypeError, ValueError, OverflowError):
            return None
        padded = [*numbers, None, None, None]
        return (padded[0], padded[1], padded[2]) if padded[0] is not None else None
    if isinstance(date, int | float) and not isinstance(date, bool):
        found = year_of(date)
        return None if found is None else (found, None, None)
    return None


def _parts_of_text(text: str) -> tuple[int, int | None, int | None] | None:
    if len(text) > 60 or not text:
        return None
    if hit := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(hit[1]), _number(hit[2]), _number(hit[3])
    if hit := _DAY_FIRST.fullmatch(text):
        return int(hit[3]), month_of(hit[2]), int(hit[1])
    if hit := _MONTH_FIRST.fullmatch(text):
        return int(hit[3]), month_of(hit[1]), _number(hit[2])
    if hit := _YEAR_FIRST.fullmatch(text):
        return int(hit[1]), month_of(hit[2]), _number(hit[3])
    return None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _checked(year: int, month: int | None, day: int | None) -> tuple[str | None, int | None]:
    """Return what of a date the calendar knows: a day that it does not have leaves the month."""
    if year not in YEARS:
        return None, None
    if month is None or not 1 <= month <= 12:
        return None, year
    try:
        return (datetime.date(year, month, day).isoformat() if day else f"{year}-{month:02}"), year
    except (ValueError, OverflowError):
        return f"{year}-{month:02}", year

"""Python values as RDF terms that every syntax can hold, in their canonical form.

Canonical matters: Oxigraph keeps numbers by value, so a literal spelled otherwise would come back changed
and look like a difference at the next build.
"""

import math
import re
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v

DECIMAL: Final = NamedNode(v.XSD + "decimal")
INTEGER: Final = NamedNode(v.XSD + "integer")
BOOLEAN: Final = NamedNode(v.XSD + "boolean")
ANY_URI: Final = NamedNode(v.XSD + "anyURI")
DATE: Final = NamedNode(v.XSD + "date")
MONTH: Final = NamedNode(v.XSD + "gYearMonth")
YEAR: Final = NamedNode(v.XSD + "gYear")
TRUE: Final = Literal("true", datatype=BOOLEAN)

# What some RDF syntax or XML cannot hold: control characters but tab and line ends, lone surrogates,
# and the two non-characters of the basic plane.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_IRI_SAFE = "/:@!$&'()*+,;=~"


def holdable(value: str) -> str:
    r"""Return a text in which each character that RDF cannot hold is U+FFFD; its length stays as it is.

    >>> holdable("a\x00b\ud800")
    'a�b�'
    """
    return _UNHOLDABLE.sub("\ufffd", value)


def text(value: str) -> Literal:
    """Return a plain string."""
    return Literal(holdable(value))


def uri(value: str) -> Literal:
    """Return an address as a literal: addresses come from outside, and not all of them are IRIs."""
    return Literal(holdable(value), datatype=ANY_URI)


def iri(value: str) -> NamedNode:
    """Return a node; one whose key holds what an IRI may not (``<`` in a DOI) is percent-encoded.

    >>> iri("https://example.org/doi-10.1/a<b>").value
    'https://example.org/doi-10.1/a%3Cb%3E'
    """
    try:
        return NamedNode(value)
    except ValueError:
        return NamedNode(quote(holdable(value), safe=_IRI_SAFE))


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=INTEGER)


def decimal(number: float, *, digits: int | None = None) -> Literal | None:
    """Return an ``xsd:decimal`` in canonical form (no exponent, no idle zeros); None for what is no number.

    Args:
        number: any number; infinities and NaN have no decimal.
        digits: round to so many digits after the point.

    >>> [decimal(x).value for x in (87.10, 3.0, 1e-7, 1e22, -0.0)]
    ['87.1', '3', '0.0000001', '10000000000000000000000', '0']
    """
    if not math.isfinite(number):
        return None
    if digits is not None:
        number = round(number, digits)
    plain = format(Decimal(repr(number)), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal("0" if plain == "-0" else plain, datatype=DECIMAL)


def year(value: int) -> Literal:
    """Return an ``xsd:gYear``, which has four digits at least.

    >>> year(98).value, year(2015).value
    ('0098', '2015')
    """
    return Literal(f"{'-' if value < 0 else ''}{abs(value):04d}", datatype=YEAR)


def issued(day: str | None, in_year: int | None) -> Literal | None:
    """Return when a paper came out, as exactly as it is known: a day, a month or a year.

    Args:
        day: ``YYYY-MM-DD`` or ``YYYY-MM``; what is neither, or no day of the calendar, does not count.
        in_year: used where the day does not count.

    >>> issued("2015-12-10", 2015).value, issued("2015-12", 2015).value, issued("2015-02-30", 2015).value
    ('2015-12-10', '2015-12', '2015')
    """
    if day is not None and _DAY.fullmatch(day) and _is_day(day):
        return Literal(day, datatype=DATE)
    if day is not None and _MONTH.fullmatch(day):
        return Literal(day, datatype=MONTH)
    return None if in_year is None else year(in_year)


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True

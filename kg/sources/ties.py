"""What can tie a record to others: records that share nothing of it have nothing to do with each other."""

from __future__ import annotations

import hashlib

from kg.names import fold
from kg.records import Record
from kg.sources._clusters import identifiers
from kg.sources._papers import first_key


def ties_of(record: Record) -> frozenset[int]:
    """Return what ties a record to others, as numbers of 63 bits.

    Joining some records together with all that are tied to them, over any number of others, gives the papers of
    these records exactly as joining all records does. Numbers of different things may agree, which only ties more.

    >>> one, other = Record("a", "1", "Deep Sets", doi="10.1/x"), Record("b", "2", "Other", doi="10.1/x")
    >>> len(ties_of(one) & ties_of(other)), ties_of(one) & ties_of(Record("c", "3", "Third"))
    (2, frozenset())
    """
    ties = {f"{scheme}:{value}" for scheme, value in identifiers(record)}
    if record.title:
        ties.add(f"title:{fold(record.title) or record.title}")
    # Papers whose first choice of a key is one must be told apart, whatever else they share.
    ties |= {f"key:{first_key(*known)}" for known in ((record.doi, None), (None, record.arxiv)) if any(known)}
    return frozenset(map(_number, ties))


def _number(tie: str) -> int:
    return int.from_bytes(hashlib.blake2b(tie.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1

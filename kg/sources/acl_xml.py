"""The XML files of the ACL Anthology, one a collection, with volumes and their papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element

from kg.records import Record
from kg.sources._xml import xml_records
from kg.sources._xml_text import flat
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.heads import xml_names, xml_root
from kg.sources.identifiers import identifier
from kg.sources.making import Unfit, make_record

name: Final = "ACL Anthology XML"
about: Final = "the data files of the ACL Anthology"

_MONTH = re.compile(r"[A-Za-z]+")
# "P16" and volume "1" make P16-1001; of workshops (W) the volume has two digits
_OLD_COLLECTION = re.compile(r"[A-Z][0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Volume:
    """What a volume says of all its papers."""

    collection: str = ""
    number: str = ""
    title: str = ""
    year: str = ""
    month: str = ""


def recognise(head: bytes) -> bool:
    """Return whether a file is one of the Anthology's.

    >>> recognise(b'<collection id="2020.acl"><volume id="main"><meta>'), recognise(b"<collection><book>")
    (True, False)
    """
    root = (xml_root(head) or ("", ""))[1]
    return root in ("collection", "volume") and {"volume", "meta"} <= xml_names(head)


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the papers of a collection; see :class:`kg.sources.formats.SourceFormat`."""
    volume = _Volume()
    elements = xml_records(stream, tags=("meta", "paper"), openers=("collection", "volume"), skip=skip, options=options)
    for line, element in elements:
        if element.tag == "collection":
            volume = _Volume(collection=element.get("id", ""))
        elif element.tag == "volume":
            volume = _Volume(collection=volume.collection, number=element.get("id", ""))
        elif element.tag == "meta":
            volume = replace(
                volume,
                title=flat(element.find("booktitle")),
                year=(element.findtext("year") or "").strip(),
                month=element.findtext("month") or "",
            )
        else:
            try:
                yield _record(element, volume, source=source)
            except Unfit as error:
                skip(line, str(error))


def _record(paper: Element, volume: _Volume, *, source: str) -> Record:
    own = _own_id(paper, volume)
    month = _MONTH.search(volume.month)
    return make_record(
        source=source,
        key=own,
        title=flat(paper.find("title")),
        abstract=flat(paper.find("abstract")),
        year=volume.year,
        date=f"{month[0]} {volume.year}" if month else None,
        authors=[
            " ".join(part for tag in ("first", "last") if (part := author.findtext(tag)))
            for author in paper.findall("author")
        ],
        doi=paper.findtext("doi"),
        venue=volume.title,
        ids=[("acl", own)],
        url=f"https://aclanthology.org/{own}" if own else None,
    )


def _own_id(paper: Element, volume: _Volume) -> str:
    """Return the Anthology's identifier of a paper: as stated, else as its volume makes it."""
    stated = (paper.findtext("url") or "").strip()
    if stated and identifier("acl", stated):
        return stated.rpartition("/")[2]
    number = paper.get("id", "")
    if not (volume.collection and volume.number and number.isdecimal() and len(number) < 5):
        return ""
    if not _OLD_COLLECTION.fullmatch(volume.collection):
        return f"{volume.collection}-{volume.number}.{number}"
    if volume.collection.startswith("W") and volume.number.isdecimal():
        return f"{volume.collection}-{volume.number:0>2}{number:0>2}"
    return f"{volume.collection}-{volume.number}{number:0>3}"

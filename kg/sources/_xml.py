"""Records out of XML files, one after the other, in bounded memory and without any document type.

A file is cut at the boundaries of its records, and each record is parsed on its own. So nothing that stands
before the records reaches a parser: no document type, no entity, no file and no address that one names; and
what is damaged in one record harms no other. Several documents in one file, as a harvest leaves them, are read
like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from html.entities import html5
from io import BufferedReader
from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

from kg.records import Record
from kg.sources._xml_cut import Fragment, fragments
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.making import Unfit

_ENCODING = re.compile(rb"<\?xml[^>]{0,99}?\sencoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
# Encodings in which the byte of "<" is never a part of another character; others cannot be cut
_SAFE_ENCODINGS = re.compile(
    r"us-ascii|ascii|iso-8859-\d+|latin-?1|windows-12\d\d|cp12\d\d|koi8-[ru]|gb2312|gbk|gb18030"
)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,31});")
_PREDEFINED: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_UNBOUND_PREFIX: Final = 27
_PREFIX = re.compile(rb"[<\s/]([A-Za-z_][\w.-]{0,63}):[A-Za-z_]")
_MOST_PREFIXES: Final = 100
# So many bytes of records are parsed in one go: starting the parser takes as long as parsing one record
_TOGETHER_BYTES: Final = 32 * 1024
# What XML forbids and harvests hold all the same: controls, references to them, lone ampersands
_CONTROLS: Final = bytes((*range(9), 11, 12, *range(14, 32)))
_WITHOUT_CONTROLS: Final = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}));")
_LONE_AMPERSAND = re.compile(rb"&(?!#[0-9]{1,8};|#x[0-9A-Fa-f]{1,8};|(?:amp|lt|gt|quot|apos);)")


def xml_records(
    stream: BufferedReader,
    *,
    tags: Collection[str],
    openers: Collection[str] = (),
    skip: Skipper,
    options: ReadOptions = DEFAULTS,
) -> Iterator[tuple[int, Element]]:
    """Yield the records of an XML file, each with the line on which it begins.

    All names of elements are local ones. Named characters (``&uuml;``) are those of HTML, whatever the document
    type says. What cannot be read is given to ``skip``.

    Args:
        stream: the file, at its beginning.
        tags: the local names of the elements that are records; they do not stand in each other.
        openers: the local names of elements around records; they come without their content, for their
            attributes.
        skip: see :class:`kg.sources.formats.SourceFormat`.
        options: the limit of a line bounds a record.
    """
    parser = _Parser(_encoding(stream.peek()))
    waiting: list[Fragment] = []
    size = 0
    for part in fragments(stream, tags=tags, openers=openers, limit=options.limits.line_bytes):
        if isinstance(part, Fragment):
            waiting.append(part)
            size += len(part.data)
            if size < _TOGETHER_BYTES:
                continue
        yield from _parsed(waiting, parser, skip=skip)
        waiting, size = [], 0
        if not isinstance(part, Fragment):
            skip(part.line, part.reason)
    yield from _parsed(waiting, parser, skip=skip)


def _parsed(records: Sequence[Fragment], parser: _Parser, *, skip: Skipper) -> Iterator[tuple[int, Element]]:
    """Yield the elements that some records are: all parsed in one go, or each alone where one is damaged."""
    texts = [data if is_whole else data.rstrip(b"/>") + b"/>" for _, data, is_whole in records]
    together = parser.find_all(texts)
    if together is not None:
        yield from zip((line for line, _, _ in records), together, strict=True)
        return
    for (line, data, _), text in zip(records, texts, strict=True):
        try:
            element = parser.parse(text)
        except ParseError as error:
            skip(line + error.position[0] - 1, _reason(error, data, parser.encoding))
        else:
            yield line, element


def made(
    elements: Iterable[tuple[int, Element]], make: Callable[[Element], Record | None], *, skip: Skipper
) -> Iterator[Record]:
    """Yield the record that each element makes; what is unfit is given to ``skip``, None is passed over."""
    for line, element in elements:
        try:
            record = make(element)
        except Unfit as error:
            skip(line, str(error))
        else:
            if record is not None:
                yield record


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name; the empty string where there is none.

    >>> attribute(Element("ref", {"{http://www.w3.org/1999/xlink}href": "#b1"}), "href")
    '#b1'
    """
    value = element.get(name)
    if value is None:
        value = next((text for key, text in element.items() if key.endswith("}" + name)), "")
    return value


def _encoding(head: bytes) -> str:
    hit = _ENCODING.search(head)
    name = hit[1].decode("ascii", "replace").lower() if hit else ""
    return name if _SAFE_ENCODINGS.fullmatch(name) else "utf-8"


class _Parser:
    """Parses records of one file; remembers which prefixes of names they use."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self._prefixes: dict[bytes, None] = {}
        self._opening = b"<r>"

    def find_all(self, texts: Sequence[bytes]) -> list[Element] | None:
        """Return the elements that some texts are, one each; None where one of them is none."""
        try:
            found = self._with_prefixes(_without_entities(b"".join(texts)))
        except ParseError:
            return None
        return found if len(found) == len(texts) else None

    def parse(self, data: bytes) -> Element:
        """Return the element that a text is, once it is rid of characters that XML forbids.

        Raises:
            ParseError: it is none.
        """
        data = _without_entities(data)
        try:
            return self._with_prefixes(data)[0]
        except ParseError as error:
            mended = _mended(data)
            if mended == data or error.code == _UNBOUND_PREFIX:
                raise
            return self._with_prefixes(mended)[0]

    def _with_prefixes(self, data: bytes) -> list[Element]:
        try:
            return self._elements(data)
        except ParseError as error:
            unbound = dict.fromkeys(_PREFIX.findall(data)) if error.code == _UNBOUND_PREFIX else {}
            if unbound.keys() <= self._prefixes.keys() or len(unbound) > _MOST_PREFIXES:
                raise
        # Prefixes are declared before the first record, which is not parsed; what for does not matter here
        self._prefixes = unbound | (self._prefixes if len(self._prefixes) < _MOST_PREFIXES else {})
        declared = b"".join(b' xmlns:%b="%b"' % (p, p) for p in self._prefixes if not p.lower().startswith(b"xml"))
        self._opening = b"<r" + declared + b">"
        return self._elements(data)

    def _elements(self, data: bytes) -> list[Element]:
        parser = XMLParser(encoding="utf-8")
        if self.encoding != "utf-8":
            data = data.decode(self.encoding, "replace").encode("utf-8", "replace")
        parser.feed(self._opening + data + b"</r>")
        root: Element = parser.close()
        if self._prefixes or b"xmlns" in data:
            for part in root.iter():
                if part.tag[0] == "{":
                    part.tag = part.tag.rpartition("}")[2]
        return list(root)


def _without_entities(data: bytes) -> bytes:
    return _ENTITY.sub(_character, data) if b"&" in data else data


def _character(entity: re.Match[bytes]) -> bytes:
    """Return references to the characters that an entity names; of an unknown one, what is written."""
    if entity[1] in _PREDEFINED:
        return entity[0]
    characters = html5.get(entity[1].decode("ascii") + ";")
    return b"&amp;" + entity[0][1:] if characters is None else b"".join(b"&#%d;" % ord(c) for c in characters)


def _mended(data: bytes) -> bytes:
    """Return XML without the characters that it may not hold."""
    data = _REFERENCE.sub(_allowed, data.translate(_WITHOUT_CONTROLS))
    return _LONE_AMPERSAND.sub(b"&amp;", data)


def _allowed(reference: re.Match[bytes]) -> bytes:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_character = (
        number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000
    )
    return reference[0] if is_character else b" "


def _reason(error: ParseError, data: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as broken:
            return f"the record is not UTF-8 (byte {broken.start + 1} of it)"
    return f"the record is not well-formed XML: {str(error).partition(':')[0]}"

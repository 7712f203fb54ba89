"""Papers as Markdown: front matter, a first heading as the title, an abstract, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Final

from kg.records import Record, Section
from kg.sources._front_matter import Value, front_matter
from kg.sources._fulltext import cited_in
from kg.sources.formats import DEFAULTS, ReadOptions, Skipper
from kg.sources.identifiers import find_identifiers
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain
from kg.sources.sections import role_of, without_number
from kg.sources.text import text_lines

name: Final = "Markdown"
about: Final = "papers as Markdown, one a file, with or without front matter"

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_ABSTRACT = re.compile(r"(?:[*_]{0,3})(?:abstract|summary|tl;?dr)\b[.:—–-]?(?:[*_]{0,3})[.:—–-]?\s*", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]{0,500}\]\([^()]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,1000}\)|\[([^\[\]]{0,500})\]\[[^\[\]]{0,100}\]")
_FOOTNOTE = re.compile(r"\[\^[^\]]{1,40}\]")
_STRONG = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,500}?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)([^_\n]{1,500}?)(?<=\S)\3(?!\w)"
)
_CODE = re.compile(r"`([^`]{1,500})`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BULLET = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s+")
_MATH = re.compile(r"(\$[^$\n]{1,500}\$)")
_SENTENCE_END = re.compile(r"[.!?。！？][)\"'”’]?(?:\s|$)")
_FEWEST_PROSE_CHARS: Final = 150
_NEVER_READ_LINES: Final = 100_000


@dataclass(slots=True)
class _Part:
    """A heading and the paragraphs below it."""

    level: int
    heading: str
    paragraphs: list[str] = field(default_factory=list)


def recognise(head: bytes) -> bool:
    r"""Return whether a file is a paper as Markdown: it states a title, and has an abstract or prose below it.

    >>> recognise(b"---\ntitle: Deep Sets\n---\n"), recognise(b"# Deep Sets\n\n## Abstract\n\nWe ...")
    (True, True)
    >>> recognise(b"# A comment\nimport os\n"), recognise(b"Deep Sets\n\nWe ...")
    (False, False)
    """
    if not head.startswith((b"---", b"#")):
        return False
    lines = head.decode("utf-8", "ignore").splitlines()
    values, length = front_matter(lines)
    if values:
        return "title" in values
    parts = _parts(lines[length:])
    if not parts or parts[0].level != 1:
        return False
    return any(_is_abstract(part.heading) or any(map(_ABSTRACT.match, part.paragraphs)) for part in parts) or any(
        _is_prose(paragraph) for paragraph in parts[0].paragraphs
    )


def read(stream: BufferedReader, *, source: str, skip: Skipper, options: ReadOptions = DEFAULTS) -> Iterator[Record]:
    """Yield the paper that a Markdown file holds; see :class:`kg.sources.formats.SourceFormat`."""
    lines: list[str] = []
    size = 0
    for number, line in text_lines(stream, skip=skip, options=options):
        size += len(line or "")
        if size > options.limits.line_bytes or number > _NEVER_READ_LINES:
            skip(number, "the text is too long for one paper; the rest is left out")
            break
        lines.append(line or "")
    try:
        yield _record(lines, source=source, options=options)
    except Unfit as error:
        skip(1, str(error))


def _record(lines: Sequence[str], *, source: str, options: ReadOptions) -> Record:
    values, length = front_matter(lines)
    parts = _parts(lines[length:])
    first = next((at for at, part in enumerate(parts) if part.level), len(parts))
    stated = _one(values, "title")
    title = stated or (_text(parts[first].heading) if first < len(parts) else "")
    address = _one(values, "url", "link")
    return make_record(
        source=source,
        key=_one(values, "id", "key"),
        title=title,
        abstract=plain(_one(values, "abstract", "summary", "description")) or _abstract(parts),
        year=_one(values, "year"),
        date=_one(values, "date", "published", "issued"),
        authors=_people(values),
        arxiv=_one(values, "arxiv", "arxiv_id", "eprint"),
        doi=_one(values, "doi"),
        venue=_one(values, "venue", "journal", "conference", "publication"),
        url=address,
        sections=_sections(parts) if options.sections else (),
        references=_cited(lines),
    )


def _parts(lines: Sequence[str]) -> list[_Part]:
    """Return the parts of a text; the first has no heading where the text begins without one."""
    parts = [_Part(0, "")]
    paragraph: list[str] = []
    is_code = False

    def close() -> None:
        if text := " ".join(paragraph).strip():
            parts[-1].paragraphs.append(text)
        paragraph.clear()

    for line in lines:
        if _FENCE.match(line):
            close()
            is_code = not is_code
        elif is_code:
            continue
        elif hit := _HEADING.match(line):
            close()
            parts.append(_Part(len(hit[1]), hit[2].rstrip().rstrip("#").rstrip()))
        elif len(paragraph) == 1 and _UNDERLINE.match(line):
            parts.append(_Part(1 if line[0] == "=" else 2, paragraph.pop()))
        elif not line.strip():
            close()
        else:
            paragraph.append(line.strip())
    close()
    return [part for part in parts if part.level or part.paragraphs]


def _abstract(parts: Sequence[_Part]) -> str:
    """Return what stands below the heading of the abstract, or behind the word; else the first prose."""
    for part in parts:
        if _is_abstract(part.heading) and part.paragraphs:
            return " ".join(map(_text, part.paragraphs))
    for part in parts:
        for paragraph in part.paragraphs:
            if (hit := _ABSTRACT.match(paragraph)) and _is_prose(paragraph):
                return _text(paragraph[hit.end() :])
    for part in parts:
        prose = [paragraph for paragraph in part.paragraphs if _is_prose(paragraph)]
        if prose:
            return " ".join(map(_text, prose))
    return ""


def _sections(parts: Sequence[_Part]) -> list[Section]:
    """Return the sections; one below another plays the part of that, unless it says its own."""
    found = []
    upper: dict[int, str] = {}
    for part in parts:
        heading = without_number(_text(part.heading))
        role = role_of(part.heading)
        if role == "other":
            role = next((upper[level] for level in range(part.level - 1, 1, -1) if level in upper), role)
        upper = {level: of for level, of in upper.items() if level < part.level} | {part.level: role}
        text = "\n".join(map(_text, part.paragraphs))
        if part.level > 1 and text and not _is_abstract(part.heading):
            found.append(Section(heading, role, text))
    return found


def _cited(lines: Sequence[str]) -> list[tuple[str, str]]:
    bare = [hit[2] if (hit := _HEADING.match(line)) else line for line in lines]
    links = [pair for line in bare for pair in re.findall(r"\]\((https?://[^\s()]{4,300})\)", line)]
    return cited_in(bare) + [pair for link in links for pair in find_identifiers(link)]


def _is_abstract(heading: str) -> bool:
    return _ABSTRACT.fullmatch(without_number(heading)) is not None


def _is_prose(paragraph: str) -> bool:
    """Return whether a paragraph is long and runs in sentences, unlike names, badges and lists."""
    text = _text(paragraph)
    return len(text) >= _FEWEST_PROSE_CHARS and bool(_SENTENCE_END.search(text)) and not _BULLET.match(paragraph)


def _text(markdown: str) -> str:
    """Return Markdown in one line without its dress; formulas stay.

    >>> _text("The **fast** [U-Net](https://x.org) has `k` $a_1*b_2$ file_name parts[^1]")
    'The fast U-Net has k $a_1*b_2$ file_name parts'
    """
    text = _IMAGE.sub("", markdown).lstrip("> ")
    if bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    pieces = _MATH.split(text)
    pieces[::2] = map(_undressed, pieces[::2])
    return plain("".join(pieces))


def _undressed(text: str) -> str:
    text = _LINK.sub(lambda hit: hit[1] or hit[2] or "", _FOOTNOTE.sub("", text))
    text = _STRONG.sub(lambda hit: hit[2] or hit[4], _CODE.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", text)


def _one(values: dict[str, Value], *keys: str) -> str:
    found = next((values[key] for key in keys if values.get(key)), "")
    return found if isinstance(found, str) else " ".join(found)


def _people(values: dict[str, Value]) -> list[str]:
    found = next((values[key] for key in ("authors", "author") if values.get(key)), [])
    return (
        found
        if isinstance(found, list)
        else [part.strip() for part in re.split(r"[;,]|\sand\s", " ".join(found.split()))]
    )

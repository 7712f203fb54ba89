"""Full texts as lines: where the abstract stands, which sections there are, what is cited, which hyphens go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kg.records import Section
from kg.sources.identifiers import identifier
from kg.sources.sections import role_of, without_number

LONGEST_ABSTRACT_CHARS: Final = 6_000
"""What is longer was not ended by a heading that is known."""

_LONGEST_HEADING_CHARS: Final = 200

# A title may begin with the word too, so where nothing parts it from what follows, that begins a sentence
_ABSTRACT = re.compile(
    r"""\s*a\s?b\s?s\s?t\s?r\s?a\s?c\s?t
        (?: \s*(?:[.:—–-]|$)\s* | \s+(?=(?-i:A|Although|An|Despite|In|Recent|The|This|To|We|While)\ .{30}) )""",
    re.IGNORECASE | re.VERBOSE,
)
_END_OF_ABSTRACT = re.compile(
    r"\s*(?:(?:1|I)?[.\s]*introduction\s*$|1[.\s]+[A-Z][^.]{2,60}$|(?:key\s?words?|index terms|ccs concepts"
    r"|categories and subject|acm reference|general terms|additional key|contents|figure 1)\b)",
    re.IGNORECASE,
)
_TOP_HEADING = re.compile(r"\s*(?:(?P<number>[0-9]{1,2})|(?P<roman>[IVX]{1,5}))[.)]?\s+(?P<name>[^\W\d_].{1,78})")
_REFERENCES = re.compile(r"\s*(?:[0-9IVX]{1,4}[.)]?\s+)?(?:references|bibliography|literature cited)\s*:?\s*", re.I)
_APPENDIX = re.compile(r"\s*(?:appendix|appendices|supplementary material|[A-Z][.\s]\s*appendix)\b.{0,60}", re.I)
_ROMAN: Final = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split()
_WORD_BREAK = re.compile(r"(?<![^\W_])([^\W_]{1,60})-\n\s*(\w+)")
_WORD = re.compile(r"[^\W_]+")
_WORDS_WITH_HYPHEN = re.compile(r"(?<![^\W_])(?=([^\W_]{1,40}-[^\W_]{1,40}))")
# First parts of words that keep their hyphen, where the text does not show the word elsewhere
_KEEPS_HYPHEN: Final = frozenset(
    """all coarse cross end few fine ground high k large long low many mid multi near non object one open pixel real
    self semi short single state sub task token top two user weakly well word zero""".split()
)
_NAMED_DOI = re.compile(
    r"(?:\bdoi\s{0,3}:?\s{0,3}|doi\.org/)(10\.[0-9]{4,9}/[^\s\"<>{}|\\^`\[\]]{1,100})", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"<>{}|\\^`\[\]]{2,100}")
_ARXIV = re.compile(
    r"\barxiv(?:\.org/(?:abs|pdf)/|\s*:\s*|\s+preprint\s+arxiv:\s*)([a-z-]+/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})", re.I
)


def joined(lines: Iterable[str], *, words: Collection[str] | None = None) -> str:
    """Return lines as one, with words that a line's end has cut in two made whole.

    A hyphen at the end of a line stays where the word has one elsewhere.

    Args:
        lines: as they stand on the page.
        words: those by which a word may show its spelling (:func:`words_of` the whole text); else those of the
            lines themselves.

    >>> joined(["We use self-", "attention for seg-", "mentation."])
    'We use self-attention for segmentation.'
    """
    text = "\n".join(lines)
    known = words_of(text) if words is None else words

    def whole(cut: re.Match[str]) -> str:
        left, right = cut[1], cut[2]
        if not (left[-1].isalpha() and right[0].islower()):
            return f"{left}-{right}"
        with_hyphen, without = f"{left}-{right}".lower() in known, f"{left}{right}".lower() in known
        keep = with_hyphen if with_hyphen != without else left.lower() in _KEEPS_HYPHEN
        return f"{left}-{right}" if keep else left + right

    return " ".join(_WORD_BREAK.sub(whole, text).split())


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, and each two that a hyphen joins.

    >>> sorted(words_of("Self-attention nets"))
    ['attention', 'nets', 'self', 'self-attention']
    """
    text = text.lower()
    return frozenset(_WORD.findall(text)) | frozenset(_WORDS_WITH_HYPHEN.findall(text))


def abstract_of(lines: Sequence[str]) -> tuple[int, list[str], int]:
    """Return where the heading of the abstract stands, its lines, and where it ends.

    Args:
        lines: of the first pages.

    Returns:
        Two places in the lines, and the abstract between them. Without an abstract, (-1, [], 0).

    >>> abstract_of(["A Title", "Abstract", "We do.", "1 Introduction", "Once"])
    (1, ['We do.'], 3)
    """
    for start, line in enumerate(lines):
        hit = _ABSTRACT.match(line.lstrip())
        if hit is None:
            continue
        first = line.lstrip()[hit.end() :]
        found = [first] if first.strip() else []
        size, at = len(first), start + 1
        while (
            at < len(lines)
            and not (found and _END_OF_ABSTRACT.match(_short(lines[at])))
            and size < LONGEST_ABSTRACT_CHARS
        ):
            if lines[at].strip():
                found.append(lines[at])
                size += len(lines[at])
            at += 1
        if found:
            return start, found, at
    return -1, [], 0


def sections_of(lines: Sequence[str]) -> list[Section]:
    """Return the sections that numbered headings open, until the references begin.

    A heading is taken for one only where its number follows that of the one before.

    >>> [(s.heading, s.text) for s in sections_of(["1 Introduction", "Once.", "3 apples", "2. Our Method", "We do."])]
    [('Introduction', 'Once. 3 apples'), ('Our Method', 'We do.')]
    """
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        short = _short(line)
        if found and (_REFERENCES.fullmatch(short) or _APPENDIX.fullmatch(short)):
            break
        if (heading := _heading(short, number=len(found) + 1)) is not None:
            found.append((heading, []))
        elif found:
            found[-1][1].append(line)
    words = words_of("\n".join(lines))
    return [
        Section(heading, role_of(heading), text) for heading, inner in found if (text := joined(inner, words=words))
    ]


def _short(line: str) -> str:
    """Return a line as headings are looked for in it: nothing longer is one."""
    return line.strip()[:_LONGEST_HEADING_CHARS]


def _heading(line: str, *, number: int) -> str | None:
    hit = _TOP_HEADING.fullmatch(line)
    if hit is None or not hit["name"][0].isupper() or hit["name"].rstrip().endswith((".", ",", ";")):
        return None
    stated = int(hit["number"]) if hit["number"] else _ROMAN.index(hit["roman"]) + 1 if hit["roman"] in _ROMAN else 0
    return without_number(line.strip()) if stated == number else None


def cited_in(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the identifiers that stand behind the last heading of references.

    >>> cited_in(["References", "[1] A. Example. Nets. arXiv:2101.00001, 2021.", "[2] doi:10.5555/x.1."])
    [('arxiv', '2101.00001'), ('doi', '10.5555/x.1')]
    """
    starts = [at for at, line in enumerate(lines) if _REFERENCES.fullmatch(_short(line))]
    if not starts:
        return []
    text = "\n".join(lines[starts[-1] :])
    stated = [("arxiv", hit[1]) for hit in _ARXIV.finditer(text)] + [("doi", hit[0]) for hit in _DOI.finditer(text)]
    return [(scheme, value) for scheme, raw in stated if (value := identifier(scheme, raw.rstrip(").,;")))]


def own_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines before the references: what is named behind them is another paper's."""
    end = next((at for at, line in enumerate(lines) if _REFERENCES.fullmatch(_short(line))), len(lines))
    return list(lines[:end])


def doi_on(lines: Sequence[str]) -> str | None:
    """Return the DOI that the lines of a first page state as its own: the first one that is named as such.

    >>> doi_on(["https://doi.org/10.5555/grid.1. Copyright"]), doi_on(["10.5555/none", "References", "doi:10.5555/x"])
    ('10.5555/grid.1', None)
    """
    hit = _NAMED_DOI.search("\n".join(own_lines(lines)))
    return identifier("doi", hit[1].rstrip(").,;")) if hit else None

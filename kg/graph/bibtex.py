"""Papers as BibTeX, for those who write about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.graph.paper import Paper

_ESCAPES: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "$": r"\$",
})  # fmt: skip
# LaTeX in a title, as arXiv has it, is kept as it is; what else holds such a sign is text.
_MATHS = re.compile(r"\$[^$]+\$")
_WORD = re.compile(r"[a-z0-9]+")
# A word that a style sheet would wrongly put in lower case: a capital after its first letter, or a digit.
_GUARDED = re.compile(r"(?<![\w{\\])(?=\w*(?:[a-z\d][A-Z]|[A-Z]{2}|[A-Z]\d|\d[A-Z]))\w[\w+-]*")
_SMALL_WORDS: Final = frozenset("a an and are as at by for from in is it of on or the to via with".split())


def bibtex(papers: Iterable[Paper]) -> str:
    """Return papers as BibTeX entries, sorted by key; entries of one key are told apart by a letter.

    >>> print(bibtex([graph.paper("SegFormer: Simple and Efficient Design")]))
    @misc{segformer2021,
      title = {{SegFormer}: Simple and Efficient Design},
      year = {2021},
      eprint = {2105.15203},
      archiveprefix = {arXiv},
    }
    """
    distinct = {paper.iri: paper for paper in papers}
    named = sorted((_key(paper), iri) for iri, paper in distinct.items())
    together: dict[str, list[str]] = {}
    for key, iri in named:
        together.setdefault(key, []).append(iri)
    entries = [
        _entry(key + (_letters(place) if len(iris) > 1 else ""), distinct[iri])
        for key, iris in together.items()
        for place, iri in enumerate(iris)
    ]
    return "\n".join(entries)


def escape_latex(text: str) -> str:
    """Return text as LaTeX shows it; what stands between two dollar signs is left as the formula that it is.

    >>> escape_latex("50% of R&D"), escape_latex("the $n$-th_part")
    ('50\\\\% of R\\\\&D', 'the $n$-th\\\\_part')
    """
    done: list[str] = []
    end = 0
    for hit in _MATHS.finditer(text):
        done += text[end : hit.start()].translate(_ESCAPES), hit[0]
        end = hit.end()
    return "".join([*done, text[end:].translate(_ESCAPES)])


def _entry(key: str, paper: Paper) -> str:
    # What is no arXiv paper and names no venue may be anything that has a title.
    fields: list[tuple[str, str]] = [("title", _GUARDED.sub(r"{\g<0>}", escape_latex(paper.title)))]
    if paper.authors:
        fields.append(("author", " and ".join(map(escape_latex, paper.authors))))
    if paper.year is not None:
        fields.append(("year", str(paper.year)))
    if paper.doi:
        fields.append(("doi", paper.doi))
    if arxiv := paper.arxiv or _arxiv_of_key(paper.key):
        fields += ("eprint", arxiv), ("archiveprefix", "arXiv")
    if paper.url:
        fields.append(("url", paper.url))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@misc{{{key},\n{lines}}}\n"


def _arxiv_of_key(key: str) -> str | None:
    return key.removeprefix("arxiv-") if key.startswith("arxiv-") else None


def _key(paper: Paper) -> str:
    """Return the first author's last name, the year and the title's first word; what is unknown is left out."""
    author = _words(paper.authors[0])[-1:] if paper.authors else []
    title = [word for word in _words(paper.title) if word not in _SMALL_WORDS][:1]
    year = [] if paper.year is None else [str(paper.year)]
    return "".join([*author, *year, *title] if author else [*title, *year]) or "paper"


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _WORD.findall(plain.casefold())


def _letters(place: int) -> str:
    """Return a, b, ... z, za, zb ... for the places from 0."""
    return "z" * (place // 25) + "abcdefghijklmnopqrstuvwxy"[place % 25]

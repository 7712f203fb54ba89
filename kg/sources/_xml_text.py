"""The text of XML elements: dress taken off, formulas as people write them in a line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from xml.etree.ElementTree import Element

# Elements around which a line breaks: their text does not run into that before them
_BLOCKS: Final = frozenset(
    "br break caption disp-formula div figDesc formula head item label lb li list-item p sec td th title tr".split()
)
_SILENT: Final = frozenset("annotation annotation-xml fn graphic inline-graphic media note object-id".split())
# What a mark refers to that stands in a title or an abstract and belongs to the page
_NOTE_MARKS: Final = frozenset({"aff", "author-notes", "corresp", "fn", "table-fn"})
_JOINTS: Final = {"mfrac": "/", "msub": "_", "msup": "^", "msubsup": "_^"}
_INVISIBLE: Final = dict.fromkeys(range(0x2061, 0x2065))


def flat(element: Element | None) -> str:
    """Return the text of an element, without notes and second spellings of formulas.

    A raised or lowered text stays where it stands (``U<sup>2</sup>-Net`` is U2-Net) unless numbers would run
    into each other (``10<sup>5</sup>`` is 10^5).

    >>> from xml.etree.ElementTree import fromstring
    >>> flat(fromstring("<t>In <i>10<sup>5</sup></i> steps<fn>Thanks</fn>,<p>U<sup>2</sup>-Net</p></t>"))
    'In 10^5 steps, U2-Net '
    """
    if element is None:
        return ""
    if len(element) == 0:
        return element.text or "" if element.tag != "tex-math" else _tex(element)
    out: list[str] = []
    # Elements may be nested deeper than a function may call itself
    stack: list[Element | str] = [element]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
        elif part.tag == "math":
            out.append(_formula(part))
        elif part.tag == "tex-math":
            out.append(_tex(part))
        elif part.tag == "alternatives":
            stack += [*part.findall("math"), *part.findall("tex-math"), *part.findall("textual-form")][:1]
        elif part.tag not in _SILENT and part.get("ref-type") not in _NOTE_MARKS:
            if part.tag == "sup" and _runs_into(out, part):
                out.append("^")
            gap = " " if part.tag in _BLOCKS and part is not element else ""
            stack += reversed([gap, part.text or "", *(x for c in part for x in (c, c.tail or "")), gap])
    return "".join(out)


def paragraphs(element: Element, *, without: Collection[str]) -> list[str]:
    """Return the texts of the outermost paragraphs in an element, in their order.

    Args:
        element: around the paragraphs, at any depth.
        without: names of elements whose paragraphs are left out.
    """
    found: list[str] = []
    stack = [element]
    while stack:
        part = stack.pop()
        if part.tag == "p":
            found.append(" ".join(flat(part).split()))
        elif part.tag not in without:
            stack += reversed(part)
    return [text for text in found if text]


def _runs_into(out: list[str], raised: Element) -> bool:
    before = next((text for text in reversed(out) if text), "")
    return before[-1:].isdigit() and (raised.text or "").lstrip()[:1] in tuple("0123456789+-−–")


def _formula(math: Element) -> str:
    """Return a MathML formula in one line.

    >>> from xml.etree.ElementTree import fromstring
    >>> _formula(fromstring("<math><mi>O</mi><mo>(</mo><msup><mi>n</mi><mn>2</mn></msup><mo>)</mo></math>"))
    'O(n^2)'
    """
    out: list[str] = []
    stack: list[Element | str] = [math]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
            continue
        if part.tag in _SILENT:
            continue
        joints = _JOINTS.get(part.tag, "")
        inner: list[Element | str] = [" ".join((part.text or "").split())]
        for number, child in enumerate(part):
            if number and joints:
                inner.append(joints[min(number, len(joints)) - 1])
            inner += [child, (child.tail or "").strip()]
        stack += reversed([*inner] if part.tag != "msqrt" else ["√(", *inner, ")"])
    return "".join(out).translate(_INVISIBLE)


def _tex(element: Element) -> str:
    """Return a formula in TeX between dollars, without the preamble that publishers put around it."""
    text = "".join(element.itertext()).strip()
    _, begun, inner = text.partition(r"\begin{document}")
    text = (inner.partition(r"\end{document}")[0] if begun else text).strip().strip("$").strip()
    return f"${text}$" if text else ""

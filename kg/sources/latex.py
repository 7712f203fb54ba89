r"""LaTeX as bibliographies hold it, to text: accents, special letters, escapes, dress; mathematics stays.

One pass in linear time, whatever the text: a TeX parser would be 50 times slower, and could recurse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_ACCENTS: Final[Mapping[str, str]] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_WORDS: Final[Mapping[str, str]] = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€",
    "dots": "...", "ldots": "...", "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX", "textendash": "–",
    "textemdash": "—", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textpercent": "%", "textregistered": "®",
    "texttrademark": "™", "textdegree": "°", "textperiodcentered": "·", "textmu": "µ", "texteuro": "€",
    "textasteriskcentered": "*", "textellipsis": "...", "textquotedbl": '"', "space": " ", "quad": " ",
    "qquad": " ", "newline": " ", "par": " ", "linebreak": " ", "nobreakspace": " ", "allowbreak": "",
    "noindent": "", "protect": "", "relax": "", "em": "", "it": "", "bf": "", "tt": "", "sc": "", "rm": "",
    "sl": "", "sf": "", "bfseries": "", "itshape": "", "scshape": "", "ttfamily": "", "rmfamily": "",
    "sffamily": "", "upshape": "", "normalfont": "", "small": "", "large": "", "footnotesize": "",
    "normalsize": "", "bibinfo": "", "natexlab": "",
}  # fmt: skip
_SYMBOLS: Final[Mapping[str, str]] = {
    **{char: char for char in "%&_#${}"},
    **dict.fromkeys((" ", ",", ";", ":", "\\", "\n", "\t"), " "),
    **dict.fromkeys("/-!@", ""),
}
# Macros that show their argument; what they do to it is dress
_DRESS: Final = frozenset(
    """emph text textbf textit textsc texttt textrm textsf textsl textup textmd textnormal mbox hbox underline url
    uppercase lowercase MakeUppercase MakeLowercase NoCaseChange textsuperscript textsubscript""".split()
)
_TOKEN = re.compile(
    r"""(?P<math>\$(?:[^$\\]|\\.)*\$ | \\\((?:[^\\]|\\[^()]){0,2000}\\\))
      | \\ (?:(?P<mark>[`'^"~=.])[ ]* | (?P<letter>[uvHcdbrk])(?:[ ]+(?![ ])|(?=[{\\])))
        (?: (?P<base>[^\W\d_]) | \\(?P<dotless>[ij])(?![A-Za-z])(?:\{\}|[ ]*)
          | \{[ ]*(?:(?P<inner>[^\W\d_])|\\(?P<inner_dotless>[ij])(?![A-Za-z]))[ ]*(?:\{\})?(?P<rest>[^\W\d_]*)\} )
      | (?P<gone>\\(?:cite[a-z]*|label|ref|eqref|footnote|thanks|vspace|hspace)\*?(?:\[[^\[\]{}]{0,200}\])?
        \{[^{}]{0,2000}\})
      | \\url\{(?P<url>[^{}]{0,2000})\}
      | (?P<href>\\href\{[^{}]{0,2000}\}\{)
      | \\(?P<word>[A-Za-z]+)\*?(?:[ ]*\{\}|[ ]+(?![ ])|)(?P<argument>\{)?
      | \\(?P<symbol>[^A-Za-z])
      | (?P<brace>[{}])
      | (?P<quote>``|'')
      | (?P<dash>---?)
      | (?P<tie>~)""",
    re.VERBOSE | re.DOTALL,
)
_ANY_LATEX = re.compile(r"[\\{}~]|``|''|--")
_BRACES = str.maketrans("", "", "{}")


def unlatex(text: str, *, source: bool = True) -> str:
    r"""Return LaTeX text as plain text; formulas, and commands that only formulas know, stay as they are.

    Args:
        text: as it stands in the file.
        source: whether the text is LaTeX throughout, so that braces, ties, dashes and quotes are dress too.
            Otherwise it is text with some LaTeX in it, as arXiv's titles are, and only commands are read.

    >>> unlatex(r"{U}-{N}et by M{\"u}ller \& {\'E}tienne: $\beta$-{VAE}s gain 3\%")
    'U-Net by Müller & Étienne: $\\beta$-VAEs gain 3%'
    >>> unlatex(r"A {CNN} by Erd\H{o}s, {\emph{fast}}, ~3 ms", source=False)
    'A {CNN} by Erdős, fast, ~3 ms'
    """
    if source:
        if not _ANY_LATEX.search(text):
            return text
        if "\\" not in text and "$" not in text:
            text = text.translate(_BRACES).replace("~", " ").replace("``", '"').replace("''", '"')
            return text.replace("---", "—").replace("--", "–")
    elif "\\" not in text:
        return text
    return _Reader(text, source=source).read()


class _Reader:
    """One pass over a text: what has been written, and what each open brace becomes where it closes."""

    def __init__(self, text: str, *, source: bool) -> None:
        self._text = text
        self._source = source
        self._out: list[str] = []
        self._closers: list[str] = []

    def read(self) -> str:
        """Return the text as plain text."""
        at = 0
        while hit := _TOKEN.search(self._text, at):
            self._out += self._text[at : hit.start()], self._token(hit)
            at = hit.end()
        self._out.append(self._text[at:])
        return "".join(self._out)

    def _token(self, hit: re.Match[str]) -> str:
        """Return what stands in place of a token."""
        if mark := hit["mark"] or hit["letter"]:
            base = hit["base"] or hit["dotless"] or hit["inner"] or hit["inner_dotless"]
            return unicodedata.normalize("NFC", base + _ACCENTS[mark]) + (hit["rest"] or "")
        if hit["brace"]:
            return self._brace(hit)
        if hit["word"]:
            return self._command(hit)
        if hit["symbol"]:
            return _SYMBOLS.get(hit["symbol"], hit[0])
        if hit["gone"] or hit["url"] is not None:
            return hit["url"] or ""
        if hit["href"]:
            self._closers.append("")
            return ""
        if hit["math"] or not self._source:
            return hit[0]
        return {"``": '"', "''": '"', "--": "–", "---": "—", "~": " "}[hit[0]]

    def _command(self, hit: re.Match[str]) -> str:
        word, known = hit["word"], hit["word"] in _WORDS
        if hit["argument"]:
            # The braces behind a command that is not known belong to it, and stay with it.
            self._closers.append("$" if word == "ensuremath" else "" if known or word in _DRESS else "}")
        if word == "ensuremath":
            return "$" if hit["argument"] else ""
        return _WORDS[word] if known else "" if word in _DRESS else hit[0]

    def _brace(self, hit: re.Match[str]) -> str:
        if hit[0] == "}":
            return self._closers.pop() if self._closers else "" if self._source else "}"
        is_dress = self._source or self._text.startswith("\\", hit.end())
        self._closers.append("" if is_dress else "}")
        return "" if is_dress else "{"

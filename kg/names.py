"""When two spellings are one name: the one place that knows.

Folding takes away what authors vary without meaning anything (case, hyphens, spaces between parts, plural,
LaTeX dress). It never takes away what tells two methods apart: a ``+``, a number, a version, a Greek letter.
"""

import re
import unicodedata
from functools import lru_cache

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
}  # fmt: skip
_GREEK_NAMES = {letter: name for name, letter in _GREEK.items() if not name.startswith("var")}
# Other letters that LaTeX has commands for, as they are typed without them.
_LETTERS = {"ell": "l"}
_LATEX_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_LATEX_DRESS = re.compile(r"[{}$]|\\[,;!: ]")
_EMPHASIS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1")
_SEPARATORS = re.compile(r"[\s~\-‐‑‒–—_/·]+")
_EDGES = re.compile(r"^[\s.,;:'\"()\[\]]+|[\s.,;:'\"()\[\]]+$")
_SLUG_GAP = re.compile(r"[^a-z0-9]+")


def strip_latex(name: str) -> str:
    r"""Return a name without its LaTeX dress; Greek commands become letters.

    >>> strip_latex("$g^n$Conv"), strip_latex(r"$\beta$-VAE"), strip_latex(r"\textbf{Swin}")
    ('g^nConv', 'β-VAE', 'Swin')
    """
    if "\\" in name:
        name = _LATEX_COMMAND.sub(lambda hit: _GREEK.get(hit[1].lower()) or _LETTERS.get(hit[1], ""), name)
    return _LATEX_DRESS.sub("", name)


def plain(name: str) -> str:
    r"""Return a name as it is read; as it is if nothing is left.

    It loses its LaTeX dress, the stars of Markdown, and brackets whose other half the text has outside the name.

    >>> plain(r"$\textbf{S}$elf-Sampling"), plain("**LA**yout mod**E**l"), plain("A* Search"), plain("A*B")
    ('Self-Sampling', 'LAyout modEl', 'A* Search', 'A*B')
    >>> plain("MSE) Loss"), plain("R(2+1)D")
    ('MSE Loss', 'R(2+1)D')
    """
    found = strip_latex(name)
    if "*" in found:
        found = _EMPHASIS.sub(r"\2", found)
    if "(" in found or ")" in found:
        found = _without_half_brackets(found)
    return found or name


def _without_half_brackets(name: str) -> str:
    """Return a name without round brackets that have no partner in it."""
    open_ones: list[int] = []
    dropped = set()
    for place, sign in enumerate(name):
        if sign == "(":
            open_ones.append(place)
        elif sign == ")":
            if open_ones:
                open_ones.pop()
            else:
                dropped.add(place)
    dropped.update(open_ones)
    return "".join(sign for place, sign in enumerate(name) if place not in dropped).strip() if dropped else name


def singular(word: str) -> str:
    """Return a word without its plural ending, as far as spelling alone can tell.

    >>> [singular(w) for w in ("networks", "ViTs", "bias", "loss", "strategies", "boxes", "ADD-S")]
    ['network', 'ViT', 'bias', 'loss', 'strategy', 'box', 'ADD-S']
    """
    lower = word.lower()
    if len(lower) <= 3 or not word.endswith("s") or lower.endswith(("ss", "us", "is", "as", "os")):
        return word
    if lower.endswith("ies") and len(lower) > 4 and word[-3:].islower():
        return word[:-3] + "y"
    if lower.endswith(("xes", "ches", "shes", "sses")) and word[-3:].islower():
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return the key under which all spellings of one name meet.

    Two names are spelled alike exactly when their keys are equal. A separator between two digits is kept
    (as ``-``), since it may be all that tells two versions apart.

    Args:
        name: a name as it stands in a text.

    Returns:
        The key; the empty string where nothing of the name is left.

    >>> fold("U-Net") == fold("UNet") == fold("u-nets"), fold("UNet++")
    (True, 'unet++')
    >>> fold("CIFAR-10") == fold("CIFAR 10"), fold("CIFAR-100"), fold("Feature Pyramid Networks")
    (True, 'cifar100', 'featurepyramidnetwork')
    """
    plain = strip_latex(unicodedata.normalize("NFKC", name).strip())
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    words = [word for word in _SEPARATORS.split(_EDGES.sub("", plain)) if word]
    if not words:
        return ""
    words[-1] = singular(words[-1])
    key = words[0].casefold()
    for word in words[1:]:
        gap = "-" if key[-1:].isdigit() and word[0].isdigit() else ""
        key += gap + word.casefold()
    return key


def slug(name: str) -> str:
    """Return the readable part of an IRI for a name; ``+`` and Greek letters are spelled out.

    >>> slug("UNet++"), slug("β-VAE"), slug("Feature Pyramid Networks"), slug("ViT-Adapter")
    ('unet-plus-plus', 'beta-vae', 'feature-pyramid-network', 'vit-adapter')
    """
    plain = unicodedata.normalize("NFKC", strip_latex(name)).strip()
    words = plain.split(" ")
    plain = " ".join([*words[:-1], singular(words[-1])]).casefold()
    plain = plain.replace("+", "-plus-").replace("^", "-")
    plain = "".join(f"-{_GREEK_NAMES[c]}-" if c in _GREEK_NAMES else c for c in plain)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _SLUG_GAP.sub("-", ascii_only).strip("-")

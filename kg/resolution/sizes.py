"""Sizes and generic words behind a name: what does not make another thing, and versions, which do."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.names import fold

_SIZE = re.compile(
    r"^(?P<stem>.*?[A-Za-z0-9])(?:"
    r"[-_ ](?:(?:1[6-9]|[2-9]\d|\d{3})(?:x\d+d?)?|[SBLHGTM](?:/?\d{1,2})?|X{1,3}[SL]|[BSLH]/\d{1,2}|B[0-7]"
    r"|\d+(?:\.\d+)?[BMK]|[Tt]iny|[Ss]mall|[Bb]ase|[Ll]arge|[Hh]uge|[Gg]iant|[Mm]edium|[Nn]ano|[Mm]icro))$"
)
# A depth or width behind a name without a hyphen (VGG16, ResNet101); small numbers are versions.
_GLUED_DEPTH = re.compile(r"^(?P<stem>[A-Za-z]*[A-Za-z])(?:1[689]|[2-9]\d|1\d\d|2[06]\d)$")
_VERSION = re.compile(r"(?:v|version)?\d+(?:[.\-]\d+)*$")
_COINED = re.compile(r"[A-Z].*[A-Z0-9]|[a-z].*[A-Z]|[A-Za-z].*\d")
_GENERIC_HEADS = {
    "method": frozenset("model models architecture architectures framework optimizer optimiser method".split()),
    "dataset": frozenset("dataset datasets benchmark benchmarks corpus".split()),
    "metric": frozenset("score scores metric".split()),
}


@lru_cache(maxsize=65_536)
def split_size(name: str) -> tuple[str, str | None]:
    """Return the system that a name with a size belongs to, and the name itself as its configuration.

    A small number behind a name is a version, not a size.

    >>> split_size("ResNet-50"), split_size("ViT-B/16"), split_size("Llama-2-70B")
    (('ResNet', 'ResNet-50'), ('ViT', 'ViT-B/16'), ('Llama-2', 'Llama-2-70B'))
    >>> split_size("GPT-2"), split_size("U-Net"), split_size("DeepLab v3")
    (('GPT-2', None), ('U-Net', None), ('DeepLab v3', None))
    """
    hit = _SIZE.match(name)
    if hit and len(hit["stem"]) > 1 and is_coined(hit["stem"]):
        return hit["stem"], name
    return name, None


def loose_stem(name: str) -> str | None:
    """Return what stands before what may be a size, for a stem that is known to be a system; None where none may be.

    >>> loose_stem("Swin-L"), loose_stem("VGG19"), loose_stem("GPT2"), loose_stem("self-attention")
    ('Swin', 'VGG', None, None)
    """
    hit = _SIZE.match(name) or _GLUED_DEPTH.match(name)
    return hit["stem"] if hit and len(hit["stem"]) > 1 else None


def are_versions(one: str, other: str) -> bool:
    """Return whether two names differ in their version alone.

    >>> are_versions("SN-Net", "SN-Netv2"), are_versions("GPT-2", "GPT 2"), are_versions("YOLOv3", "YOLOv4")
    (True, False, True)
    """
    first, second = fold(one), fold(other)
    return first != second and _VERSION.sub("", first) == _VERSION.sub("", second)


def without_head(name: str, group: str) -> str | None:
    """Return a coined name without the word behind it that only says what it is, or None where there is none.

    >>> without_head("CondorNet model", "method"), without_head("diffusion model", "method")
    ('CondorNet', None)
    """
    words = name.rsplit(" ", 1)
    if len(words) == 2 and words[1].casefold() in _GENERIC_HEADS.get(group, ()) and is_coined(words[0]):
        return words[0]
    return None


def is_coined(name: str) -> bool:
    """Return whether a name is one word with capitals or digits inside.

    >>> is_coined("ResNet"), is_coined("T5"), is_coined("Transformer"), is_coined("Self-Supervised"), is_coined("U-Net")
    (True, True, False, False, True)
    """
    if " " in name or _COINED.search(name) is None:
        return False
    parts = name.split("-")
    # Self-Supervised is two plain words; U-Net is not.
    return any(len(part) == 1 or not (part.isalpha() and (part.istitle() or part.islower())) for part in parts)

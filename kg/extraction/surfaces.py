"""What a name looks like: coined names (camel case, digits, acronyms), and the sizes that are cut off them."""

from __future__ import annotations

import re
from functools import lru_cache

# A run of word characters with the signs that coined names hold inside: DINOv2, ViT-CoMer, R-CNN, UNet++, $gen$CNN.
COINED = re.compile(r"(?<![\w$^])[\w$^{}\\]*[A-Za-z][\w$^{}\\]*(?:[-–.+&@][\w$^{}\\]+)*\+*(?!\w)")

# Acronyms and camel-case words that name no method, data set, task or metric.
ORDINARY = frozenset(
    """
    ai api apis arxiv asic cpu cpus cuda cv cvpr dl dnn dnns eccv fpga fps flop flops gb gflops github gpu
    gpus hd hdr https http iccv iclr icml ieee iot json ml mlops neurips nlp os pc pdf pytorch rgb rgb-d sota
    sdk tensorflow tpu tpus ui uk url us usa web wifi xml 1d 2d 3d 4d 5g 6d ii iii iv mm ms db id ids phd
    covid-19 lidar mri ct eeg ecg youtube google facebook microsoft openai twitter reddit amazon nvidia
    huggingface kaggle wikipedia python java linux c++ matlab english chinese german french japanese appendix
    fig eq
    """.split()
)
_SIZE_WORD = re.compile(r"^(?:tiny|small|base|large|huge|giant|mini|micro|nano|medium|xl|xxl)$", re.IGNORECASE)
# What may stand behind a system's name and only says how large it is: -50, -B/16, -L, -7B, -Tiny.
_CONFIGURATION = re.compile(
    r"^(?P<stem>.*?[A-Za-z])"
    r"[-_ ](?P<size>\d{2,3}(?:x\d+d?)?|[SBLHGTM](?:/?\d{1,2})?|XS|XL|XXL|[BSLH]/\d{1,2}|\d+(?:\.\d+)?[BM]"
    r"|[Tt]iny|[Ss]mall|[Bb]ase|[Ll]arge|[Hh]uge|[Gg]iant|[Mm]edium)$"
)


@lru_cache(maxsize=16_384)
def is_coined(word: str) -> bool:
    """Return whether a word looks coined: capitals inside, several capitals, or capitals with digits.

    >>> [is_coined(w) for w in ("ConViT", "FRCRN", "DINOv2", "Networks", "GPUs", "U-Net", "State-of-the-art")]
    [True, True, True, False, False, True, False]
    """
    if word.casefold() in ORDINARY or "://" in word or len(word) < 2:
        return False
    capitals = sum(c.isupper() for c in word)
    if capitals >= 2:
        return not all(part.istitle() or part.islower() for part in word.split("-") if part) or _short_parts(word)
    if capitals == 1:
        inside = any(c.isupper() for c in word[1:] if word[0].isalpha())
        return inside or any(c.isdigit() for c in word) or "$" in word
    return "$" in word and len(word) > 3


def _short_parts(word: str) -> bool:
    """Return whether a hyphenated word has a one-letter capital part (U-Net, Q-Learning)."""
    parts = word.split("-")
    return len(parts) > 1 and any(len(part) == 1 and part.isupper() for part in parts)


@lru_cache(maxsize=16_384)
def split_configuration(name: str) -> tuple[str, str | None]:
    """Return the system that a name with a size belongs to, and the name itself as its configuration.

    >>> split_configuration("ResNet-50"), split_configuration("ViT-B/16"), split_configuration("GPT-2 large")
    (('ResNet', 'ResNet-50'), ('ViT', 'ViT-B/16'), ('GPT-2', 'GPT-2 large'))
    >>> split_configuration("U-Net"), split_configuration("DeepLab v3")
    (('U-Net', None), ('DeepLab v3', None))
    """
    last = name.rsplit(" ", 1)
    if len(last) == 2 and _SIZE_WORD.match(last[1]) and is_coined(last[0]):
        return last[0], name
    hit = _CONFIGURATION.match(name)
    if hit and (is_coined(hit["stem"]) or hit["stem"].isupper()) and len(hit["stem"]) > 1:
        return hit["stem"], name
    return name, None

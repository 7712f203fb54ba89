"""Descriptive names: noun phrases that end in a word which tells their kind ("... attention", "... loss")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.names import singular

_HEADS: dict[str, frozenset[str]] = {
    "architecture": frozenset(
        """
    network transformer autoencoder gan cnn rnn lstm gnn vae convnet classifier perceptron mlp language-model
    diffusion-model generative-model world-model foundation-model
    """.split()
    ),
    "module": frozenset(
        """
    attention layer module block convolution pooling normalization embedding encoding gate kernel unit
    connection pyramid adapter gating deconvolution upsampling downsampling fusion bottleneck
    """.split()
    ),
    "technique": frozenset(
        """
    loss learning training pretraining pre-training augmentation distillation regularization optimization
    pruning quantization search adaptation sampling descent tuning fine-tuning finetuning initialization
    algorithm regression clustering boosting bagging modeling inference decoding prompting dropout averaging
    smoothing bootstrapping backpropagation rehearsal replay alignment matching
    """.split()
    ),
    "task": frozenset(
        """
    segmentation detection classification recognition estimation generation translation retrieval answering
    tracking prediction reconstruction captioning synthesis completion forecasting parsing summarization
    localization grounding enhancement restoration super-resolution denoising counting re-identification
    identification tagging disambiguation extraction verification deblurring deraining dehazing inpainting
    matting colorization compression recommendation navigation planning reasoning understanding labeling
    linking transfer anticipation separation diarization interpolation registration ranking editing
    manipulation animation spotting
    """.split()
    ),
    "metric": frozenset("accuracy precision recall perplexity f1 auc map miou iou psnr ssim fid bleu rouge".split()),
}
_KIND_OF_HEAD = {head: kind for kind, heads in _HEADS.items() for head in heads}
# Heads that name something on their own.
_ALONE = frozenset(["convolution", "dropout", "perplexity", "backpropagation", "super-resolution"])
# A phrase never reaches over these, nor begins with them.
_BORDER = frozenset(
    """
    a an the this that these those its their our we it they which who what where when how why and or but nor
    of in on at by for from to into onto with without within via as than then so if is are was were be been
    being has have had do does did can could may might will would shall should must not no only also both
    either each every all any some many much more most several various different other another such same few
    own between among across over under through during after before while because since though although
    however thus hence therefore based using used use uses propose proposed present presented introduce
    introduced show shows shown achieve achieves improve improves improved outperform outperforms perform
    performs performing enable enables existing recent previous prior new novel proposed effective efficient
    simple powerful popular promising challenging important significant current common typical standard
    traditional conventional state-of-the-art modern latest general generic specific particular main key first
    second third two three four five one numerous further better best good great strong large small big high
    low higher lower fast faster accurate robust full complete entire whole overall final extensive such-as
    well-known widely commonly recently especially particularly called named termed dubbed applied apply
    applying include includes including train trained trains training-free-of make makes made making learn
    learned learns exploit exploits leverage leverages leveraging employ employs combine combines combining
    address addresses tackle solve study studies explore investigate consider design designed develop
    developed build built given require requires reduce reduces increase increases obtain obtains provide
    provides allow allows extract extracts capture captures model-based-on e.g i.e etc vs respectively
    additional available complex critical crucial difficult fundamental potential remarkable superior
    impressive successful
    """.split()
)
_WORDLIKE = re.compile(r"^[\w$^+]+$")
_MAX_MODIFIERS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A descriptive phrase: token numbers (end exclusive) and the kind that its head word tells."""

    first: int
    last: int
    kind: str


def find_phrases(words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Phrase]:
    """Return the descriptive phrases among tokens, in order, without overlap.

    Args:
        words: tokens.
        starts, ends: their places, to see which are joined by a hyphen without space.
    """
    found: list[Phrase] = []
    for i, word in enumerate(words):
        head = singular(word.lower())
        first = i
        # A hyphenated head ("super-resolution", "pre-training") is three tokens.
        if i >= 2 and words[i - 1] == "-" and starts[i] == ends[i - 1] and starts[i - 1] == ends[i - 2]:
            joined = f"{words[i - 2].lower()}-{head}"
            if joined in _KIND_OF_HEAD:
                head, first = joined, i - 2
        if head == "model" and i and f"{words[i - 1].lower()}-model" in _KIND_OF_HEAD:
            head, first = f"{words[i - 1].lower()}-model", i - 1
        kind = _KIND_OF_HEAD.get(head)
        if kind is None:
            continue
        start = _leftmost(words, starts, ends, first)
        if start == first and head not in _ALONE and "-model" not in head:
            continue
        # The longest phrase wins: "deformable convolution layer" over "deformable convolution".
        if found and found[-1].last >= start:
            start = min(start, found.pop().first)
        found.append(Phrase(start, i + 1, kind))
    return found


def _leftmost(words: Sequence[str], starts: Sequence[int], ends: Sequence[int], head: int) -> int:
    """Return the token at which the modifiers before a head begin."""
    first = head
    modifiers = 0
    i = head - 1
    while i >= 0 and modifiers < _MAX_MODIFIERS:
        word = words[i]
        if word in "-–" and i and ends[i] == starts[i + 1] and ends[i - 1] == starts[i]:
            # One hyphenated modifier counts once.
            j = i - 1
            while j >= 2 and words[j - 1] in "-–" and ends[j - 1] == starts[j]:
                j -= 2
            if words[j].lower() in {"state", "so", "end", "real", "well"}:
                break
            first, i = j, j - 1
        elif not _WORDLIKE.match(word) or word.lower() in _BORDER or word.lower().endswith("ly") or word.isdigit():
            break
        else:
            first, i = i, i - 1
        modifiers += 1
    return first

"""Words around a name that tell its kind, or what the paper does with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

INTRODUCTION = re.compile(
    r"\b(?:we|this (?:paper|work|article|study|report)|the authors|authors|paper|article|and|here|i)"
    r"(?: [a-z]+ly| then| also| further| first| here| hereby|,)*"
    r" (?:propos|introduc|present|develop|design|devis|describ|contribut|construct|creat|releas|formulat|suggest"
    r"|put forward|build|propound|establish|offer|derive|provide|call|name|term|dub)\w*"
    r"|\b(?:called|named|dubbed|termed|coined|denoted(?: as| by)?|(?:is|are) (?:introduced|proposed|presented))\b"
    r"|\bwe (?:call|name|refer to|dub|term)\b|\b(?:our|the) proposed\b|\bour (?:novel|new)\b|\bcalled\b|\bnovel\b"
)
# A name right behind one of these is what the sentence introduces.
NAMING = re.compile(
    r"(?:called|named|dubbed|termed|coined|namely|denoted (?:as|by)|refer(?:red)? to (?:\w+ ){0,3}as|abbreviated (?:as|to)"
    r"|(?:call|name|dub|term) (?:it|this|our \w+|the \w+|the resulting \w+|them|these \w+)(?: as)?)"
    r"[\s,:\"“'`‘]*(?:the |an? )?$"
)
PROPOSING = re.compile(
    r"(?:propos|introduc|present|develop|design|devis|describ|releas|construct|creat|build|contribut|put forward)"
    r"(?:e|es|ed|ing|s|t|te)?(?: here)? ?(?:(?:the|an?|our|two|three|several|new|novel|simple|efficient|effective|first"
    r"|called|named|unified|general|powerful|generic|lightweight|and|yet|but|,|[\w-]+ly|[\w-]+-[\w-]+)[\s,]*)*$"
)
OURS = re.compile(r"\b(?:our|proposed)\b[\s\w-]{0,20}$")

DATASET_AFTER = re.compile(
    r"^[\s,]*(?:(?:and|,)?\s*[\w.+-]+[\s,]+){0,3}?(?:data ?sets?|benchmarks?|corpus|corpora|challenges?|test ?sets?"
    r"|test-dev|validation set|val(?:idation)?\b|leaderboard|images\b|(?:shared )?task \d)",
    re.IGNORECASE,
)
DATASET_BEFORE = re.compile(
    r"(?:data ?sets?|benchmarks?|corpus|corpora|challenges?)[\s,:(]*(?:such as |including |like |namely |i\.e\.,? |e\.g\.,? |of |are |- )?"
    r"(?:the )?(?:[\w.+-]+(?:, (?:and )?| and )){0,4}$"
    r"|(?:evaluat|experiment|test|result|perform|accurac|score|achiev|mAP|mIoU|AP|state-of-the-art|benchmark|train)\w*"
    r"[^.;]{0,60}\bon (?:the )?(?:[\w.+-]+(?:, (?:and )?| and )){0,5}$",
    re.IGNORECASE,
)
METRIC_BEFORE = re.compile(
    r"\d[\d.]*\s?%? (?:in )?$|in terms of (?:the )?(?:\w+(?:, | and )){0,3}$|measured by (?:the )?$"
)
METRIC_AFTER = re.compile(r"^[\s(]*(?:score|scores|of \d|\d|metric)", re.IGNORECASE)
KIND_AFTER: Mapping[str, re.Pattern[str]] = {
    "architecture": re.compile(
        r"^s?[\s,]*(?:architectures?|networks?|models?|transformers?|backbones?|detectors?|encoders?-decoders?|famil(?:y|ies)"
        r"|generators?|classifiers?|system|agents?|LLMs?)\b"
    ),
    "module": re.compile(
        r"^s?[\s,]*(?:modules?|blocks?|layers?|units?|heads?|attention|mechanisms?|operators?|operations?|connections?"
        r"|convolutions?|pooling)\b"
    ),
    "technique": re.compile(
        r"^s?[\s,]*(?:algorithms?|losse?s?|loss function|training|methods?|strateg(?:y|ies)|schemes?|procedures?"
        r"|optimi[sz]ers?|approach(?:es)?|objectives?|attacks?|framework|regulari[sz]\w+|pre-?training|learning|augmentation)\b"
    ),
    "task": re.compile(r"^s?[\s,]*(?:tasks?|problems?)\b"),
}
# Words of the paper that tell what its named contribution is.
CONTRIBUTION: Mapping[str, re.Pattern[str]] = {
    "architecture": re.compile(
        r"\b(?:network|architecture|transformer|backbone|model|detector|autoencoder|encoder-decoder|cnn|gan|convnet)\b"
    ),
    "module": re.compile(r"\b(?:module|block|layer|operator|attention mechanism|plug-and-play|plug-in)\b"),
    "technique": re.compile(
        r"\b(?:algorithm|loss|training|optimi[sz]er|method|strategy|approach|framework|pre-?training|learning|augmentation"
        r"|distillation|pruning|quantization|regulari[sz]ation|attack|search|sampling|scheme)\b"
    ),
    "dataset": re.compile(r"\b(?:data ?set|benchmark|corpus|annotated|annotations|images of|collected)\b"),
}

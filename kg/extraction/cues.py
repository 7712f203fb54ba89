"""Words before a name that tell whether a paper proposes what it names."""

from __future__ import annotations

import re

# A name right behind one of these is what the sentence introduces.
NAMING = re.compile(
    r"(?:called|named|dubbed|termed|coined|namely|denoted (?:as|by)|refer(?:red)? to (?:\w+ ){0,3}as"
    r"|abbreviated (?:as|to)"
    r"|(?:call|name|dub|term) (?:it|this|our \w+|the \w+|the resulting \w+|them|these \w+)(?: as)?)"
    r"[\s,:\"“'`‘]*(?:the |an? )?$"
)
PROPOSING = re.compile(
    r"(?:propos|introduc|present|develop|design|devis|describ|releas|construct|creat|build|contribut|put forward)"
    r"(?:e|es|ed|ing|s|t|te)?(?: here)? ?(?:(?:the|an?|our|two|three|several|new|novel|simple|efficient|effective|first"
    r"|called|named|unified|general|powerful|generic|lightweight|and|yet|but|,|[\w-]+ly|[\w-]+-[\w-]+)[\s,]*)*$"
)
OURS = re.compile(r"\b(?:our|proposed)\b[\s\w-]{0,20}$")

"""Data inside a page: JSON that cannot end its own script element."""

from __future__ import annotations

import json
from typing import Any

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}


def embed(data: Any) -> str:
    r"""Return JSON that may stand inside a ``<script>`` element: nothing in it can open or close markup.

    >>> embed({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    return json.dumps(data, separators=(",", ":"), sort_keys=True).translate(_ESCAPES)

"""Reading a text by one format, with what it leaves out."""

from __future__ import annotations

import io

from kg.records import Record
from kg.sources.formats import DEFAULTS, ReadOptions, SourceFormat

Skipped = tuple[int, str]


def read_one(
    form: SourceFormat, content: bytes | str, *, options: ReadOptions = DEFAULTS
) -> tuple[list[Record], list[Skipped]]:
    """Return the records that a format reads, and the places that it leaves out with the reasons.

    The format must recognise the content.
    """
    data = content.encode() if isinstance(content, str) else content
    assert form.recognise(data[: 64 * 1024])
    skipped: list[Skipped] = []

    def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
        skipped.append((place, reason))

    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    return list(form.read(stream, source="x", skip=skip, options=options)), skipped

"""Streams that can be sought in, for formats whose table of contents stands at the end (PDF, Parquet, zip)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import BinaryIO

from kg.sources._streams import HEAD_BYTES


@contextmanager
def seekable(stream: BufferedReader) -> Iterator[BinaryIO]:
    """Give a stream as a file that can be sought in: itself where it can, else a copy in a temporary file.

    How much is copied at most is up to the limits under which the stream was opened.

    Args:
        stream: at its beginning.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy, HEAD_BYTES)
        copy.seek(0)
        yield copy

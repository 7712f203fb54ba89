"""Writing a file beside its place, so that nobody finds half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path to write to, and move what was written there into place when the block ends well.

    Raises:
        StoreError: the file cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield new
        new.replace(path)
    except StoreError:
        raise
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        new.unlink(missing_ok=True)

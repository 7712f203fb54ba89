"""Files that are either there in whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody ever reads half of it."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_new_files(folder: Path) -> None:
    """Wait until the files of a folder are on the disk, but those that hard links share with an older one."""
    for file in folder.iterdir():
        if file.is_file() and file.stat().st_nlink == 1:
            with file.open("rb") as handle:
                os.fsync(handle.fileno())
    sync_folder(folder)

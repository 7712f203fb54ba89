"""The lock of the one writer: an advisory ``flock``, which ends with the process that holds it."""

import fcntl
import os
from pathlib import Path

from kg.errors import StoreError, StoreLocked


def acquire(path: Path) -> int:
    """Take the writer's lock and leave this process's id in the file.

    Returns:
        A handle for :func:`release`.

    Raises:
        StoreLocked: another writer holds it; the message names its process.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        take(handle, fcntl.LOCK_EX, path)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
        os.close(handle)
        who = f"process {holder}" if holder else "another process"
        raise StoreLocked(
            f"{path.parent}: {who} is writing to this store; wait until it is done, or stop it"
        ) from error
    except BaseException:
        os.close(handle)
        raise
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
    return handle


def release(handle: int) -> None:
    """Give a lock back; told aloud, since a forked child may still have the handle open."""
    fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)


def take(handle: int, kind: int, path: Path) -> None:
    """Take a lock of some kind on an open file or folder, without waiting.

    Raises:
        BlockingIOError: somebody else holds it.
        StoreError: the file system has no locks.
    """
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError as error:
        problem = error.strerror or str(error)
        raise StoreError(f"{path}: cannot be locked ({problem}); keep the store on a local disk") from error

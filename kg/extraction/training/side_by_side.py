"""Several processes at one task, each with a share; how many there are is part of the task, not of the machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from queue import Empty
from threading import BrokenBarrierError
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

_SECONDS_BETWEEN_MESSAGES = 0.2
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Side:
    """One of several processes at one task.

    Attributes:
        number: of this one, from 0.
        count: of all.
        say: sends a line to whoever waits for the task.
        barrier: where all meet.
        shared: room for as many numbers of each process as were asked for.
    """

    number: int = 0
    count: int = 1
    say: Callable[[str], None] = lambda _: None
    barrier: Any = None
    shared: Any = None

    def mean(self, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the mean of what all processes bring, each its own; waits for the last of them.

        Raises:
            BrokenBarrierError: another process failed.
        """
        if self.count == 1:
            return numbers
        room = np.frombuffer(self.shared, np.float32).reshape(self.count, -1)
        room[self.number, : len(numbers)] = numbers
        self.barrier.wait()
        found: npt.NDArray[np.float32] = room[:, : len(numbers)].mean(axis=0)
        self.barrier.wait()
        return found


def side_by_side(
    task: Callable[Concatenate[Side, _P], _T],
    calls: Sequence[tuple[Any, ...]],
    *,
    shared: int = 0,
    on_message: Callable[[str], None] = lambda _: None,
) -> list[_T]:
    """Return what a task gives for each call, each in a process of its own, all at once.

    Args:
        task: called with a side and a call's arguments.
        calls: the arguments.
        shared: how many numbers each may bring to :meth:`Side.mean`.
        on_message: called with what the processes say.

    Raises:
        Exception: whatever the first task that failed raised; the others are stopped.
    """
    # A fresh interpreter each: a fork would copy threads of libraries in an unknown state.
    context = multiprocessing.get_context("spawn")
    lines = context.Queue()
    tools = (lines, context.Barrier(len(calls)), context.RawArray("f", len(calls) * shared), len(calls))
    with ProcessPoolExecutor(len(calls), mp_context=context, initializer=_enter, initargs=tools) as pool:
        futures = [pool.submit(_run, task, number, call) for number, call in enumerate(calls)]
        under_way: set[Future[_T]] = set(futures)
        while under_way:
            under_way = wait(under_way, timeout=_SECONDS_BETWEEN_MESSAGES).not_done
            _pass_on(lines, on_message)
    # Those that have ended have sent all that they had to say.
    _pass_on(lines, on_message)
    failures = [error for future in futures if (error := future.exception()) is not None]
    if failures:
        raise min(failures, key=lambda error: isinstance(error, BrokenBarrierError))
    return [future.result() for future in futures]


_tools: list[Any] = []


def _enter(*tools: Any) -> None:
    _tools[:] = tools


def _run(task: Callable[..., _T], number: int, call: tuple[Any, ...]) -> _T:
    lines, barrier, shared, count = _tools
    try:
        return task(Side(number, count, lines.put, barrier, shared), *call)
    except BaseException:
        barrier.abort()
        raise


def _pass_on(lines: Any, on_message: Callable[[str], None]) -> None:
    try:
        while True:
            on_message(lines.get_nowait())
    except Empty:
        return

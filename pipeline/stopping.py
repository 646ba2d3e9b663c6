"""Stopping when told to: what must end then, and what is brought to its end first."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

_numbers = count()
_ends: dict[int, Callable[[], None]] = {}
_within: list[int] = []
_asked: list[BaseException] = []


def on_stop(end: Callable[[], None]) -> Callable[[], None]:
    """Have `end` called when this process is told to stop; call what is returned once there is nothing to end."""
    number = next(_numbers)
    _ends[number] = end

    def forget() -> None:
        _ends.pop(number, None)

    return forget


@contextmanager
def to_the_end() -> Iterator[None]:
    """A stop that is asked for meanwhile takes effect after this block; it must be one of seconds."""
    _within.append(1)
    try:
        yield
    finally:
        _within.pop()
        if _asked and not _within:
            end_all()
            raise _asked.pop()


def stop(how: BaseException, then: Callable[[], None] = lambda: None) -> None:
    """End what must end, call `then` and raise `how`, at once or after the block that is brought to its end."""
    if _within:
        _asked[:] = [how]
        then()
        return
    end_all()
    then()
    raise how


def end_all() -> None:
    """End every process that this one began: those that said so, the workers of its pools, and what else there is."""
    for end in list(_ends.values()):
        with suppress(OSError):
            end()
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for child in active_children():
            child.kill()
    for pid in _children():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _children() -> list[int]:
    """The processes begun by this one that are left, such as the server that workers are forked from; Linux alone.

    Python's tracker of what its pools leave behind is none of them: it clears up and ends by itself.
    """
    found = Path("/proc/self/task").glob("*/children")
    with suppress(OSError, ValueError):
        pids = [int(pid) for listed in found for pid in listed.read_text().split()]
        return [pid for pid in pids if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return []

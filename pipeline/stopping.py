"""Stopping when told to: what must end then, and what is brought to its end first."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_ends: dict[int, Callable[[], None]] = {}
_within: list[int] = []
_asked: list[BaseException] = []


def on_stop(end: Callable[[], None]) -> Callable[[], None]:
    """Have `end` called when this process is told to stop; call what is returned once there is nothing to end."""
    number = max(_ends, default=0) + 1
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


def stop(how: BaseException) -> None:
    """End what must end and raise `how`, at once or after the block that is brought to its end."""
    if _within:
        _asked[:] = [how]
        return
    end_all()
    raise how


def end_all() -> None:
    """End every process that this one began: those that said so, and the workers of its pools."""
    for end in list(_ends.values()):
        with suppress(OSError):
            end()
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for child in active_children():
            child.kill()

"""How much of a processor's time the making of one report may take."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from pipeline.errors import PipelineError

ITEMS_PER_SECOND = 500
"""Work items that give a report made from all of them one second more: a list of a million rows takes its time."""


class TooLong(PipelineError):
    """Making one report took more of a processor's time than it may."""


def allowed(seconds: int, items: int) -> int:
    """The seconds that a report about so many work items may take, where one about few may take `seconds`."""
    return seconds + items // ITEMS_PER_SECOND if seconds else 0


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Stop what takes more of a processor's time: a machine that is busy with other things leaves out no report.

    Only a process's main thread can be stopped so, and not on Windows. 0: as much as it will. Raises TooLong.
    """
    if not seconds or not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"Laying it out took more than {seconds} seconds of a processor.")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

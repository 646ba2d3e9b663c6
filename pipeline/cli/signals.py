"""What a signal to stop does: processes that were begun end, what is half done is taken back, the exit code says so."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipeline.stopping import end_all, stop

AT_MOST_SECONDS = 4
"""After so long the process ends as it stands; a kill leaves nothing half, and no more does this."""


@contextmanager
def stopping() -> Iterator[None]:
    """Within, SIGTERM ends the process with 143 and Ctrl+C with 130, within seconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told: list[int] = []

    def stopped(number: int, frame: FrameType | None) -> None:
        if told:
            return
        told.append(number)
        stop(SystemExit(128 + number), lambda: _end_by_itself(128 + number))

    def interrupted(number: int, frame: FrameType | None) -> None:
        told.append(number)
        end_all()
        raise KeyboardInterrupt

    before = [(one, signal.signal(one, how)) for one, how in ((signal.SIGTERM, stopped), (signal.SIGINT, interrupted))]
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        if signal.SIGINT in told:
            raise SystemExit(128 + signal.SIGINT) from None
        raise
    finally:
        for one, how in before:
            signal.signal(one, how)


def _end_by_itself(code: int) -> None:
    """End the process however long what it is doing would take."""

    def end() -> None:
        end_all()
        os._exit(code)

    clock = threading.Timer(AT_MOST_SECONDS, end)
    clock.daemon = True
    clock.start()

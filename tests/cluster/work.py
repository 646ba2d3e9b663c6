"""Work for workers, importable by them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def slowly(number: int) -> int:
    """The square of a number, after a while."""
    time.sleep(0.15)
    return number * number


def end_its_process(_: int) -> int:
    """Ends the process that it runs in, as the system does where memory is out."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def end_its_worker(_: int) -> int:
    """Ends the worker that it was handed to, and itself."""
    os.kill(os.getppid(), signal.SIGKILL)
    return end_its_process(0)


def fill_memory(megabytes: int) -> int:
    """Holds so much memory."""
    return len(bytearray(megabytes << 20))


def leave_a_mark(folder: str, number: int) -> int:
    """A file for each time that it runs."""
    Path(folder, f"{number}-{time.monotonic_ns()}").touch()
    return slowly(number)

"""Processes that are killed at a chosen call, so that as many hit what matters on a busy machine as on an idle one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def killed_after(events: int, work: Callable[..., object], *arguments: object) -> None:
    """Do work in a process that is killed after so many calls and returns, of Python and of C, whatever it is at."""
    child = os.fork()
    if child == 0:
        left = iter(range(events))
        sys.setprofile(lambda *_: None if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL))
        try:
            work(*arguments)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def events_of(work: Callable[..., object], *arguments: object) -> int:
    """How many calls and returns some work takes."""
    counted = count()
    sys.setprofile(lambda *_: next(counted) and None)
    try:
        work(*arguments)
    finally:
        sys.setprofile(None)
    return next(counted)

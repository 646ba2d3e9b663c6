"""Processes at one of whose system calls something fails: strace answers in the place of the system."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import PipelineError


@contextmanager
def child(act: Callable[[], Any]) -> Iterator[tuple[int, Callable[[], None]]]:
    """A process that does this once it is told to; ended in any case."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        with suppress(PipelineError, OSError):
            os.read(told, 1)
            act()
            code = 0
        os._exit(code)
    try:
        yield pid, lambda: os.write(tell, b"x") and None
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(told)
        os.close(tell)


def faulted(act: Callable[[], Any], call: str, fault: str, nth: int, trace: Path) -> tuple[int, bool]:
    """The state in which a process ends whose nth such call is faulted, and whether it got that far."""
    with child(act) as (pid, begin):
        command = ["strace", "-f", "-o", trace, "-e", f"trace=/^{call}", "-e", f"inject=/^{call}:{fault}:when={nth}"]
        with subprocess.Popen([*command, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as strace:
            line = strace.stderr.readline()
            if "attached" not in line:
                strace.kill()
                pytest.skip(f"strace cannot be used here: {line.strip()}")
            begin()
            _, status = os.waitpid(pid, 0)
            strace.wait(20)
    said = trace.read_text()
    reached = "INJECTED" in said or os.WIFSIGNALED(status)
    return status, reached

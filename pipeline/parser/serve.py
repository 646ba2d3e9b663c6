"""The process that parses: warm with what parsing needs, it serves one file after the other, each in a fork of its own.

Where the system has no fork, files are parsed in this process; when one of them breaks it, the asker starts another.
"""

from __future__ import annotations

import gc
import importlib.abc
import os
import signal
import sys
from typing import Any

from pipeline.parser.request import LATE, Request


class _NoPandas(importlib.abc.MetaPathFinder):
    """Says that pandas is not there: Arrow would load it to see whether a list is a Series, which takes a second."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Answer requests, one a line, until there are no more; each is followed by a line: LATE, or nothing."""
    sys.meta_path.insert(0, _NoPandas())
    from pipeline.parser.parse import answer

    gc.disable()  # rows make many small lists and no circles
    for line in sys.stdin.buffer:
        request = Request.of(line)
        if hasattr(os, "fork"):
            child = os.fork()
            if not child:
                limit(request.memory_mb, request.seconds)
                answer(request)
                os._exit(0)
            told = LATE if _is_out_of_time(os.waitpid(child, 0)[1]) else b""
        else:
            answer(request)
            told = b""
        sys.stdout.buffer.write(told + b"\n")
        sys.stdout.buffer.flush()


def _is_out_of_time(status: int) -> bool:
    """A process that ended so had used up its processor time."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU


def limit(memory_mb: int, seconds: int) -> None:
    """Hold this process to so much memory and processor time; files no larger than that, and no core dump."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the asker's clock still holds
        return
    memory = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

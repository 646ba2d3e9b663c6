"""A process of its own beside a worker: what one task does to memory or time is limited, and harms no other task.

Workers are often daemons, which `multiprocessing` gives no children; so this is a plain child that is spoken to
through its pipes. It ends with them: a worker that is killed leaves no child behind.
"""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pipeline.executor import limit

_own = threading.local()
"""The child of each of a worker's threads, kept warm from task to task."""


class Child:
    """A process that does one call at a time. `preload` names what it has imported; `memory_mb` (0: no limit)."""

    def __init__(self, preload: tuple[str, ...], memory_mb: int) -> None:
        self.kind = (preload, memory_mb)
        command = [sys.executable, "-m", "pipeline.cluster", str(memory_mb), *preload]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """What the call returns or raises. Raises MemoryError where the process ended in it."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            pickle.dump((call, arguments), self._process.stdin, protocol=5)
            self._process.stdin.flush()
            done, value = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as problem:
            self.end()
            raise MemoryError("its process ended") from problem
        if not done:
            raise value
        return value

    @property
    def alive(self) -> bool:
        """Whether it can take a call."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe
                pipe.close()


def own_child(preload: tuple[str, ...], memory_mb: int) -> Child:
    """The child of this thread, a new one where there is none of this kind or it has ended."""
    child: Child | None = getattr(_own, "child", None)
    if child is None or not child.alive or child.kind != (preload, memory_mb):
        if child is not None:
            child.end()
        child = _own.child = Child(preload, memory_mb)
    return child


def serve(memory_mb: int, preload: list[str]) -> None:
    """Answer calls until the pipe ends. What a call prints goes with the errors, never among the answers."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for name in preload:
        with suppress(ImportError, OSError):  # told by the call itself, in words
            importlib.import_module(name)
    limit(memory_mb)
    while True:
        try:
            call, arguments = pickle.load(asked)
        except EOFError:
            return
        answers.write(_answer(call, arguments))
        answers.flush()


def _answer(call: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps((True, call(*arguments)), protocol=5)
    except Exception as problem:
        return pickle.dumps((False, problem), protocol=5)

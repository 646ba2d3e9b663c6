"""Parsers whose processes serve one test after the other; each file is parsed in a fork of its own all the same."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from pipeline.parser.process import Parser, _end, _started
from pipeline.parser.request import Request
from pipeline.stopping import on_stop

_idle: dict[int, list[subprocess.Popen[bytes]]] = {}
"""Processes that nobody asks, by the process that began them: a fork of a test must not ask its parent's."""


class LentParser(Parser):
    """A parser that leaves its process to the next one, unless a file broke it or it was stopped at its work."""

    def __init__(self) -> None:
        waiting = _idle.get(os.getpid())
        self._process = waiting.pop() if waiting else _started()
        self._asking = self._stopped = self._late = self._closed = False
        self._forget = on_stop(self.stop)

    def ask(self, request: Request) -> dict[str, Any] | None:
        self._asking = True
        try:
            return super().ask(request)
        finally:
            self._asking = False

    def stop(self) -> None:
        if self._asking:
            self._stopped = True
            super().stop()
        self._closed = True

    def close(self) -> None:
        if self._stopped or self._late or self._process.poll() is not None:
            super().close()
        else:
            self._forget()
            _idle.setdefault(os.getpid(), []).append(self._process)


def end_all() -> None:
    """End the processes that wait."""
    for process in _idle.pop(os.getpid(), []):
        _end(process)

"""Starts the process that parses, asks it, and replaces it when a file has broken it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from pipeline.parser.request import ANSWER, LATE, Request
from pipeline.stopping import on_stop

_START = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.parser.serve import main; main()"
WALL = 10
"""By the clock a file may take so many times its processor time: a busy machine must not refuse a good file."""


class Parser:
    """One parsing process, started ahead of the first file so that its imports run beside the asker's own."""

    def __init__(self) -> None:
        self._process = _started()
        self._late = self._closed = False
        self._forget = on_stop(self.stop)

    def ask(self, request: Request) -> dict[str, Any] | None:
        """The answer; None where the process died of the file.

        Raises TimeoutError where the file takes more processor time than the request's seconds, or far longer.
        """
        if self._closed:
            return None
        if self._process.poll() is not None:
            self._process = _started()
            self._kill_if_closed()
        self._late = False
        clock = threading.Timer(WALL * request.seconds, self._stop_late)
        clock.start()
        try:
            self._exchange(request)
        finally:
            clock.cancel()
        try:
            answer: dict[str, Any] = json.loads(Path(request.folder, ANSWER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            if self._late:
                raise TimeoutError from None
            return None
        return answer

    def stop(self) -> None:
        """Break off what is being asked in another thread, and answer no more."""
        self._closed = True
        _kill(self._process)

    def close(self) -> None:
        """End the process, which nobody asks any more."""
        self._forget()
        _end(self._process)

    def _kill_if_closed(self) -> None:
        """What was started while this was told to stop ends, too."""
        if self._closed:
            _kill(self._process)

    def _exchange(self, request: Request) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(request.line())
            self._process.stdin.flush()
            told = self._process.stdout.readline()
        except OSError:
            told = b""
        self._late = self._late or told.strip() == LATE
        if not told:
            _end(self._process)

    def _stop_late(self) -> None:
        self._late = True
        _kill(self._process)


def _started() -> subprocess.Popen[bytes]:
    """A process of its own group. It finds modules where this one does, its current folder aside."""
    here = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, here, *filter(os.path.isabs, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that the fork in which a file is parsed ends with it
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()

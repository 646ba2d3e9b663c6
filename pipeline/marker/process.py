"""Starts the processes that write copies, and ends them when they are late or no copy is wanted any more."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import CancelledError
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import Any

from pipeline.marker.request import ANSWER, COPY, REQUEST, Answer, Request
from pipeline.stopping import on_stop

WALL = 3
"""By the clock a copy may take so many times its processor time."""
_LATE = "copying all of it takes longer than the limit allows"
_BROKEN = "the file broke the program that writes copies, as damaged and hostile files do"
_OUT_OF_TIME = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}
"""How a process ends that has used up its processor time."""


class Copier:
    """Has copies written, several at once from several threads. Use as a context."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = Event()

    def __enter__(self) -> Copier:
        self._forget = on_stop(self.stop)
        return self

    def __exit__(self, *_: object) -> None:
        self._forget()

    def stop(self) -> None:
        """Break off what is being written in other threads, and write no more."""
        self._stopped.set()
        for process in tuple(self._running):
            process.kill()

    def ask(self, folder: Path, request: Request) -> tuple[bytes, Answer]:
        """The copy (b"" where there is none) and the answer. Raises CancelledError where it was told to stop."""
        (folder / REQUEST).write_text(json.dumps(asdict(request)), encoding="utf-8")
        (folder / ANSWER).unlink(missing_ok=True)
        code = self._run(folder, WALL * request.seconds)
        if self._stopped.is_set():
            raise CancelledError
        if code is None:
            return b"", Answer([], _LATE)
        try:
            answer = Answer(**json.loads((folder / ANSWER).read_text(encoding="utf-8")))
            return b"" if answer.refused else (folder / COPY).read_bytes(), answer
        except (OSError, ValueError):
            return b"", Answer([], _LATE if code in _OUT_OF_TIME else _BROKEN)

    def _run(self, folder: Path, seconds: float) -> int | None:
        """How the process ended; None where it was late."""
        if self._stopped.is_set():
            return None
        command = [sys.executable, "-P", "-m", "pipeline.marker", str(folder)]
        quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        with subprocess.Popen(command, **quiet) as process:
            self._running.add(process)
            if self._stopped.is_set():  # while it was being started
                process.kill()
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return None
            finally:
                self._running.discard(process)

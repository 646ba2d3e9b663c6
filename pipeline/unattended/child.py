"""A command of ours in a process of its own, so that whatever a run does to its process, the one that waits goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.stopping import on_stop

STOP_SECONDS = 5
"""How long a command that is told to stop may take before it is killed: more than it gives itself."""
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """The exit code of a command, and its answer where it gave one as JSON."""

    code: int
    answer: dict[str, Any] = field(default_factory=dict)


def ours(arguments: Sequence[str]) -> tuple[str, ...]:
    """The command line of one of our commands; modules lying in the current folder are not taken for ours."""
    return (sys.executable, "-P", "-m", "pipeline.cli", *arguments)


def run_apart(arguments: Sequence[str], *, aloud: bool, text: str = "") -> Outcome:
    """Run one of our commands with `text` as its input, and wait for it; `aloud` lets it talk to the terminal.

    Where this process is told to stop, the command is, too, and is killed if that takes long.
    """
    process = subprocess.Popen(
        ours(arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if aloud else subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))},
        start_new_session=True,  # so that all its processes can be ended with it
    )
    forget = on_stop(lambda: stop(process))
    try:
        printed, _ = process.communicate(text.encode())
    finally:
        forget()
        if process.poll() is None:
            stop(process)
    return Outcome(process.returncode, _answer(printed))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Tell a process to stop, and kill it with all of its own where it has not within seconds."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answer(printed: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(printed)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}

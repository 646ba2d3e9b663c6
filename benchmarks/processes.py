"""One process at a time, run cold: its wall and processor seconds, those of its children too, and its peak memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAUSE_SECONDS = 0.1
"""Between two looks at the memory that a process and its children hold."""
LINGER_SECONDS = 5
"""How long helpers may outlive the process that began them."""
_SUBREAPER = 36


class Failed(Exception):
    """A process that did not do its work: it ended with an error, or took too long."""


@dataclass(frozen=True)
class Taken:
    """What a process took."""

    wall: float
    cpu: float
    memory_mb: float
    printed: str


def measured(*arguments: str, seconds: float = 3600) -> Taken:
    """Python run with these arguments. Raises Failed where it ends with an error, or takes longer than so many seconds.

    Memory is the largest sum of what the process and its children held at one time, each shared page divided among
    those that share it; where the system does not tell, the most that one process held.
    """
    _adopt()
    others = set(descendants(os.getpid()))
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stdout=printed, stderr=said, start_new_session=True
        )
        late = threading.Timer(seconds, _end, [child.pid])
        late.start()
        try:
            with _watched(child.pid) as peak:
                _, status, usage = os.wait4(child.pid, 0)
        except KeyboardInterrupt:
            _end(child.pid)
            raise
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        late.cancel()
        late.join()
        usages = [usage, *_helpers(others)]
        if child.returncode:
            raise Failed(_why(child.returncode, wall, seconds, said))
        printed.seek(0)
        answer = printed.read().decode()
    cpu = sum(one.ru_utime + one.ru_stime for one in usages)
    return Taken(wall, cpu, max(peak[0], *(one.ru_maxrss / 1024 for one in usages)), answer)


def used() -> float:
    """Processor seconds of this process and its children so far, those that still live included."""
    ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in ended) + sum(map(_seconds_of, descendants(os.getpid())))


def descendants(process: int) -> list[int]:
    """The processes that one began, and those that these began, as far as the system tells."""
    found: list[int] = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, tasks.read_text().split())
    return found + [later for one in found for later in descendants(one)]


def _why(code: int, wall: float, seconds: float, said: object) -> str:
    if wall >= seconds:
        return f"more than {seconds:.0f} s"
    said.seek(0)  # type: ignore[attr-defined]
    lines = said.read().decode(errors="replace").strip().splitlines()  # type: ignore[attr-defined]
    return f"failed ({code}): {lines[-1][:160] if lines else 'without a word'}"


def _end(process: int) -> None:
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)


def _adopt() -> None:
    """Become the parent of helpers that outlive theirs, so that their seconds count too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _helpers(others: set[int]) -> list[resource.struct_rusage]:
    """What helpers took that outlived the process, which are no child from before; those that stay are ended."""
    found, until = [], time.monotonic() + LINGER_SECONDS
    while left := set(descendants(os.getpid())) - others:
        for one in left:
            if time.monotonic() > until:
                _end(one)
            with contextlib.suppress(ChildProcessError):
                ended, _, usage = os.wait4(one, os.WNOHANG)
                found += [usage] if ended else []
        time.sleep(0.01)
    return found


@contextlib.contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """The largest memory seen while this lasts, in MB, as a list of one."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(PAUSE_SECONDS):
            peak[0] = max(peak[0], sum(map(_megabytes_of, (process, *descendants(process)))))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def _megabytes_of(process: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _seconds_of(process: int) -> float:
    with contextlib.suppress(OSError):
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0

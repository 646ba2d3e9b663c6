"""A scheduler and its workers as real processes of their own, on this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALONE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
"""What docs/how-to/cluster.md says, so that no other machine reaches them."""


@dataclass
class Machine:
    """A scheduler, and the workers that were started for it."""

    address: str
    scheduler: subprocess.Popen[str]
    folder: Path
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def worker(self) -> subprocess.Popen[str]:
        """One more worker of one thread, without a nanny: who is killed stays dead."""
        command = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--name", _name(self), *ALONE]
        self.workers.append(_dask(command, self.folder))
        return self.workers[-1]


def _name(machine: Machine) -> str:
    return f"worker-{len(machine.workers) + 1}"


def _dask(command: list[str], folder: Path, **environment: str) -> subprocess.Popen[str]:
    """What it says goes to a file: a pipe that nobody reads would fill, and stop it."""
    with open(folder / f"{command[0]}.log", "a", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            stderr=log,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )


def start(folder: Path, **environment: str) -> Machine:
    """A scheduler on a free port of this machine."""
    command = ["scheduler", "--port", "0", "--no-show", *ALONE]
    scheduler = _dask(command, folder, **environment)
    while scheduler.poll() is None:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", (folder / "scheduler.log").read_text(encoding="utf-8")):
            return Machine(found[0], scheduler, folder)
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def stop(machine: Machine) -> None:
    """End every process that was started."""
    for process in (*machine.workers, machine.scheduler):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A scheduler with two workers."""
    pytest.importorskip("distributed")
    machine = start(tmp_path_factory.mktemp("cluster"))
    machine.worker()
    machine.worker()
    yield machine
    stop(machine)

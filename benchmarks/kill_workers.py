"""Kills workers of a local cluster at random moments while commands use it, and says what became of their results.

python benchmarks/kill_workers.py [kills]

Scheduler and workers are processes of their own. Commands take turns: a register by parts, and a whole month with PDFs
of eight people, whose mails are then approved and sent to a server on this machine, again and again for the same month.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.registers import make_register
from tests.cluster.conftest import Machine, start, stop
from tests.deliver.mail.server import Box, serving

ROOT = Path(__file__).parents[1]
WORKERS, PARTS, ROWS_A_PART = 3, 4, 100
PEOPLE = ("Ada Byron", "Bo Diddley", "Cy Young", "Di Ana", "Eve Moor", "Fay Wray", "Gus Vane", "Hal Ford")
MOST_A_RUN = 5
"""Kills in one command. So that none is given up, the scheduler is told to bear more than its usual three a task."""
LONGEST_PAUSE = 5
"""Seconds between kills at most."""
MONTH = "2026-10"
SETTINGS = """
[run]
executor = "{executor}"
[render]
formats = ["pdf"]
[render.packs]
executive = {{ make = false }}
department = {{ make = false }}
pmo = {{ make = false }}
[deliver]
output = "run"
[deliver.mail]
sender = "Work register <reports@example.org>"
people = ["all"]
attach = ["pdf"]
host = "127.0.0.1"
port = {port}
security = "none"
per_minute = 10000
"""


class Killing:
    """A cluster whose workers are killed, so many in all; `busy` counts those that had work in hand."""

    def __init__(self, machine: Machine, kills: int, seed: int = 20) -> None:
        from distributed import Client

        self.machine, self.left, self.chance = machine, kills, random.Random(seed)
        self.busy = self.idle = 0
        for _ in range(WORKERS):
            machine.worker()
        self.client: Any = Client(machine.address, set_as_default=False)
        self.client.wait_for_workers(WORKERS)

    def during(self, process: subprocess.Popen[str]) -> None:
        """Kill workers while the process runs, and start others in their place."""
        for _ in range(min(MOST_A_RUN, self.left)):
            self._until_at_work(process)
            pause = time.monotonic() + self.chance.uniform(0, LONGEST_PAUSE)
            while process.poll() is None and time.monotonic() < pause:
                time.sleep(0.05)
            if process.poll() is None:
                self._kill()
        process.wait()

    def _until_at_work(self, process: subprocess.Popen[str]) -> None:
        while process.poll() is None and not self._busy():
            time.sleep(0.1)

    def _busy(self) -> list[str]:
        return [worker for worker, tasks in self.client.processing().items() if tasks]

    def _kill(self) -> None:
        processes: dict[str, int] = self.client.run(os.getpid, on_error="ignore")
        if not processes:
            return
        chosen = self.chance.choice(sorted(processes))
        was_busy = chosen in self._busy()
        os.kill(processes[chosen], signal.SIGKILL)
        self.busy, self.idle, self.left = self.busy + was_busy, self.idle + (not was_busy), self.left - 1
        self.machine.worker()


def kill(kills: int, home: Path) -> str:
    """What became of everything, in a sentence. Raises AssertionError where a result differs or a mail is doubled."""
    box = Box()
    machine = start(home, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(2 * MOST_A_RUN))
    try:
        with serving(box) as port:
            people = _write_inputs(home, port, machine.address)
            killing = Killing(machine, kills)
            expected = {kind: _files(home, kind, "here") for kind in ("parts", "run") if not _begin(home, kind).wait()}
            assert len(expected) == 2, "a command without a cluster failed"
            turns = Counter[str]()
            while killing.left:
                kind = ("run", "parts")[turns.total() % 2]
                killing.during(process := _begin(home, kind, cluster=True))
                assert process.returncode == 0, (kind, process.returncode)
                assert _files(home, kind, "cluster") == expected[kind], f"{kind} differs"
                turns[kind] += 1
                if kind == "run":
                    _send(home)
                    assert box.counts() == Counter(people), box.counts()
    finally:
        stop(machine)
    return (
        f"{kills} workers killed, {killing.busy} with work in hand, in {turns['parts']} runs by parts and "
        f"{turns['run']} whole runs: every file as without a cluster; {len(box.taken)} mails to {len(people)} readers, "
        "none twice."
    )


def _write_inputs(home: Path, port: int, address: str) -> list[str]:
    """Registers and settings, with and without a cluster; the addresses that get a mail."""
    make_register(home / "register.parquet", PARTS * ROWS_A_PART)
    rows = pd.read_parquet(home / "register.parquet")
    (home / "parts").mkdir()
    for part in range(PARTS):
        some = rows.iloc[part * ROWS_A_PART : (part + 1) * ROWS_A_PART]
        some.to_parquet(home / "parts" / f"part-{part}.parquet", index=False)
    addresses = [f"{name.split()[0].lower()}@example.org" for name in PEOPLE]
    work = [
        (f"W{at}", f"Replace system {at}", name, "2026-09-01", "2027-01-29", "90 h") for at, name in enumerate(PEOPLE)
    ]
    with pd.ExcelWriter(home / "register.xlsx") as book:
        headings = ["ID", "Title", "Accountable", "Start", "Finish", "Effort"]
        pd.DataFrame(work, columns=headings).to_excel(book, sheet_name="Register", index=False)
        people = {"Name": PEOPLE, "Department": "Estates", "Email": addresses, "Weekly hours": 35, "Leave days": 25}
        pd.DataFrame(people).to_excel(book, sheet_name="People", index=False)
    for where, executor in (("here", ""), ("cluster", address)):
        (home / where).mkdir()
        settings = SETTINGS.format(executor=executor, port=port)
        (home / where / "pipeline.toml").write_text(settings, encoding="utf-8")
    return addresses


def _begin(home: Path, kind: str, cluster: bool = False) -> subprocess.Popen[str]:
    own = home / ("cluster" if cluster else "here")
    arguments = {
        "parts": ["parts", str(home / "parts"), "--output", str(own / "parts"), "--period", MONTH],
        "run": ["run", "--input", str(home / "register.xlsx"), "--period", MONTH],
    }
    return _command(own, *arguments[kind])


def _command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "pipeline.cli", *arguments, "--config", str(folder / "pipeline.toml")]
    return subprocess.Popen(command, cwd=folder, env=environment, text=True, stdout=subprocess.DEVNULL)


def _files(home: Path, kind: str, where: str) -> dict[str, bytes]:
    """What was made: tables, or PDFs."""
    folder = home / where / kind
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name.endswith((".parquet", ".pdf"))}


def _send(home: Path) -> None:
    for arguments in (("approve", "--period", MONTH), ("send", "--really", "--period", MONTH)):
        process = _command(home / "cluster", *arguments)
        assert process.wait() == 0, arguments


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(kill(int(sys.argv[1]) if len(sys.argv) > 1 else 20, Path(folder)))

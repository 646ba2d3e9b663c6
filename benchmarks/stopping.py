"""A whole run told to stop at random moments: how long it takes, what lives on, and whether anything is half.

`python benchmarks/stopping.py [TIMES]` prints the longest; Linux only.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "input" / "example-register.xlsx"
LONGEST_SECONDS = 10
MARK = "WORKREGISTER_STOPPING"


def begin(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "pipeline.cli", "run", "--period", "2026-10", "--archive"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), MARK: str(home)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=home, env=environment, stdout=quiet, stderr=quiet)


def alive(home: Path) -> list[str]:
    """The processes that a run began, by the mark in their environment."""
    found = []
    for one in Path("/proc").iterdir():
        try:
            if one.name.isdigit() and f"{MARK}={home}".encode() in (one / "environ").read_bytes().split(b"\0"):
                found.append((one / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


def published(home: Path) -> bool:
    folder = home / "output" / "2026-10"
    if not folder.exists():
        return False
    names = {one["name"] for one in json.loads((folder / "run.json").read_text())["outputs"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"run.json"}
    assert names == there, names ^ there
    return True


def registers(home: Path) -> list[str]:
    found = [path for path in (*home.glob("input/*"), *home.glob("archive/**/*")) if path.is_file()]
    assert found, "the register is lost"
    assert {path.read_bytes() for path in found} == {REGISTER.read_bytes()}
    return [path.relative_to(home).parts[0] for path in found]


def stopped(after: float) -> tuple[float, float, bool, list[str]]:
    """Seconds until the process had ended and until all of its own had, whether it had published, and where it lies."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "input").mkdir()
        shutil.copy(REGISTER, home / "input")
        (home / "pipeline.toml").touch()
        process = begin(home)
        time.sleep(after)
        asked, code = time.monotonic(), process.poll()
        if code is None:
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)
        ended = time.monotonic() - asked
        assert code in (143, 0, -signal.SIGTERM), code  # the last before Python has begun
        while alive(home) and time.monotonic() - asked < 2 * LONGEST_SECONDS:
            time.sleep(0.05)
        assert not alive(home), alive(home)
        return ended, time.monotonic() - asked, published(home), registers(home)


def main() -> None:
    times, draw = int(sys.argv[1]) if len(sys.argv) > 1 else 10, random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "input").mkdir()
        shutil.copy(REGISTER, Path(folder) / "input")
        begun = time.monotonic()
        assert begin(Path(folder)).wait() == 0, "a whole run does not succeed here"
        whole = time.monotonic() - begun
    print(f"a whole run: {whole:.0f} s")
    found = []
    for number in range(times):
        after = whole * (number + draw.random()) / times
        found.append(stopped(after))
        ended, gone, done, where = found[-1]
        print(
            f"after {after:5.1f} s: ended in {ended:.1f} s, all gone in {gone:.1f} s; published: {done}; {where}",
            flush=True,
        )
    assert max(gone for _, gone, _, _ in found) < LONGEST_SECONDS


if __name__ == "__main__":
    main()

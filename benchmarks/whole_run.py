"""The whole run, cold, split by stage; and reading against pandas with openpyxl, as a ratio in the same run.

python benchmarks/whole_run.py [ROWS ...]      default: 150 5000
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from registers import make_register

STAGES = ("ingest", "classify", "summarise", "render", "deliver")
_PANDAS = "import pandas, sys; pandas.read_excel(sys.argv[1], dtype=str, keep_default_na=False)"
_OURS = (
    "import sys; from pathlib import Path; from pipeline.ingest import ingest; from pipeline.model import Period; "
    "from pipeline.settings import IngestSettings; ingest((Path(sys.argv[1]),), IngestSettings(), Period(2026, 10))"
)


def measured(*command: str) -> tuple[float, float, str]:
    """Wall seconds, peak memory in MB of the largest process, and standard output of a command run cold."""
    read, write = os.pipe()
    begun = time.perf_counter()
    child = os.posix_spawn(
        sys.executable, [sys.executable, *command], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)]
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        printed = pipe.read()
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(command)[:80]} failed with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, printed


def main(sizes: list[int]) -> None:
    """Print one line a size: the run by stage, and how many times faster reading is than the plain way."""
    print(
        f"{'rows':>8} {'wall s':>7} {'peak MB':>8}  "
        + " ".join(f"{stage:>9}" for stage in STAGES)
        + f" {'read':>6} {'pandas':>7} {'ratio':>6}"
    )
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            register = Path(folder) / "register.xlsx"
            make_register(register, rows)
            command = (
                "-m",
                "pipeline.cli",
                "run",
                "--input",
                str(register),
                "--output",
                f"{folder}/output",
                "--period",
                "2026-10",
                "--json",
            )
            wall, memory, answer = measured(*command)
            seconds = json.loads(answer)["seconds"]
            ours, plain = measured("-c", _OURS, str(register))[0], measured("-c", _PANDAS, str(register))[0]
        stages = " ".join(f"{seconds[stage]:9.2f}" for stage in STAGES)
        print(f"{rows:8,} {wall:7.1f} {memory:8.0f}  {stages} {ours:6.2f} {plain:7.2f} {plain / ours:5.1f}x")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [150, 5000])

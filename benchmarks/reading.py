"""Reading a register against pandas with openpyxl and against the bare parser: time, memory, growth with rows.

python benchmarks/reading.py [ROWS ...]      default: 150 5000 100000; also measured where asked for: 1000000

Each measurement is a cold process; the three take turns, so that a busy machine is busy for all. Seconds are wall
and processor time, the latter of parent and child together: on a busy machine it is the sounder of the two.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from registers import make_register

TURNS = {150: 5, 5_000: 3}
"""How often the smaller sizes are measured; larger ones once."""
_PEAK = """
import json, resource
own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = sum((own.ru_utime, own.ru_stime, child.ru_utime, child.ru_stime))
print(json.dumps([seconds, own.ru_maxrss / 1024, child.ru_maxrss / 1024]))
"""
READERS = {
    "ours": """
import sys
from pathlib import Path
from pipeline.ingest import ingest
from pipeline.model import Period
from pipeline.settings import IngestSettings
ingest((Path(sys.argv[1]),), IngestSettings(), Period(2026, 10))
""",
    "pandas": "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl')",
    "parser": """
import sys
from python_calamine import CalamineWorkbook
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    pass
""",
}


def measured(script: str, register: Path) -> tuple[float, float, float, float]:
    """Wall seconds, processor seconds, peak MB of the process and of its largest child, run cold."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script + _PEAK, str(register)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    cpu, own, child = json.loads(done.stdout)
    return time.perf_counter() - begun, cpu, own, child


def slope(points: list[tuple[int, float]]) -> float:
    """How time grows with rows between the two largest sizes, on logarithms: 1 = in proportion."""
    (fewer, quick), (more, slow) = sorted(points)[-2:]
    return math.log(slow / quick) / math.log(more / fewer)


def main(sizes: list[int]) -> None:
    """Print a line for each size and reader, then how time grows."""
    print(f"{'rows':>9} {'reader':>7} {'wall s':>7} {'cpu s':>7} {'x wall':>7} {'x cpu':>7} {'MB':>6} {'child MB':>8}")
    points: dict[str, list[tuple[int, float]]] = {reader: [] for reader in READERS}
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            register = Path(folder) / "register.xlsx"
            make_register(register, rows)
            taken: dict[str, list[tuple[float, float, float, float]]] = {reader: [] for reader in READERS}
            for _ in range(TURNS.get(rows, 1)):
                for reader, script in READERS.items():
                    taken[reader].append(measured(script, register))
            middle = {
                reader: tuple(map(statistics.median, zip(*all_of, strict=True))) for reader, all_of in taken.items()
            }
            for reader, (wall, cpu, own, child) in middle.items():
                points[reader].append((rows, cpu))
                ours = middle["ours"]
                print(
                    f"{rows:9,} {reader:>7} {wall:7.2f} {cpu:7.2f} {wall / ours[0]:7.2f} {cpu / ours[1]:7.2f} "
                    f"{own:6.0f} {child:8.0f}",
                    flush=True,
                )
    if len(sizes) > 1:
        print("growth of processor time with rows (1 = in proportion): ", end="")
        print(", ".join(f"{reader} {slope(of):.2f}" for reader, of in points.items()))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [150, 5_000, 100_000])

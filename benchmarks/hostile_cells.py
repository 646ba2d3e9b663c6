"""What one hostile cell costs: every report of a small register with it as one title, cell by cell.

python benchmarks/hostile_cells.py [CASE ...]      default: every case

Each case is a register of six rows, one of them titled so, read and made into the executive PDF and page and the PMO
workbook by a process of its own; the PDF is laid out there, too. Printed are seconds of processor time and peak memory
of that process, the slowest first. Needs Pango.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path

from processes import measured

sys.path.insert(0, str(Path(__file__).parents[1]))

SECONDS, MEGABYTES = 15, 600
"""What a report may take, and a process hold."""
HEAD = ("ID", "Title", "Accountable", "Department", "Start", "Finish", "Effort")
COLUMNS = "300 columns"


def cases() -> dict[str, str]:
    """Name -> the hostile title: those that tests read back, and some that cost an engine much alone."""
    from tests.render.test_hostile_text import TEXTS

    more = {
        "none": "Pump renewal",
        "newlines": "\n" * 16_000,
        "one line each": "a\n" * 16_000,
        "32k arabic": "ص" * 32_767,
        "bidi in words": "\u202eab\u2066 " * 6_000,
        COLUMNS: "Pump renewal",
    }
    return TEXTS | more


def write_register(path: Path, case: str) -> None:
    """Six plausible rows, the third titled so; `300 columns` has as many more, filled."""
    from openpyxl import Workbook

    book = Workbook()
    wide = [f"Note {at}" for at in range(300)] if case == COLUMNS else []
    book.active.append([*HEAD, *wide])
    for number in range(1, 7):
        title = cases()[case] if number == 3 else f"Renewal {number}"
        row = [f"H-{number}", title, "Ann Lee", "Works", "2026-08-03", "2026-11-30", "40 h", *("text" for _ in wide)]
        for column, value in enumerate(row, start=1):
            book.active.cell(number + 1, column, value).data_type = "s"
    book.save(path)


def made(case: str) -> None:
    """In a process of its own: every report of the case; prints processor seconds, megabytes and what went wrong."""
    from pipeline.flow import Run
    from pipeline.model import Period
    from pipeline.render import reports
    from pipeline.render_settings import PackSettings, RenderSettings
    from pipeline.settings import Settings

    reports.cores = lambda: 0  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.xlsx"
        write_register(register, case)
        packs = {name: PackSettings(make=False) for name in ("department", "owner")}
        render = RenderSettings(packs=packs, templates=Path(folder) / "none")
        done = Run(Settings(render=render), Period(2026, 10), (register,)).reports
    usage = resource.getrusage(resource.RUSAGE_SELF)
    problems = "; ".join(f"{one.name}: {one.problem}" for one in done if one.problem)
    print(f"{usage.ru_utime + usage.ru_stime:.2f}\t{usage.ru_maxrss / 1024:.0f}\t{len(done)}\t{problems}")


def main(names: list[str]) -> None:
    """Print one line a case; ends with 1 where one is over its limits or a report could not be made."""
    told = {}
    for name in names or cases():
        seconds, memory, count, problems = measured(__file__, "made", name).printed.rstrip("\n").split("\t")
        told[name] = (float(seconds), float(memory), count, problems)
    print(f"{'cell':<16}{'processor s':>12}{'peak MB':>9}{'reports':>9}")
    for name, (seconds, memory, count, problems) in sorted(told.items(), key=lambda one: -one[1][0]):
        print(f"{name:<16}{seconds:>12.1f}{memory:>9.0f}{count:>9}  {problems}")
    over = [one for one in told.values() if one[0] > SECONDS or one[1] > MEGABYTES or one[3]]
    raise SystemExit(1 if over else os.EX_OK)


if __name__ == "__main__":
    if sys.argv[1:2] == ["made"]:
        made(sys.argv[2])
    else:
        main(sys.argv[1:])

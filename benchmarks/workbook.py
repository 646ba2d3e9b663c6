"""The PMO workbook against pandas with openpyxl writing the same sheets, each in a cold process, as a ratio in one run.

python benchmarks/workbook.py [ROWS ...]      default: 5000 100000
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from whole_run import measured

_MAKE = (
    "import sys; sys.path.insert(0, '.'); from tests.render.sample import make_summary; "
    "rows = int(sys.argv[1]); summary = make_summary(rows, min(500, rows // 10)); "
)
_OURS = _MAKE + (
    "from pathlib import Path; from pipeline.render.excel import workbook; from pipeline.render.packs import PACKS; "
    "from pipeline.render.readers import Reader; from pipeline.settings import RenderSettings; import time; "
    "pack = next(one for one in PACKS if one.id == 'pmo'); begun = time.perf_counter(); "
    "made = workbook(Reader(pack, summary, 'en', 'x'), RenderSettings(templates=Path('none'))); "
    "print(time.perf_counter() - begun, len(made))"
)
_PLAIN = _MAKE + (
    "import pandas, time, os; begun = time.perf_counter(); "
    "writer = pandas.ExcelWriter(sys.argv[2], engine='openpyxl'); "
    "[summary.tables[name].to_excel(writer, sheet_name=name[:31], index=False) for name in sys.argv[3].split(',')]; "
    "writer.close(); print(time.perf_counter() - begun, os.path.getsize(sys.argv[2]))"
)
_NONE = _MAKE + "print(0, 0)"
_TABLES = (
    "register,review,changes,projects,control,operations,functions,measures,renewals,workload,people,months,teams,"
    "load_wave,responsibility,raci,faults,fault_counts,unowned,single_points,orphans,leaving,span,concentration,"
    "executives,governance,handover,readiness,unfollowed,lessons,contradictions,findings,sources,departments,decisions"
)


def main(sizes: list[int]) -> None:
    """One line a size and way: seconds of writing, peak MB of the process beyond making the rows, MB of the file."""
    print(f"{'rows':>8} {'way':>18} {'seconds':>8} {'peak MB':>8} {'file MB':>8}")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _, empty, _ = measured("-c", _NONE, str(rows))
            ours = _line(rows, "this", empty, measured("-c", _OURS, str(rows)))
            plain = measured("-c", _PLAIN, str(rows), str(Path(folder) / "plain.xlsx"), _TABLES)
            theirs = _line(rows, "pandas + openpyxl", empty, plain)
        print(f"{rows:8,} {'ratio':>18} {theirs / ours:7.1f}x")


def _line(rows: int, way: str, empty: float, result: tuple[float, float, str]) -> float:
    seconds, size = (float(one) for one in result[2].split())
    print(f"{rows:8,} {way:>18} {seconds:8.2f} {result[1]:8.0f} {size / 1e6:8.1f}   (rows alone: {empty:.0f} MB)")
    return seconds


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [5000, 100_000])

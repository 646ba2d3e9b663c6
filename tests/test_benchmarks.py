"""What the benchmarks measure with, and that the ways beside ours do the same work."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.declared import Part, Way
from benchmarks.measure import expected
from benchmarks.once import named
from benchmarks.parts import PARTS
from benchmarks.peers import allocation
from benchmarks.plot import plot
from benchmarks.registers import make_register, work_items
from benchmarks.results import LeftOut, Measurement, Results, read, write
from benchmarks.table import comparison, table

ROOT = Path(__file__).parents[1]
PART = Part("read", "Read", "rows", (Way("this"), Way("plain"), Way("slow")), (100, 1_000))
LATE = "not measured: more than 60 s"


def results(ours: float = 1.0) -> Results:
    """This takes `ours` seconds of 100 rows and ten times that of 1,000; plain four times as long as one second."""
    taken = {("this", 100): ours, ("this", 1_000): 10 * ours, ("plain", 100): 4.0, ("plain", 1_000): 40.0}
    measurements = [Measurement("read", way, size, 0, wall, wall, 50) for (way, size), wall in taken.items()]
    return Results({"commit": "abc", "date": "2026-11-22"}, measurements, [LeftOut("read", "slow", 1_000, LATE)])


def test_a_register_of_a_seed_is_the_same_in_each_format(tmp_path: Path) -> None:
    for ending in ("xlsx", "csv", "parquet"):
        make_register(tmp_path / f"r.{ending}", 320)
    items = pq.read_table(tmp_path / "r.parquet")
    assert items.equals(work_items(320))
    assert pd.read_csv(tmp_path / "r.csv")["Title"].tolist() == items["Title"].to_pylist()
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Register"]
    rows = [
        [getattr(cell, "date", lambda cell=cell: cell)() for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert rows[0] == items.column_names
    assert rows[1:] == [list(row.values()) for row in items.to_pylist()]


def test_a_register_has_no_row_twice_and_people_of_its_own_in_each_round() -> None:
    items = work_items(298)
    assert len(set(items["Description"].to_pylist())) == 298
    first, second = (set(items["Accountable"].slice(at, 149).drop_null().to_pylist()) for at in (0, 149))
    assert len(first) > 5
    assert first & second <= set(items["Executive"].to_pylist())


def test_every_declared_way_and_kit_is_there() -> None:
    for part in PARTS:
        assert part.ways[0].name == "this"
        for way in part.ways:
            assert bool(way.run) != bool(way.command)
            assert not way.run or callable(named(way.run))
        assert not part.kit or callable(named(part.kit))


def test_ways_to_allocate_agree_with_the_plain_one(tmp_path: Path) -> None:
    def hours(way: str) -> dict[str, float]:
        found = getattr(allocation, way)(tmp_path, 150)()
        return {str(one.person): one.hours for one in found.itertuples() if one.hours > 0}

    plain = hours("one_by_one")
    assert len(plain) > 50
    ways = ["by_column"] + [f"by_{name}" for name in ("polars", "duckdb") if not Way("", needs=(name,)).missing()]
    for way in ways:
        assert hours(way) == pytest.approx(plain), way


def test_a_table_tells_ratios_slopes_and_what_was_left_out() -> None:
    told = table(results(), [PART])
    assert "| 100 | plain | 4 | 4 | 50 | 4.00 | 4.00 |  |" in told
    assert "| 1,000 | this | 10 | 10 | 50 | 1.00 | 1.00 | 1.00 |" in told
    assert f"| 1,000 | slow | {LATE} | | | | | |" in told


def test_a_comparison_takes_the_machine_out_of_a_change() -> None:
    slower = [replace(one, wall=one.wall * 2) for one in results(0.5).measurements]
    told = comparison(Results({}, slower), results(), [PART])
    assert "| read | 100 | this | 1 | 1 | 2.00 | 0.50 |" in told


def test_what_a_way_will_take_is_told_by_its_two_largest_sizes() -> None:
    assert expected(PART, Way("plain"), 10_000, results()) == pytest.approx(400)
    assert expected(PART, Way("slow"), 10_000, results()) == 0


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    write(results(), tmp_path / "r.json")
    assert read(tmp_path / "r.json") == results()


def test_a_plot_names_each_line_with_its_slope() -> None:
    drawn = plot(results(), [PART])
    assert "this: 1.00" in drawn
    assert "slow" not in drawn
    assert math.isnan(results().slope("read", "slow"))


def test_processes_are_measured_with_their_children_and_failures_are_told(tmp_path: Path) -> None:
    """In a process of its own, because who measures becomes the parent of what its children leave behind."""
    script = f"""
import json
from benchmarks.declared import Part, Way
from benchmarks.measure import measure
from benchmarks.results import Results
burn = "import time; b = bytearray(60_000_000); t = time.process_time()\\nwhile time.process_time() - t < .3: pass"
child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {{burn!r}}]).wait()"
ways = (Way("this", command=("-c", child)), Way("off", command=("-c", "raise SystemExit('no luck')")),
        Way("stuck", command=("-c", "import time; time.sleep(60)")), Way("gone", needs=("no_such_module",)))
results = Results({{}})
from pathlib import Path
measure(Part("p", "P", "rows", ways, (1,), cold=True, seconds=.3), 1, 1, Path({str(tmp_path)!r}), results)
print(json.dumps([[one.way, one.cpu, one.memory_mb] for one in results.measurements]))
print(json.dumps({{one.way: one.why for one in results.left_out}}))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    measured, left_out = map(json.loads, done.stdout.splitlines())
    ((way, cpu, memory),) = measured
    assert way == "this"
    assert 0.3 < cpu < 3
    assert memory > 60
    assert left_out["off"].endswith("no luck")
    assert left_out["stuck"].startswith("more than")
    assert left_out["gone"] == "no_such_module not installed"
